"""Which pupils are spoken of: those on roll in the term who pass the filters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.characteristics import characteristics_in
from siptrack.analysis.judged import cohorts, years_of
from siptrack.analysis.membership import group_in
from siptrack.analysis.tables import PUPIL_TABLE
from siptrack.school.frame import Frame
from siptrack.school.register import NOT_RECORDED, PUPILS, STILL_HERE, Register
from siptrack.school.term import Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules, YearRules
    from siptrack.school.groups import GroupRules


class Filters(NamedTuple):
    """Which pupils and subjects to speak of; an empty filter lets all through.

    `groups` are pairs of a characteristic and one of its groups; a pupil must be in one group of each characteristic.
    """

    years: frozenset[int] = frozenset()
    classes: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    groups: frozenset[tuple[str, str]] = frozenset()

    def words(self, years: YearRules, withheld: Collection[str] = ()) -> dict[str, str]:
        """The filters in force, by name, for the head of the report: a year group as its number, or `Reception`.

        Of the names `withheld` stands only how many they are.
        """
        chosen = {
            "year": ", ".join(years.labels.get(year, str(year)) for year in sorted(self.years)),
            "class": _listed(sorted(self.classes), withheld),
            "subject": ", ".join(sorted(self.subjects)),
            "group": _listed([group for _, group in sorted(self.groups)], withheld),
        }
        return {name: text for name, text in chosen.items() if text}

    def named_by_data(self, groups: GroupRules) -> frozenset[str]:
        """The classes and groups filtered by that no rule names: such a name may be a teacher's, or tell of a child."""
        every = groups.all()
        found = (group for key, group in self.groups if every[key].open and group not in every[key].groups)
        return self.classes | frozenset(found)


def _listed(names: Sequence[str], withheld: Collection[str]) -> str:
    """The names, or how many are left out in the place of those that are."""
    shown = [name for name in names if name not in withheld]
    left_out = sum(name in withheld for name in names)
    if left_out:
        shown.append("[name left out]" if left_out == 1 else f"[{left_out} names left out]")
    return ", ".join(shown)


EVERYBODY = Filters()


class Roll(NamedTuple):
    """The pupils on roll in a term, and everybody in the files, leavers too, who are the school's own past.

    `pupils` has the columns of PUPIL_TABLE and the characteristics; `everyone` are the keys of all pupils, `cohorts`
    their cohorts in each of `years`; `leavers` is how many had left.
    """

    pupils: Frame
    everyone: tuple[str, ...]
    cohorts: NDArray[np.float64]
    years: range
    leavers: int


class Chosen(NamedTuple):
    """The pupils of the roll who are spoken of, and their cohorts by year."""

    pupils: Frame
    cohort: NDArray[np.float64]

    @property
    def keys(self) -> list[str]:
        """The pupils' keys, in order."""
        keys: list[str] = self.pupils["pupil"].tolist()
        return keys


def call_roll(register: Register, term: Term, rules: Rules) -> Roll:
    """Who was on roll in the term, with year group, class and characteristics as they were then."""
    on_roll, leavers = _on_roll(characteristics_in(term, register), term)
    on_roll = on_roll.having(_worked_out(on_roll, rules))
    terms = [register.frame(name)["term"] for name in ("results", "targets")]
    placements = register.frame("placements")
    years = years_of(terms, placements["academic_year"], term.academic_year)
    everyone = tuple(register.frame("pupils")["pupil"].tolist())
    of_everyone = cohorts(placements, everyone, years)
    cohort = of_everyone[on_roll["pupil"].in_words(everyone)]
    pupils = _pupil_table(on_roll, placements, cohort[:, term.academic_year - years.start], term)
    return Roll(pupils, everyone, of_everyone, years, leavers)


def choose(roll: Roll, rules: Rules, filters: Filters) -> Chosen:
    """The pupils on roll who pass the filters."""
    pupils = roll.pupils[_kept(roll.pupils, filters, rules)]
    return Chosen(pupils, roll.cohorts[pupils["pupil"].in_words(roll.everyone)])


def _on_roll(pupils: Frame, term: Term) -> tuple[Frame, int]:
    """The pupils on roll in the term, and how many had left by then."""
    came = (pupils["on_roll_from"] <= term.number) | (pupils["on_roll_from"] == STILL_HERE)
    left = pupils["on_roll_until"] < term.number
    return pupils[came & ~left], int(left.sum())


def _worked_out(on_roll: Frame, rules: Rules) -> dict[str, Texts]:
    """The characteristics from what only the register holds, such as the date of birth, where anybody has it."""
    found = {
        key: group_in(on_roll, key, rules.groups)
        for key, characteristic in rules.groups.worked_out.items()
        if characteristic.column in PUPILS.names
    }
    return {key: groups for key, groups in found.items() if groups is not None and (groups != NOT_RECORDED).any()}


def _pupil_table(on_roll: Frame, placements: Frame, cohort: NDArray[np.float64], term: Term) -> Frame:
    """The pupils with their year group and class in the term's academic year."""
    here = placements[placements["academic_year"] == term.academic_year]
    placed = on_roll["pupil"].in_words(here["pupil"].tolist())
    table = on_roll.having({"year_group": cohort + term.academic_year, "class": here["class"].take(placed).filled("")})
    characteristics = [name for name in on_roll if name not in PUPILS.names]
    return table[[*PUPIL_TABLE.names, *characteristics]]


def _kept(pupils: Frame, filters: Filters, rules: Rules) -> NDArray[np.bool_]:
    """Which pupils pass the filters."""
    kept = np.ones(len(pupils), dtype=np.bool_)
    if filters.years:
        kept &= np.isin(pupils["year_group"], list(filters.years))
    if filters.classes:
        kept &= pupils["class"].isin(filters.classes)
    for characteristic in sorted({characteristic for characteristic, _ in filters.groups}):
        wanted = {group for name, group in filters.groups if name == characteristic}
        known = group_in(pupils, characteristic, rules.groups)
        kept &= known.isin(wanted) if known is not None else np.False_
    return kept


def nothing_left(term: Term, filters: Filters, years: YearRules) -> str:
    """The message when no result of the term passes the filters."""
    chosen = "".join(f", {name} {text}" for name, text in filters.words(years).items())
    return f"No result is left to judge in {term.label}{chosen}. Name another term or take a filter away."
