"""Classes and year groups of which nobody is here any more: a whole class seldom leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.rules.model import Rules, YearRules
from siptrack.school.place import Place
from siptrack.school.term import Season, Term

if TYPE_CHECKING:
    from pandas import DataFrame


class _Together(NamedTuple):
    """Children who are together in an academic year: a year group, or a class (with its year group where known)."""

    academic_year: int
    year_group: int | None
    in_class: str


@dataclass
class _Members:
    place: Place
    pupils: set[str] = field(default_factory=set)


def report_gone(
    rows: DataFrame, until: Mapping[str, int], now: Term, layouts: Layouts, rules: Rules, findings: Findings
) -> None:
    """Ask about each class and year group, of the school year of a term or the one before, that has left altogether.

    Not about the oldest children of a school, at the end of a key stage, nor about last year's where no year group
    tells. `rows` are those of `match_rows` with their pupils, `until` is until when each of these is on roll.
    """
    together = _together(rows, layouts)
    year = now.academic_year
    leaving = _leaving(together, year, rules.years)
    gone = {
        one: members
        for one, members in together.items()
        if (one.academic_year == year or (one.academic_year == year - 1 and one.year_group is not None))
        and (one.academic_year, one.year_group) not in leaving
        and len(members.pupils) >= rules.matching.least
        and all(until[pupil] < now.number for pupil in members.pupils)
    }
    for one, members in gone.items():
        if one.in_class and one._replace(in_class="") in gone:
            continue
        who = f"class {one.in_class}" if one.in_class else rules.years.label(one.year_group)
        when = Term(one.academic_year, Season.AUTUMN).academic_year_label
        found = f"all {len(members.pupils)} children of {who}{f' in {when}' if when else ''}, counted as having left"
        findings.add("class-gone", members.place, found, "results or a pupil list of this term")


def _together(rows: DataFrame, layouts: Layouts) -> Mapping[_Together, _Members]:
    """The children of every year group and class, with the first row of each."""
    names = ("who", "pupil", "academic_year", "year_group", "class", "table", "number")
    found: dict[_Together, _Members] = {}
    for who, pupil, year, group, in_class, table, number in zip(
        *(rows[name].astype("object").tolist() for name in names), strict=True
    ):
        known = int(group) if isinstance(group, int | float) else None
        for one in _groups(year, known, in_class) if who >= 0 else ():
            found.setdefault(one, _Members(layouts.place_in(table, number))).pupils.add(pupil)
    return found


def _groups(year: int, year_group: int | None, in_class: str) -> Iterator[_Together]:
    if year_group is not None:
        yield _Together(year, year_group, "")
    if in_class:
        yield _Together(year, year_group, in_class)


def _leaving(together: Mapping[_Together, _Members], year: int, years: YearRules) -> set[tuple[int, int | None]]:
    """The oldest year group of last year, where a key stage ends with it: its children go to another school."""
    groups = [one.year_group for one in together if one.academic_year == year - 1 and one.year_group is not None]
    oldest = max(groups, default=None)
    return {(year - 1, oldest)} if oldest in {stage.years[-1] for stage in years.key_stages} else set()
