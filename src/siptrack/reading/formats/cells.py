"""Cells as the text a person sees, nothing guessed: 3 for 3.0, 2015-03-01 for a date, TRUE for a yes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

from siptrack.reading.formats.limits import MOST_COLUMNS, MOST_ROWS
from siptrack.reading.formats.unusable import UnusableFileError

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Strings(dict[str, str]):
    """Each distinct text, stripped once."""

    def __missing__(self, value: str) -> str:
        text = self[value] = value.replace("\0", "").strip()
        return text


class _Numbers(dict[float, str]):
    """Each distinct number, written once."""

    def __missing__(self, value: float) -> str:
        text = self[value] = str(int(value)) if value.is_integer() else repr(value)
        return text


def row_reader() -> Callable[[Iterable[object]], list[str]]:
    """A function from a row of values to its texts up to the last that is not empty."""
    strings, numbers = _Strings(), _Numbers()

    def texts(values: Iterable[object]) -> list[str]:
        row = [
            strings[value] if type(value) is str else numbers[value] if type(value) is float else _other(value)
            for value in values
        ]
        while row and not row[-1]:
            row.pop()
        return row

    return texts


def as_text(value: object) -> str:
    """One value as its text."""
    return next(iter(row_reader()([value])), "")


def _other(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def unescaped(text: str) -> str:
    """The text with the spreadsheet's own escapes, such as _x000D_ for a carriage return, resolved."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def limited(rows: Iterable[list[str]]) -> Iterator[tuple[str, ...]]:
    """The rows up to the last that holds anything. Raises UnusableFileError when no spreadsheet is so large."""
    blank = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise UnusableFileError(f"a sheet in it is larger than {MOST_ROWS:,} rows by {MOST_COLUMNS:,} columns")
        if not row:
            blank += 1
            continue
        for _ in range(blank):
            yield ()
        blank = 0
        yield tuple(row)
