"""Rows that say plainly whose they are, as columns: one UPN, and everywhere the same words about its pupil.

Of such rows nothing has to be weighed: no row is another child's, no name stands against another. They are numbered by
their pupils, and what is said of a pupil is understood once for all pupils of whom the same is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.by_columns.upns import are_upns
from siptrack.reading.grid import GridRows
from siptrack.reading.headings import SCHOOL_ROLES, UPN_ROLE, ColumnKind
from siptrack.reading.rows import Row, RowReader
from siptrack.reading.sheet import cell_at
from siptrack.reading.table import TERM_ROLES
from siptrack.reading.written import Writing, WrittenResults
from siptrack.school.frame import numbered
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siptrack.reading.findings import Findings
    from siptrack.reading.headings import HeadingReader
    from siptrack.reading.table import TableColumns
    from siptrack.rules.model import ColumnRules
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_NAMES = ("surname", "forename", "name")
_PLACED = ("year_group", "class")
_PLAIN = {UPN_ROLE, *_NAMES, *_PLACED, "date_of_birth", "subject", "result", *SCHOOL_ROLES, *TERM_ROLES}


class PlainPupils(NamedTuple):
    """The pupils of a table by their numbers: the first row of each, and the texts of each by what they are.

    `alike` is the number of what else is said of each pupil, of the class, the year group and the characteristics; and
    `said` are the texts of each such number.
    """

    first: Positions
    texts: Mapping[str, Texts]
    alike: Positions
    said: Sequence[Mapping[str, str]]

    def __len__(self) -> int:
        return len(self.first)


class PlainRows(NamedTuple):
    """The rows of a table: the pupil of each, its number in the sheet, and what it says of results.

    Rows of a pupil and a term are together one, as where they are read one after the other: `together` is its number.
    """

    pupil: Positions
    number: Positions
    together: Positions
    slots: Sequence[Sequence[tuple[int, int]]]
    of_result: Positions

    def only(self, kept: Flags) -> PlainRows:
        """Those that are kept, with new numbers of those that are together."""
        _, first, together = np.unique(self.together[kept], return_index=True, return_inverse=True)
        order = np.argsort(np.argsort(first))
        return PlainRows(self.pupil[kept], self.number[kept], order[together], self.slots, self.of_result[kept])


class PlainTable(NamedTuple):
    """A table whose rows are plain: its columns, the reader of what they say, the pupils and the rows."""

    table: TableColumns
    cells: GridRows
    writing: Writing
    pupils: PlainPupils
    rows: PlainRows

    def written(self, rows: PlainRows) -> WrittenResults:
        """The results in these rows, in the order in which they stand."""
        most = max(map(len, self.rows.slots), default=0)
        parts = []
        for at in range(most):  # the first column of results, then the second
            column, slot = (
                np.array([found[at][part] if at < len(found) else -1 for found in self.rows.slots]) for part in (0, 1)
            )
            for of in sorted({*column.tolist()} - {-1}):
                texts = self.cells.columns[of][rows.number - 2]
                here = np.flatnonzero((column[rows.of_result] == of) & (texts != ""))
                parts.append((here * most + at, here, slot[rows.of_result[here]], texts[here]))
        order = np.argsort(np.concatenate([part[0] for part in parts]), kind="stable")
        row, slot = (np.concatenate([part[of] for part in parts])[order] for of in (1, 2))
        text = Texts.stacked([part[3] for part in parts])[order]
        found = WrittenResults(list(self.writing.slots), rows.together[row], rows.number[row], slot, text)
        return found.in_rows(np.arange(int(rows.together.max(initial=-1)) + 1))


def plain_table(
    table: TableColumns, reader: HeadingReader, columns: ColumnRules, findings: Findings
) -> PlainTable | None:
    """The table by columns; None where a row has to be looked at."""
    cells, roles = table.section.rows, table.roles
    if not isinstance(cells, GridRows) or UPN_ROLE not in roles or not roles.keys() <= _PLAIN:
        return None
    pupil, first = numbered([cells.columns[roles[UPN_ROLE]]])
    if not are_upns(cells.columns[roles[UPN_ROLE]][first].tolist()).all():  # type: ignore[arg-type]  # none is missing
        return None
    about = [roles[role] for role in (*_NAMES, *_PLACED, "date_of_birth", *SCHOOL_ROLES) if role in roles]
    of_group = [*table.of(ColumnKind.CHARACTERISTIC), *table.of(ColumnKind.GROUP)]
    for column in (*about, *of_group):
        codes = cells.columns[column].codes
        if (codes[first][pupil] != codes).any():
            return None
    said_in = [cells.columns[column][first] for column in (*of_group, *(roles[role] for role in _PLACED if role in roles))]
    alike, one_of_each = numbered(said_in) if said_in else (np.zeros(len(first), dtype=np.int64), np.zeros(1, np.int64))
    writing = Writing()
    few = table.section._replace(rows=cells.numbered(first[one_of_each]))
    row_reader = RowReader(0, replace(table, section=few), reader, columns, findings, writing)
    texts = {role: cells.columns[roles[role]][first] for role in (UPN_ROLE, *_NAMES, "date_of_birth", *SCHOOL_ROLES) if role in roles}
    rows = _plain_rows(table, cells, pupil, row_reader)
    pupils = PlainPupils(first, texts, alike, row_reader.texts)
    return rows and PlainTable(table, cells, writing, pupils, rows)


def _plain_rows(table: TableColumns, cells: GridRows, pupil: Positions, reader: RowReader) -> PlainRows | None:
    """The rows; None where one of them says of no known term when it is, or a pupil has two in a table of one each."""
    rows = len(pupil)
    when, when_first = _told_by([table.roles[role] for role in reader.when], cells)
    if any(reader.odd_term(tuple(cells[at][1][table.roles[role]] for role in reader.when)) is not None for at in when_first.tolist()):
        return None
    of_result, first = _told_by([table.roles[role] for role in reader.of_result], cells)
    slots: list[Sequence[tuple[int, int]]] = [()] * len(first)
    for at in np.argsort(first).tolist():
        row = cells[int(first[at])][1]
        slots[at] = reader.slots(tuple(row[table.roles[role]] for role in reader.of_result))
    columns = sorted({column for found in slots for column, _ in found})
    has = np.logical_or.reduce([cells.columns[column] != "" for column in columns]) if columns else np.zeros(rows, np.bool_)
    if not has.any():
        return None
    if "subject" not in table.roles:
        if len(np.unique(pupil)) < rows:
            return None
        together = np.arange(rows)
    else:
        number, met = _numbers(pupil, when, has)
        together = np.argsort(np.argsort(met))[number]
    return PlainRows(pupil, np.arange(rows) + 2, together, slots, of_result)


def _numbers(*codes: Positions) -> tuple[Positions, Positions]:
    return numbered([code.astype(np.int64) for code in codes])


def _told_by(columns: Sequence[int], cells: GridRows) -> tuple[Positions, Positions]:
    """The number of what each row says in these columns, and the first row with each."""
    if not columns:
        return np.zeros(len(cells), dtype=np.int64), np.zeros(1, dtype=np.int64)
    return numbered([cells.columns[column] for column in columns])
