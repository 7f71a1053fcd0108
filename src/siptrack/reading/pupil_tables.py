"""The tables of pupils: one row a child from all that the files say, the pupil list's word first, then the latest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from siptrack.reading.ages import read_ages
from siptrack.reading.calendar import NEVER
from siptrack.reading.characteristics import characteristics_by_term, newest_characteristics
from siptrack.reading.findings import Findings
from siptrack.reading.identity.out_of_year import report_out_of_year
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.reading.on_roll import terms_on_roll
from siptrack.reading.percents import read_percentages
from siptrack.rules.model import Rules
from siptrack.school.ages import AGES
from siptrack.school.frame import Frame
from siptrack.school.register import HISTORIES, PERCENTAGES, PLACEMENTS, PUPILS


class PupilTables(NamedTuple):
    """The tables of pupils (with their newest characteristics), placements, characteristics by term, and the rest.

    `rows` are those about pupils, in the order of the files, with the keys of the pupils who are known.
    """

    pupils: Frame
    placements: Frame
    histories: Frame
    percentages: Frame
    ages: Frame
    rows: Sequence[PupilRow]

    @property
    def known(self) -> list[PupilRow]:
        """The rows whose pupil is known."""
        return [row for row in self.rows if row.who is not None]

    @property
    def until(self) -> dict[str, int]:
        """The number of the last term in which each pupil is on roll."""
        return dict(self.pupils.in_rows("pupil", "on_roll_until"))


@dataclass
class ChildDetails:
    """The first value of each detail in a child's rows."""

    upn: str = ""
    id: str = ""
    date_of_birth: str = ""
    in_class: str = ""
    surname: str = ""
    forename: str = ""
    school: str = ""

    def add(self, pupil_row: PupilRow) -> None:
        """Take from one more row what is not yet known; a surname and a forename are of one row."""
        self.upn, self.id = self.upn or pupil_row.upn, self.id or pupil_row.id
        self.date_of_birth, self.in_class = (
            self.date_of_birth or pupil_row.date_of_birth,
            self.in_class or pupil_row.in_class,
        )
        self.school = self.school or pupil_row.row.school
        if not (self.surname or self.forename):
            self.surname, self.forename = pupil_row.surname, pupil_row.forename


class KnownChildren(NamedTuple):
    """Rows with the keys of their pupils, those of known pupils with the word that counts most first, and the pupils.

    `called` are the details of each by the key, `placements` the table of year groups and classes.
    """

    rows: Sequence[PupilRow]
    best_first: Sequence[PupilRow]
    called: Mapping[str, ChildDetails]
    placements: Frame


def pupil_tables(rows: Sequence[PupilRow], layouts: Layouts, rules: Rules, findings: Findings) -> PupilTables:
    """What is known of each pupil."""
    keyed, best_first, called, placements = known_children(rows, layouts, rules, findings)
    on_roll = terms_on_roll(best_first, layouts, rules.columns)
    percentages = read_percentages(keyed, layouts, rules, findings)
    histories = characteristics_by_term(best_first, percentages, layouts, rules, findings)
    pupils = sorted(called, key=lambda pupil: (called[pupil].surname, called[pupil].forename, pupil))
    born = {pupil: child.date_of_birth for pupil, child in called.items()}
    table = PUPILS.of(_pupil(pupil, called[pupil], on_roll[pupil]) for pupil in pupils)
    _report_missing_from_list(best_first, layouts, findings)
    return PupilTables(
        pupils=table.having(newest_characteristics(histories, pupils, rules.groups)),
        placements=placements,
        histories=HISTORIES.of(histories),
        percentages=PERCENTAGES.of(percentages.numbers),
        ages=AGES.of(read_ages(keyed, born, layouts, rules, findings)),
        rows=keyed,
    )


def known_children(rows: Sequence[PupilRow], layouts: Layouts, rules: Rules, findings: Findings) -> KnownChildren:
    """Who the children of these rows are; what the rows say twice and differently is reported."""
    order = sorted((at for at, row in enumerate(rows) if row.who is not None), key=lambda at: _best_first(rows[at]))
    children = _children(rows[at] for at in order)
    several = layouts.of_several_schools
    if several is None:
        several = len({child.school for child in children.values()}) > 1
    key_of = dict(zip(children, _keys([*children.values()], several=several), strict=True))
    keyed = _with_keys(rows, key_of)
    best_first = [keyed[at] for at in order]
    _report_two_names(best_first, layouts, findings)
    report_out_of_year(best_first, layouts, rules.years, findings)
    called = {key_of[who]: child for who, child in children.items()}
    return KnownChildren(keyed, best_first, called, _placements(best_first, layouts, findings))


def _best_first(pupil_row: PupilRow) -> tuple[object, ...]:
    """What puts the rows in order: the pupil list's first, then the latest; the rest breaks ties."""
    called = (
        pupil_row.surname,
        pupil_row.forename,
        pupil_row.upn,
        pupil_row.id,
        pupil_row.date_of_birth,
        pupil_row.in_class,
    )
    return (not pupil_row.is_list, -pupil_row.last_term, *called)


