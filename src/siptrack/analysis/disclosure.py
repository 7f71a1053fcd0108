"""Which rows of counts must be hidden, so that no hidden count can be found from those that are shown.

A row is the children of a group: how many count in a subject, and of how many of them something holds. Whoever sees the
shown rows and knows who is in which group can add and subtract, and knows that no count is below zero. The rows hidden
here are so chosen that all this leaves each of their counts open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.nonnegative import TINY, beyond, can_be_more_than_zero, nonnegative_solution, row_space, wider

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
    `open_about` are rows in which nobody counts and which say so. `known` are rows that are known already, `never` rows
    that may not be found though they are not small. `secrets` are sums and differences of children that may not be
    found either, a line each; `together` is another partition, of which the small rows may not be found as one. `some`
    tells by subject and part which children there are in it; where it is not given, it is worked out of the counts.
    """

    members: Mask
    partition: Counts
    worth: Counts
    n: Counts
    count: Counts
    open_about: Mask
    known: Mask
    never: Mask
    secrets: Numbers
    together: Counts
    some: Mask | None = None

    @classmethod
    def alone(
        cls, members: Mask, partition: Counts, worth: Counts, counts: tuple[Counts, Counts], nobody: Mask
    ) -> Rows:
        """Rows beside which nothing else is known."""
        none = np.zeros(len(members), dtype=np.bool_)
        secrets = np.zeros((0, members.shape[1]))
        return cls(members, partition, worth, *counts, nobody, none, none, secrets, partition)

    @cached_property
    def _unique(self) -> tuple[Numbers, Counts]:
        """Who is in which row, and in which secret; of children who are in the same only one, and which one each is."""
        kinds, which = np.unique(np.vstack([self.members, self.secrets]), axis=1, return_inverse=True)
        return kinds, which.ravel()

    @property
    def _kinds(self) -> Numbers:
        return self._unique[0]

    @property
    def alike(self) -> Numbers:
        """Who is in which row, of children who are alike only one."""
        return self._kinds[: len(self.members)]

    @property
    def secrets_of_alike(self) -> Numbers:
        """The secrets of the same children."""
        return self._kinds[len(self.members) :]

    @cached_property
    def parts(self) -> Counts:
        """By subject, what must stay open: of how many children it holds, and of how many it does not."""
        return np.stack([self.count, self.n - self.count], axis=1)

    @cached_property
    def surely(self) -> list[list[Mask]]:
        """For each part, the kinds of children of whom there may be some even where every row is known."""
        every = np.ones(len(self.members), dtype=np.bool_)
        return [
            [self.possible(every, part, self._there(*at, part)) for at, part in two] for two in self._numbered_parts()
        ]

    def _numbered_parts(self) -> list[list[tuple[tuple[int, int], Counts]]]:
        return [[((subject, at), part) for at, part in enumerate(two)] for subject, two in enumerate(self.parts)]

    def _there(self, subject: int, at: int, part: Counts) -> Mask:
        """The kinds of children of whom there are some in one way of spreading the counts over them."""
        if self.some is None:
            return nonnegative_solution(self.alike, part.astype(np.float64)) > TINY
        of_kinds = np.zeros(self.alike.shape[1], dtype=np.bool_)
        of_kinds[self._unique[1][self.some[subject, at]]] = True
        return of_kinds

    def possible(self, known: Mask, part: Counts, surely: Mask) -> Mask:
        """The kinds of children of whom there may be some where these rows are known; there may `surely` of some."""
        matrix = self.alike[known]
        nobody = (matrix[part[known] == 0] > 0).any(axis=0)  # in a row of none there is none
        above = np.zeros(matrix.shape[1], dtype=np.bool_)
        above[~nobody] = can_be_more_than_zero(matrix[:, ~nobody], surely[~nobody].astype(np.float64))
        return above


def small(rows: Rows, below: int) -> Mask:
    """The rows to hide for their own sake: in some subject the count, or the rest of the children, is few."""
    few = (rows.parts < below).any(axis=1) & ~rows.open_about
    some: Mask = np.logical_or.reduce(few, axis=0)
    return some


