"""Classes and year groups of which nobody is here any more: a whole class seldom leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.rules.model import Rules, YearRules
from siptrack.school.place import Place
from siptrack.school.term import Season, Term


class Together(NamedTuple):
    """Children who are together in an academic year: a year group, or a class (with its year group where known)."""

    academic_year: int
    year_group: int | None
    in_class: str


class Members(NamedTuple):
    """Children who are together: the first row of any, how many they are, and until when the last is on roll."""

    place: Place
    children: int
    until: int


def report_gone(together: Mapping[Together, Members], now: Term, rules: Rules, findings: Findings) -> None:
    """Ask about each class and year group, of the school year of a term or the one before, that has left altogether.

    Not about the oldest children of a school, at the end of a key stage, nor about last year's where no year group
    tells.
    """
    year = now.academic_year
    leaving = _leaving(together, year, rules.years)
    gone = {
        group: members
        for group, members in together.items()
        if (group.academic_year == year or (group.academic_year == year - 1 and group.year_group is not None))
        and (group.academic_year, group.year_group) not in leaving
        and members.children >= rules.matching.least
        and members.until < now.number
    }
    for group, members in gone.items():
        if group.in_class and group._replace(in_class="") in gone:
            continue
        who = f"class {group.in_class}" if group.in_class else rules.years.label(group.year_group)
        when = Term(group.academic_year, Season.AUTUMN).academic_year_label
        found = f"all {members.children} children of {who}{f' in {when}' if when else ''}, counted as having left"
        findings.add("class-gone", members.place, found, "results or a pupil list of this term")


def together_in(known: Sequence[PupilRow], until: Mapping[str, int], layouts: Layouts) -> Mapping[Together, Members]:
    """The children of every year group and class.

    `known` are the rows whose pupil is known, `until` is until when each of these is on roll.
    """
    first: dict[Together, Place] = {}
    pupils: defaultdict[Together, set[str]] = defaultdict(set)
    for pupil_row in known:
        for group in _groups(pupil_row):
            if group not in first:
                first[group] = layouts.place(pupil_row.row)
            pupils[group].add(pupil_row.pupil)
    return {
        group: Members(place, len(pupils[group]), max(until[pupil] for pupil in pupils[group]))
        for group, place in first.items()
    }


def _groups(pupil_row: PupilRow) -> Iterator[Together]:
    """The year group and the class of a row."""
    if pupil_row.year_group is not None:
        yield Together(pupil_row.academic_year, pupil_row.year_group, "")
    if pupil_row.in_class:
        yield Together(pupil_row.academic_year, pupil_row.year_group, pupil_row.in_class)


def _leaving(together: Mapping[Together, Members], year: int, years: YearRules) -> set[tuple[int, int | None]]:
    """The oldest year group of last year, where a key stage ends with it: its children go to another school."""
    groups = [
        group.year_group for group in together if group.academic_year == year - 1 and group.year_group is not None
    ]
    oldest = max(groups, default=None)
    return {(year - 1, oldest)} if oldest in {stage.years[-1] for stage in years.key_stages} else set()
