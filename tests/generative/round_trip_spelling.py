"""The many ways in which schools write one and the same thing, taken from the rules and drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from registers import usual_rules
from siptrack.school.register import NOT_RECORDED
from siptrack.school.term import Season, Term

Cell = str | int | date

NOT_RECORDED_TEXTS = ("", "", "", "-", "?", "Not known", "NOBT", "REFU", "n/k")
MARKS = ("*", "?", " (mod)", "!", "#")
EXTRA_WORDS = ("final", "NEW", "(moderated)", "Mrs Khan", "5H", "Elm class", "teacher judgement", "v2")
MONTHS = {Season.AUTUMN: (9, 12), Season.SPRING: (1, 4), Season.SUMMER: (5, 8)}


class Speller:
    """Writes headings, terms, grades and the rest, each time in another way."""

    def __init__(self, random: Random) -> None:
        self.random, self.rules = random, usual_rules()

    def often(self, chance: float) -> bool:
        return self.random.random() < chance

    def one(self, of: Sequence[str]) -> str:
        return self.random.choice(of)

    def loosely(self, text: str) -> str:
        """The text in other capitals, with spaces round it."""
        changed = self.random.choice([text, text, text, text.upper(), text.lower(), text.title()])
        return self.random.choice([changed, changed, changed, f" {changed}", f"{changed}  "])

    def role(self, role: str) -> str:
        return self.loosely(self.one(self.rules.columns.roles[role]))

    def characteristic(self, key: str) -> str:
        return self.loosely(self.one(self.rules.groups.characteristics[key].headings))

    def subject(self, subject: str) -> str:
        return self.loosely(self.one(self.rules.columns.subjects[subject].headings))

    def season(self, term: Term) -> str:
        return self.loosely(self.one(self.rules.columns.seasons[term.season]))

    def term(self, term: Term) -> str:
        """Autumn 2025, 2025/26 Aut, Aut 25; the season alone where the school names no year."""
        season = self.season(term).strip()
        if not term.dated:
            return season
        begins, falls = term.academic_year, term.academic_year + (term.season is not Season.AUTUMN)
        spans = [f"{begins}{sign}{(begins + 1) % 100:02d}" for sign in "-/"]
        spans += [f"{begins}-{begins + 1}", f"{begins % 100:02d}-{(begins + 1) % 100:02d}"]
        glued = [f"{season}{falls % 100:02d}"] if season.isalpha() else []
        return self.random.choice(
            [f"{season} {falls}", f"{season} {falls % 100:02d}", *glued]
            + [form for span in spans for form in (f"{season} {span}", f"{span} {season}")]
        )

    def academic_year(self, term: Term) -> str:
        begins = term.academic_year
        return self.one([f"{begins}-{(begins + 1) % 100:02d}", f"{begins}/{begins + 1}"])

    def subject_in_term(self, subject: str, term: Term) -> str:
        said, when = self.subject(subject).strip(), self.term(term)
        both = self.one([f"{said} {when}", f"{when} {said}", f"{said} - {when}", f"{when}: {said}", f"{said}\n{when}"])
        # One letter is a subject only where nothing else stands beside it: M may be Miss M.
        return f"{both} {self.one(EXTRA_WORDS)}" if len(said) > 1 and self.often(0.2) else both

    def day(self, day: date) -> Cell:
        if self.often(0.3):
            return day
        return self.one([day.strftime(form) for form in self.rules.columns.date_formats.formats])

    def day_in(self, term: Term) -> Cell:
        year = term.academic_year + (term.season is not Season.AUTUMN)
        return self.day(date(year, self.random.randint(*MONTHS[term.season]), self.random.randint(1, 28)))

    def year_group(self, year_group: int) -> Cell:
        prefixed = [f"{prefix} {year_group}" for prefix in ("Year", "Y", "Yr", "NCY", "year group")]
        return self.random.choice([year_group, str(year_group), f"Y{year_group}", *prefixed])

    def group(self, characteristic: str, key: str) -> Cell:
        if key == NOT_RECORDED:
            return self.one(NOT_RECORDED_TEXTS)
        group = self.rules.groups.characteristics[characteristic].groups[key]
        written = self.one([group.label, *([key] if key.isupper() else []), *group.spellings, *group.words])
        return int(written) if written in ("0", "1") and self.often(0.5) else self.loosely(written)

    def tick(self, *, ticked: bool) -> Cell:
        columns = self.rules.columns
        written = self.one(columns.ticked if ticked else [*columns.unticked, *[""] * len(columns.unticked)])
        return int(written) if written in ("0", "1") and self.often(0.5) else written

    def grade(self, scale: str, grade: str) -> str:
        """The grade or one of its spellings, sometimes with a prefix before it or a mark after it."""
        known = self.rules.scales[scale]
        code = next((code for code in known.codes if code.code == grade), None)
        if code:
            return self.loosely(self.one([grade, *code.spellings]))
        written = self.one([grade, grade, grade, *known.by_code[grade].spellings])
        if known.prefixes and self.often(0.1):
            written = f"{self.one(known.prefixes)} {written}"
        return self.loosely(written) if self.often(0.9) else written + self.one(MARKS)
