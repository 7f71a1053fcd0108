# ruff: noqa: E501  # a table is as wide as it is
"""One history for each child and subject: judgements before tests, scales never mixed, and a bridge only where declared."""

from pathlib import Path

import pytest
from typed_tables import reported, wanted

from registers import register, term
from siptrack.analysis.analyse import analyse
from siptrack.rules.load import load

BRIDGE = """
bridges:
  key-stage-1:
    old: teacher-assessment
    new: point-in-time
    grades: {WTS: "Just below", EXS: "On track", GDS: "Greater depth"}
    source: "agreed by staff, July 2024"
  good-level:
    old: gld
    new: point-in-time
    grades: {GLD: "On track", "Not GLD": "Just below"}
    source: "agreed by staff, July 2024"
"""


@pytest.fixture(name="bridged")
def _bridged(tmp_path: Path):
    path = tmp_path / "siptrack.yaml"
    path.write_text(BRIDGE, encoding="utf-8")
    return load(path)


def test_progress_is_told_by_judgements_where_there_are_tests_too():
    table = """
        pupil | year group | Summer 2024 | Summer 2024 (standardised-score) | Summer 2025 | Summer 2025 (standardised-score) || this year    | attainment
        Ann   | 4          | EXS         | 110                              | EXS         | 90                               || expected     | at
        Bob   | 4          | EXS         | 90                               | WTS         | 110                              || insufficient | below
        Cai   | 4          | EXS         | 110                              | .           | 90                               || insufficient | below
        Dee   | 4          | EXS         | 110                              | A           | 90                               || insufficient | below
        Eve   | 4          | .           | 110                              | EXS         | 90                               || one result only | at
        Flo   | 4          | .           | 110                              | A           | .                                || no result this term | not known
    """
    before = reported(table, scale="teacher-assessment")
    assert before == {**wanted(table), "Eve": {"this year": "the scale changed", "attainment": "at"}}


def test_a_school_may_have_progress_told_by_tests(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("columns: {subjects: {reading: {told_by: tests}}}\n", encoding="utf-8")
    table = """
        pupil | year group | Summer 2024 | Summer 2024 (standardised-score) | Summer 2025 | Summer 2025 (standardised-score) || this year
        Ann   | 4          | EXS         | 110                              | EXS         | 90                               || insufficient
        Bob   | 4          | EXS         | 90                               | WTS         | 110                              || accelerated
        Cai   | 4          | EXS         | 90                               | WTS         | .                                || insufficient
    """
    assert reported(table, scale="teacher-assessment", rules=load(settings)) == wanted(table)


def test_tests_beside_judgements_are_counted_once_a_subject():
    table = """
        pupil | year group | Summer 2025 | Summer 2025 (standardised-score) | maths Summer 2025
        Ann   | 4          | EXS         | 110                              | EXS
        Bob   | 4          | EXS         | 90                               | EXS
        Cai   | 4          | .           | 110                              | EXS
    """
    analysis = analyse(register(table, scale="teacher-assessment"), load(), term("Summer 2025"))
    assert [(one.subject, one.tests, one.count) for one in analysis.beside] == [("reading", True, 2)]


def test_without_a_bridge_progress_begins_again_on_the_new_scale():
    table = """
        pupil | year group | Summer 2024 (teacher-assessment) | Autumn 2024 | Summer 2025 || key stage         | key stage since | bridge
        Ann   | 3          | EXS                              | On track    | Just below  || insufficient      | Autumn 2024     | .
        Bob   | 3          | EXS                              | .           | Just below  || the scale changed | .               | .
    """
    assert reported(table, scale="point-in-time") == wanted(table)
    analysis = analyse(register(table, scale="point-in-time"), load(), term("Summer 2025"))
    assert [(one.old, one.new, one.bridge, one.children) for one in analysis.crossings] == [
        ("teacher-assessment", "point-in-time", "", 2)
    ]


def test_over_a_bridge_that_the_school_declares_the_baseline_is_the_start(bridged):
    table = """
        pupil | year group | Summer 2024 (teacher-assessment) | Autumn 2024 | Summer 2025   || key stage    | key stage since | bridge      | flags
        Ann   | 3          | EXS                              | On track    | Just below    || insufficient | Summer 2024     | key-stage-1 | insufficient-year, insufficient-key-stage, fell-below, below
        Bob   | 3          | WTS                              | .           | On track      || accelerated  | Summer 2024     | key-stage-1 | .
        Cai   | 3          | EXS                              | .           | On track      || expected     | Summer 2024     | key-stage-1 | .
        Dee   | 3          | PK4                              | .           | Below         || the scale changed | .          | .           | well-below
    """
    assert reported(table, scale="point-in-time", rules=bridged) == wanted(table)
    analysis = analyse(register(table, scale="point-in-time"), bridged, term("Summer 2025"))
    assert [(one.bridge, one.children) for one in analysis.crossings] == [("", 1), ("key-stage-1", 3)]


def test_a_baseline_of_another_subject_stands_for_one_that_has_none(bridged):
    table = """
        pupil | year group | gld Summer 2023 (gld) | Summer 2023 | Summer 2025 || key stage    | key stage since | bridge
        Ann   | 2          | GLD                   | .           | Just below  || insufficient | Summer 2023     | good-level
        Bob   | 2          | Not GLD               | .           | On track    || accelerated  | Summer 2023     | good-level
        Cai   | 2          | GLD                   | Just below  | Just below  || expected     | Summer 2023     | .
        Dee   | 2          | .                     | .           | Just below  || one result only | .            | .
    """
    assert reported(table, scale="point-in-time", rules=bridged) == wanted(table)


def test_levels_and_points_are_one_measure():
    table = """
        pupil | year group | Summer 2005 (nc-points) | Summer 2009 || key stage    | key stage gain | bridge
        Ann   | 6          | 15                      | 4b          || expected     | 12             | levels-to-points
        Bob   | 6          | 16.5                    | 4c          || insufficient | 8.5            | levels-to-points
    """
    before = {name: {**row, "bridge": "points-and-levels"} for name, row in wanted(table).items()}
    assert reported(table) == before
