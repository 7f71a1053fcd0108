"""Which known pupil a row speaks of, found without changing who is known: by number, else by full name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

from siptrack.reading.mentions import names_key, surname_and_forename
from siptrack.reading.spelling import words
from siptrack.reading.values import YearGroupReader, read_date
from siptrack.rules.model import Rules
from siptrack.school.place import Place

if TYPE_CHECKING:
    from pandas import DataFrame

Known = Mapping[str, frozenset[str]]


class KnownPupils:
    """The pupils of a register, by everything that the files call them."""

    def __init__(self, rows: DataFrame, rules: Rules) -> None:
        known = rows[rows["who"] >= 0]
        pupils = known["pupil"].tolist()
        self.formats = rules.columns.date_formats
        self.no_upn = {words(text) for text in rules.columns.no_upn}
        self.corrected = {words(said): pupil for said, pupil in rules.pupils.items()}
        self.years = YearGroupReader(rules.years)
        self.keys = _index(pupils, map(words, pupils))
        self.upns = _index(pupils, known["upn"])
        self.ids = _index(pupils, map(words, known["id"]))
        self.names = _index(pupils, known["name_key"])
        self.births = _said(pupils, known["date_of_birth"])
        self.classes = _said(pupils, map(words, known["class"]))
        self.year_groups = _said(pupils, known["year_group"].astype("object"))

    def find(self, said: Mapping[str, str], place: Place) -> frozenset[str]:
        """The pupils that fit what a row says (its texts by role): one where it is certain, none, or several.

        Where its number and its name are of different children, it fits them all.
        """
        found = [one for one in self._candidates(said, place) if one]
        if not found:
            return frozenset()
        common = frozenset.intersection(*found)
        return self._narrowed(common, said) if common else frozenset.union(*found)

    def _candidates(self, said: Mapping[str, str], place: Place) -> Iterable[frozenset[str]]:
        """Whom each of the things that a row says fits."""
        none: frozenset[str] = frozenset()
        surname, forename = surname_and_forename(said)
        pupil = self.corrected.get(words(place.label)) or self.corrected.get(words(f"{surname}, {forename}"))
        if pupil:
            yield self._called(pupil)
            return
        upn = said.get("upn", "")
        if upn and words(upn) not in self.no_upn:
            yield self.upns.get("".join(upn.split()).upper(), none)
        if said.get("key"):
            yield self._called(said["key"])
        if said.get("id"):
            yield self.ids.get(words(said["id"]), none)
        name = said.get("name", "")
        yield self._called(name) if name and not (said.get("surname") or forename) else none
        yield self.names.get(names_key(f"{surname} {forename}"), none)

    def _called(self, text: str) -> frozenset[str]:
        """The pupils of that key, UPN or id; else of that name."""
        none: frozenset[str] = frozenset()
        plain = words(text)
        named = self.names.get(names_key(text.replace(",", " ")), none)
        return self.keys.get(plain) or self.upns.get("".join(text.split()).upper()) or self.ids.get(plain) or named

    def _narrowed(self, fitting: frozenset[str], said: Mapping[str, str]) -> frozenset[str]:
        """Of several, those with the birthday, class or year group that the row says, where any of them has it."""
        birth = read_date(said.get("date_of_birth", ""), self.formats)
        for known, value in (
            (self.births, birth.isoformat() if birth else ""),
            (self.classes, words(said.get("class", ""))),
            (self.year_groups, self.years.read(said.get("year_group", ""))),
        ):
            if len(fitting) > 1 and value not in ("", None):
                fitting = frozenset(pupil for pupil in fitting if value in known[pupil]) or fitting
        return fitting


def _index(pupils: Iterable[str], called: Iterable[str]) -> Known:
    """The pupils by what they are called."""
    index: defaultdict[str, set[str]] = defaultdict(set)
    for pupil, name in zip(pupils, called, strict=True):
        if name:
            index[name].add(pupil)
    return {name: frozenset(fitting) for name, fitting in index.items()}


def _said(pupils: Iterable[str], values: Iterable[Hashable]) -> Mapping[str, set[Hashable]]:
    """What is said anywhere of each pupil."""
    said: defaultdict[str, set[Hashable]] = defaultdict(set)
    for pupil, value in zip(pupils, values, strict=True):
        said[pupil].add(value)
    return said
