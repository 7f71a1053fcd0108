"""Which texts of a column are UPNs as they should be written, found for all of them at once."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.identity.numbers import UPN_LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.school.texts import Flags

_SIGNS = 13
_FIRST_WEIGHT = 2
_AT_ONCE = 50_000  # texts
_CHECKED = 23  # the letters that may lead a UPN


def are_upns(texts: Sequence[str]) -> Flags:
    """Which are a permanent UPN in capitals, without blanks, whose first letter fits its digits."""
    parts = [_are_upns(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    return np.concatenate([np.zeros(0, dtype=np.bool_), *parts])


def _are_upns(texts: Sequence[str]) -> Flags:
    fits = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) == _SIGNS
    fits &= np.fromiter(map(str.isascii, texts), dtype=np.bool_, count=len(texts))
    signs = np.frombuffer("".join(compress(texts, fits.tolist())).encode(), dtype=np.uint8).reshape(-1, _SIGNS)
    digits = signs[:, 1:] - np.uint8(ord("0"))  # what is no figure is more than nine, or far more
    lead = np.frombuffer(UPN_LETTERS[:_CHECKED].encode(), dtype=np.uint8)
    weights = np.arange(_FIRST_WEIGHT, _FIRST_WEIGHT + _SIGNS - 1, dtype=np.float32)
    numbers = (digits <= 9).all(axis=1)  # noqa: PLR2004  # figures
    checked = (digits.astype(np.float32) @ weights).astype(np.int64) % _CHECKED
    fits[fits] = numbers & (signs[:, 0] == lead[checked])
    return fits
