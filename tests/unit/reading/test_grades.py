"""Grades decoded on the scale of their column, and the scale a column is on."""

from __future__ import annotations

from collections import Counter

import pytest
from school_files import aside, problems, register_of, results, usual_rules

from siptrack.reading.grades import Decoded, ScaleReader
from siptrack.reading.recognition import Around, Recognised, Recogniser


def reader(scale: str) -> ScaleReader:
    return ScaleReader(usual_rules().scales[scale], usual_rules().years)


@pytest.mark.parametrize(
    ("texts", "grade", "points"),
    [
        (["2b", "2B", " 2 b ", "Level 2b", "L2b", "level2B", "NC 2b", "Secure 2", "2 secure", "2S"], "2b", 15),
        (["2c", "2 low", "2L", "low 2"], "2c", 13),
        (["2a", "2 high", "2H", "High 2"], "2a", 17),
        (["W", "w"], "W", 3),
        (["3", "Level 3", "L3"], "3", 21),
        (["\uff12\uff22"], "2b", 15),  # full-width
    ],
)
def test_levels_as_teachers_write_them(texts, grade, points):
    decode = reader("nc-levels").decode

    assert {text: decode(text) for text in texts} == dict.fromkeys(texts, Decoded(grade, points, counts=True))


@pytest.mark.parametrize(
    ("texts", "grade", "points"),
    [
        (["EXS", "exs", "WA", "WAS", "Expected", "expected standard"], "EXS", 8),
        (["WTS", "WT", "working towards"], "WTS", 7),
        (["GDS", "GD", "Greater depth"], "GDS", 9),
        (["PK4", "pks4"], "PK4", 4),
        (["PKF"], "PKF", 4),
    ],
)
def test_teacher_assessments_as_they_are_written(texts, grade, points):
    decode = reader("teacher-assessment").decode

    assert {text: decode(text) for text in texts} == dict.fromkeys(texts, Decoded(grade, points, counts=True))


@pytest.mark.parametrize(
    ("scale", "text", "code"),
    [
        ("nc-levels", "A", "A"),
        ("nc-levels", "absent", "A"),
        ("nc-levels", "D", "D"),
        ("nc-levels", "IE", "IE"),
        ("teacher-assessment", "N/A", "NA"),
        ("teacher-assessment", "L", "L"),
        ("standardised-score", "abs", "A"),
    ],
)
def test_special_codes_have_no_points_and_leave_the_denominator(scale, text, code):
    assert reader(scale).decode(text) == Decoded(code, None, counts=False)


@pytest.mark.parametrize(
    ("scale", "text"),
    [
        ("nc-levels", "7a"),
        ("nc-levels", "2d"),
        ("nc-levels", "2b?"),
        ("nc-levels", "EXS"),
        ("teacher-assessment", "2b"),
        ("teacher-assessment", "PK7"),
        ("standardised-score", "39"),
        ("standardised-score", "161"),
        ("standardised-score", "1e2"),
    ],
)
def test_what_is_not_of_the_scale_is_not_decoded(scale, text):
    assert reader(scale).decode(text) is None


@pytest.mark.parametrize(("text", "points"), [("40", 40), ("99.5", 99.5), ("160", 160)])
def test_scores_are_worth_themselves_within_their_limits(text, points):
    assert reader("standardised-score").decode(text) == Decoded(text, points, counts=True)


def recognised(texts: dict[str, int], heading: str = "Reading Autumn 2025", **around: object) -> Recognised:
    rules = usual_rules()
    readers = {name: ScaleReader(scale, rules.years) for name, scale in rules.scales.items()}
    column = (0, 1, "reading")
    known = Around("school.csv", heading, "reading", **around)
    return Recogniser(rules, readers).all({column: Counter(texts)}, {column: known})[column]


def test_the_scale_is_the_one_that_most_of_the_columns_cells_speak_for():
    assert recognised({"EXS": 20, "WTS": 5, "A": 3}) == Recognised("teacher-assessment", 25)
    assert recognised({"2b": 20, "3c": 5, "A": 3}) == Recognised("nc-levels", 25)


@pytest.mark.parametrize("texts", [{"3": 20, "2": 10}, {"98": 20, "104": 10}, {"12.5": 3}])
def test_bare_numbers_never_make_a_scale_without_a_hint(texts):
    assert recognised(texts) == Recognised()


@pytest.mark.parametrize(
    ("heading", "texts", "scale"),
    [
        ("Reading Level Autumn 2008", {"3": 20, "2": 10}, "nc-levels"),
        ("Reading Std Score Autumn 2025", {"98": 20, "104": 10}, "standardised-score"),
        ("Maths SAS Autumn 2025", {"98": 1}, "standardised-score"),
    ],
)
def test_bare_numbers_are_on_the_scale_that_their_heading_names(heading, texts, scale):
    assert recognised(texts, heading).scale == scale


def test_a_column_of_codes_alone_speaks_for_no_scale():
    assert recognised({"A": 5, "D": 1}) == Recognised()


def test_a_scale_that_fits_less_than_half_of_a_column_does_not_fit_it():
    assert recognised({"EXS": 5, "nonsense": 5}).scale == "teacher-assessment"
    assert recognised({"EXS": 5, "nonsense": 6}) == Recognised()


def test_unknown_grades_are_left_out_and_the_rest_is_used():
    register = register_of("""
        Adno | Reading Autumn 2025
        A1  | EXS
        A2  | GDS
        A3  | WTSS
        A4  | 2b
        A5  | #N/A
        A6  | -
        A7  | N/A
        A8  | EXS
    """)

    assert results(register) == [
        "A1, reading, Autumn 2025: EXS",
        "A2, reading, Autumn 2025: GDS",
        "A7, reading, Autumn 2025: NA",
        "A8, reading, Autumn 2025: EXS",
    ]
    assert [(problem.code, problem.place.cell, problem.found) for problem in register.problems] == [
        ("broken-cell", "B6", "'#N/A'"),
        ("grade-of-another-scale", "B5", "'2b', a grade of nc-levels"),
        ("unknown-grade", "B4", "'WTSS'"),
    ]
    assert aside(register) == {
        "results: a spreadsheet error": 1,
        "results: not a grade of its column's scale": 1,
        "results: of another scale than its column": 1,
    }
    assert (register.ledger.results_read, register.ledger.results_used) == (7, 4)


def test_raw_marks_are_kept_without_points_and_said_once_a_column():
    register = register_of("Adno | Reading Autumn 2025 | Maths Autumn 2025\nA1 | 12 | EXS\nA2 | 31 | WTS")

    marks = register.results[register.results["subject"] == "reading"]
    assert marks[["scale", "text"]].to_numpy().tolist() == [["", "12"], ["", "31"]]
    assert marks["points"].isna().all()
    assert problems(register) == ["unknown-scale at school.csv, column B"]


def test_a_column_of_codes_alone_is_on_the_scale_of_its_neighbours():
    register = register_of("Adno | Reading Autumn 2025 | Maths Autumn 2025\nA1 | A | EXS\nA2 | A | WTS")

    assert set(register.results["scale"]) == {"teacher-assessment"}
