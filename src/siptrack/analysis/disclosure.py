"""Which rows of counts must be hidden, so that no hidden count can be found from those that are shown.

A row is the children of a group: how many count, and of how many of them something holds. Whoever sees the shown rows
and knows who is in which group can add and subtract, and knows that no count is below zero. The rows hidden here are so
chosen that all this leaves each of their counts open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.nonnegative import TINY, beyond, can_be_more_than_zero, nonnegative_solution, row_space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """The rows of one subject and measure.

    `members` has a row for each and a column for each child: whether the child is in it. `partition` numbers the
    characteristics, whose rows together are everybody; `n` and `count` are the children who count, and those of whom it
    holds. A row of more `worth` is shown rather than another, and then the larger.
    """

    members: Mask
    partition: Counts
    worth: Counts
    n: Counts
    count: Counts

    @cached_property
    def alike(self) -> Numbers:
        """Who is in which row, of children who are in the same rows only one."""
        return np.unique(self.members, axis=1).astype(np.float64)

    @cached_property
    def parts(self) -> tuple[Counts, Counts]:
        """The counts that must stay open: of whom it holds, and of whom it does not."""
        return self.count, self.n - self.count

    @cached_property
    def starts(self) -> tuple[Numbers, ...]:
        """For each part, one way in which the children may be spread over the rows that gives these counts."""
        return tuple(nonnegative_solution(self.alike, part.astype(np.float64)) for part in self.parts)


def small(rows: Rows, below: int) -> Mask:
    """The rows to hide for their own sake: the count, the rest of the children, or both together are few."""
    few: Mask = (rows.count < below) | (rows.n - rows.count < below)
    return few


def hidden(rows: Rows, open_about: Mask, below: int, *, by_subtraction: bool = True) -> Mask:
    """The rows to hide: the small ones, and others without which these could be found.

    `open_about` are rows in which nobody counts and which say so. Without `by_subtraction`, only the small ones.

    At first everything is hidden. Then characteristic by characteristic, those of most worth first, rows are shown as
    long as nothing that stays hidden is found by it: all of a characteristic's, else one by one, the largest first.
    """
    must = small(rows, below) & ~open_about
    if not by_subtraction:
        return must
    hide, guarded = ~open_about, _guarded(rows, must, below)
    for one in dict.fromkeys(rows.partition[np.argsort(-rows.worth, kind="stable")].tolist()):
        may = np.flatnonzero((rows.partition == one) & hide & ~must)
        largest_first = may[np.argsort(-rows.n[may], kind="stable")]
        if _shown_safely(rows, hide, may, guarded):
            continue
        for at in largest_first:
            if not _shown_safely(rows, hide, np.array([at]), guarded):
                guarded = np.vstack([guarded, rows.alike[at]])
    return hide


def _guarded(rows: Rows, must: Mask, below: int) -> Numbers:
    """Who is in each row that must be hidden, and in these rows of a characteristic together where that is few too."""
    together = [
        rows.alike[of].sum(axis=0)
        for of in (must & (rows.partition == one) for one in np.unique(rows.partition))
        if of.any() and any(int(part[of].sum()) < below for part in rows.parts)
    ]
    return np.vstack([rows.alike[must], *together])


def _shown_safely(rows: Rows, hide: Mask, at: Counts, guarded: Numbers) -> bool:
    """Show these rows, unless something guarded is found by it."""
    trial = hide.copy()
    trial[at] = False
    if _found(rows, ~trial, guarded):
        return False
    hide[at] = False
    return True


def _found(rows: Rows, shown: Mask, guarded: Numbers) -> bool:
    """Whether the shown rows leave no choice about the count of some guarded children, or about the rest of them."""
    known = rows.alike[shown]
    for part, start in zip(rows.parts, rows.starts, strict=True):
        nobody = (known[part[shown] == 0] > 0).any(axis=0)  # in a row of none there is none
        above = np.zeros(rows.alike.shape[1], dtype=np.bool_)
        above[~nobody] = can_be_more_than_zero(known[:, ~nobody], start[~nobody])
        if (beyond(row_space(known[:, above]), guarded[:, above]) <= TINY).any():
            return True
    return False
