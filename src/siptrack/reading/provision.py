"""What is provided to whom, from the school's own sheet: dates, numbers and ages understood, and each row's pupil."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.provision_sheets import ProvisionRows
from siptrack.reading.spelling import words
from siptrack.reading.values import read_date
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.place import Place
from siptrack.school.provision import PROVISION
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Years and months: 7:06, 7-06, 7y 6m; the time that a spreadsheet makes of 7:06 has seconds of nought behind it.
_AGE = re.compile(
    r"(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2})\s*(?:[:;-]|y(?:ea)?r?s?\.?,?(?: and)?)\s*(\d{1,2})\s*"
    r"(?::00(?:\.0+)?|m(?:on)?t?h?s?\.?)?",
    re.IGNORECASE,
)
_YEARS_ALONE = re.compile(r"(\d{1,2})\s*(?:y|yrs?|years?)\.?", re.IGNORECASE)
_MONTHS = 12
_TEXTS = ("intervention", "need", "staff", "entry", "exit", "notes")
_NUMBERS = ("planned", "attended", "minutes", "group_size", "cost", "wave")


class _When(NamedTuple):
    """The day and the term that a cell says; either may be missing."""

    day: date | None = None
    term: int | None = None


def read_provision(
    rows: ProvisionRows, known: KnownPupils, reader: HeadingReader, rules: Rules, findings: Findings
) -> Frame:
    """The provision of the pupils who are known.

    A row that fits no pupil or two is a problem and is set aside.
    """
    maker = _Maker(rows, reader, rules, findings)
    made = [maker.row(at) for at in range(len(rows.cells))]
    pupils = _pupils(rows, [when for _, when in made], known, findings)
    kept = [{**said, "pupil": pupil} for (said, _), pupil in zip(made, pupils, strict=True) if pupil]
    return PROVISION.of([said[name] for name in PROVISION.names] for said in kept)


class _Maker:
    """Understands the cells of each row."""

    def __init__(self, rows: ProvisionRows, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        self.rows, self.reader, self.rules, self.findings = rows, reader, rules, findings
        catalogue = rules.provision.catalogue.values()
        self.known = {words(name): material for material in catalogue for name in material.names}
        self.spelt: dict[str, str] = {}

    def row(self, at: int) -> tuple[dict[str, object], _When]:
        """A row's columns of PROVISION, all but the pupil; and when it starts."""
        row, cells = self.rows.layouts.rows[at], self.rows.cells[at]
        place = self.rows.layouts.place(row)
        numbers = {name: self._number(at, name) for name in _NUMBERS}
        material = self.known.get(words(cells["intervention"]))
        only = material.subjects[0] if material and len(material.subjects) == 1 else ""
        subject = self.reader.subject_of(cells.get("need", "")) or self.reader.subject_of(cells["intervention"]) or only
        start, end = self._dates(at)
        attended = self._attended(at, numbers["planned"], numbers["attended"])
        said: dict[str, object] = {
            **{name: cells.get(name, "") for name in _TEXTS},
            **numbers,
            "intervention": self.spelt.setdefault(words(cells["intervention"]), cells["intervention"]),
            "material": material.key if material else "",
            "attended": attended,
            "subject": subject,
            "wave": numbers["wave"] if numbers["wave"] is not None or material is None else material.wave,
            "start": start.day.isoformat() if start.day else "",
            "end": end.day.isoformat() if end.day else "",
            "start_term": start.term,
            "end_term": end.term,
            "entry_months": _age(cells.get("entry", "")),
            "exit_months": _age(cells.get("exit", "")),
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
        }
        return said, start

    def _place(self, at: int, name: str) -> Place:
        row = self.rows.layouts.rows[at]
        return self.rows.layouts.place(row, self.rows.columns[row.table][name] + 1)

    def _dates(self, at: int) -> tuple[_When, _When]:
        """When a row's intervention starts and ends; neither where it would end before it starts."""
        columns = self.rules.columns
        start = self._date(at, "start", columns.provision.starts_in)
        end = self._date(at, "end", columns.season_months)
        backwards = bool(start.day and end.day and end.day < start.day)
        earlier = start.term is not None and end.term is not None and end.term < start.term
        if backwards or (earlier and not (start.day and end.day)):
            self.findings.add("provision-dates", self._place(at, "end"), "an end before the start", "a later day")
            return _When(), _When()
        return start, end._replace(term=start.term) if earlier else end

    def _date(self, at: int, name: str, seasons: Mapping[int, Season]) -> _When:
        text = self.rows.cells[at].get(name, "")
        columns = self.rules.columns
        if day := read_date(text, columns.date_formats):
            season = seasons[day.month]
            return _When(day, Term(day.year - (season is not Season.AUTUMN), season).number)
        parts, rest = self.reader.finder.find(text)
        if parts.season is not None and parts.academic_year is not None and rest in ("", "term"):
            return _When(None, Term(parts.academic_year, parts.season).number)
        if not self._blank(text):
            self.findings.add("provision-unread", self._place(at, name), f"'{text}'", "a date such as 15/01/2026")
        return _When()

    def _number(self, at: int, name: str) -> float | None:
        """The one number in a cell, whatever unit stands with it; of a ratio such as 1:6 the children."""
        text = self.rows.cells[at].get(name, "")
        found = _NUMBER.findall(text)
        ratio = name == "group_size" and len(found) == 2  # noqa: PLR2004  # an adult to so many children
        if len(found) == 1 or ratio:
            return float(found[-1].replace(",", ""))
        if not self._blank(text):
            self.findings.add("provision-unread", self._place(at, name), f"'{text}'", "a number")
        return None

    def _blank(self, text: str) -> bool:
        return not text or words(text) in {words(blank) for blank in self.rules.columns.blank}

    def _attended(self, at: int, planned: float | None, attended: float | None) -> float | None:
        """The sessions attended; of a percentage, of those planned; none where more than were planned."""
        if attended is not None and "%" in self.rows.cells[at]["attended"]:
            attended = planned * attended / 100 if planned is not None else None
        if planned is None or attended is None or attended <= planned:
            return attended
        found = f"{attended:g} sessions attended of {planned:g} planned"
        self.findings.add("provision-sessions", self._place(at, "attended"), found, "no more than were planned")
        return None


