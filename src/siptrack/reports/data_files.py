"""Tables as files for other programs: an SQLite database of all of them, or one as Parquet."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from siptrack.analysis.model import Analysis, Checked
from siptrack.rendering.template import sentence
from siptrack.reports.catalogue import columns_of
from siptrack.reports.cells import Cell, cells_of
from siptrack.rules.model import Rules
from siptrack.school.safe_text import safe_text
from siptrack.school.tables import Column
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.cycle.audit import Audit

_SQL_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER"}


def about(of: Analysis | Checked | Audit, rules: Rules) -> dict[str, str]:
    """What a file says of itself: by which siptrack and which rules it was made, and what it is about."""
    filters = "; ".join(f"{name} {text}" for name, text in of.filters.items())
    begun = of.begun
    return {
        "siptrack": VERSION,
        "ruler": rules.ruler.sha256,
        "term": of.term.label,
        "academic_year": of.term.academic_year_label or "",
        "filters": filters,
        **({"begun": " ".join(sentence("begun_sentence", one) for one in begun)} if begun else {}),
    }


def as_data_file(frames: Mapping[str, DataFrame], form: str, told: Mapping[str, str]) -> bytes:
    """The tables by name as the bytes of a file, `sqlite` or, of one table, `parquet`."""
    if form == "sqlite":
        return as_sqlite(frames, told)
    ((name, frame),) = frames.items()
    return as_parquet(frame, columns_of(name, list(frame.columns)), {**told, "table": name})


def as_sqlite(frames: Mapping[str, DataFrame], told: Mapping[str, str]) -> bytes:
    """A database with these tables, `about` that tells its making, and `columns` that tells what each column means.

    It is made in memory, so that no half of it is ever on a disk; the same version of SQLite gives the same bytes.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        explained: list[tuple[Cell, ...]] = []
        for name, frame in frames.items():
            columns = columns_of(name, list(frame.columns))
            _put(database, name, columns, cells_of(frame))
            explained += [(name, one.name, _SQL_TYPES[one.kind], one.unit or None, one.meaning) for one in columns]
        _put(database, "about", _text_columns("name", "value"), list(told.items()))
        _put(database, "columns", _text_columns("table", "column", "type", "unit", "meaning"), explained)
        database.commit()
        return database.serialize()


def as_parquet(frame: DataFrame, columns: Sequence[Column], told: Mapping[str, str]) -> bytes:
    """A table as Parquet, which carries the meaning and unit of each column, and what it was made by."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    fields = [
        pa.field(one.name, types[one.kind], metadata={"meaning": one.meaning, "unit": one.unit}) for one in columns
    ]
    rows = [dict(zip((one.name for one in columns), map(_harmless, row), strict=True)) for row in cells_of(frame)]
    made = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields, metadata=dict(told))), made)
    return bytes(made.getvalue())


def _put(database: sqlite3.Connection, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    declared = ", ".join(f"{_quoted(one.name)} {_SQL_TYPES[one.kind]}" for one in columns)
    database.execute(f"CREATE TABLE {_quoted(name)} ({declared})")
    places = ", ".join("?" * len(columns))
    harmless = ([_harmless(cell) for cell in row] for row in rows)
    database.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", harmless)  # noqa: S608  # names are quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text_columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text", "") for name in names)


def _harmless(cell: Cell) -> Cell:
    return safe_text(cell) if isinstance(cell, str) else cell
