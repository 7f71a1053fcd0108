"""Bridges: what the grades of one scale are worth on another, by siptrack's word or the school's."""

from __future__ import annotations

import pytest
from rule_texts import refusal_of, rules_of, scale_of, stars

from siptrack.school.scale import Bridge

POINTS = "A level's points are its points: Henry Whipple; Teaching Times; DCSF 2006 (siptrack domain notes 1.1 and 1.2)"
LEVELS_TO_POINTS = Bridge("levels-and-points", "nc-levels", "nc-points", {}, POINTS, by_school=False)
POINTS_TO_LEVELS = Bridge("points-and-levels", "nc-points", "nc-levels", {}, POINTS, by_school=False)


def bridge(old: str, new: str, how: str) -> str:
    """The settings with one bridge of the school's."""
    return f'bridges:\n  ours:\n    old: {old}\n    new: {new}\n    {how}\n    source: "agreed by staff"\n'


def points_of(settings: str) -> dict[str, float]:
    """The points of the last bridge, which is the school's."""
    return dict(rules_of(settings).bridges[-1].points)


def test_siptrack_bridges_levels_and_points_and_nothing_else():
    assert rules_of().bridges == (LEVELS_TO_POINTS, POINTS_TO_LEVELS)


def test_a_schools_bridge_joins_siptracks_and_is_known_as_the_schools():
    settings = bridge("teacher-assessment", "point-in-time", "grades: {EXS: On track}")

    assert rules_of(settings).bridges == (
        LEVELS_TO_POINTS,
        POINTS_TO_LEVELS,
        Bridge("ours", "teacher-assessment", "point-in-time", {"EXS": 2}, "agreed by staff", by_school=True),
    )


def test_a_grade_crosses_to_the_points_of_the_grade_it_is_bridged_to():
    settings = bridge(
        "teacher-assessment",
        "point-in-time",
        "grades: {WTS: Just below, EXS: On track, GDS: Greater depth, PK4: Below}",
    )

    assert points_of(settings) == {"WTS": 1, "EXS": 2, "GDS": 3, "PK4": 0}


def test_a_grade_crosses_to_a_score_where_the_new_scale_has_scores():
    settings = bridge("nc-levels", "standardised-score", "grades: {2c: 92, 2b: 100.5, P1i: 70}")

    assert points_of(settings) == {"2c": 92, "2b": 100.5, "P1i": 70}


def test_on_a_scale_of_grades_and_scores_either_may_be_said():
    settings = bridge("nc-levels", "phonics", "grades: {1c: Wt, 1b: Wa, 2b: 38}")

    assert points_of(settings) == {"1c": 31, "1b": 32, "2b": 38}


def test_a_figure_that_is_a_grade_of_the_new_scale_is_that_grade():
    settings = bridge("teacher-assessment", "nc-levels", 'grades: {EXS: "4"}')

    assert (points_of(settings), scale_of("nc-levels").by_code["4"].points) == ({"EXS": 27}, 27)


def test_scales_of_the_same_points_need_no_list_of_grades():
    settings = bridge("decimal-years", "nc-points", "same_points: true")

    assert points_of(settings) == {}


def test_a_schools_own_scale_may_be_bridged():
    settings = stars() + "\n" + bridge("stars", "teacher-assessment", 'grades: {"*": WTS, "**": EXS}')

    assert points_of(settings) == {"*": 7, "**": 8}


def test_a_school_may_change_siptracks_bridge_which_is_then_the_schools():
    settings = "bridges: {levels-and-points: {same_points: false, grades: {W: 3, 1c: 7}}}"

    changed = Bridge("levels-and-points", "nc-levels", "nc-points", {"W": 3, "1c": 7}, POINTS, by_school=True)
    assert rules_of(settings).bridges == (changed, POINTS_TO_LEVELS)


def test_the_way_back_is_another_bridge():
    settings = """
bridges:
  there: {old: teacher-assessment, new: point-in-time, grades: {EXS: On track}, source: "staff"}
  back: {old: point-in-time, new: teacher-assessment, grades: {On track: EXS}, source: "staff"}
"""

    assert rules_of(settings).bridges[2:] == (
        Bridge("there", "teacher-assessment", "point-in-time", {"EXS": 2}, "staff", by_school=True),
        Bridge("back", "point-in-time", "teacher-assessment", {"On track": 8}, "staff", by_school=True),
    )


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        (
            bridge("nc-levels", "nc-points", "same_points: true"),
            2,
            "'ours' and 'levels-and-points' both lead from nc-levels to nc-points; keep one.",
        ),
        (
            bridge("nc-levels", "pira", "grades: {2d: 90}"),
            5,
            "'2d' in 'grades' in 'ours' in bridges.yaml is not a grade of nc-levels.",
        ),
        (
            bridge("nc-levels", "pira", "grades: {A: 90}"),
            5,
            "'A' in 'grades' in 'ours' in bridges.yaml is not a grade of nc-levels.",
        ),
        (
            bridge("nc-levels", "teacher-assessment", "grades: {2b: EXT}"),
            5,
            "'EXT' in 'grades' in 'ours' in bridges.yaml is not a grade with points of teacher-assessment.",
        ),
        (
            bridge("teacher-assessment", "nc-levels", "grades: {BLW: P1i}"),
            5,
            "'P1i' in 'grades' in 'ours' in bridges.yaml is not a grade with points of nc-levels.",
        ),
        (
            bridge("nc-levels", "pira", "grades: {2b: high}"),
            5,
            "'2b' in 'grades' in 'ours' in bridges.yaml is 'high'; expected a number.",
        ),
        (
            bridge("nc-levels", "pira", "grades: {2b: 500}"),
            5,
            "'500' in 'grades' in 'ours' in bridges.yaml is not a score of pira.",
        ),
        (
            bridge("nc-levels", "nc-levels", "same_points: true"),
            4,
            "'ours' in bridges.yaml leads from nc-levels to itself; name two scales.",
        ),
        (
            bridge("nc-levels", "pira", "same_points: true, grades: {2b: 90}".replace(", g", "\n    g")),
            6,
            "'ours' in bridges.yaml has the same points, so no grades; delete one.",
        ),
        (
            bridge("nc-levels", "pira", "grades: {}"),
            5,
            "'grades' in 'ours' in bridges.yaml names none; add each grade.",
        ),
        (bridge("nc-levels", "pira", "same_points: false"), 3, "'ours' in bridges.yaml lacks 'grades'; add it."),
        (
            bridge("nc-levels", "pira", "same_points: maybe"),
            5,
            "'same_points' in 'ours' in bridges.yaml must be true or false.",
        ),
    ],
)
def test_a_bridge_that_leads_nowhere_is_refused(settings, line, message):
    assert refusal_of(settings) == f"siptrack.yaml, line {line}: {message}"


@pytest.mark.parametrize(("old", "new", "end", "line"), [("level", "pira", "old", 3), ("pira", "level", "new", 4)])
def test_a_bridge_of_a_scale_that_is_none_is_refused_with_those_there_are(old, new, end, line):
    refused = refusal_of(bridge(old, new, "same_points: true"))

    start = f"siptrack.yaml, line {line}: '{end}' in 'ours' in bridges.yaml is 'level'; expected one of decimal-years, "
    assert refused.startswith(start)
