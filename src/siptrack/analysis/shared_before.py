"""What tables shared before give away beside new ones: those who came, left or changed between the two.

Whoever holds both subtracts one from the other. Where no other child's result has changed, and nobody can tell from
outside that one has, the difference of two rows is the result of the few children who are in one of them alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.shared_counts import Named, SharedCounts, in_both

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.vocabulary import Measure
    from siptrack.school.sharing import SharedBefore, SharingMode

    Mask = NDArray[np.bool_]
    Whole = NDArray[np.int64]
    Numbers = NDArray[np.float64]


class NewRows(NamedTuple):
    """The rows of new tables in the subjects of a family: who is in each, who counts, and of whom it holds."""

    measure: Measure
    subjects: tuple[str, ...]
    children: tuple[str, ...]
    members: Mask
    n: Mask
    holds: Mask
    mode: SharingMode


class PastRows(NamedTuple):
    """Rows shared before, over the children of the new rows and, behind these, some more.

    These are children of then who are not here now or did not count alike, with who of them counts (`n`) and of whom it
    holds. `secrets` are the few children by whom a row of then differs from a new one; `never` are the new rows that
    may not be shown because a few whom the files do not name came or left; `hidden` are rows that were hidden then.
    """

    members: Mask
    n: Mask
    holds: Mask
    secrets: Numbers
    never: Mask
    hidden: Mask


class Then(NamedTuple):
    """Tables that were shared before, and the children as the school's files have them in that term.

    They are counted in each way in which their groups may have been: with all others, and each group by itself.
    `hidden` has the rows that were in those tables or hidden in them.
    """

    before: SharedBefore
    counts: Sequence[SharedCounts]
    hidden: SharedCounts

    def lay_out(self, now: NewRows) -> PastRows:
        """What is known by these tables of the children of a family."""
        of = _columns(self.counts[0], now)
        rows = dict(self._rows(now, of))
        members = np.array(list(rows.values()), dtype=np.bool_).reshape(len(rows), of.n.shape[1])
        new = np.hstack([now.members, np.zeros((len(now.members), of.more), dtype=np.bool_)])
        few = max(self.before.hide_below, now.mode.hide_below)
        known, never = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(new), dtype=np.bool_)
        size = _size(members & of.then.any(axis=0), new & of.now.any(axis=0))
        for at, row in enumerate(rows):
            nearest = int(size[at].argmin())
            for subject, name in enumerate(now.subjects):
                shown = self.before.rows.get((name, now.measure.value, *row))
                if shown is None:
                    continue
                then_in, now_in = members[at] & of.then[subject], new[nearest] & of.now[subject]
                unknown = max(0, abs(shown[0] - int(then_in.sum())) - self.before.round_to // 2)
                if _may_be_of_these(shown, then_in, now_in, of.holding[subject], unknown + self._slack(now.mode)):
                    known[at] = True
                    never |= (unknown > 0) & (size[at] + unknown < few)
        secrets = _few(members[known], new, of, few)
        return PastRows(members[known], of.added, of.added_holds, secrets, never, self._hidden(now, of))

    def _hidden(self, now: NewRows, of: _Columns) -> Mask:
        """The rows of which nothing was shown then: they may not be found now by those who stayed."""
        shown = {row for row, _ in self._rows(now, of)}
        inside = zip(self.hidden.rows, self.hidden.members, strict=True)
        hidden = [of.spread(members) for row, members in inside if row not in shown]
        rows = np.array(hidden, dtype=np.bool_).reshape(len(hidden), of.n.shape[1])
        return np.unique(rows[(rows & of.then.any(axis=0)).any(axis=1)], axis=0)

    def _slack(self, mode: SharingMode) -> int:
        """By how many a difference of rounded counts may be off."""
        return self.before.round_to // 2 + mode.round_to // 2

    def _rows(self, now: NewRows, of: _Columns) -> Iterator[tuple[Named, Mask]]:
        """The rows of which a figure was shown in some subject, and who is in them."""
        for counts in self.counts:
            for row, inside in zip(counts.rows, counts.members, strict=True):
                if any((name, now.measure.value, *row) in self.before.rows for name in now.subjects):
                    yield row, of.spread(inside)


class _Columns(NamedTuple):
    """The children of now and, behind these, `more` of then: who counted then and counts now, and of whom it holds.

    `place` is where each child of then stands, below zero for one who counts in nothing.
    """

    place: Whole
    more: int
    n: Mask
    then: Mask
    now: Mask
    holding: Mask

    @property
    def added(self) -> Mask:
        """Who of those behind counts."""
        return self.then[:, self.then.shape[1] - self.more :]

    @property
    def added_holds(self) -> Mask:
        """Of whom of those behind it holds."""
        return self.holding[:, self.holding.shape[1] - self.more :]

    def spread(self, inside: Mask) -> Mask:
        """The children of a row of then, each in its place."""
        spread = np.zeros(self.n.shape[1], dtype=np.bool_)
        spread[self.place[inside & (self.place >= 0)]] = True
        return spread


def _columns(then: SharedCounts, now: NewRows) -> _Columns:
    """A column for each child of now, and another for each of then who is not here or counted otherwise."""
    outcomes = then.outcomes[now.measure]
    at = [then.subjects.index(name) if name in then.subjects else -1 for name in now.subjects]
    known = np.array([place >= 0 for place in at])[:, None]
    counted, held = outcomes.n[at] & known, outcomes.holds[at] & known
    where = {child: place for place, child in enumerate(now.children)}
    here = np.array([where.get(child, -1) for child in then.children], dtype=np.int64)
    alike = (here >= 0) & (counted == now.n[:, here]).all(axis=0)
    moved = counted.any(axis=0) & ~alike
    place = np.where(alike, here, np.where(moved, now.n.shape[1] + np.cumsum(moved) - 1, -1))
    none = np.zeros((len(at), int(moved.sum())), dtype=np.bool_)
    in_then = np.hstack([np.zeros_like(now.n), counted[:, moved]])
    in_then[:, here[alike]] = counted[:, alike]
    return _Columns(
        place=place,
        more=none.shape[1],
        n=np.hstack([now.n, counted[:, moved]]),
        then=in_then,
        now=np.hstack([now.n, none]),
        holding=np.hstack([now.holds, held[:, moved]]),
    )


def _size(then: Mask, now: Mask) -> Whole:
    """How many children are in one alone of each row of then (line) and each of now (column)."""
    size: Whole = then.sum(axis=1)[:, None] + now.sum(axis=1) - 2 * in_both(then, now)
    return size


def _may_be_of_these(shown: tuple[int, int], then: Mask, now: Mask, holding: Mask, slack: int) -> bool:
    """Whether two rows differ as they may do where only those in one of them alone make the difference."""
    came, left = int((now & ~then).sum()), int((then & ~now).sum())
    count, n = int((now & holding).sum()), int(now.sum())
    more = count - shown[1], (n - count) - (shown[0] - shown[1])
    return all(-left - slack <= each <= came + slack for each in more)


def _few(then: Mask, new: Mask, of: _Columns, below: int) -> Numbers:
    """The children by whom a row of then and a new one differ, where they are few."""
    return few_between(then & of.then.any(axis=0), new & of.now.any(axis=0), below)


def few_between(then: Mask, new: Mask, below: int) -> Numbers:
    """The children by whom two rows differ, where they are fewer: the difference, and either side, each once."""
    size = _size(then, new)
    first, second = np.nonzero((size > 0) & (size < below))
    came, left = new[second] & ~then[first], then[first] & ~new[second]
    every = np.vstack([came, left, came.astype(np.int64) - left]).astype(np.float64)
    every = every[every.any(axis=1)]
    return np.unique(every, axis=0) if len(every) else every
