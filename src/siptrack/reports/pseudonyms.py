"""Tables of children without their names: each child by a pseudonym that only the holder of a key can make again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from siptrack.analysis.model import Analysis
from siptrack.rendering.safe_text import json_document
from siptrack.reports.cells import records
from siptrack.reports.formats import as_tables
from siptrack.reports.tables import tables
from siptrack.rules.model import Rules
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame

PSEUDONYMISED = (
    *("pupils", "progress", "flags", "closers", "pace", "targets", "forecasts"),
    *("summary", "groups", "gaps", "paradoxes", "trends", "pooled", "national", "left_out"),
)
SCHEMA = "siptrack/pseudonyms/1"
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


def pseudonymised(analysis: Analysis, rules: Rules, key: bytes, only: str | None = None) -> dict[str, DataFrame]:
    """The tables that may be told by pseudonyms, or only one: without names and places, children by pseudonym.

    The rows of children are in the order of their pseudonyms: that of their names would tell who is who.
    """
    named = pseudonyms(analysis.pupils[_CHILD], key)
    every = {name: table for name, table in tables(analysis, rules, only=only).items() if name in PSEUDONYMISED}
    return {name: _without_names(table, named) for name, table in every.items()}


def _without_names(table: DataFrame, named: Mapping[str, str]) -> DataFrame:
    kept = table[[name for name in table.columns if name not in _NAMES and str(name).split("_")[-1] not in _PLACES]]
    if _CHILD not in kept:
        return kept
    known = kept.assign(**{_CHILD: kept[_CHILD].map(named).astype("object")})
    return known.sort_values(_CHILD, kind="stable", ignore_index=True)


def pseudonymised_text(
    analysis: Analysis, rules: Rules, key: bytes, form: str, *, only: str | None, width: int | None
) -> str:
    """The tables in the form asked for."""
    frames = pseudonymised(analysis, rules, key, only)
    if form != "json":
        return as_tables(frames, form, width=width, ruler=rules.ruler)
    document = {
        "schema": SCHEMA,
        "version": VERSION,
        "term": {"label": analysis.term.label, "academic_year": analysis.term.academic_year_label},
        "filters": dict(analysis.filters),
        "ruler": {"sha256": rules.ruler.sha256},
        **{name: records(frame, [str(one) for one in frame.columns]) for name, frame in frames.items()},
    }
    return json_document(document)
