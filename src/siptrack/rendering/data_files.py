"""Tables as files for other programs: an SQLite database of all of them, or one as Parquet."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

from siptrack.rendering.tables import WrittenTable
from siptrack.school.cells import Cell
from siptrack.school.safe_text import safe_text
from siptrack.school.tables import Column

_SQL_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER"}


def as_data_file(tables: Sequence[WrittenTable], form: str, about: Mapping[str, str]) -> bytes:
    """The tables as the bytes of a file, `sqlite` or, of one table, `parquet`; `about` is what it says of itself."""
    if form == "sqlite":
        return as_sqlite(tables, about)
    (table,) = tables
    return as_parquet(table, {**about, "table": table.name})


def as_sqlite(tables: Sequence[WrittenTable], about: Mapping[str, str]) -> bytes:
    """A database with these tables, `about` its making, and `columns` with what each column means.

    It is made in memory, so that no half of it is ever on a disk; the same version of SQLite gives the same bytes.
    """
    explained = tuple(
        (table.name, column.name, _SQL_TYPES[column.kind], column.unit or None, column.meaning)
        for table in tables
        for column in table.columns
    )
    beside = (
        WrittenTable("about", _text_columns("name", "value"), tuple(about.items())),
        WrittenTable("columns", _text_columns("table", "column", "type", "unit", "meaning"), explained),
    )
    with closing(sqlite3.connect(":memory:")) as database:
        for table in (*tables, *beside):
            _add(database, table)
        database.commit()
        return database.serialize()


def as_parquet(table: WrittenTable, about: Mapping[str, str]) -> bytes:
    """A table as Parquet, which carries the meaning and unit of each column, and what it was made by."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    fields = [
        pa.field(column.name, types[column.kind], metadata={"meaning": column.meaning, "unit": column.unit})
        for column in table.columns
    ]
    rows = [dict(zip(table.names, map(_harmless, row), strict=True)) for row in table.rows]
    made = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields, metadata=dict(about))), made)
    return bytes(made.getvalue())


def _add(database: sqlite3.Connection, table: WrittenTable) -> None:
    name = _quoted(table.name)
    declared = ", ".join(f"{_quoted(column.name)} {_SQL_TYPES[column.kind]}" for column in table.columns)
    database.execute(f"CREATE TABLE {name} ({declared})")
    places = ", ".join("?" * len(table.columns))
    harmless = (tuple(map(_harmless, row)) for row in table.rows)
    database.executemany(f"INSERT INTO {name} VALUES ({places})", harmless)  # noqa: S608  # names are quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text_columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text", "") for name in names)


def _harmless(cell: Cell) -> Cell:
    return safe_text(cell) if isinstance(cell, str) else cell
