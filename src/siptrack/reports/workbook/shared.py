"""The workbook without names, for governors or the public: made of what may be shared and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from siptrack.analysis.shareable import Shared
from siptrack.analysis.shareable_tables import YEAR_GROUP
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.gaps import HEADINGS
from siptrack.documents.labels import group_label
from siptrack.documents.shared_tables import STATUS, lettered, shared_records, statuses
from siptrack.documents.sharing import copy_lines, few_lines, symbols_line
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.reports.shared import shared_label
from siptrack.reports.wording import sharing as wording
from siptrack.reports.workbook.contents import book_of
from siptrack.reports.workbook.people import subject_column
from siptrack.reports.workbook.sheets import Row, Told, headings_of, rows_of, sheet, told
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, text
from siptrack.school.sharing import Status
from siptrack.school.term import Term

_ALWAYS_SAID = (Status.SHOWN, Status.NOT_APPLICABLE)  # what needs no symbol, and rows that are not there
_ALL = 100  # percent
_CLEAR = {GapVerdict.CLEAR.value: "●"}


def shared_workbook(shared: Shared, term: Term, rules: Rules) -> bytes:
    """The workbook to share: year groups, groups and gaps, with a symbol wherever a figure is not shown."""
    every = shared_records(shared)
    of_table = {"summary": _year_groups(shared, rules), "groups": _groups(shared, rules), "gaps": _gaps(shared, rules)}
    gaps = (wording.gaps_note(), wording.kept_back_line(kept_back=shared.kept_back))
    told_of = {name: [row for row in rows if row[STATUS] != Status.NOT_APPLICABLE] for name, rows in every.items()}
    few = few_lines(shared, {text(row["characteristic"]) for row in every["groups"]})
    notes = {"summary": (), "groups": few, "gaps": gaps}
    sheets = [_sheet(name, columns, told_of[name], notes[name], rules) for name, columns in of_table.items()]
    there = [one for one in sheets if one.rows]
    sheets = book_of(there, term, shared.filters, rules, copy_lines(shared, rules))
    return write_workbook(sheets, published=True)


def _sheet(
    name: str, columns: Sequence[Told], rows: Sequence[Row], notes: Sequence[str], rules: Rules
) -> WorkbookSheet:
    """A table with the symbols in it explained above."""
    made = sheet(
        f"shared_{name}",
        headings_of(columns),
        rows_of(columns, [lettered(row, rules.sharing, shown=True) for row in rows]),
    )
    symbols = symbols_line(statuses(rows) - set(_ALWAYS_SAID), rules.sharing)
    return replace(made, notes=tuple(filter(None, (*notes, symbols))))


def _measured() -> Told:
    return Told(SheetColumn("Of what", widest=32), lambda row: HEADINGS[Measure(text(row["measure"]))])


def _percent(title: str, name: str) -> Told:
    """A whole percentage in hundredths, or the symbol that stands for it; of nearly all, by the counts beside it."""
    counted, of = name.replace("percent", "count"), name.replace("percent", "n")

    def cell(row: Row) -> Cell:
        value = row[name]
        if not isinstance(value, int | float):
            return value
        count, n = number(row[counted]), number(row[of])
        return count / n if value == _ALL and count and n else value / _ALL

    return Told(SheetColumn(title, CellKind.PERCENT), cell)


def _counts() -> tuple[Told, ...]:
    return (told("Children", "n", CellKind.WHOLE), told("Of these", "count", CellKind.WHOLE), _percent("%", "percent"))


def _year_groups(shared: Shared, rules: Rules) -> tuple[Told, ...]:
    def whose(row: Row) -> str:
        group = text(row[YEAR_GROUP])
        return shared_label(group if group == EVERYBODY else YEAR_GROUP, group, shared, rules)

    return (Told(SheetColumn("Year group"), whose), subject_column(rules), _measured(), *_counts())


def _group_columns(shared: Shared, rules: Rules) -> tuple[Told, ...]:
    def label(row: Row) -> str:
        return shared_label(text(row["characteristic"]), text(row["group"]), shared, rules)

    return (
        subject_column(rules),
        Told(
            SheetColumn("Characteristic", widest=34),
            lambda row: shared.characteristics[text(row["characteristic"])].label,
        ),
        Told(SheetColumn("Group", widest=34), label),
    )


def _groups(shared: Shared, rules: Rules) -> tuple[Told, ...]:
    return (*_group_columns(shared, rules), _measured(), *_counts())


def _gaps(shared: Shared, rules: Rules) -> tuple[Told, ...]:
    def peers(row: Row) -> str:
        return group_label(shared.characteristics[text(row["characteristic"])], text(row["peers"]))

    return (
        *_group_columns(shared, rules),
        Told(SheetColumn("Compared with", widest=34), peers),
        _measured(),
        told("Gap in points", "gap", CellKind.SIGNED),
        Told(SheetColumn("Verdict", marks=_CLEAR), lambda row: row["verdict"]),
        *_counts(),
        told("Children compared with", "peers_n", CellKind.WHOLE),
        told("Of those", "peers_count", CellKind.WHOLE),
        _percent("Their %", "peers_percent"),
    )
