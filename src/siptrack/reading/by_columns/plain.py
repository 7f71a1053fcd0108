"""Rows that say plainly whose they are, as columns: one UPN, and everywhere the same name, birthday and school with it.

Of such rows nothing has to be weighed: no row is another child's, no name stands against another. They are numbered by
their pupils, and what else is said of a pupil is understood once for all rows that say the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.grid import GridRows
from siptrack.reading.headings import SCHOOL_ROLES, UPN_ROLE, ColumnKind
from siptrack.reading.identity.numbers import number_key
from siptrack.reading.identity.upns import are_upns
from siptrack.reading.rows import RowReader
from siptrack.reading.table import TERM_ROLES
from siptrack.reading.written import Writing, WrittenResults
from siptrack.school.frame import as_met, numbered
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
_BORN = "date_of_birth"
_PLAIN = {UPN_ROLE, *_NAMES, *_PLACED, _BORN, "subject", "result", *SCHOOL_ROLES, *TERM_ROLES}


class PlainPupils(NamedTuple):
    """The pupils of a table by their numbers: how many, and the UPN, names, birthday and school of each."""

    how_many: int
    texts: Mapping[str, Texts]


class PlainRows(NamedTuple):
    """Rows of a table: the pupil of each, its place among all, what it says of the pupil and of results.

    `wording` is the number of what is said of the class, the year group and the characteristics. Rows of a pupil and a
    term that say the same are together one, as where they are read one after the other: `together` is its number.
    """

    pupil: Positions
    wording: Positions
    at: Positions
    together: Positions
    slots: Sequence[Sequence[tuple[int, int]]]
    of_result: Positions

    @property
    def how_many(self) -> int:
        """How many they are where those that are together are one."""
        return int(self.together.max(initial=-1)) + 1

    def of_together(self, values: Positions) -> Positions:
        """The value of the last of the rows that are together, for each."""
        found = np.empty(self.how_many, dtype=np.int64)
        found[self.together] = values
        return found

    def only(self, kept: Flags) -> PlainRows:
        """Those that are kept, with new numbers of those that are together."""
        if kept.all():
            return self
        together = as_met(*numbered([self.together[kept]]))
        return PlainRows(
            self.pupil[kept], self.wording[kept], self.at[kept], together, self.slots, self.of_result[kept]
        )


class PlainTable(NamedTuple):
    """A table whose rows are plain: its columns, the slots of its results, the pupils and the rows.

    `wording` are the different things that rows say of a pupil beside who it is, each as texts by what they are. `odd`
    are the rows, if any, of which it has to be weighed whose they are; `reader` reads such rows.
    """

    table: TableColumns
    cells: GridRows
    writing: Writing
    pupils: PlainPupils
    wording: Sequence[Mapping[str, str]]
    rows: PlainRows
    odd: Flags
    reader: RowReader

    def numbers(self, rows: PlainRows) -> Positions:
        """The number in the sheet of each of these rows."""
        return self.cells.number[rows.at]

    def written(self, rows: PlainRows) -> WrittenResults:
        """The results in these rows, in the order in which they stand, of the slots as they are first met."""
        most = max(map(len, self.rows.slots), default=0)
        parts = []
        for at in range(most):  # the first column of results, then the second
            column, slot = (
                np.array([found[at][part] if at < len(found) else -1 for found in self.rows.slots]) for part in (0, 1)
            )
            for of in sorted({*column.tolist()} - {-1}):
                texts = self.cells.columns[of][rows.at]
                here = np.flatnonzero((column[rows.of_result] == of) & (texts != ""))
                parts.append((here * most + at, here, slot[rows.of_result[here]], texts[here]))
        order = np.argsort(np.concatenate([part[0] for part in parts]), kind="stable")
        row, slot = (np.concatenate([part[of] for part in parts])[order] for of in (1, 2))
        text = Texts.stacked([part[3] for part in parts])[order]
        return WrittenResults(self.writing.slots, rows.together[row], self.numbers(rows)[row], slot, text)


def plain_cells(table: TableColumns) -> GridRows | None:
    """The rows of a table by columns, if they may be plain ones by what its columns hold."""
    cells, roles = table.section.rows, table.roles
    return cells if isinstance(cells, GridRows) and UPN_ROLE in roles and roles.keys() <= _PLAIN else None


def plain_table(
    table: TableColumns,
    reader: HeadingReader,
    columns: ColumnRules,
    findings: Findings,
    known_odd: Flags | None = None,
) -> PlainTable | None:
    """The table by columns; None where it is not such that some of its rows may be plain.

    `known_odd` are rows that are to be weighed, where it is known that every other has a UPN of its own.
    """
    cells, roles = plain_cells(table), table.roles
    if cells is None:
        return None
    pupil, first = numbered([cells.columns[roles[UPN_ROLE]]])
    who = {role: cells.columns[roles[role]] for role in (UPN_ROLE, *_NAMES, _BORN, *SCHOOL_ROLES) if role in roles}
    if known_odd is None:
        odd = without_own_upn(who[UPN_ROLE][first].tolist())  # type: ignore[arg-type]  # none is missing
    else:
        odd = np.bincount(pupil[known_odd], minlength=len(first)) > 0
    for text in who.values():
        odd[pupil[text.changed_since(first[pupil])]] = True
    if odd.all() and known_odd is None:
        return None
    placed = [roles[role] for role in _PLACED if role in roles]
    wording, first_of_each = numbered_by([*table.of(ColumnKind.CHARACTERISTIC, ColumnKind.GROUP), *placed], cells)
    pupils = PlainPupils(len(first), {role: text[first] for role, text in who.items()})
    writing = Writing()
    few = table.section._replace(rows=cells.numbered(first_of_each))
    row_reader = RowReader(0, replace(table, section=few), reader, columns, findings, writing, Writing())
    if row_reader.beside:
        return None  # a percentage or an age has a term of its own
    rows = _plain_rows(table, cells, pupil, wording, row_reader)
    return rows and PlainTable(table, cells, writing, pupils, row_reader.texts, rows, odd[pupil], row_reader)


def without_own_upn(texts: Sequence[str]) -> Flags:
    """Which of these texts are no UPN, or are one that another is written for, as in small letters."""
    odd = ~are_upns(texts)
    others = {number_key(texts[at]) for at in np.flatnonzero(odd).tolist()}
    return odd | np.array([text in others for text in texts]) if others else odd


def _plain_rows(
    table: TableColumns, cells: GridRows, pupil: Positions, wording: Positions, reader: RowReader
) -> PlainRows | None:
    """The rows; None where one of them says of no known term when it is, or a pupil has two in a table of one each."""
    rows = len(pupil)
    when, when_first = numbered_by([table.roles[role] for role in reader.when], cells)
    if any(
        reader.odd_term(tuple(cells[at][1][table.roles[role]] for role in reader.when)) is not None
        for at in when_first.tolist()
    ):
        return None
    of_result, first = numbered_by([table.roles[role] for role in reader.of_result], cells)
    slots: list[Sequence[tuple[int, int]]] = [()] * len(first)
    for at in np.argsort(first).tolist():
        row = cells[int(first[at])][1]
        slots[at] = reader.slots(tuple(row[table.roles[role]] for role in reader.of_result))
    columns = sorted({column for found in slots for column, _ in found})
    has = (
        np.logical_or.reduce([cells.columns[column] != "" for column in columns])
        if columns
        else np.zeros(rows, np.bool_)
    )
    if not has.any():
        return None
    if "subject" not in table.roles:
        if len(np.unique(pupil)) < rows:
            return None  # in a table with a row a pupil one of them is listed twice
        together = np.arange(rows)
    else:
        together = as_met(*numbered([pupil, wording, when, has]))
    return PlainRows(pupil, wording, np.arange(rows), together, slots, of_result)


def numbered_by(columns: Sequence[int], cells: GridRows) -> tuple[Positions, Positions]:
    """The number of what each row says in these columns, and the first row with each."""
    if not columns:
        return np.zeros(len(cells), dtype=np.int64), np.zeros(1, dtype=np.int64)
    return numbered([cells.columns[column] for column in columns])