def _age(text: str) -> int | None:
    """A reading or spelling age written as 7:06 or 7y 6m, in months; None for anything else, such as 7.10."""
    bare = text.strip()
    if years := _YEARS_ALONE.fullmatch(bare):
        return int(years[1]) * _MONTHS
    found = _AGE.fullmatch(bare)
    if found is None or int(found[2]) >= _MONTHS:
        return None
    return int(found[1]) * _MONTHS + int(found[2])


def _pupils(rows: ProvisionRows, starts: Sequence[_When], known: KnownPupils, findings: Findings) -> list[str]:
    """The pupil of each row, empty where none is known or two are.

    A class beside a name may be that of now or that of when it began; where these fit two children, neither is taken.
    """
    pupils = []
    for row, start in zip(rows.layouts.rows, starts, strict=True):
        place = rows.layouts.place(row)
        began = None if start.term is None else start.term // SEASONS_IN_A_YEAR
        fitting = known.find(row.texts, place, began)
        pupils.append(next(iter(fitting)) if len(fitting) == 1 else "")
        if len(fitting) != 1:
            _set_aside(place, findings, two=bool(fitting))
    return pupils


def _set_aside(place: Place, findings: Findings, *, two: bool) -> None:
    if two:
        findings.add("provision-two-pupils", place, "a row that fits more than one pupil", "one pupil's row")
        findings.set_aside("rows", "fits more than one pupil", place)
    else:
        findings.add("provision-no-pupil", place, "a pupil who is in no other sheet", "a pupil with results")
        findings.set_aside("rows", "provision of no known pupil", place)
