"""The tables about the data, whatever was asked of it: what is odd in it, what was read, and what became of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from siptrack.school.column_use import COLUMNS
from siptrack.school.problem import Severity
from siptrack.school.sources import SOURCES
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from siptrack.rendering.tables import Record
    from siptrack.school.cells import Cell
    from siptrack.school.register import Register

    _Rows: TypeAlias = Iterator[tuple[Cell, ...]]

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
    """The rows of one of these tables."""
    return [dict(zip(table.names, row, strict=True)) for row in _ROWS[table.name](register)]


def _problems(register: Register) -> _Rows:
    """Errors first."""
    for one in sorted(register.problems, key=lambda one: (one.severity is not Severity.ERROR, one)):
        where = (one.place.file or None, one.place.sheet or None, one.place.cell or None)
        yield one.code, one.severity.value, *where, one.found or None, one.expected or None, one.action or None


def _ledger(register: Register) -> _Rows:
    ledger = register.ledger
    for of, read, used in (
        ("rows", ledger.rows_read, ledger.rows_used),
        ("results", ledger.results_read, ledger.results_used),
    ):
        yield of, "read", read
        yield of, "used", used
        yield from sorted((one.of, one.reason, one.count) for one in ledger.set_aside if one.of == of)


def _set_aside(register: Register) -> _Rows:
    for one in register.ledger.set_aside:
        for place in one.places:
            yield one.of, one.reason, place.file, place.sheet or None, place.cell


def _columns(register: Register) -> _Rows:
    """In the order of the files."""
    for one in register.ledger.columns:
        where = (one.file, one.sheet or None, one.letter)
        yield *where, one.heading or None, one.cells, one.used_as or None, one.why or None


def _sources(register: Register) -> _Rows:
    for one in register.sources:
        yield tuple(getattr(one, name) for name in SOURCES.names)


_ROWS: Mapping[str, Callable[[Register], _Rows]] = {
    PROBLEMS.name: _problems,
    LEDGER.name: _ledger,
    SET_ASIDE.name: _set_aside,
    COLUMNS.name: _columns,
    SOURCES.name: _sources,
}
