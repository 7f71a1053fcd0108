"""Which rows of counts must be hidden, so that no hidden count can be found from those that are shown.

A row is the children of a group: how many count in a subject, and of how many of them something holds. Whoever sees the
shown rows and knows who is in which group can add and subtract, and knows that no count is below zero. The rows hidden
here are so chosen that all this leaves each of their counts open.
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
    """The rows of subjects that tell of one another, as reading does of reading, writing and maths together.

    `members` has a line for each row and a column for each child: whether the child is in it. `partition` numbers the
    characteristics, whose rows together are everybody; a row of more `worth` is shown rather than another, and then the
    larger. `n` and `count` have a line for each subject: the children of a row who count, and those of whom it holds;
    `open_about` are rows in which nobody counts and which say so.
    """

    members: Mask
    partition: Counts
    worth: Counts
    n: Counts
    count: Counts
    open_about: Mask

    @cached_property
    def alike(self) -> Numbers:
        """Who is in which row, of children who are in the same rows only one."""
        return np.unique(self.members, axis=1).astype(np.float64)

    @cached_property
    def parts(self) -> Counts:
        """By subject, what must stay open: of how many children it holds, and of how many it does not."""
        return np.stack([self.count, self.n - self.count], axis=1)

    @cached_property
    def starts(self) -> list[list[Numbers]]:
        """For each part, one way in which the children may be spread over the rows that gives these counts."""
        return [[nonnegative_solution(self.alike, part.astype(np.float64)) for part in two] for two in self.parts]


def small(rows: Rows, below: int) -> Mask:
    """The rows to hide for their own sake: in some subject the count, or the rest of the children, is few."""
    few = (rows.parts < below).any(axis=1) & ~rows.open_about
    some: Mask = np.logical_or.reduce(few, axis=0)
    return some


def hidden(rows: Rows, below: int, *, by_subtraction: bool = True) -> Mask:
    """The rows to hide in each subject: the small ones, and others without which these could be found.

    Without `by_subtraction`, only the small ones. The same rows are hidden in all of the subjects.

    At first everything is hidden. Then characteristic by characteristic, those of most worth first, rows are shown as
    long as nothing that stays hidden is found by it: all of a characteristic's, else one by one, the largest first.
    """
    must = small(rows, below)
    if not by_subtraction:
        return must & ~rows.open_about
    hide, guarded = np.ones(len(must), dtype=np.bool_), must.copy()
    for partition in dict.fromkeys(rows.partition[np.argsort(-rows.worth, kind="stable")].tolist()):
        may = np.flatnonzero((rows.partition == partition) & ~must)
        if _shown_safely(rows, hide, may, guarded, below):
            continue
        for at in may[np.argsort(-rows.n.sum(axis=0)[may], kind="stable")]:
            guarded[at] = not _shown_safely(rows, hide, np.array([at]), guarded, below)
    return hide & ~rows.open_about


def _shown_safely(rows: Rows, hide: Mask, at: Counts, guarded: Mask, below: int) -> bool:
    """Show these rows, unless something guarded is found by it."""
    trial = hide.copy()
    trial[at] = False
    if any(_found(rows, subject, ~trial, guarded, below) for subject in range(len(rows.n))):
        return False
    hide[at] = False
    return True


def _found(rows: Rows, subject: int, shown: Mask, guarded: Mask, below: int) -> bool:
    """Whether the shown rows leave no choice about the count of some guarded children, or about the rest of them."""
    visible = shown | rows.open_about[subject]
    known, secret = rows.alike[visible], _secret(rows, subject, guarded, below)
    for part, start in zip(rows.parts[subject], rows.starts[subject], strict=True):
        nobody = (known[part[visible] == 0] > 0).any(axis=0)  # in a row of none there is none
        above = np.zeros(rows.alike.shape[1], dtype=np.bool_)
        above[~nobody] = can_be_more_than_zero(known[:, ~nobody], start[~nobody])
        if (beyond(row_space(known[:, above]), secret[:, above]) <= TINY).any():
            return True
    return False


def _secret(rows: Rows, subject: int, guarded: Mask, below: int) -> Numbers:
    """Who is in each guarded row, and in the small ones of a characteristic together where that is few too."""
    there = guarded & ~rows.open_about[subject]
    few = small(rows, below) & there
    of_each = (few & (rows.partition == partition) for partition in np.unique(rows.partition))
    together = [
        rows.alike[of].sum(axis=0)
        for of in of_each
        if of.sum() > 1 and (rows.parts[subject][:, of].sum(axis=1) < below).any()
    ]
    return np.vstack([rows.alike[there], *together])
