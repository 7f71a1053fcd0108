"""Which rows of tables to share are hidden: of all children, of some beside all, beside what was shared before."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.disclosure import Rows, hidden, small
from siptrack.analysis.shared_before import NewRows, PastRows, Then
from siptrack.analysis.shared_counts import SharedCounts, in_both, worths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.selection import Filters
    from siptrack.analysis.vocabulary import Measure
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharingMode

    Mask = NDArray[np.bool_]
    Whole = NDArray[np.int64]


class FamilyRows(NamedTuple):
    """The rows of a measure in the subjects of a family, a line for each subject: counts, and what may be told.

    `named` are the numbers of the rows among those of all children; `there` how many of each stand in the subject.
    """

    subjects: Sequence[int]
    named: Whole
    there: Whole
    n: Whole
    holds: Whole
    hide: Mask
    open_about: Mask


@dataclass(frozen=True)
class Hiding:
    """What is hidden of the children asked about: all, or those of one of the `parts`, that at place `at`.

    The parts are hidden in one go, beside all children: so the tables of each may stand beside those of all.
    """

    whole: SharedCounts
    rules: Rules
    mode: SharingMode
    parts: Sequence[Mask] = ()
    at: int = 0
    then: Sequence[Then] = ()
    by_subtraction: bool = True

    def of(self, measure: Measure, subjects: Sequence[int]) -> FamilyRows:
        """What is hidden in the subjects of a family."""
        taught: Mask = np.logical_or.reduce(self.whole.there[subjects], axis=0)
        outcomes = [each[subjects][:, taught] for each in (*self.whole.outcomes[measure], self.whole.there)]
        table = _Laid(outcomes[0], outcomes[1], outcomes[2], self.mode.hide_below)
        named, all_children = self._whole(table, taught)
        mine, at = (named, slice(0, len(named))) if not self.parts else self._parts(table, taught, named, all_children)
        if self.by_subtraction:
            self._past(table, measure, subjects, taught, at)
        rows = table.rows()
        hide = hidden(rows, self.mode.hide_below, by_subtraction=self.by_subtraction)
        there = in_both(outcomes[2], table.of_children(at, int(taught.sum())))
        return FamilyRows(subjects, mine, there, rows.n[:, at], rows.count[:, at], hide[:, at], rows.open_about[:, at])

    def _whole(self, table: _Laid, taught: Mask) -> tuple[Whole, Mask]:
        """Lay out the rows of all children; those that their own tables show are told where only some are asked for."""
        members = self.whole.members[:, taught]
        named = np.flatnonzero(members.any(axis=1))
        rows = [self.whole.rows[at] for at in named]
        order = worths(self.rules)
        table.add(members[named], [key for key, _ in rows], [order[key] for key, _ in rows])
        if self.parts and self.by_subtraction:
            alone = table.rows()
            hide = hidden(alone, self.mode.hide_below)
            table.settle(~np.logical_or.reduce(hide, axis=0), alone.open_about)
        return named, members[named]

    def _parts(self, table: _Laid, taught: Mask, named: Whole, all_children: Mask) -> tuple[Whole, slice]:
        """Lay out the groups of each part, and what is left of all children without it where that is few."""
        rows = [self.whole.rows[at] for at in named]
        single = np.array([key not in self.rules.groups.pairs for key, _ in rows])
        order, last = worths(self.rules), max(worths(self.rules).values()) + 1
        mine, where = named, slice(0)
        for number, part in enumerate(self.parts):
            inside = all_children & part[taught]
            there = np.flatnonzero(inside.any(axis=1) & single)
            begin = table.size
            of = [rows[at] for at in there]
            table.add(inside[there], of, [order[key] - last for key, _ in of], [(number, key) for key, _ in of])
            if number == self.at:
                mine, where = named[there], slice(begin, table.size)
            table.add_small((all_children & ~part[taught])[there])
        return mine, where

    def _past(self, table: _Laid, measure: Measure, subjects: Sequence[int], taught: Mask, at: slice) -> None:
        """Lay out what was shared before, and what may not be found of those who came, left or changed since."""
        for then in self.then:
            table.beside(then.lay_out(self._now(table, measure, subjects, taught, at)), at)

    def _now(self, table: _Laid, measure: Measure, subjects: Sequence[int], taught: Mask, at: slice) -> NewRows:
        names = tuple(self.whole.subjects[each] for each in subjects)
        children = tuple(child for child, there in zip(self.whole.children, taught.tolist(), strict=True) if there)
        members = np.vstack(table.members)[at]
        return NewRows(measure, names, children, members, table.n, table.holds, self.mode)


@dataclass
class _Laid:
    """Rows as they are laid out one under another, over children who count (`n`) in subjects or of whom it holds."""

    n: Mask
    holds: Mask
    there: Mask
    below: int
    members: list[Mask] = field(default_factory=list)
    partition: list[Hashable] = field(default_factory=list)
    together: list[Hashable] = field(default_factory=list)
    worth: list[int] = field(default_factory=list)
    known: list[bool] = field(default_factory=list)
    never: list[bool] = field(default_factory=list)
    settled: Mask | None = None
    secrets: list[NDArray[np.float64]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.worth)

    def add(
        self,
        members: Mask,
        partition: Sequence[Hashable],
        worth: Sequence[int],
        together: Sequence[Hashable] = (),
        *,
        known: bool = False,
        never: bool = False,
    ) -> None:
        """Lay out some more rows."""
        self.members.append(members)
        self.partition += partition
        self.together += together or partition
        self.worth += worth
        self.known += [known] * len(members)
        self.never += [never] * len(members)

    def add_small(self, members: Mask) -> None:
        """Lay out those of some rows that are small, none of which is in any table."""
        members = np.unique(members[members.any(axis=1)], axis=0)
        apart = _Laid(self.n, self.holds, self.there, self.below)
        nobody = [(None, at) for at in range(len(members))]
        apart.add(members, nobody, [0] * len(members))
        few = small(apart.rows(), self.below) if len(members) else np.zeros(0, dtype=np.bool_)
        self.add(members[few], [(self.size, at) for at in range(few.sum())], [0] * int(few.sum()), never=True)

    def settle(self, shown: Mask, open_about: Mask) -> None:
        """Of the rows laid out so far, these are told, and the others never."""
        self.known, self.never, self.settled = shown.tolist(), (~shown).tolist(), open_about

    def beside(self, past: PastRows, at: slice) -> None:
        """Lay out the rows of tables that were shared before, with the children who are in these alone.

        `at` are the new rows that these tables bear on.
        """
        new, length = past.n.shape[1], self.size
        self.n, self.holds = np.hstack([self.n, past.n]), np.hstack([self.holds, past.holds])
        self.there = np.hstack([self.there, past.n])
        self.members = [np.hstack([block, np.zeros((len(block), new), dtype=np.bool_)]) for block in self.members]
        self.secrets = [np.hstack([block, np.zeros((len(block), new))]) for block in self.secrets]
        for number in np.flatnonzero(past.never).tolist():
            self.never[at.start + number] = True
        self.secrets.append(past.secrets)
        for rows, known in ((past.members, True), (past.hidden, False)):
            numbers = [(length, known, number) for number in range(len(rows))]
            self.add(rows, numbers, [0] * len(rows), known=known, never=not known)

    def of_children(self, at: slice, children: int) -> Mask:
        """Who of the children now is in these rows."""
        return np.vstack(self.members)[at, :children]

    def rows(self) -> Rows:
        """All of it, to be hidden."""
        members = np.vstack(self.members)
        n, count, on_roll = (in_both(each, members) for each in (self.n, self.holds, self.there))
        open_about = _say_nobody(members, n == 0, on_roll, self.below) & ~np.array(self.known)
        if self.settled is not None:
            open_about[:, : self.settled.shape[1]] = self.settled
        secrets = np.vstack(self.secrets) if self.secrets else np.zeros((0, members.shape[1]))
        partition = _numbers(self.partition)
        return Rows(
            members=members,
            partition=partition,
            worth=np.array(self.worth, dtype=np.int64),
            n=n,
            count=count,
            open_about=open_about,
            known=np.array(self.known, dtype=np.bool_),
            never=np.array(self.never, dtype=np.bool_),
            secrets=secrets,
            together=partition if self.together == self.partition else _numbers(self.together),
            some=np.stack([self.holds, self.n & ~self.holds], axis=1),
        )


def _numbers(keys: Sequence[Hashable]) -> Whole:
    number = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    return np.array([number[key] for key in keys], dtype=np.int64)


def parts_of(asked: Filters, whole: SharedCounts, children: Sequence[str]) -> tuple[list[Mask], int]:
    """The parts of all children that the tables may be of, and which is asked for; none where all are asked for.

    With one year group each year group is a part, and with one class each class, so that all may stand side by side.
    """
    if not (asked.years or asked.classes or asked.groups):
        return [], 0
    if not (asked.classes or asked.groups) and len(asked.years) == 1:
        return _each(whole.year_group.tolist(), next(iter(asked.years)))
    if not (asked.years or asked.groups) and len(asked.classes) == 1:
        return _each(whole.classes, next(iter(asked.classes)))
    return [np.isin(whole.children, list(children))], 0


def _each(values: Sequence[object], wanted: object) -> tuple[list[Mask], int]:
    """The children of each value, in the order of the values, and the place of one."""
    known = sorted({value for value in values if value == value and value != ""}, key=str)  # noqa: PLR0124  # NaN is not
    return [np.array([value == each for value in values]) for each in known], known.index(wanted)


def _say_nobody(members: Mask, nobody: Mask, on_roll: Whole, below: int) -> Mask:
    """The rows of each subject in which nobody counts and which may say so.

    They are those of large groups, those of groups wholly within these, and those of nobody who is taught the subject.
    """
    large = nobody & ((on_roll >= below) | (on_roll == 0))
    within = in_both(large, members.T) > 0
    flags: Mask = nobody & (in_both(~within, members) == 0)
    return flags
