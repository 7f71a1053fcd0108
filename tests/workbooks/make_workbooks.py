"""Makes the workbooks of the gallery, byte for byte the same each time; its text files are written by hand.

python tests/workbooks/make_workbooks.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).parent
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
Cell = str | int | float | date | None
Table = list[list[Cell]]
TERMS = ["Autumn 2025", "Spring 2026"]
WIDE: Table = [["Adno", "Reading Autumn 2025"], ["A1", "EXS"], ["A2", "WTS"]]


def book(path: str, sheets: dict[str, Table], finish: Callable[[dict[str, Worksheet]], None] | None = None) -> None:
    """A workbook of these sheets; `finish` merges, hides and breaks what is to be merged, hidden and broken."""
    made = xlsxwriter.Workbook(HERE / path)
    made.set_properties({"created": LONG_AGO})
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    written = {name: made.add_worksheet(name) for name in sheets}
    for name, rows in sheets.items():
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    written[name].write_datetime(at, column, cell, day)
                elif isinstance(cell, str):
                    written[name].write_string(at, column, cell)
                elif cell is not None:
                    written[name].write_number(at, column, cell)
    if finish:
        finish(written)
    made.close()


def merged(*ranges: str) -> Callable[[dict[str, Worksheet]], None]:
    """Merges these ranges of the one sheet, each under the text of its first cell."""

    def finish(sheets: dict[str, Worksheet]) -> None:
        (sheet,) = sheets.values()
        for cells, text in (one.split("=") for one in ranges):
            sheet.merge_range(cells, text)

    return finish


def headings() -> None:
    """Headings of two and three rows, merged across and down."""
    grades = ["A1", "WTS", "EXS", "EXS", "GDS"]
    two = ["Reading", "Maths", "Reading", "Maths"]
    book(
        "good/term-over-subject.xlsx",
        {"Sheet1": [["Adno", "Autumn 2025", None, "Spring 2026"], [None, *two], grades]},
        merged("A1:A2=Adno", "B1:C1=Autumn 2025", "D1:E1=Spring 2026"),
    )
    book(
        "good/subject-over-term.xlsx",
        {"Sheet1": [[None, "Reading", None, "Maths"], ["Adno", *TERMS, *TERMS, "Class"], [*grades, "5K"]]},
        merged("B1:C1=Reading", "D1:E1=Maths"),
    )
    for path, first in (("good/three-rows-of-headings.xlsx", None), ("odd/pupil-over-three-rows.xlsx", "Pupil")):
        book(
            path,
            {"Sheet1": [[first, "2025-26"], [None, "Autumn", None, "Spring"], ["Adno", *two], grades]},
            merged("B1:E1=2025-26", "B2:C2=Autumn", "D2:E2=Spring"),
        )


def sheets() -> None:
    """A sheet for each class, year group, term and subject."""
    wide = ["Adno", "Reading Autumn 2025"]
    book("good/sheet-per-class.xlsx", {"5K": [wide, ["A1", "EXS"]], "5S": [wide, ["A2", "WTS"]]})
    book("good/sheet-per-year-group.xlsx", {"Year 5": [wide, ["A1", "EXS"]], "Y6": [wide, ["A2", "WTS"]]})
    book(
        "good/sheet-per-term.xlsx",
        {"Aut 25": [["Adno", "R", "W"], ["A1", "WTS", "EXS"]], "Spr 26": [["Adno", "R", "W"], ["A1", "EXS", "EXS"]]},
    )
    book(
        "good/sheet-per-subject.xlsx",
        {"Reading": [["Adno", *TERMS], ["A1", "WTS", "EXS"]], "Maths": [["Adno", *TERMS], ["A1", "GDS", "GDS"]]},
    )


def cells() -> None:
    """Numbers as text, text as numbers, dates as dates; errors and formulas; what is hidden."""
    scores: Table = [["Adno", "DOB", "Year", "Reading standardised score Autumn 2025"]]
    scores += [
        [1041, date(2015, 9, 1), 5, "104"],
        ["1042", "01/10/2015", "5", 97],
        [" 1043 ", date(2015, 11, 2), 5.0, 88.0],
    ]
    book("good/numbers-as-text.xlsx", {"Sheet1": scores})
    book(
        "odd/broken-cells.xlsx",
        {"Sheet1": [*WIDE, ["A3"], ["A4"]]},
        lambda sheets: (
            sheets["Sheet1"].write_formula("B4", "=VLOOKUP(A4,A1:A2,2,0)", None, "#N/A"),
            sheets["Sheet1"].write_formula("B5", "=1/0", None, "#DIV/0!"),
        ),
    )
    book(
        "odd/formula-without-result.xlsx",
        {"Sheet1": [*WIDE, ["A3"]]},
        lambda sheets: sheets["Sheet1"].write_formula("B4", '="EX"&"S"', None, ""),
    )
    book("odd/hidden-sheet.xlsx", {"5K": WIDE, "5S": [WIDE[0], ["A3", "GDS"]]}, lambda sheets: sheets["5S"].hide())
    book(
        "odd/hidden-rows.xlsx",
        {"5K": [*WIDE, ["A3", "GDS"]]},
        lambda sheets: sheets["5K"].set_row(2, None, None, {"hidden": 1}),
    )
    book("odd/summary-and-empty-sheet.xlsx", {"5K": WIDE, "Summary": [["EXS", 1], ["WTS", 1]], "Sheet3": []})
    book("bad/only-a-summary.xlsx", {"Summary": [["At expected", 12], ["Below", 7]], "Sheet2": [["Year 5", "54%"]]})


if __name__ == "__main__":
    headings()
    sheets()
    cells()
