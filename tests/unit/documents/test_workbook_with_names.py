"""The workbook with names: its cover, and the sheets that are gathered from several tables."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import openpyxl
import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import Filters
from siptrack.documents.workbook.cover import book_of
from siptrack.documents.workbook.sheets import SHEETS
from siptrack.documents.workbook.view import meeting_workbook, named_sheets, named_workbook
from siptrack.rendering.workbook.sheets import SheetColumn, WorkbookSheet

TERMS = ("Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026")
FELL, HARDLY, KEPT = ("EXS EXS EXS EXS WTS", "EXS EXS WTS EXS WTS", "EXS EXS EXS EXS EXS")


def school(*rows):
    """A register of rows `name | class | gender | grades`, the grades those of all terms."""
    heads = " | ".join(f"{term} (teacher-assessment)" for term in TERMS)
    lines = []
    for name, class_name, gender, grades in rows:
        lines.append(f"{name} | 4 | {class_name} | {gender} | {' | '.join(grades.split())}")
    return register(f"pupil | year group | class | gender | {heads}\n" + "\n".join(lines))


@cache
def analysis():
    named = [("Ann", "4D", "girls", FELL), ("Bob", "4D", "boys", HARDLY), ("Cas", "4E", "girls", "GDS GDS EXS EXS WTS")]
    others = [(f"child {at:02}", "4D" if at % 2 else "4E", "girls" if at % 3 else "boys", KEPT) for at in range(21)]
    return analyse(school(*named, *others), usual_rules())


@cache
def few():
    return analyse(school(("Ann", "4D", "girls", FELL), ("Bob", "4D", "boys", KEPT)), usual_rules())


def sheet_of(key, of):
    (sheet,) = [sheet for sheet in named_sheets(of, usual_rules(), every=True) if sheet.key == key]
    headings = [heading.title for heading in sheet.headings]
    return [dict(zip(headings, row, strict=True)) for row in sheet.rows]


def cover_of(content):
    """The texts and numbers of the first sheet, a row each."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Contents"]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


@cache
def unknown():
    """A school of which nothing can be told: one result a child, on no known scale."""
    rows = "\n".join(f"child {at} | 4 | 4D | 3{at}" for at in range(3))
    return analyse(register(f"pupil | year group | class | Spring 2026 (raw marks)\n{rows}"), usual_rules())


def every_page():
    """Every branch of the template."""
    one_school = replace(few(), register=replace(few().register, schools=("Hollybank Primary",)))
    books = [
        named_workbook(of, usual_rules(), every=every)
        for of in (analysis(), one_school, unknown())
        for every in (False, True)
    ]
    return [*books, meeting_workbook([], few(), usual_rules())]


def test_the_named_stand_by_class_with_what_they_moved_from_and_to_the_surest_first():
    rows = sheet_of("named", analysis())

    assert [(row["Class"], row["Child"], row["Then"], row["Now"]) for row in rows if row["Then"]] == [
        ("4D", "Ann", "EXS", "WTS"),
        ("4D", "Bob", "EXS", "WTS"),
        ("4E", "Cas", "EXS", "WTS"),
    ]
    assert all(row["Subject"] == "Reading" and row["Fallen, of 100"] > 0 for row in rows)
    assert rows[0]["Fallen, of 100"] > rows[1]["Fallen, of 100"]
    assert {row["Talk first"] for row in rows} >= {1}


def test_a_child_with_few_results_is_named_and_nothing_is_said_of_how_sure_that_is():
    new = analyse(school(("Ann", "4D", "girls", ". . EXS . WTS"), ("Bob", "4D", "boys", KEPT)), usual_rules())

    (row,) = sheet_of("named", new)

    assert row["How sure"] == "too early to be sure"
    assert not {"Fallen, of 100", "Talk first", "Provision and actions this year"} & row.keys()  # nobody has any


def test_every_child_stands_once_with_grade_standing_and_the_more_pressing_verdict():
    rows = {row["Child"]: row for row in sheet_of("children", analysis())}

    assert len(rows) == 24
    ann = rows["Ann"]
    assert (ann["Reading"], ann["Reading: stands"], ann["Reading: progress"]) == ("WTS", "below", "insufficient")
    assert (ann["Named in"], ann["Gender"], rows["child 00"]["Named in"]) == ("Reading", "Girls", None)


