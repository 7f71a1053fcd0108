# ruff: noqa: E501  # a table is as wide as it is
"""siptrack's rules against figures that others published, typed here or read from a file beside the checkout."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typed_tables import reported, wanted

from registers import usual_rules
from siptrack.reading.grades import ScaleReader
from siptrack.school.term import Season

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "published_rules.json"
collected = pytest.mark.skipif(not PUBLISHED.is_file(), reason="the collected figures are not beside this checkout")


def line(year_group: int, season: Season = Season.SUMMER) -> float:
    """The line of National Curriculum levels."""
    return usual_rules().scales["nc-levels"].reference[year_group, season]


# --- typed from their sources -----------------------------------------------------------------------------------------


def test_two_levels_or_12_points_are_expected_in_key_stage_2():
    """Primary Progress Toolkit: 12 points over KS2, 3 a year; davidpott.com 2011: a point a term on the way."""
    start = line(2)

    assert [line(year) - start for year in (3, 4, 5, 6)] == [3, 6, 9, 12]
    assert line(5, Season.SPRING) - start == 8


def test_about_12_points_are_expected_in_key_stage_1():
    """henrywhipple.co.uk: about 12 points over Years 1 and 2, 6 a year; W is 3."""
    assert (line(1) - 3, line(2) - line(1)) == (6, 6)


def test_a_child_on_the_line_is_recorded_2_4_2_4_and_is_never_behind():
    """2b, 2a, 3b, 3a, 4b at the ends of Years 2 to 6: the sub-level nearest the line, never over it."""
    table = """
        pupil | year group | Summer 2005 | Summer 2006 || this year | gain | expected gain
        Y3    | 3          | 2b          | 2a          || expected  | 2    | 3
        Y4    | 4          | 2a          | 3b          || expected  | 4    | 3
        Y5    | 5          | 3b          | 3a          || expected  | 2    | 3
        Y6    | 6          | 3a          | 4b          || expected  | 4    | 3
    """
    assert reported(table) == wanted(table)


def test_the_toolkits_example_over_the_key_stage():
    """A child at 2b at the end of Year 2 is expected to be at 4b at the end of Year 6, at 3b at the end of Year 4."""
    table = """
        pupil | year group | year group 2004-05 | Summer 2005 | Summer 2009 || key stage    | key stage gain | attainment
        Ann   | 6          | 2                  | 2b          | 4b          || expected     | 12             | at
        Bob   | 6          | 2                  | 2b          | 4c          || insufficient | 10             | below
        Cai   | 6          | 2                  | 2b          | 4a          || accelerated  | 14             | at
        Dee   | 6          | 2                  | 3c          | 5c          || expected     | 12             | above
    """
    assert reported(table) == wanted(table)


# --- collected --------------------------------------------------------------------------------------------------------


def published() -> Mapping[str, Any]:
    collected_figures: Mapping[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return collected_figures


def reader(scale: str) -> ScaleReader:
    return ScaleReader(usual_rules().scales[scale], usual_rules().years)


@collected
def test_each_sub_level_has_its_published_points():
    known = reader("nc-levels")

    points = published()["sublevel_points"]["values"]
    assert {level: getattr(known.decode(level), "points", None) for level in points} == points


@collected
def test_each_published_level_at_the_end_of_a_year_is_within_a_sub_level_of_the_line():
    """Where sources disagree (1b or 1a, 2a or 3c, 3a or 4c) the line lies on one of them or between them."""
    known = reader("nc-levels")
    far = [
        (source["source"], year, level)
        for source in published()["ARE_end_of_year"]
        for year, levels in source.items()
        if re.fullmatch("Y[1-6]", year)
        for level in levels.split("/")
        if abs((getattr(known.decode(level), "points", None) or 0) - line(int(year[1]))) > 2
    ]

    assert far == []


@collected
def test_each_published_synonym_is_read_as_its_grade():
    known = reader("teacher-assessment")
    grades = ("GDS", "EXS", "WTS", "BLW")
    synonyms = published()["teacher_assessment_synonyms"]

    wrong = [
        (grade, text)
        for grade in grades
        for text in synonyms[grade]
        if getattr(known.decode(text), "grade", None) != grade
    ]
    assert wrong == []
    assert [getattr(known.decode(text), "counts", None) for text in ("A", "D")] == [False, False]
    low, high = synonyms["scaled_score_range"]
    numbers = usual_rules().scales["ks1-scaled-score"].numbers
    assert numbers is not None
    assert (numbers.low, numbers.high) == (low, high)


@collected
def test_the_published_defect_of_a_tracker_is_none_of_siptracks():
    """A Year 5 child assessed 3At and then 3B has made less than expected progress."""
    assert "3At then 3B has made LESS than expected" in published()["out_of_year_codes"]["note"]
    table = """
        pupil | year group | Autumn 2024 | Summer 2025 || this year
        Ann   | 5          | 3At         | 3B          || insufficient
    """
    assert reported(table, scale="point-in-time-sonar") == wanted(table)