def _children(best_first: Iterable[PupilRow]) -> dict[int, ChildDetails]:
    """The details of each child, by the child's number."""
    children: defaultdict[int, ChildDetails] = defaultdict(ChildDetails)
    for pupil_row in best_first:
        if pupil_row.who is not None:
            children[pupil_row.who].add(pupil_row)
    return dict(sorted(children.items()))


def _with_keys(rows: Iterable[PupilRow], key_of: Mapping[int, str]) -> list[PupilRow]:
    """The rows, each with its pupil's key where the pupil is known."""
    return [row if row.who is None else row._replace(pupil=key_of[row.who]) for row in rows]


def _pupil(pupil: str, child: ChildDetails, on_roll: tuple[int, int]) -> tuple[object, ...]:
    """A row of the table PUPILS."""
    return pupil, child.upn, child.surname, child.forename, child.school, child.date_of_birth, *on_roll


def _keys(children: Sequence[ChildDetails], *, several: bool) -> list[str]:
    """The UPN, else the id, else the name, with the date of birth or class, so that no two pupils share a key.

    A number that stands on two names is nobody's key. Where schools are `several`, other numbers and names begin again.
    """
    keys = []
    numbers = [child.upn or (child.id and child.id + _of_school(child, several=several)) for child in children]
    borne = Counter(numbers)
    met: Counter[str] = Counter()
    for child, number in zip(children, numbers, strict=True):
        name = _full_name(child)
        is_own = number and (borne[number] == 1 or not name)
        key = number if is_own else name + _of_school(child, several=several)
        met[key] += 1
        keys.append(key if met[key] == 1 else f"{key} [{met[key]}]")
    return keys


def _of_school(child: ChildDetails, *, several: bool) -> str:
    return f", {child.school}" if several and child.school else ""


def _full_name(child: ChildDetails) -> str:
    """The name, else the id, with the date of birth or class."""
    name = f"{child.surname}, {child.forename}".removesuffix(", ") or child.id
    more = child.date_of_birth or child.in_class
    return f"{name} ({more})" if more else name


def _report_two_names(known: Sequence[PupilRow], layouts: Layouts, findings: Findings) -> None:
    """Report rows of one number which give a name or date of birth that no row of it before gives."""
    given: tuple[dict[tuple[str, str], set[str]], ...] = ({}, {})
    seen: set[tuple[object, ...]] = set()
    for pupil_row in known:
        who = pupil_row.pupil, pupil_row.upn, id(pupil_row.numbers), id(pupil_row.names), pupil_row.date_of_birth
        if who in seen:  # it says nothing new
            continue
        seen.add(who)
        details = pupil_row.names.keys, frozenset({pupil_row.date_of_birth} - {""})
        for so_far_of, keys, what in zip(given, details, ("another name", "another date of birth"), strict=True):
            numbers = sorted({pupil_row.upn, *pupil_row.numbers} - {""})
            before = [so_far_of.setdefault((pupil_row.pupil, number), set(keys)) for number in numbers]
            if keys and any(so_far and so_far.isdisjoint(keys) for so_far in before):
                found = f"{what} than elsewhere for the same number"
                findings.add("two-identities", layouts.place(pupil_row.row), found, "one pupil's details")
            for so_far in before:
                so_far.update(keys)


def _placements(known: Sequence[PupilRow], layouts: Layouts, findings: Findings) -> Frame:
    """Year group and class by pupil and academic year; a second year group in one year is reported."""
    groups: dict[tuple[str, int], int] = {}
    classes: dict[tuple[str, int], str] = {}
    for pupil_row in known:
        when = pupil_row.pupil, pupil_row.academic_year
        classes[when] = classes.get(when) or pupil_row.in_class
        if pupil_row.year_group is None:
            continue
        taken = groups.setdefault(when, pupil_row.year_group)
        if taken != pupil_row.year_group:
            found = f"year group {pupil_row.year_group}, and {taken} elsewhere in that school year"
            for place in layouts.places(pupil_row.row):
                findings.add("year-group-clash", place, found, "one year group a year")
    return PLACEMENTS.of((*when, groups.get(when), classes[when]) for when in sorted(classes))


def _report_missing_from_list(known: Sequence[PupilRow], layouts: Layouts, findings: Findings) -> None:
    """Where there is a pupil list, report how many pupils with results in the newest term are not in it."""
    lists: defaultdict[int, set[str]] = defaultdict(set)
    for pupil_row in known:
        if pupil_row.is_list:
            lists[pupil_row.row.table].add(pupil_row.pupil)
    newest = max((pupil_row.last_term for pupil_row in known), default=NEVER)
    if not lists or newest == NEVER:
        return
    missing = {pupil_row.pupil for pupil_row in known if pupil_row.last_term == newest}.difference(*lists.values())
    if missing:
        longest = max(sorted(lists), key=lambda table: len(lists[table]))  # which is likeliest to be the roll
        found = f"{len(missing)} pupils with results in the newest term who are not listed"
        findings.add("not-in-list", layouts.tables[longest].context.place(), found, "every pupil on roll")
