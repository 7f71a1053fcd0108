"""What each row says of who its pupil is, each different saying made into a mention once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.joining import Mention
from siptrack.reading.layout import Layouts
from siptrack.reading.rows import Row
from siptrack.reading.spelling import name_key, words
from siptrack.reading.values import YearGroupReader, read_date
from siptrack.rules.model import Rules
from siptrack.school.term import Season, Term

_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]")


def make_mentions(layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> Sequence[Mention]:
    """The mention of each row, in the order of `layouts.rows`."""
    maker = _Mentions(layouts, dated, rules, findings)
    return [
        maker.mention(row, year.academic_year, year.year_group)
        for row, year in zip(layouts.rows, dated.rows, strict=True)
    ]


def surname_and_forename(texts: Mapping[str, str]) -> tuple[str, str]:
    """Both names; a single column with a comma is split there, one without stays whole."""
    surname, forename, name = (texts.get(role, "") for role in ("surname", "forename", "name"))
    if surname or forename:
        return surname, forename
    surname, _, forename = name.partition(",")
    return surname.strip(), forename.strip()


def names_key(text: str) -> str:
    """The key of a full name: its parts without accents and signs, in one order whichever way round they stand."""
    return " ".join(sorted(filter(None, map(name_key, text.split()))))


class _Mentions:
    """Makes mentions, as the school's settings correct them; an oddity is reported where it first stands."""

    def __init__(self, layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> None:
        self.layouts, self.findings = layouts, findings
        self.formats = rules.columns.date_formats
        self.newest = Term(dated.newest, Season.AUTUMN)
        self.ages, self.years = rules.years.ages, YearGroupReader(rules.years)
        self.no_upn = set(map(words, rules.columns.no_upn))
        self.corrected = {words(said): pupil for said, pupil in rules.pupils.items()}
        self.ids = {words(row.texts.get("id", "")) for row in layouts.rows} - {""}
        self.upns: dict[str, str] = {}
        self.same: dict[tuple[int, int, int | None], Mention] = {}

    def mention(self, row: Row, academic_year: int, year_group: int | None) -> Mention:
        """The mention of a row; rows that say the same share one."""
        said = (id(row.texts), academic_year, year_group)
        if said not in self.same:
            self.same[said] = self._made(row, academic_year, year_group)
        mention = self.same[said]
        pupil = self.corrected and self.corrected.get(words(self.layouts.place(row).label))
        return self._as(mention, pupil) if pupil else mention

    def _made(self, row: Row, academic_year: int, year_group: int | None) -> Mention:
        surname, forename = surname_and_forename(row.texts)
        preferred = row.texts.get("preferred_name", "")
        full = f"{surname} {preferred}" if len(preferred.split()) == 1 else preferred
        said_class = row.texts.get("class", "")
        school_class = name_key(said_class)
        if year_group is not None and self.years.read(said_class) == year_group:
            school_class = ""  # a class that is called Year 5 says no more than the year group does
        mention = Mention(
            upn=self._upn(row),
            id=words(row.texts.get("id", "")),
            name=names_key(f"{surname} {forename}"),
            date_of_birth=self._birth(row),
            class_in_year=(academic_year, school_class) if school_class else None,
            cohort=academic_year - year_group if year_group is not None else None,
            also_named=names_key(full) if preferred else "",
        )
        pupil = self.corrected.get(words(f"{surname}, {forename}"))
        return self._as(mention, pupil) if pupil else mention

    def _as(self, mention: Mention, pupil: str) -> Mention:
        """The mention as of the pupil whom siptrack.yaml names by UPN, id or name."""
        if _UPN.fullmatch(pupil.strip().upper()):
            return replace(mention, upn=pupil.strip().upper())
        if words(pupil) in self.ids:
            return replace(mention, id=words(pupil))
        return replace(mention, name=names_key(pupil.replace(",", " ")))

    def _upn(self, row: Row) -> str:
        """The UPN, empty for a code that stands for none; one with a wrong check letter is used, and said so once."""
        text = row.texts.get("upn", "")
        if text not in self.upns:
            self.upns[text] = "" if words(text) in self.no_upn else "".join(text.split()).upper()
            if self.upns[text] and not _is_upn(self.upns[text]):
                found = "a UPN of another form, or whose first letter does not fit"
                self.findings.add("upn-check-letter", self.layouts.place(row), found, "a UPN such as R201100018042")
        return self.upns[text]

    def _birth(self, row: Row) -> str:
        """The date of birth as 2015-03-01; empty, and a problem, when what is written is no date."""
        text = row.texts.get("date_of_birth", "")
        day = read_date(text, self.formats)
        if text and day is None:
            found = "a date of birth that is not a date"
            self.findings.add("implausible-date", self.layouts.place(row), found, "dd/mm/yyyy")
        elif day and self.newest.dated and self.newest.academic_year - day.year not in self.ages:
            found = f"a birthday in {day.year}, which is no pupil's"
            self.findings.add("implausible-date", self.layouts.place(row), found, "a primary pupil's date of birth")
            return ""
        return day.isoformat() if day else ""


def _is_upn(text: str) -> bool:
    """Whether a text has the form of a UPN and the check letter that its number asks for."""
    from stdnum.gb.upn import calc_check_digit

    return bool(_UPN.fullmatch(text)) and text[0] == calc_check_digit(text[1:])
