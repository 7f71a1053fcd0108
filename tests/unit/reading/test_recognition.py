"""Which scale a column is on: by its cells, its heading and subject, its year groups, and the school's word."""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from column_cells import alone, years

from siptrack.reading.recognition import Because, Recognised
from siptrack.rules.load import load
from siptrack.rules.model import Rules

OURS = 'scales: {ours: {like: nc-levels, era: any, hints: ["our levels"]}}\n'


@cache
def rules_with(settings: str) -> Rules:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siptrack.yaml"
        path.write_text(settings, encoding="utf-8")
        return load(path)


@pytest.mark.parametrize(
    ("scale", "subject", "words", "cells"),
    [
        ("nc-levels", "reading", "Reading", "2b 3c 3a W 1b A"),
        ("nc-levels", "reading", "Reading", "P4|P8|W|Level 1c|2 high|L3b"),
        ("nc-points", "reading", "Reading points", "15 17 21 A"),
        ("nc-points", "maths", "KS1 APS", "15.5 17 21"),
        ("teacher-assessment", "writing", "Writing", "EXS WTS GDS PK4 A"),
        ("teacher-assessment", "maths", "Maths", "Expected|Working towards|Greater depth"),
        ("point-in-time", "reading", "Reading", "Below|Just below|On track|Greater depth"),
        ("point-in-time", "reading", "Reading", "5 On track|5 Just below|4 Below|Year 5 Greater depth"),
        ("point-in-time-sonar", "maths", "Maths", "SB B At S Above"),
        ("point-in-time-sonar", "maths", "Maths", "3At 3S 2SB 4Above"),
        ("steps", "reading", "Reading", "3b 3b+ 3w 3w+ 3s 3s+"),
        ("steps", "reading", "Reading", "b b+ w w+ s s+"),
        ("three-steps", "writing", "Writing three steps", "3E 3D 3S 2S"),
        ("emerging-developing-secure", "writing", "Writing", "Emerging|Developing|Secure"),
        ("emerging-developing-secure", "writing", "Writing", "E D S D"),
        ("decimal-years", "maths", "Maths decimal", "3.3 3.7 4.0"),
        ("standardised-score", "reading", "Reading Standardised Score", "98 104 112 A"),
        ("pira", "reading", "PiRA Autumn", "98 104 112"),
        ("ks-scaled-score", "reading", "Reading scaled score", "80 104 120 N"),
        ("eyfsp", "reading", "Early learning goal: reading", "1 2 2"),
        ("eyfsp", "reading", "Reading", "Emerging|Expected|Expected"),
        ("gld", "gld", "GLD", "Y N Y"),
        ("phonics", "phonics", "Phonics", "32 40 12"),
        ("phonics", "phonics", "Phonics", "Wa Wt A"),
        ("multiplication-check", "multiplication", "MTC", "25 12 0"),
    ],
)
def test_each_scale_is_known_by_what_schools_write_on_it(scale, subject, words, cells):
    found = alone(cells, words, subject=subject)

    assert (found.scale, found.rivals, found.because) == (scale, (), Because.ONLY)


@pytest.mark.parametrize(
    ("subject", "words", "cells"),
    [
        ("reading", "Reading", "15 17 21"),
        ("reading", "Reading", "3.3 3.7"),
        ("reading", "Phonics", "32 40 12"),
        ("reading", "MTC", "25 12 0"),
        ("reading", "GLD", "Y N Y"),
        ("maths", "PiRA", "98 104"),
        ("reading", "Reading", "A A NA"),
        ("reading", "Reading", "D D D"),
        ("reading", "Reading", "D D rubbish"),
    ],
    ids=["points", "decimals", "phonics", "tables", "a good level", "pira in maths", "codes", "D", "D and rubbish"],
)
def test_numbers_without_a_hint_and_codes_alone_are_on_no_scale(subject, words, cells):
    assert alone(cells, words, subject=subject) == Recognised("", 0, (), Because.ONLY)


def test_the_evidence_is_the_cells_that_hold_a_grade():
    assert alone("EXS EXS WTS A rubbish") == Recognised("teacher-assessment", 3)


# --- hints and subjects -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "scale"),
    [
        ("Reading Level", "nc-levels"),
        ("Reading TT", "steps"),
        ("Reading Sonar", "point-in-time-sonar"),
        ("Point in time reading", "point-in-time"),
    ],
)
def test_a_hint_in_the_heading_decides_between_scales_that_fit_equally(words, scale):
    assert alone("3b 2b 4b", words) == Recognised(scale, 3)


def test_a_hint_does_not_outweigh_the_cells():
    assert alone("EXS EXS EXS 2b 3c", "Reading Level") == Recognised("teacher-assessment", 3)


@pytest.mark.parametrize("words", ["PiRA standardised score", "Standardised score (new PiRA)", "PiRA"])
def test_a_scale_like_another_counts_for_more_than_its_model_where_it_is_hinted(words):
    assert alone("98 104 112", words) == Recognised("pira", 3)


def test_a_scale_of_one_subject_is_not_looked_for_in_another():
    assert alone("98 104 112", "PiRA standardised score", subject="maths") == Recognised("standardised-score", 3)


@pytest.mark.parametrize(
    ("year_groups", "scale", "rivals", "because"),
    [
        ({6: 4}, "ks-scaled-score", (), Because.ONLY),
        ({2: 4}, "ks1-scaled-score", (), Because.ONLY),
        ({6: 3, 5: 1}, "ks-scaled-score", (), Because.ONLY),
        ({2: 2, 6: 2}, "ks-scaled-score", ("ks1-scaled-score",), Because.ORDER),
        ({}, "ks-scaled-score", ("ks1-scaled-score",), Because.ORDER),
    ],
)
def test_the_scaled_scores_of_key_stages_1_and_2_are_told_apart_by_year_groups(year_groups, scale, rivals, because):
    found = alone("98 104 112 100", "Reading scaled score", year_groups=Counter(year_groups))

    assert found == Recognised(scale, 4, rivals, because)


# --- the school's own -------------------------------------------------------------------------------------------------


def test_a_scale_of_the_schools_own_comes_before_siptracks():
    found = alone("2b 3c 3b", rules=rules_with(OURS))

    assert found == Recognised("ours", 3, ("nc-levels",), Because.SCHOOLS_OWN)


@pytest.mark.parametrize("words", ["Sublevel", "Our levels"])
def test_what_speaks_for_a_scale_speaks_for_the_schools_own_that_is_made_like_it(words):
    assert alone("2b 3c 3b", words, rules=rules_with(OURS)) == Recognised("ours", 3)


@pytest.mark.parametrize("cells", ["EXS D", "EXS WTS D D"])
def test_a_column_half_of_special_codes_is_still_on_its_scale(cells):
    assert alone(cells).scale == "teacher-assessment"


def test_steps_of_one_kind_only_are_steps():
    found = alone("3b 2b 4b", academic_years=years(2019))

    assert (found.scale, found.because) == ("steps", Because.ORDER)


def test_a_scale_that_is_said_outright_is_taken_whatever_the_cells_say():
    assert alone("2b 3c rubbish", chosen="standardised-score") == Recognised("standardised-score", 3)
