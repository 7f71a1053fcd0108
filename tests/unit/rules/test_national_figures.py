"""National results as rules: what a school adds, and what siptrack's own file holds."""

from __future__ import annotations

import pytest
from rule_texts import rules_of

from siptrack.school.national import EVERYBODY, Figure, National, Sureness

NEWER = """
national:
  standards:
    ks2-expected:
      figures:
        "2025-26":
          rwm:
            all: {value: 63.5, source: "DfE, read by us"}
            disadvantaged:
              disadvantaged: {value: 48, source: "DfE, read by us", sure: provisional}
"""
OWN_GRADE = "national: {standards: {ks2-expected: {met_from: {point-in-time: On track}}}}\n"


def test_a_school_adds_newer_figures_and_keeps_the_others():
    figures = rules_of(NEWER).national.standards["ks2-expected"].figures
    before = rules_of().national.standards["ks2-expected"].figures

    assert figures[: len(before)] == before
    assert figures[len(before) :] == (
        Figure(2025, "rwm", EVERYBODY, EVERYBODY, 63.5, "DfE, read by us", "", "siptrack.yaml, line 8"),
        Figure(
            2025,
            "rwm",
            "disadvantaged",
            "disadvantaged",
            48,
            "DfE, read by us",
            "provisional",
            "siptrack.yaml, line 10",
        ),
    )
    assert figures[-1].year == "2025-26"


def test_a_school_says_which_grade_of_its_own_scale_meets_a_standard():
    met = rules_of(OWN_GRADE).national.standards["ks2-expected"].met_from

    assert list(met) == ["teacher-assessment", "ks-scaled-score", "point-in-time"]
    assert met["point-in-time"].grade == "On track"


@pytest.mark.parametrize(("sure", "said"), [("shaky", "is shaky"), ("solid", ""), ("", "")])
def test_doubt_is_said_only_where_there_is_any(sure, said):
    degrees = {"shaky": Sureness("is shaky", doubt=True), "solid": Sureness("is solid", doubt=False)}

    assert National({}, {}, degrees).doubt(sure) == said


def test_figures_stand_oldest_first_and_each_once():
    for standard in rules_of().national.standards.values():
        keys = [(one.academic_year, one.subject, one.characteristic, one.group) for one in standard.figures]
        assert [year for year, *_ in keys] == sorted(year for year, *_ in keys)
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("scale", "grade"), [("point-in-time", "On track"), ("steps", "s")])
def test_on_a_scale_whose_grades_may_name_a_year_group_it_is_the_standard_s_own(scale, grade):
    rules = rules_of(f"national: {{standards: {{ks2-expected: {{met_from: {{{scale}: {grade}}}}}}}}}\n")
    points = rules.scales[scale].by_code[grade].points

    lowest = rules.national.standards["ks2-expected"].met_from[scale]
    assert (lowest.grade, lowest.points) == (grade, points + 6 * rules.scales[scale].points_a_year)
