"""The sheets about the data: what is odd in it, what was read, and what was set aside."""

from __future__ import annotations

from siptrack.analysis.model import Analysis
from siptrack.rendering.workbook.sheets import Kind, Sheet, SheetColumn
from siptrack.reports.tables import ledger_records, problem_records, set_aside_records
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
_LEDGER = (_OF, told("What became of them", "reason", widest=60), told("How many", "count", Kind.WHOLE))
_SET_ASIDE = (_OF, told("Why", "reason", widest=60), *_PLACE)


def data_sheets(analysis: Analysis) -> tuple[Sheet, ...]:
    """Problems, the ledger, and what was set aside."""
    register = analysis.register
    tables = {
        "problems": (_PROBLEMS, problem_records(register)),
        "ledger": (_LEDGER, ledger_records(register)),
        "set_aside": (_SET_ASIDE, set_aside_records(register)),
    }
    return tuple(sheet(key, headings_of(columns), rows_of(columns, rows)) for key, (columns, rows) in tables.items())
