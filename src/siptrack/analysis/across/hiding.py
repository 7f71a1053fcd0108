"""What of many schools' counts is shown: small numbers are hidden, and what would give them away by subtraction.

Schools and groups stand in one table with totals over the schools, so that one hidden school is found from the others.
A school's groups of one characteristic are shown together or not at all, in all subjects alike: of what is hidden only
sums over schools are known, and these are never small. Groups of all schools together, and wider ones made of them, are
hidden so that whatever is known of what is hidden are sums over several of them that are never small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]


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

    def too_little(hide: Flags) -> bool:
        return bool(_small(n[hide].sum(axis=0), count[hide].sum(axis=0), below)[given].any())

    return _with_more(hide, n.sum(axis=1), too_little)


def hidden_numbers(numbers: Counts, below: int) -> Flags:
    """Which schools' numbers of children are hidden, with the next ones where their sum alone would give them away.

    A sum over all schools that is small is itself hidden; and none tells of no child.
    """
    hide: Flags = (numbers > 0) & (numbers < below)
    given = numbers.sum() >= below

    def too_little(hide: Flags) -> bool:
        return bool(given and 0 < numbers[hide].sum() < below)

    return _with_more(hide, np.where(numbers > 0, numbers, numbers.sum()), too_little)


def hidden_groups(n: Counts, count: Counts, known: Counts, group: Counts, below: int) -> Flags:
    """Which groups are hidden; `n` and `count` have a place for each of the finest groups there are.

    `group` says in which group each of these is, and `known` in which of the sums that a reader has already. All that
    is shown are then sums of cells, what is both in a known sum and in a group, and no cell is small.
    """
    groups = int(group.max(initial=-1)) + 1
    sizes = np.bincount(group, n, groups)

    def small_cells(hide: Flags) -> Flags:
        """Whether each place is in a cell that is small, all hidden groups being one."""
        cell = np.unique(np.stack([known, np.where(hide[group], -1, group)]), axis=1, return_inverse=True)[1].ravel()
        few = _small(np.bincount(cell, n), np.bincount(cell, count), below)
        return np.array(few[cell], dtype=np.bool_)

    hide = np.zeros(groups, dtype=np.bool_)
    hide[group[small_cells(hide)]] = True
    return _with_more(hide, sizes, lambda of: bool((small_cells(of) & of[group]).any()))


def _with_more(hide: Flags, sizes: Counts | Numbers, too_little: Callable[[Flags], bool]) -> Flags:
    """What is hidden, and the smallest of the others with it one after another until it is no longer too little."""
    hide = hide.copy()
    for at in np.argsort(sizes, kind="stable").tolist():
        if not too_little(hide):
            break
        hide[at] = True
    return hide


def small_totals(n: Counts, count: Counts, below: int) -> Flags:
    """Which sums over all schools are too small to be shown themselves."""
    return _small(n.sum(axis=0), count.sum(axis=0), below)


def _small(n: Counts | Numbers, count: Counts | Numbers, below: int) -> Flags:
    few: Flags = (n > 0) & ((count < below) | (n - count < below))
    return few
