"""The workbook of the summary: what the pages say with their table, the terms, every group and every gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.gaps import HEADINGS
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.shared_tables import STATUS, lettered, shared_records, statuses
from siptrack.documents.sharing import kept_back_line, shared_label, symbols_line
from siptrack.documents.summary.view import Summary, summary_document
from siptrack.rendering.model import Items, Paragraph
from siptrack.rendering.template import sentence
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, Value, WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.school.cells import Cell, number, text
from siptrack.school.sharing import Status

Row = Mapping[str, Cell]
Column = tuple[SheetColumn, Callable[[Row], Value]]
_CLEAR = {GapVerdict.CLEAR.value: "●"}
_ALL = 100  # percent
_words = partial(sentence, template="summary/words.jinja")


def summary_workbook(summary: Summary) -> bytes:
    """The workbook, with a symbol wherever a figure is not shown."""
    every = shared_records(summary.shared)
    rows = {name: [row for row in of if row[STATUS] != Status.NOT_APPLICABLE] for name, of in every.items()}
    sheets = [_pages(summary), _terms(summary)]
    sheets += [_long(name, columns, rows[name], summary) for name, columns in _columns(summary).items()]
    return write_workbook([item for item in sheets if item.rows], published=True)


def _pages(summary: Summary) -> WorkbookSheet:
    """The sentences of the pages over their table, in percent."""
    made = summary_document(summary)
    parts = [part for section in made.sections for part in section.parts]
    sentences = [part.words for part in parts if isinstance(part, Paragraph)]
    sentences += [item.words for part in parts if isinstance(part, Items) for item in part.items]
    return _sheet(
        "summary",
        [
            SheetColumn("Group", widest=44),
            *(SheetColumn(label, CellKind.PERCENT) for label in summary.subjects.values()),
        ],
        [
            (label, *(_percent(row, summary) for row in cells))
            for block in summary.table()
            for label, cells in block.lines
        ],
        title=made.title,
        notes=(*sentences, made.ruler),
    )


def _terms(summary: Summary) -> WorkbookSheet:
    """The subjects over the terms, as they are drawn on the pages."""
    subjects = [line.subject for line in summary.lines]
    return _sheet(
        "terms",
        [SheetColumn("Term"), *(SheetColumn(subject, CellKind.PERCENT) for subject in subjects)],
        [(term.label, *(side and side[1] / side[0] for side in sides)) for term, sides in summary.by_term],
    )


def _long(name: str, columns: Sequence[Column], rows: Sequence[Row], summary: Summary) -> WorkbookSheet:
    """A shared table, a row a group, with its symbols explained."""
    sharing = summary.rules.sharing
    symbols = symbols_line(statuses(rows) - {Status.SHOWN}, sharing)
    kept_back = kept_back_line(kept_back=name == "gaps" and summary.shared.kept_back)
    shown = [lettered(row, sharing, shown=True) for row in rows]
    lines = [tuple(cell(row) for _, cell in columns) for row in shown]
    return _sheet(name, [heading for heading, _ in columns], lines, notes=tuple(filter(None, (kept_back, symbols))))


def _sheet(
    name: str,
    headings: Iterable[SheetColumn],
    rows: Iterable[tuple[Value, ...]],
    title: str = "",
    notes: tuple[str, ...] = (),
) -> WorkbookSheet:
    words = [_words(f"{name}_{part}") for part in ("tab", "title")]
    return WorkbookSheet(f"shared_{name}", words[0], title or words[1], "", tuple(headings), tuple(rows), notes)


def _percent(row: Row | None, summary: Summary) -> Value:
    """A percentage in hundredths, or the symbol in its place."""
    symbols = summary.rules.sharing.symbols
    if row is None:
        return symbols[Status.NOT_AVAILABLE].shown
    if row["percent"] is None:
        return symbols[Status(text(row[STATUS]))].shown
    return (number(row["count"]) or 0) / (number(row["n"]) or 1)


def _columns(summary: Summary) -> dict[str, tuple[Column, ...]]:
    """The columns of the tables of every group and of every gap."""
    shared, rules = summary.shared, summary.rules

    def group(row: Row) -> str:
        return shared_label(text(row["characteristic"]), text(row["group"]), shared, rules)

    def peers(row: Row) -> str:
        return group_label(shared.characteristics[text(row["characteristic"])], text(row["peers"]))

    characteristic = SheetColumn("Characteristic", widest=34)
    subject: Column = (SheetColumn("Subject"), lambda row: subject_label(text(row["subject"]), rules))
    named: tuple[Column, ...] = (
        (characteristic, lambda row: shared.characteristics[text(row["characteristic"])].label),
        (SheetColumn("Group", widest=34), group),
    )
    measure: Column = (SheetColumn("Of what", widest=32), lambda row: HEADINGS[Measure(text(row["measure"]))])
    counts = (_whole("Children", "n"), _whole("Of these", "count"), _share("%", ""))
    of_gap: tuple[Column, ...] = (
        (SheetColumn("Compared with", widest=34), peers),
        measure,
        (SheetColumn("Gap in points", CellKind.SIGNED), lambda row: row["gap"]),
        (SheetColumn("Verdict", marks=_CLEAR), lambda row: row["verdict"]),
    )
    theirs = (
        _whole("Children compared with", "peers_n"),
        _whole("Of those", "peers_count"),
        _share("Their %", "peers_"),
    )
    return {"groups": (subject, *named, measure, *counts), "gaps": (subject, *named, *of_gap, *counts, *theirs)}


def _whole(title: str, name: str) -> Column:
    return SheetColumn(title, CellKind.WHOLE), lambda row: row[name]


def _share(title: str, prefix: str) -> Column:
    """A whole percentage in hundredths, or the symbol that stands for it; of nearly all, by the counts beside it."""

    def cell(row: Row) -> Value:
        value = row[f"{prefix}percent"]
        if not isinstance(value, int | float):
            return value
        count, n = number(row[f"{prefix}count"]), number(row[f"{prefix}n"])
        return count / n if value == _ALL and count and n else value / _ALL

    return SheetColumn(title, CellKind.PERCENT), cell
