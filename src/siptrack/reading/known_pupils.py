"""Which known pupil a row speaks of, found without changing who is known: by number, else by full name.

Every further sheet about known pupils, of actions or of provision, asks here. What a row says beside a name may speak
against a pupil: another birthday, another year group, or a class of other children in a year in which the pupil's own
is known. A class that the files do not know says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from siptrack.reading.headings import NUMBER_ROLES
from siptrack.reading.identity.numbers import number_key
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.names import Names, may_be_same_name, names_in, names_key, surname_and_forename
from siptrack.reading.schools import OfASchool
from siptrack.reading.spelling import name_key, words
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader, read_date
from siptrack.rules.model import Rules
from siptrack.school.place import Place

Known = Mapping[str, frozenset[str]]
_T = TypeVar("_T")
_NOBODY: frozenset[str] = frozenset()


class _Details(NamedTuple):
    """What a row says of its pupil beside number and name; its class and year group may be of any of the `years`."""

    born: str
    school_class: str
    years: frozenset[int]
    cohorts: frozenset[int]


class KnownPupils:
    """The pupils of a register, by everything that the files call them."""

    def __init__(self, known: Sequence[PupilRow], rules: Rules, where: OfASchool) -> None:
        self.where = where
        self.school_of = {pupil_row.pupil: pupil_row.row.school for pupil_row in known}
        pupils = [pupil_row.pupil for pupil_row in known]
        self.formats = rules.columns.date_formats
        self.no_upn = {words(text) for text in rules.columns.no_upn}
        self.corrected = {words(written): pupil for written, pupil in rules.pupils.items()}
        self.year_groups = YearGroupReader(rules.years)
        self.keys = _index(pupils, map(words, pupils))
        self.upns = _index(pupils, (pupil_row.upn for pupil_row in known))
        self.ids = _of_each(pupils, (pupil_row.numbers for pupil_row in known))
        self.names = _of_each(pupils, (pupil_row.names.keys for pupil_row in known))
        self.called = _every_value(pupils, (pupil_row.names if pupil_row.names.keys else None for pupil_row in known))
        self.births = _every_value(pupils, (pupil_row.date_of_birth or None for pupil_row in known))
        classes = [(pupil_row.academic_year, name_key(pupil_row.row.texts.get("class", ""))) for pupil_row in known]
        self.newest = max((pupil_row.academic_year for pupil_row in known), default=0)
        self.classes = _every_value(pupils, ((year, name) if name else None for year, name in classes))
        self.every_class = frozenset[tuple[int, str]]().union(*self.classes.values())
        groups = [(pupil_row.academic_year, pupil_row.year_group) for pupil_row in known]
        self.cohorts = _every_value(pupils, (None if group is None else year - group for year, group in groups))

    def find(self, texts: Mapping[str, str], place: Place, year: int | None = None) -> frozenset[str]:
        """The pupils that fit what a row says (its texts by role): one where it is certain, none, or several.

        Its class and year group may be today's or those of the academic `year` that the row is about. Where its number
        and its name are of different children, it fits them all.
        """
        details = self._details(texts, self.newest if year is None else year)
        school = self.where.schools.school_named(texts)
        found = [
            here
            for candidates in self._candidates(texts, place, details)
            if (here := frozenset(pupil for pupil in candidates if not school or self.school_of[pupil] == school))
        ]
        if not found:
            return _NOBODY
        common = frozenset.intersection(*found)
        return self._narrowed(common, details) if common else frozenset.union(*found)

    def _details(self, texts: Mapping[str, str], year: int) -> _Details:
        born = read_date(texts.get("date_of_birth", ""), self.formats)
        years = frozenset({self.newest, year})
        group = self.year_groups.read(texts.get("year_group", ""))
        if group is None or group == OUT_OF_RANGE:
            group = self.year_groups.of_class(texts.get("class", ""))
        cohorts = frozenset(() if group is None else (year - group for year in years))
        return _Details(born.isoformat() if born else "", name_key(texts.get("class", "")), years, cohorts)

    def _candidates(self, texts: Mapping[str, str], place: Place, details: _Details) -> Iterable[frozenset[str]]:
        """Whom each of the things that a row says fits."""
        surname, forename = surname_and_forename(texts)
        pupil = self.corrected.get(words(place.label)) or self.corrected.get(words(f"{surname}, {forename}"))
        if pupil:
            yield self._called(pupil, details)
            return
        upn = texts.get("upn", "")
        if upn and words(upn) not in self.no_upn:
            yield self.upns.get("".join(upn.split()).upper(), _NOBODY)
        if texts.get("key"):
            yield self._called(texts["key"], details)
        names = names_in(texts)
        for role in NUMBER_ROLES[1:]:
            numbered = self.ids.get(number_key(texts.get(role, "")), _NOBODY)
            yield frozenset(who for who in numbered if self._may_be_called(who, names, details))
        whole = texts.get("name", "")
        yield self._called(whole, details) if whole and not (texts.get("surname") or forename) else _NOBODY
        yield frozenset[str]().union(*(self._named(name, details) for name in names.keys))

    def _called(self, text: str, details: _Details) -> frozenset[str]:
        """The pupils of that key, UPN or id; else of that name."""
        plain = words(text)
        numbered = (
            self.keys.get(plain) or self.upns.get("".join(text.split()).upper()) or self.ids.get(number_key(text))
        )
        return numbered or self._named(names_key(text), details)

    def _named(self, name: str, details: _Details) -> frozenset[str]:
        """The pupils of that name against whom nothing speaks."""
        return frozenset(pupil for pupil in self.names.get(name, _NOBODY) if not self._speaks_against(pupil, details))

    def _may_be_called(self, pupil: str, names: Names, details: _Details) -> bool:
        """Whether a row with a pupil's number may be that pupil's: numbers of another kind may be the same."""
        called = self.called[pupil]
        return not called or details.born in self.births[pupil] or any(may_be_same_name(names, name) for name in called)

    def _speaks_against(self, pupil: str, details: _Details) -> bool:
        """Whether a row of the pupil's name is another child's, by its birthday, class or year group."""
        births, cohorts = self.births[pupil], self.cohorts[pupil]
        if births and details.born and details.born not in births:
            return True
        if details.school_class in {name for _, name in self.classes[pupil]}:
            return False
        elsewhere = all((year, details.school_class) in self.every_class for year in details.years)
        if elsewhere and details.years <= {year for year, _ in self.classes[pupil]}:
            return True
        return bool(cohorts and details.cohorts) and not cohorts & details.cohorts

    def _narrowed(self, fitting: frozenset[str], details: _Details) -> frozenset[str]:
        """Of several, those with the birthday, class or year group that the row says, where any of them has it."""
        then = {(year, details.school_class) for year in details.years}
        for having in (
            frozenset(pupil for pupil in fitting if details.born in self.births[pupil]),
            frozenset(pupil for pupil in fitting if then & self.classes[pupil]),
            frozenset(pupil for pupil in fitting if details.cohorts & self.cohorts[pupil]),
        ):
            fitting = fitting & having or fitting
        return fitting


def _index(pupils: Iterable[str], called: Iterable[str]) -> Known:
    """The pupils by what they are called."""
    index: defaultdict[str, set[str]] = defaultdict(set)
    for pupil, name in zip(pupils, called, strict=True):
        if name:
            index[name].add(pupil)
    return {name: frozenset(fitting) for name, fitting in index.items()}


def _of_each(pupils: Iterable[str], called: Iterable[Iterable[str]]) -> Known:
    """The pupils by each of the things that they are called."""
    pairs = [(pupil, name) for pupil, names in zip(pupils, called, strict=True) for name in names]
    return _index((pupil for pupil, _ in pairs), (name for _, name in pairs))


def _every_value(pupils: Iterable[str], values: Iterable[_T | None]) -> Mapping[str, frozenset[_T]]:
    """Every value that stands anywhere for each pupil, blanks left out."""
    found: defaultdict[str, set[_T]] = defaultdict(set)
    for pupil, value in zip(pupils, values, strict=True):
        found[pupil] |= set() if value is None else {value}
    return {pupil: frozenset(known) for pupil, known in found.items()}
