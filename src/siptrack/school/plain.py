"""A column of a table as Python's own values, as people and other programs are given them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siptrack.school.frame import Array
    from siptrack.school.texts import Texts

_DECIMALS = 6  # more are noise of the arithmetic, and would differ from machine to machine


def texts(column: Texts) -> list[str]:
    """A column of texts; empty where one is missing."""
    return [one or "" for one in column.tolist()]


def numbers(column: Array) -> list[float | None]:
    """A column of numbers: 3.0 is 3, and None is missing."""
    if column.dtype.kind == "f":
        return list(map(shortened, column.tolist()))
    whole: list[float | None] = column.tolist()
    return whole


def shortened(value: float) -> int | float | None:
    """A number as it is written: whole where it is, else with six decimals at most; None where there is none."""
    if value.is_integer():
        return int(value)
    if not math.isfinite(value):
        return None
    rounded = round(value, _DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded
