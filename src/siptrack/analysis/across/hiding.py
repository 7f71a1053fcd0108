"""What of many schools' counts is shown: small numbers are hidden, and what would give them away by subtraction.

Schools and groups stand in one table with totals over the schools, so that one hidden school is found from the others.
A school's groups of one characteristic are shown together or not at all, in all subjects alike: of what is hidden only
sums over schools are known, and these are never small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Counts = NDArray[np.int64]


def hidden_schools(n: Counts, count: Counts, below: int, also: Flags | None = None) -> Flags:
    """Which schools' figures are hidden; `n` and `count` have a line a school and a column a group and subject.

    A column in which a school has nobody is none of its figures. Where the sums over the hidden schools are small, the
    schools with the fewest children are hidden with them until they are not; a sum over all schools that is small is
    itself hidden, and gives nobody away. `also` are schools hidden in a table from which this one's figures follow.
    """
    hide: Flags = np.array(_small(n, count, below).any(axis=1))
    if also is not None:
        hide |= also
    if not hide.any():
        return hide
    given = ~small_totals(n, count, below)
    for school in np.argsort(n.sum(axis=1), kind="stable").tolist():
        if not _small(n[hide].sum(axis=0), count[hide].sum(axis=0), below)[given].any():
            return hide
        hide[school] = True
    return hide


def small_totals(n: Counts, count: Counts, below: int) -> Flags:
    """Which sums over all schools are too small to be shown themselves."""
    return _small(n.sum(axis=0), count.sum(axis=0), below)


def _small(n: Counts, count: Counts, below: int) -> Flags:
    few: Flags = (n > 0) & ((count < below) | (n - count < below))
    return few
