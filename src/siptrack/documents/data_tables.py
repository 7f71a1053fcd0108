"""The tables about the data, whatever was asked of it: what is odd in it, what was read, and what became of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from siptrack.school.cells import plain
from siptrack.school.column_use import COLUMNS
from siptrack.school.problem import Severity
from siptrack.school.sources import SOURCES
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from siptrack.rendering.tables import Record
    from siptrack.school.cells import Cell
    from siptrack.school.place import Place
    from siptrack.school.register import Register

    _Rows: TypeAlias = Iterable[tuple[Cell, ...]]

PROBLEMS = Table(
    "problems",
    "Oddities of the data, one row each.",
    (
        Column("code", "text", "the problem's code, as in problems.yaml"),
        Column("severity", "text", "error (must be corrected) or query (check it)"),
        Column("file", "text", "the file"),
        Column("sheet", "text", "the sheet; empty for a file without sheets"),
        Column("cell", "text", "the cell, or the row or column"),
        Column("found", "text", "what stands there"),
        Column("expected", "text", "what was expected"),
        Column("action", "text", "what to do"),
    ),
)
LEDGER = Table(
    "ledger",
    "What was read and what became of it: in rows and in results, used and set aside add up to read.",
    (
        Column("of", "text", "rows or results"),
        Column("reason", "text", "read, used, or why they were set aside"),
        Column("count", "integer", "how many", unit="rows or results"),
    ),
)
SET_ASIDE = Table(
    "set_aside",
    "Every row and result that was read and not used, and where it stands.",
    (
        Column("of", "text", "rows or results"),
        Column("reason", "text", "why it was set aside"),
        Column("file", "text", "file"),
        Column("sheet", "text", "sheet; empty for a CSV file"),
        Column("cell", "text", "its cell, or its row"),
    ),
)
OF_THE_DATA = (PROBLEMS, LEDGER, SET_ASIDE, COLUMNS, SOURCES)


def data_records(table: Table, register: Register) -> list[Record]:
    """The rows of one of these tables; what is empty is missing."""
    return [dict(zip(table.names, map(plain, row), strict=True)) for row in _ROWS[table.name](register)]


def _problems(register: Register) -> _Rows:
    """Errors first."""
    for problem in sorted(register.problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem)):
        where = _parts(problem.place)
        yield problem.code, problem.severity, *where, problem.found, problem.expected, problem.action


def _ledger(register: Register) -> _Rows:
    ledger = register.ledger
    counts = {"rows": (ledger.rows_read, ledger.rows_used), "results": (ledger.results_read, ledger.results_used)}
    for of, (read, used) in counts.items():
        yield of, "read", read
        yield of, "used", used
        yield from sorted((aside.of, aside.reason, aside.count) for aside in ledger.set_aside if aside.of == of)


def _set_aside(register: Register) -> _Rows:
    for aside in register.ledger.set_aside:
        yield from ((aside.of, aside.reason, *_parts(place)) for place in aside.places)


def _columns(register: Register) -> _Rows:
    """In the order of the files."""
    for use in register.ledger.columns:
        yield use.file, use.sheet, use.letter, use.heading, use.cells, use.used_as, use.why


def _parts(place: Place) -> tuple[Cell, ...]:
    return place.file, place.sheet, place.cell


_ROWS: Mapping[str, Callable[[Register], _Rows]] = {
    PROBLEMS.name: _problems,
    LEDGER.name: _ledger,
    SET_ASIDE.name: _set_aside,
    COLUMNS.name: _columns,
    SOURCES.name: lambda register: register.sources,
}
