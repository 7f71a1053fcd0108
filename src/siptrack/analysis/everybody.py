"""Everybody in the files, leavers too: who was here when, in which group, and compared with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.characteristics import characteristics_in
from siptrack.analysis.membership import Membership, group_in
from siptrack.analysis.opened import Opened
from siptrack.analysis.selection import Filters, choose
from siptrack.analysis.tally import REST, USUAL, Peers, lay_out
from siptrack.school.frame import Frame
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]


class Sides(NamedTuple):
    """Every group that is compared, and who its peers are, as matrices, so that all comparisons are made at once.

    `keys` are pairs of a characteristic and a group, `named` calls the peers of each as in Tally. `member` has a row a
    key and a column a child; further rows hold those whose group no child on roll is in.
    """

    keys: tuple[tuple[str, str], ...]
    named: tuple[str, ...]
    member: Numbers
    peers: Numbers

    def sums(self, values: Numbers) -> tuple[Numbers, Numbers]:
        """The sum of these values (a row a child) over each group and over its peers."""
        flat = values.reshape(len(values), -1)
        own = self.member @ flat
        shape = (len(self.keys), *values.shape[1:])
        return own[: len(self.keys)].reshape(shape), (self.peers @ own).reshape(shape)


class Everybody(NamedTuple):
    """Everybody in the files, a place each, in the order of `opened.roll.everyone`.

    `here` are those spoken of now and `gone` those who had left by now and would be spoken of else. `alike` pass the
    filters on groups, whatever their year group; nobody does where classes are chosen, since a class is not the same
    class a year later. `first` and `last` are the numbers of the first and last term on roll; `year_group` has a column
    a school year, this year's the first.
    """

    sides: Sides
    here: Flags
    gone: Flags
    alike: Flags
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    year_group: Numbers

    def on_roll(self, term: int) -> Flags:
        """Who was on roll in the term of that number."""
        there: Flags = (self.first <= term) & (self.last >= term)
        return there


def everybody_in(
    register: Register, opened: Opened, members: Membership, filters: Filters, rules: Rules, choice: Peers = USUAL
) -> Everybody:
    """Everybody in the register as it was opened with these filters.

    Those spoken of are in the groups that `members` says; all others in those that the register last knew of them.
    Prior attainment is left out, since a group chosen by its results moves towards the middle by itself; and so are
    year groups and classes, which were others a year before and stand against another line.
    """
    roll, now = opened.roll, opened.term.number
    year_group = roll.cohorts[:, opened.term.academic_year - roll.years.start] + opened.term.academic_year
    table = characteristics_in(opened.term, register).having({"year_group": year_group, "class": ""})
    here = table["pupil"].isin(set(opened.chosen.keys))
    last = table["on_roll_until"]
    alike = _passing(table, opened, rules, filters._replace(years=frozenset()))
    return Everybody(
        sides=_sides(_groups(table, opened, members, rules), members, here, rules, choice),
        here=here,
        gone=_passing(table, opened, rules, filters) & (last < now) & ~here,
        alike=alike,
        first=table["on_roll_from"],
        last=last,
        year_group=_year_groups(opened),
    )


def _year_groups(opened: Opened) -> Numbers:
    """The year group of everybody in each year from the first to that of the term judged; the newest comes first."""
    roll, newest = opened.roll, opened.term.academic_year
    until = newest - roll.years.start + 1
    whole: Numbers = roll.cohorts[:, :until] + np.arange(roll.years.start, newest + 1)
    return whole[:, ::-1]


def _passing(table: Frame, opened: Opened, rules: Rules, filters: Filters) -> Flags:
    passed = choose(opened.roll._replace(pupils=table), rules, filters)
    return table["pupil"].isin(set(passed.keys))


def _groups(table: Frame, opened: Opened, members: Membership, rules: Rules) -> Frame:
    """The group of everybody in each characteristic that is followed."""
    placed = {key for key, characteristic in rules.groups.worked_out.items() if characteristic.open is not None}
    left_out = {*rules.groups.pairs, rules.groups.prior.key, *placed}
    chosen = table["pupil"].in_words(opened.chosen.keys)
    groups = {}
    for key in members.groups:
        if key in left_out:
            continue
        found = group_in(table, key, rules.groups)
        known = Texts.every(NOT_RECORDED, len(table)) if found is None else found
        groups[key] = members.groups[key].take(chosen).where(chosen >= 0, known)
    return Frame(groups, len(table))


def _sides(groups: Frame, members: Membership, here: Flags, rules: Rules, choice: Peers) -> Sides:
    """The comparisons among the groups that children spoken of are in."""
    present = [(key, group) for key in groups for group in groups[key][here].distinct()]
    if not present:
        return Sides((), (), np.zeros((0, len(groups))), np.zeros((0, 0)))
    names, found = (Texts.of(texts) for texts in zip(*present, strict=True))
    cells = Frame({"characteristic": names, "group": found, "year_group": np.full(len(present), np.nan)})
    tally = lay_out(cells, members.characteristics, (), rules.years, choice)
    member = np.zeros((len(tally.keys) + len(groups.columns), len(groups)))
    elsewhere = np.zeros((len(tally.keys), len(groups.columns)))
    for column, key in enumerate(groups):
        known = {group: at for at, (characteristic, group) in enumerate(tally.keys) if characteristic == key}
        place = groups[key].looked_up({NOT_RECORDED: NONE, **known}, len(tally.keys) + column)
        is_there = place >= 0
        member[place[is_there].astype(np.int64), np.flatnonzero(is_there)] = 1
        elsewhere[:, column] = [
            characteristic == key and called == REST
            for (characteristic, _), called in zip(tally.keys, tally.named, strict=True)
        ]
    return Sides(tally.keys, tally.named, member, np.hstack([tally.peers, elsewhere]))
