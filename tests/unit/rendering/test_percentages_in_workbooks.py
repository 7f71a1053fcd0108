"""Percentages in a workbook: the number stays what it is, and none shows as 0 or 100 that is neither."""

import io

import pytest
from openpyxl import load_workbook

from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook


@pytest.mark.parametrize(
    ("value", "form"),
    [
        *((0, "0%"), (0.5, "0%"), (1, "0%"), (0.008, "0%")),
        *((239 / 240, '"over 99%"'), (1 / 240, '"under 1%"')),
    ],
)
def test_a_percentage_is_a_number_shown_as_no_more_than_it_is(value, form):
    headings = (SheetColumn("Year"), SheetColumn("At ARE, %", CellKind.PERCENT))
    written = write_workbook([WorkbookSheet("one", "One", "One", "", headings, (("Year 1", value),))])
    sheet = load_workbook(io.BytesIO(written))["One"]
    cell = sheet.cell(sheet.max_row, 2)
    assert (cell.value, cell.number_format) == (value, form)
