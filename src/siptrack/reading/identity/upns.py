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
_CHECKED = 23  # the letters that may lead a UPN


def are_upns(texts: Sequence[str]) -> Flags:
    """Which are a permanent UPN in capitals, without blanks, whose first letter fits its digits."""
    fits = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) == _SIGNS
    fits &= np.fromiter(map(str.isascii, texts), dtype=np.bool_, count=len(texts))
    signs = np.frombuffer("".join(compress(texts, fits.tolist())).encode(), dtype=np.uint8)
    signs = signs.reshape(-1, _SIGNS).astype(np.int64)
    digits = signs[:, 1:] - ord("0")
    lead = np.frombuffer(UPN_LETTERS[:_CHECKED].encode(), dtype=np.uint8)
    weights = np.arange(_FIRST_WEIGHT, _FIRST_WEIGHT + _SIGNS - 1)
    numbers = ((digits >= 0) & (digits <= 9)).all(axis=1)  # noqa: PLR2004  # figures
    fits[fits] = numbers & (signs[:, 0] == lead[(digits * weights).sum(axis=1) % _CHECKED])
    return fits