def test_a_term_is_a_column_and_the_change_is_that_of_a_year():
    (row,) = sheet_of("over_time", analysis())

    assert row["Autumn 2024"] == 1
    assert row["Spring 2026"] == pytest.approx(21 / 24)
    assert row["Change in a year, points"] == pytest.approx(100 * (21 - 24) / 24)
    assert sheet_of("over_time", few()) == []  # too few for a percentage


def test_the_clear_gaps_are_those_that_the_cover_counts_and_say_both_sides():
    rows = [(f"child {at:02}", "4D", "boys" if at < 24 else "girls", FELL if at < 20 else KEPT) for at in range(48)]
    apart = analyse(school(*rows), usual_rules())
    gaps = [row for row in sheet_of("clear_gaps", apart) if row["Verdict"] == "clear"]

    figures = cover_of(named_workbook(apart, usual_rules()))[1:4]

    assert str(len(gaps)) == figures[2][0]
    first = next(row for row in gaps if row["Of what"] == "At age-related expectations")
    assert (first["Group"], first["Compared with"], first["Others, %"]) == ("Boys", "Girls", 1)
    assert first["Group, %"] == pytest.approx(4 / 24)
    assert first["Gap"] == pytest.approx(100 * (4 / 24 - 1))


def test_the_cover_says_the_three_figures_beside_last_years_and_what_was_read():
    title, *rows = cover_of(named_workbook(analysis(), usual_rules()))

    assert title == ["Pupil progress: Spring 2026 (school year 2025-26)"]
    assert rows[0][0] == "88 %"
    assert "21 of 24 (88 %)" in rows[0][1]
    assert "Spring 2025: 24 of 24 (100 %)" in rows[0][1]
    assert rows[1][0] == "3"
    texts = [str(row[0]) for row in rows[3:]]
    assert texts[0].startswith("This report names children.")
    assert any(text.startswith("24 children on roll") for text in texts)
    left_out = sum(not sheet.usual for sheet in SHEETS.values())
    assert any(text.startswith(f"{left_out} more tables") for text in texts)


def test_of_few_children_the_cover_counts_and_a_single_school_is_named():
    one_school = replace(few(), register=replace(few().register, schools=("Hollybank Primary",)))
    rows = cover_of(named_workbook(one_school, usual_rules(), every=True))

    assert [row[0] for row in rows[1:4]] == ["1", "1", "?"]
    texts = [str(row[0]) for row in rows]
    assert "School: Hollybank Primary." in texts
    assert not any("more table" in text for text in texts)


def test_where_nothing_can_be_told_no_figure_says_that_nobody_is_behind():
    figures = cover_of(named_workbook(unknown(), usual_rules()))[1:4]

    assert [number for number, _ in figures] == ["?", "?", "?"]
    assert all("cannot tell" in words for _, words in figures)


def test_the_cover_says_of_how_many_children_nothing_can_be_told():
    new = analyse(school(("Ann", "4D", "girls", FELL), ("Bob", "4D", "boys", ". . . . EXS")), usual_rules())

    (_, named, _) = cover_of(named_workbook(new, usual_rules()))[1:4]

    assert named[1].endswith("Cannot tell yet for 1 child in any subject")


def test_of_some_children_the_cover_says_of_whom():
    some = analyse(analysis().register, usual_rules(), None, Filters(classes=frozenset({"4D"})))

    assert ["Only class 4D."] in cover_of(named_workbook(some, usual_rules()))


def test_every_table_has_its_sheet_and_the_usual_workbook_ten_at_most():
    rules = usual_rules()

    assert {sheet.key for sheet in named_sheets(few(), rules, every=True)} == set(SHEETS)
    assert len(named_sheets(few(), rules, every=False)) + len(("Contents", "Words")) <= 10


@pytest.mark.parametrize(("headings", "explained"), [(("Child", "Key"), True), (("Subject",), False)])
def test_the_key_is_explained_where_it_stands(headings, explained):
    columns = tuple(map(SheetColumn, headings))
    sheet = WorkbookSheet("a", "A", "A", "", columns, (("x",) * len(headings),))

    words = [row[0] for row in book_of([sheet], "A book", [])[-1].rows]

    assert ("Key" in words) is explained
    assert "Points" in words
