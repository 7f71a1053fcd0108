"""Tables that may leave the school, in the forms that programs read: with a status in JSON, else with letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.analysis.shareable_tables import SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tally import EVERYBODY
from siptrack.documents.registry import KINDS
from siptrack.documents.sharing import copy_lines, symbols_line
from siptrack.documents.written import Written, term_object
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.tables import Record, WrittenTable, as_tables, written_table
from siptrack.school.cells import Cell, records, text
from siptrack.school.sharing import Sharing, SharingMode, Status

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

WHOLE = (EVERYBODY, YEAR_GROUP)  # of what the summary tells
STATUS = SHARED_ROWS.columns[-1].name
_FIGURES = ("n", "count", "percent")
_REPLACED = {  # which figures a status stands in the place of
    Status.SUPPRESSED: _FIGURES,
    Status.NOT_AVAILABLE: _FIGURES,
    Status.NOT_APPLICABLE: _FIGURES,
    Status.LOW_RELIABILITY: ("percent", "peers_percent", "gap"),
    Status.ROUNDS_TO_ZERO: ("percent",),
}


def shared_records(shared: Shared) -> dict[str, list[Record]]:
    """The tables by name; figures that are not shown are None, and `status` says why."""
    rows = shared.frame("rows")
    whole = rows["characteristic"].isin(set(WHOLE))
    years = rows[whole]
    frames = {
        "summary": years.having({YEAR_GROUP: years["group"]}),
        "groups": rows[~whole],
        "gaps": shared.frame("gaps"),
    }
    return {name: records(frames[name], table.names) for name, table in KINDS["shared"].by_name.items()}


def to_share(analysis: Analysis, shared: Shared, rules: Rules) -> Written:
    """What may be shared, with the term of the analysis and nothing else of it."""
    ruler = {"sha256": rules.ruler.sha256}
    head = {"term": term_object(analysis.term), "filters": dict(shared.filters), "share": share_object(shared.mode)}
    return Written("shared", rules, rows=shared_records(shared).__getitem__, head={**head, "ruler": ruler})


def shared_tables(
    analysis: Analysis, shared: Shared, rules: Rules, form: str, *, only: str | None, width: int | None
) -> str:
    """The tables, or only one, in the form asked for: JSON has a status where the others have a letter."""
    written = to_share(analysis, shared, rules)
    if form == "json":
        return written.json(only)
    read, tables = form in ("markdown", "table"), written.tables(only)
    lettered = tables if form == "ndjson" else [_lettered(table, rules.sharing, shown=read) for table in tables]
    if not read:
        return as_tables([table.marked("share", shared.mode.key) for table in lettered], form, ruler=rules.ruler)
    lines = [
        symbols_line(statuses(row for table in tables for row in table.records), rules.sharing),
        *copy_lines(shared, rules),
        ruler_line(rules.ruler),
    ]
    apart = "\n\n" if form == "markdown" else "\n"
    return f"{as_tables(lettered, form, width=width)}\n{apart.join(filter(None, lines))}\n"


def _lettered(table: WrittenTable, sharing: Sharing, *, shown: bool) -> WrittenTable:
    columns = [column for column in table.columns if column.name != STATUS]
    return written_table(table.name, columns, (lettered(row, sharing, shown=shown) for row in table.records))


def share_object(mode: SharingMode) -> Record:
    """With whom a document may be shared, and what was done to protect children."""
    names = ("hide_below", "round_to", "percentages_from")
    return {"mode": mode.key, **{name: getattr(mode, name) for name in names}}


def statuses(rows: Iterable[Mapping[str, Cell]]) -> set[Status]:
    """What stands beside these rows."""
    return {Status(text(row[STATUS])) for row in rows}


def lettered(row: Mapping[str, Cell], sharing: Sharing, *, shown: bool) -> Record:
    """A row with letters in place of the figures that it lacks, in brackets for people; the status goes."""
    status = Status(text(row[STATUS]))
    replaced = _REPLACED.get(status, ())
    symbol = sharing.symbols.get(status)
    letter = (symbol.shown if shown else symbol.letter) if symbol else ""
    return {name: letter if name in replaced and cell is None else cell for name, cell in row.items() if name != STATUS}
