"""Tables that siptrack shared before, read again from the JSON that it wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from siptrack.rules.named import UnreadableError, read_named
from siptrack.school.errors import InputError
from siptrack.school.sharing import SharedBefore
from siptrack.school.term import Season, Term

_FORM = "siptrack/shared/1"
_MOST_BYTES = 50_000_000
_TABLES = ("summary", "groups")
_KEYS = ("subject", "measure", "characteristic", "group")


def read_shared_before(paths: Sequence[Path]) -> tuple[SharedBefore, ...]:
    """What each of these files says was shared.

    Raises InputError for a file that cannot be read, or is no such JSON.
    """
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> SharedBefore:
    try:
        content = read_named(path, _MOST_BYTES)
    except FileNotFoundError:
        raise InputError(f"--since-shared {path}: no such file.") from None
    except UnreadableError as reason:
        raise InputError(f"--since-shared {path}: {reason}.") from None
    try:
        return _understood(str(path), json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            f"--since-shared {path}: this is not what siptrack shared. "
            "Name the whole output of siptrack analyse --share MODE --format json, as it was written then."
        ) from None


def _understood(path: str, document: Any) -> SharedBefore:  # noqa: ANN401  # what JSON may hold
    """The document as tables shared before; whatever is amiss raises an error of Python's."""
    if document["schema"] != _FORM or not all(isinstance(document[name], list) for name in _TABLES):
        raise ValueError(_FORM)
    filters, share = document["filters"], document["share"]
    if any("[" in words for words in filters.values()):  # a name left out: nobody can tell of which children it is
        raise ValueError(_FORM)
    return SharedBefore(
        path=path,
        term=_term(document["term"]),
        filters=dict(filters),
        hide_below=int(share["hide_below"]),
        round_to=int(share["round_to"]),
        rows={_key(row): (int(row["n"]), int(row["count"])) for row in _rows(document) if row["n"] is not None},
    )


def _rows(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every row, those of everybody and the year groups like those of groups."""
    for row in document["summary"]:
        group = row["year_group"]
        yield {**row, "characteristic": group if group == "all" else "year_group", "group": group}
    yield from document["groups"]


def _key(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    subject, measure, characteristic, group = (str(row[name]) for name in _KEYS)
    return subject, measure, characteristic, group


def _term(written: Mapping[str, Any]) -> Term:
    """The term of its object; by its label where the data names no year."""
    if written["academic_year"] is not None:
        return Term(int(written["academic_year"][:4]), Season[written["season"].upper()])
    term = Term.counted(written["label"])
    if term is None:
        raise ValueError(written["label"])
    return term
