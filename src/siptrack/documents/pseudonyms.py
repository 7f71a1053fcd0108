"""Tables of children without their names: each child by a pseudonym that only the holder of a key can make again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping

from siptrack.analysis.model import Analysis
from siptrack.documents.analysis import of_an_analysis
from siptrack.documents.registry import schema_name
from siptrack.rendering.safe_text import json_document
from siptrack.rendering.tables import WrittenTable, as_tables, written_table
from siptrack.rules.model import Rules
from siptrack.school.cells import texts
from siptrack.school.codes import FlagCode
from siptrack.version import VERSION

PSEUDONYMISED = (
    *("pupils", "progress", "flags", "evidence", "first", "closers", "pace", "targets", "forecasts"),
    *("summary", "groups", "gaps", "paradoxes", "trends", "pooled", "national", "left_out"),
)
_CHILD = "pupil"
_NAMES = {"upn", "surname", "forename"}
_PLACES = ("file", "sheet", "cell", "place")
_DIGITS, _MORE = 12, 4  # of a pseudonym, and how many more where two children would have the same


def pseudonyms(children: Iterable[str], key: bytes) -> dict[str, str]:
    """Each child's pseudonym: so many digits of a keyed hash as tell all of these children apart."""
    whole = {child: hmac.new(key, child.encode(), hashlib.sha256).hexdigest() for child in children}
    for digits in range(_DIGITS, hashlib.sha256().digest_size * 2 + 1, _MORE):
        short = {child: digest[:digits] for child, digest in whole.items()}
        if len(set(short.values())) == len(short):
            break
    return short


def pseudonymised(analysis: Analysis, rules: Rules, key: bytes, only: str | None = None) -> list[WrittenTable]:
    """The tables that may be told by pseudonyms, or only one: without names and places, children by pseudonym.

    No own age is among them, which at a test's time is a birthday. The rows of children are in the order of their
    pseudonyms: that of their names would tell who is who.
    """
    named = pseudonyms(texts(analysis.children.pupils[_CHILD]), key)
    every = of_an_analysis(analysis, rules).tables(only)
    return [_without_names(table, named) for table in every if table.name in PSEUDONYMISED]


def _without_names(table: WrittenTable, named: Mapping[str, str]) -> WrittenTable:
    columns = [
        column for column in table.columns if column.name not in _NAMES and column.name.split("_")[-1] not in _PLACES
    ]
    kept = [row for row in table.records if row.get("code") != FlagCode.BEHIND_OWN_AGE]
    rows = [{**row, _CHILD: named[str(row[_CHILD])]} if _CHILD in row else row for row in kept]
    if _CHILD in table.names:
        rows.sort(key=lambda row: str(row[_CHILD]))
    return written_table(table.name, columns, rows)


def pseudonymised_text(
    analysis: Analysis, rules: Rules, key: bytes, form: str, *, only: str | None, width: int | None
) -> str:
    """The tables in the form asked for."""
    tables = pseudonymised(analysis, rules, key, only)
    if form != "json":
        return as_tables(tables, form, width=width, ruler=rules.ruler)
    document = {
        "schema": schema_name("pseudonyms"),
        "version": VERSION,
        "term": {"label": analysis.term.label, "academic_year": analysis.term.academic_year_label},
        "filters": dict(analysis.filters),
        "ruler": {"sha256": rules.ruler.sha256},
        **{table.name: table.records for table in tables},
    }
    return json_document(document)
