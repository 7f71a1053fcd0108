"""Columns whose cells fit several scales, or say nothing of their own: their years and their neighbours tell."""

from __future__ import annotations

from collections import Counter

import pytest
from column_cells import alone, together, years

from siptrack.reading.recognition import Because, Recognised

LEVELS_OR_STEPS = "3b 2b 4b"
STEPS, LEVELS, SONAR = "3w+ 3s+ 2w+", "3c 3a", "3At 3Above"
BANDS, TA = "emerging-developing-secure", "teacher-assessment"


def test_levels_are_of_their_years_and_not_of_later_ones():
    of_2009 = alone(LEVELS_OR_STEPS, academic_years=years(2008))
    of_2019 = alone(LEVELS_OR_STEPS, academic_years=years(2018))

    assert (of_2009.scale, of_2009.because, "steps" in of_2009.rivals) == ("nc-levels", Because.YEARS, True)
    assert (of_2019.scale == "nc-levels", "nc-levels" in of_2019.rivals) == (False, True)


@pytest.mark.parametrize(
    ("when", "scale", "because"),
    [
        ((2013,), "point-in-time", Because.YEARS),
        ((2014,), "point-in-time", Because.YEARS),
        ((2015,), "teacher-assessment", Because.ORDER),  # the school year 2015-16 touches 2016
        ((2014, 2015), "point-in-time", Because.YEARS),
        ((2009,), "teacher-assessment", Because.ORDER),
        ((), "teacher-assessment", Because.ORDER),
    ],
)
def test_a_scale_is_taken_only_for_results_that_are_all_of_its_years(when, scale, because):
    found = alone("GD GD", academic_years=years(*when))

    assert (found.scale, found.because) == (scale, because)


@pytest.mark.parametrize(
    ("neighbours", "when", "scale", "because"),
    [
        ([STEPS], (), "steps", Because.NEIGHBOURS),
        ([STEPS], (2018,), "steps", Because.NEIGHBOURS),
        ([STEPS], (2008,), "nc-levels", Because.YEARS),
        ([LEVELS], (), "nc-levels", Because.NEIGHBOURS),
        ([SONAR, LEVELS, STEPS], (), "steps", Because.NEIGHBOURS),
        ([SONAR, LEVELS], (), "nc-levels", Because.ORDER),  # two votes each
        (["EXS WTS"], (), "nc-levels", Because.ORDER),
        ([LEVELS_OR_STEPS], (), "nc-levels", Because.ORDER),
    ],
)
def test_where_years_do_not_tell_the_other_columns_vote_and_where_they_do_not_the_order_does(
    neighbours, when, scale, because
):
    columns = [{"cells": cells} for cells in neighbours]

    found = together({"cells": LEVELS_OR_STEPS, "academic_years": years(*when)}, *columns)[0]

    assert (found.scale, found.because) == (scale, because)


def test_years_do_not_speak_against_a_scale_that_the_same_file_has_in_such_years_for_certain():
    asked = {"cells": LEVELS_OR_STEPS, "academic_years": years(2008)}
    steps = {"cells": STEPS, "academic_years": years(2009)}

    found = [together(asked, neighbour)[0] for neighbour in (steps, {**steps, "file": "other.csv"})]

    assert [(one.scale, one.because) for one in found] == [
        ("steps", Because.NEIGHBOURS),
        ("nc-levels", Because.YEARS),
    ]


def test_the_columns_of_the_same_file_vote_before_those_of_others():
    other = {"cells": STEPS, "file": "other.csv"}

    with_levels = together({"cells": LEVELS_OR_STEPS}, other, {"cells": LEVELS})[0]
    without = together({"cells": LEVELS_OR_STEPS}, other, {"cells": "EXS"})[0]

    assert [(found.scale, found.because) for found in (with_levels, without)] == [
        ("nc-levels", Because.NEIGHBOURS),
        ("steps", Because.NEIGHBOURS),
    ]


def test_bands_with_a_year_group_are_three_steps_unless_the_heading_or_the_neighbours_say_otherwise():
    cells, bands = "3E 3D 3S", {"cells": "Emerging|Secure"}
    rival = ("emerging-developing-secure",)

    assert alone(cells) == Recognised("three-steps", 3, rival, Because.ORDER)
    assert alone(cells, "Reading EDS") == Recognised("emerging-developing-secure", 3)
    assert together({"cells": cells}, bands)[0] == Recognised(
        "emerging-developing-secure", 3, ("three-steps",), Because.NEIGHBOURS
    )


# --- columns that say nothing of their own ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "neighbours", "found"),
    [
        ("D D A", "EXS WTS", Recognised(TA, 0, (BANDS,), Because.NEIGHBOURS)),
        ("D A", "2b 3c", Recognised("nc-levels", 0, (BANDS,), Because.NEIGHBOURS)),
        ("A NA", "2b 3c", Recognised("nc-levels")),
        ("D D D", "Emerging|Secure", Recognised(BANDS, 0, (), Because.NEIGHBOURS)),
        ("D D L", "2b 3c", Recognised(BANDS, 2)),  # levels have no L
        ("E D S", "EXS WTS", Recognised(BANDS, 3)),
        ("12 31", "2b 3c", Recognised()),
        ("D E", "12 31", Recognised(BANDS, 2)),
    ],
)
def test_a_column_of_codes_is_on_its_neighbours_scale_if_that_knows_them(cells, neighbours, found):
    assert together({"cells": cells}, {"cells": neighbours})[0] == found


def test_disapplied_among_teacher_assessments_is_no_band():
    assert alone("EXS WTS EXS D D") == Recognised(TA, 3)


def test_codes_of_a_year_group_that_the_neighbours_scale_does_not_judge_are_on_no_scale():
    scores = {"cells": "98 104", "words": "scaled score", "year_groups": Counter({2: 2})}

    assert together({"cells": "A A", "year_groups": Counter({6: 2})}, scores) == [
        Recognised(),
        Recognised("ks1-scaled-score", 2),
    ]