def hidden(rows: Rows, below: int, *, by_subtraction: bool = True) -> Mask:
    """The rows to hide in each subject: the small ones, and others without which these could be found.

    Without `by_subtraction`, only the small ones. The same rows are hidden in all of the subjects.

    At first everything is hidden but what is told already. Then characteristic by characteristic, those of most worth
    first, rows are shown as long as nothing that stays hidden is found by it: all of a characteristic's, else one by
    one, the largest first.
    """
    must = (small(rows, below) | rows.never) & ~rows.known
    if not by_subtraction:
        return must & ~rows.open_about
    hide, readers = ~rows.known, _Readers(rows, below, must)
    for partition in dict.fromkeys(rows.partition[np.argsort(-rows.worth, kind="stable")].tolist()):
        may = np.flatnonzero((rows.partition == partition) & ~must & ~rows.known)
        if readers.may_be_shown(may):
            hide[may] = False
            continue
        for at in may[np.argsort(-rows.n.sum(axis=0)[may], kind="stable")].tolist():
            hide[at] = not readers.may_be_shown(np.array([at]))
            if hide[at]:
                readers.guard(at)
    return hide & ~rows.open_about


class _Readers:
    """Those who add and subtract in each subject, how many it holds of and of how many not; each has its secrets."""

    def __init__(self, rows: Rows, below: int, must: Mask) -> None:
        self._rows = rows
        parts = [(subject, part) for subject in range(len(rows.n)) for part in range(2)]
        self._all = [_Reader.first(rows, *part, _secret(rows, part[0], must, below)) for part in parts]

    def may_be_shown(self, at: Counts) -> bool:
        """Tell these rows, unless something secret is found by it."""
        later = []
        for reader in self._all:
            if (after := reader.after(at)) is None:
                return False
            later.append(after)
        self._all = later
        return True

    def guard(self, at: int) -> None:
        """Hold this row secret too."""
        self._all = [reader.guarding(at) for reader in self._all]


@dataclass(frozen=True)
class _Reader:
    """What is known of one part of a subject's counts: the rows that are `visible`, and what follows of them.

    There may be `some` of these kinds of children, and none of the others; `space` spans the sums that are known of
    them, and `rest` is what of each secret lies outside it.
    """

    rows: Rows
    subject: int
    part: int
    visible: Mask
    some: Mask
    space: Numbers
    secret: Numbers

    @classmethod
    def first(cls, rows: Rows, subject: int, part: int, secret: Numbers) -> _Reader:
        """One who has not been told anything but what is told already; what that gives away is no secret any more."""
        visible = rows.open_about[subject] | rows.known
        reader = cls(rows, subject, part, visible, *_knowing(rows, subject, part, visible), secret)
        if not rows.known.any():
            return reader
        return replace(reader, secret=secret[beyond(reader.space, secret[:, reader.some]) > TINY])

    def after(self, at: Counts) -> _Reader | None:
        """The same after being told some more rows; None where a secret is found by these."""
        rows, space = self.rows, wider(self.space, self.rows.alike[at][:, self.some])
        if self._finds(space, self.some):
            return None
        visible = self.visible.copy()
        visible[at] = True
        after, surely = replace(self, visible=visible, space=space), rows.surely[self.subject][self.part]
        if (self.some == surely).all():
            return after
        some = rows.possible(visible, rows.parts[self.subject, self.part], surely)
        if (some == self.some).all():
            return after
        space = row_space(rows.alike[visible][:, some])
        return None if self._finds(space, some) else replace(after, some=some, space=space)

    def guarding(self, at: int) -> _Reader:
        """The same with another secret, the row at that place."""
        if self.rows.open_about[self.subject, at]:
            return self
        return replace(self, secret=np.vstack([self.secret, self.rows.alike[at]]))

    def _finds(self, space: Numbers, some: Mask) -> bool:
        return bool((beyond(space, self.secret[:, some]) <= TINY).any())


def _knowing(rows: Rows, subject: int, part: int, visible: Mask) -> tuple[Mask, Numbers]:
    """Of which kinds of children there may be some, and what spans the sums that are known of these."""
    some = rows.possible(visible, rows.parts[subject, part], rows.surely[subject][part])
    return some, row_space(rows.alike[visible][:, some])


def _secret(rows: Rows, subject: int, must: Mask, below: int) -> Numbers:
    """Who is in each row to guard, in the small ones of a partition together where that is few too, and the secrets."""
    there = must & ~rows.open_about[subject]
    few = small(rows, below) & there
    together = [
        rows.alike[of].sum(axis=0)
        for partition in (rows.partition, rows.together)
        for of in (few & (partition == number) for number in np.unique(partition[few]))
        if of.sum() > 1 and (rows.parts[subject][:, of].sum(axis=1) < below).any()
    ]
    every = np.vstack([rows.alike[there], *together, rows.secrets_of_alike])
    return np.unique(every, axis=0) if len(every) else every
