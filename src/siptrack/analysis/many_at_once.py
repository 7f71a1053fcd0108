"""Many comparisons at once: what each chance comes to when the smallest of many is bound to be small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]


def holm(chance: Numbers, family: Counts, alike: Counts) -> Numbers:
    """Each chance after Holm (1979) within its family: of families in which nothing differs, how often one is as small.

    Comparisons of a family that are `alike` are of the same children and count as one. A missing chance is no
    comparison and stays missing.
    """
    adjusted = np.full(len(chance), np.nan)
    known = np.flatnonzero(~np.isnan(chance))
    each, where = np.unique(np.stack([family[known], alike[known]], axis=1), axis=0, return_inverse=True)
    smallest = np.ones(len(each))
    np.minimum.at(smallest, where.ravel(), chance[known])
    order = np.lexsort((smallest, each[:, 0]))
    of = each[order, 0]
    left = np.searchsorted(of, of, side="right") - np.arange(len(of))
    scaled = np.minimum(1.0, smallest[order] * left)
    apart = 2.0 * np.cumsum(np.diff(of, prepend=of[:1]) != 0)  # so that no family's largest reaches the next
    of_each = np.empty(len(each))
    of_each[order] = np.maximum.accumulate(scaled + apart) - apart
    adjusted[known] = of_each[where.ravel()]
    return adjusted
