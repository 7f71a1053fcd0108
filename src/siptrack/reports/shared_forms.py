"""Tables that may leave the school, in the forms that programs read: with a status in JSON, else with letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP, Shared
from siptrack.analysis.tally import EVERYBODY
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.safe_text import json_document
from siptrack.reports.begun import term_object
from siptrack.reports.cells import Cell, records, text
from siptrack.reports.formats import as_tables
from siptrack.reports.schema.from_tables import schema_name
from siptrack.reports.wording import sharing as wording
from siptrack.rules.model import Rules
from siptrack.school.sharing import Sharing, SharingMode, Status
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame


WHOLE = (EVERYBODY, YEAR_GROUP)  # of what the summary tells
SHARED_TABLES = ("summary", "groups", "gaps")
STATUS = SHARED_ROWS.columns[-1].name
_FIGURES = ("n", "count", "percent")
_REPLACED = {  # which figures a status stands in the place of
    Status.SUPPRESSED: _FIGURES,
    Status.NOT_AVAILABLE: _FIGURES,
    Status.NOT_APPLICABLE: _FIGURES,
    Status.LOW_RELIABILITY: ("percent", "peers_percent", "gap"),
    Status.ROUNDS_TO_ZERO: ("percent",),
}


def shared_records(shared: Shared) -> dict[str, list[dict[str, Cell]]]:
    """The tables by name; figures that are not shown are None, and `status` says why."""
    rows = records(shared.frame("rows"), SHARED_ROWS.names)
    summary = [
        {
            YEAR_GROUP: row["group"],
            **{name: cell for name, cell in row.items() if name not in ("characteristic", "group")},
        }
        for row in rows
        if row["characteristic"] in WHOLE
    ]
    groups = [row for row in rows if row["characteristic"] not in WHOLE]
    return {"summary": summary, "groups": groups, "gaps": records(shared.frame("gaps"), SHARED_GAPS.names)}


def shared_tables(
    analysis: Analysis, shared: Shared, rules: Rules, form: str, *, only: str | None, width: int | None
) -> str:
    """The tables, or only one, in the form asked for: JSON has a status where the others have a letter."""
    every = {name: rows for name, rows in shared_records(shared).items() if only in (None, name)}
    if form == "json":
        document = _document(analysis, shared, rules, every)
        return json_document(document)
    read = form in ("markdown", "table")
    frames = {
        name: _frame(rows if form == "ndjson" else [lettered(row, rules.sharing, shown=read) for row in rows], name)
        for name, rows in every.items()
    }
    if not read:
        marked = {name: frame.assign(share=shared.mode.key) for name, frame in frames.items()}
        return as_tables(marked, form, ruler=rules.ruler)
    lines = [
        wording.symbols_line(statuses(row for rows in every.values() for row in rows), rules.sharing),
        *wording.audience_lines(shared.mode),
        ruler_line(rules.ruler),
    ]
    apart = "\n\n" if form == "markdown" else "\n"
    return f"{as_tables(frames, form, width=width)}\n{apart.join(filter(None, lines))}\n"


def _document(
    analysis: Analysis, shared: Shared, rules: Rules, every: Mapping[str, Sequence[Mapping[str, Cell]]]
) -> dict[str, Any]:
    return {
        "schema": schema_name("shared"),
        "version": VERSION,
        "term": term_object(analysis.term),
        "filters": dict(shared.filters),
        "share": share_object(shared.mode),
        "ruler": {"sha256": rules.ruler.sha256},
        **every,
    }


def share_object(mode: SharingMode) -> dict[str, Cell]:
    """With whom a document may be shared, and what was done to protect children."""
    return {
        "mode": mode.key,
        "hide_below": mode.hide_below,
        "round_to": mode.round_to,
        "percentages_from": mode.percentages_from,
    }


def statuses(rows: Iterable[Mapping[str, Cell]]) -> set[Status]:
    """What is said of these rows."""
    return {Status(text(row[STATUS])) for row in rows}


def lettered(row: Mapping[str, Cell], sharing: Sharing, *, shown: bool) -> dict[str, Cell]:
    """A row with letters in place of the figures that it lacks, in brackets for people; the status goes."""
    status = Status(text(row[STATUS]))
    replaced = _REPLACED.get(status, ())
    symbol = sharing.symbols.get(status)
    letter = (symbol.shown if shown else symbol.letter) if symbol else ""
    return {name: letter if name in replaced and cell is None else cell for name, cell in row.items() if name != STATUS}


def _frame(rows: Sequence[Mapping[str, Cell]], name: str) -> DataFrame:
    import pandas as pd

    declared = SHARED_GAPS.names[:-1] if name == "gaps" else ["subject", "measure", *_FIGURES]
    names = list(rows[0]) if rows else declared
    return pd.DataFrame({one: pd.Series([row[one] for row in rows], dtype="object") for one in names})
