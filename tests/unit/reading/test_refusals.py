"""Sheets that hold no list of pupils are refused by what they are, and no pupil is made of their labels."""

from __future__ import annotations

import pytest
from school_files import usual_rules

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.layout import Layouts, lay_out
from siptrack.reading.sheet import Sheet

GOOD = Sheet("Year 5.xlsx", "5K", (("Name", "Reading Autumn 2025"), ("Alder, Ann", "EXS")))
FORM = """
    Pupil name: | {} | . | UPN: | Q999441718001
    Class: | 4P | . | Year: | 4
    .
    Term | Reading | Writing
    Autumn 2025 | EXS | WTS
    Spring 2026 | EXS | EXS
"""
UPRIGHT_FORM = """
    Name | {}
    DOB | 01/09/2016
    Class | 4P
    .
    Subject | Autumn | Spring | Summer
    Reading | EXS | EXS | GDS
    Writing | WTS | EXS | EXS
"""
NAMELESS_FORM = """
    Term | Reading | Writing
    Autumn 2025 | EXS | WTS
    Spring 2026 | EXS | EXS
"""
PIVOTS = {
    "count of pupils": """
        Count of Pupil | Column Labels | . | .
        Row Labels | WTS | EXS | Grand Total
        4K | 6 | 12 | 18
        Grand Total | 6 | 12 | 18
    """,
    "average of a score by class": """
        Row Labels | Average of Reading SS
        4K | 101.3
        4P | 99.8
    """,
    "grades over counts": """
        Class | WTS | EXS | GDS
        4K | 6 | 12 | 4
        4P | 9 | 10 | 3
    """,
    "groups under a heading of pupils": """
        Pupils | Class | WTS | EXS | GDS
        Boys | 4K | 6 | 12 | 4
        Girls | 4K | 5 | 10 | 3
    """,
}


def sheet(table: str, name: str, file: str = "4P.xlsx") -> Sheet:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return Sheet(file, name, tuple(tuple("" if cell == "." else cell for cell in row) for row in rows))


def laid_out(*sheets: Sheet) -> tuple[Layouts, list[str]]:
    """What is read of these sheets, and each problem as `code at place: what was found`."""
    rules = usual_rules()
    findings = Findings(rules.problems)
    layouts = lay_out(list(sheets), lambda _: None, HeadingReader(rules), rules.columns, findings)
    return layouts, [f"{one.code} at {one.place.label}: {one.found}" for one in findings.problems]


@pytest.mark.parametrize("form", [FORM, UPRIGHT_FORM, NAMELESS_FORM], ids=["across", "upright", "nameless"])
@pytest.mark.parametrize("beside", [(), (GOOD,)], ids=["alone", "beside a list"])
def test_a_sheet_for_each_pupil(form, beside):
    names = "Orla Kirkby", "Ben Lomas", "Iris Midgley"

    layouts, said = laid_out(*beside, *(sheet(form.format(name), name) for name in names))

    assert said == ["sheet-each-pupil at 4P.xlsx: a sheet for each pupil"]
    assert len(layouts.rows) == len(beside)


def test_a_sheet_of_one_pupil_alone():
    assert laid_out(sheet(FORM.format("Orla Kirkby"), "Sheet1"))[1] == [
        "sheet-each-pupil at 4P.xlsx: a sheet of one pupil"
    ]


@pytest.mark.parametrize("names", [("Reading", "Writing"), ("5K", "5S"), ("Sheet1", "Sheet2"), ("Autumn", "Spring")])
def test_sheets_of_classes_subjects_and_terms_without_pupils_are_of_no_pupil(names):
    layouts, said = laid_out(*(sheet(NAMELESS_FORM, name) for name in names))

    assert {one.partition(" ")[0] for one in said} == {"sheet-unused"}
    assert layouts.rows == []


@pytest.mark.parametrize("pivot", PIVOTS.values(), ids=PIVOTS)
@pytest.mark.parametrize("beside", [(), (GOOD,)], ids=["alone", "beside a list"])
def test_a_pivot_or_table_of_counts(pivot, beside):
    layouts, said = laid_out(*beside, sheet(pivot, "Pivot"))

    assert said == ["pivot-table at 4P.xlsx, sheet Pivot: a pivot table of counts"]
    assert len(layouts.rows) == len(beside)


def test_columns_of_results_that_hold_no_text_are_said():
    coloured = "Name | Autumn 2025 | Spring 2026\nAlder, Ann | . | .\nBirch, Bob | . | ."

    layouts, said = laid_out(sheet(coloured, "Reading"))

    assert said == [
        "no-text at 4P.xlsx, sheet Reading, cell B1: 2 columns of results without any text beside 2 children"
    ]
    assert len(layouts.rows) == 2


def test_a_class_merged_down_the_side_is_every_childs():
    merged = Sheet(
        "Year 5.xlsx",
        "Year 5",
        (
            ("Class", "Name", "Reading Autumn 2025"),
            ("5K", "Alder, Ann", "EXS"),
            ("", "Birch, Bob", "WTS"),
            ("5S", "Cole, Cat", "EXS"),
        ),
        merged=((2, 1, 3, 1),),
    )

    assert [row.texts["class"] for row in laid_out(merged)[0].rows] == ["5K", "5K", "5S"]
