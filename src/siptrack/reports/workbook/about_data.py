"""The sheets about the data: what is odd in it, what was read, and what was set aside."""

from __future__ import annotations

from siptrack.analysis.model import Analysis
from siptrack.documents.data_tables import LEDGER, PROBLEMS, SET_ASIDE, data_records
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.reports.workbook.sheets import Told, headings_of, rows_of, sheet, told

_PLACE = (told("File", "file", widest=30), told("Sheet", "sheet"), told("Cell", "cell"))
_OF = Told(SheetColumn("Of what"), lambda row: row["of"])
_PROBLEMS = (
    told("How serious", "severity"),
    told("Problem", "code", widest=30),
    *_PLACE,
    told("Found", "found", widest=40),
    told("Expected", "expected", widest=40),
    told("What to do", "action", widest=50),
)
_LEDGER = (_OF, told("What became of them", "reason", widest=60), told("How many", "count", CellKind.WHOLE))
_SET_ASIDE = (_OF, told("Why", "reason", widest=60), *_PLACE)


def data_sheets(analysis: Analysis) -> tuple[WorkbookSheet, ...]:
    """Problems, the ledger, and what was set aside."""
    register = analysis.register
    tables = {
        PROBLEMS.name: (_PROBLEMS, data_records(PROBLEMS, register)),
        LEDGER.name: (_LEDGER, data_records(LEDGER, register)),
        SET_ASIDE.name: (_SET_ASIDE, data_records(SET_ASIDE, register)),
    }
    return tuple(sheet(key, headings_of(columns), rows_of(columns, rows)) for key, (columns, rows) in tables.items())
