"""What a column holds, from its heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from siptrack.reading.age_headings import AgeHeading, AgeHeadings
from siptrack.reading.grades import ScaleReader
from siptrack.reading.labels import Labels
from siptrack.reading.slips import Slips
from siptrack.reading.spelling import Phrases, words
from siptrack.reading.terms import NO_TERM, TermFinder, TermParts
from siptrack.reading.vocabulary import HeadingParts, Part, Vocabulary
from siptrack.rules.model import ColumnRules, HeadingRule, KnownExport, Rules
from siptrack.rules.patterns import matches
from siptrack.school.ages import TEST_DATE
from siptrack.school.groups import GroupRules

UPN_ROLE = "upn"
NUMBER_ROLES = (UPN_ROLE, "admission_number", "student_number", "id", "matching_reference")
PUPIL_ROLES = (*NUMBER_ROLES, "surname", "forename", "name", "legal_surname", "legal_forename")
SCHOOL_ROLES = ("school", "urn", "dfe_number", "establishment_number")


class ColumnKind(StrEnum):
    """The sorts of column there are."""

    ROLE = "role"  # something about the pupil or the row: UPN, class, term
    CHARACTERISTIC = "characteristic"
    GROUP = "group"  # ticked for the pupils of one group
    RESULT = "result"
    TARGET = "target"
    AGE = "age"  # of reading or spelling, the child's own beside it, or the day of the test
    PASSED_OVER = "passed over"  # known, and of no use here
    UNKNOWN = "unknown"


class How(StrEnum):
    """How a heading came to be understood, from the surest on."""

    SCHOOL = "fixed in siptrack.yaml"
    EXPORT = "known in this export"
    KNOWN = "a known heading"
    WORDS = "from its words"
    NOT = "not understood"


class Meaning(NamedTuple):
    """What a heading says: `name` is a role, a characteristic or a subject (empty when the heading names none).

    `group` is the one that is ticked, or sets apart several columns of one characteristic. `test` is whether its
    results are a test's; None where it does not say; `measure` is what kind of mark they are. `scale` is named by a
    known export. An age has its kind as `name`, the test as `group` and, where the heading says it, the unit as
    `measure`. `settled`: it is the judgement that stands. `unknown` are words that say nothing to siptrack, and
    `slips` words with what each was taken for. Of a column that is passed over, `name` says what it is. `percent`: a
    characteristic that is written as a percentage, of a term where the heading names one.
    """

    kind: ColumnKind
    name: str = ""
    term: TermParts = NO_TERM
    group: str = ""
    year_alone: bool = False
    how: How = How.KNOWN
    test: bool | None = None
    measure: str = ""
    scale: str = ""
    settled: bool = False
    unknown: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()
    percent: bool = False

    @property
    def claim(self) -> tuple[ColumnKind, str, str, TermParts, bool, str]:
        """What no two columns of a sheet may both be; a test and a judgement are two things, and two kinds of mark."""
        return self.kind, self.name, self.group, self.term, bool(self.test), self.measure

    @property
    def names_pupil(self) -> bool:
        """Whether it says who the pupil is, as UPN and Surname do."""
        return self.kind is ColumnKind.ROLE and self.name in PUPIL_ROLES

    @property
    def holds_results(self) -> bool:
        """Whether it is of results or targets, of one subject or of each row's."""
        return self.kind in (ColumnKind.RESULT, ColumnKind.TARGET) or (
            self.kind is ColumnKind.ROLE and self.name == "result"
        )

    @property
    def sure(self) -> bool:
        """Whether every word of the heading is accounted for."""
        return self.kind is not ColumnKind.UNKNOWN and not self.unknown and not self.slips

    @property
    def raw(self) -> bool:
        """Whether the marks are as they were counted, and so on no scale."""
        return Part.RAW.value in self.measure.split()


NOT_USED = (ColumnKind.UNKNOWN, ColumnKind.PASSED_OVER)
NOT_UNDERSTOOD = Meaning(ColumnKind.UNKNOWN, how=How.NOT)
_KINDS = {
    "role": ColumnKind.ROLE,
    "characteristic": ColumnKind.CHARACTERISTIC,
    "group": ColumnKind.GROUP,
    "subject": ColumnKind.RESULT,
    "target": ColumnKind.TARGET,
    "age": ColumnKind.AGE,
    "ignored": ColumnKind.PASSED_OVER,
}
_OF_RESULTS = (Part.SUBJECT, Part.MAKER, Part.MEASURE, Part.RAW, Part.TEST, Part.JUDGEMENT)
_OF_A_RESULT = ("academic_year", "term", "date", "subject", "result")  # roles that say nothing of the pupil
_OF_A_YEAR = ("class", "year_group")
_SHORTEST_GROUP = 4  # shorter headings, such as Y, are no group's name


class AboutPupil:
    """Knows headings about the pupil in any order of their words, and those that say it twice: `Disadvantaged (PP)`."""

    def __init__(self, exact: Mapping[str, Meaning], fillers: Iterable[str]) -> None:
        # A column that ticks a group's pupils is known by its whole heading only: "Other" may be anything.
        self.known = {
            text: meaning
            for text, meaning in exact.items()
            if meaning.how is How.KNOWN
            and meaning.kind in (ColumnKind.ROLE, ColumnKind.CHARACTERISTIC)
            and meaning.name not in _OF_A_RESULT
        }
        self.fillers, self.phrases = Phrases(map(words, fillers)), Phrases(self.known)
        self.words = {word for phrase in (*self.fillers.known, *self.known) for word in phrase.split()}
        self.in_order = {self._core(text): meaning for text, meaning in self.known.items()}

    def meant(self, plain: str) -> Meaning | None:
        """What the words mean, those left out that say nothing more; None where any other word is left."""
        if not self.words.issuperset(plain.split()):  # as of nearly every cell below the headings
            return None
        if (core := self._core(plain)) in self.in_order:
            return self.in_order[core]
        found, left = self.phrases.taken_from(" ".join(self.fillers.taken_from(plain)[1]))
        meanings = [self.known[phrase] for phrase in found]
        same = len({(meaning.kind, meaning.name) for meaning in meanings}) == 1
        return meanings[0] if same and not left else None

    def _core(self, plain: str) -> str:
        """The words in one order, without those that say nothing more."""
        return " ".join(sorted(self.fillers.taken_from(plain)[1] or plain.split()))


class HeadingReader:
    """Understands headings by the alias tables in the rules."""

    def __init__(self, rules: Rules) -> None:
        columns = rules.columns
        self.finder, self.labels = TermFinder(rules), Labels(rules)
        self.whole_year = columns.whole_year
        self.year_groups = range(rules.years.lowest, rules.years.highest + 1)
        self.rules = rules
        self.vocabulary = Vocabulary(rules)
        self.ages = AgeHeadings(rules, self.vocabulary)
        self.exact = {
            **{
                text: meaning
                for text, meaning in _group_headings(rules.groups).items()
                if text not in self.vocabulary.known
            },
            **_role_headings(columns),
            **{
                words(heading): Meaning(
                    ColumnKind.CHARACTERISTIC, key, group=heading, percent=characteristic.percent is not None
                )
                for key, characteristic in rules.groups.characteristics.items()
                for heading in characteristic.headings
            },
            **{words(rule.heading): self.fixed(rule, How.SCHOOL) for rule in rules.headings},
        }
        self.about_pupil = AboutPupil(self.exact, columns.heading_words.about_pupil)
        self.exports = tuple(rules.exports.values())
        self.own = frozenset(map(words, rules.actions.own))
        self.written = tuple(frozenset(map(words, headings)) for headings in rules.actions.written)
        self.split = lru_cache(maxsize=None)(self._split)
        self.loosely = lru_cache(maxsize=None)(self._loosely)
        self.subject_of = lru_cache(maxsize=None)(self._subject_of)
        self.is_pupil_heading = lru_cache(maxsize=None)(self._is_pupil_heading)

    def fixed(self, rule: HeadingRule, how: How) -> Meaning:
        """The meaning that a rule gives a heading outright."""
        term = self.finder.find(rule.term)[0]
        kind = _KINDS[rule.kind]
        name, _, group = rule.name.partition("=") if kind is ColumnKind.GROUP else (rule.name, "", "")
        characteristic = self.rules.groups.characteristics.get(name) if kind is ColumnKind.CHARACTERISTIC else None
        percent = characteristic is not None and characteristic.percent is not None
        test = self._says_test(rule.heading)
        if kind is ColumnKind.AGE:
            words_of = self.age_in(rule.heading) or AgeHeading(name, "", "", short=False)
            return Meaning(kind, name, term, group=words_of.test, how=how, measure=words_of.unit)
        return Meaning(kind, name, term, group=group, how=how, test=test, scale=rule.scale, percent=percent)

    @cached_property
    def scales(self) -> Mapping[str, ScaleReader]:
        """How the grades of each scale are written."""
        rules = self.rules
        return {name: ScaleReader(scale, rules.years, rules.columns) for name, scale in rules.scales.items()}

    @cached_property
    def slips(self) -> Slips:
        """The words of headings, to be found again where one is misspelt."""
        of_terms = (*self.finder.seasons, *self.finder.months)
        texts = (*self.vocabulary.words(), *of_terms, *(word for text in self.exact for word in text.split()))
        return Slips(texts)

    def is_test(self, parts: HeadingParts) -> bool | None:
        """Whether a heading speaks of a test, or of a teacher's judgement; None where it speaks of neither."""
        if parts.of(Part.JUDGEMENT):
            return False
        return True if parts.of(Part.TEST) or parts.of(Part.MEASURE) or parts.of(Part.MAKER) else None

    def known_exports(self, headings: Sequence[str]) -> list[KnownExport]:
        """The known exports whose headings are all there; not one whose headings another's include."""
        there = {words(heading) for heading in headings}
        fits = {
            export.key: export
            for export in self.exports
            if there.issuperset(map(words, export.headings))
            and (not export.pattern or any(matches(export.pattern, heading) for heading in headings))
        }
        wanted = {key: set(map(words, export.headings)) for key, export in fits.items()}
        return [export for key, export in fits.items() if not any(wanted[key] < other for other in wanted.values())]

    def with_export(self, headings: Sequence[str], export: KnownExport) -> Mapping[int, Meaning]:
        """The meanings that a known export gives its columns, where the school has not fixed them otherwise."""
        special = {words(rule.heading): self.fixed(rule, How.EXPORT) for rule in export.meanings}
        found = {column: special.get(words(heading)) for column, heading in enumerate(headings)}
        return {
            column: meaning
            for column, meaning in found.items()
            if meaning and self.meaning(headings[column]).how is not How.SCHOOL
        }

    def _split(self, plain: str) -> tuple[TermParts, str, HeadingParts]:
        """The term that the words of a text say, those that are left of it, and what these say."""
        term, rest = self.finder.find(plain)
        return term, rest, self.vocabulary.parts_of(rest)

    def meaning(self, heading: str) -> Meaning:
        """What a heading means; UNKNOWN unless every word of it is accounted for."""
        meaning = self.loosely(heading)
        return meaning if meaning.sure else NOT_UNDERSTOOD

    def _loosely(self, heading: str) -> Meaning:
        """What a heading may mean, its unknown words left out and its slips of the pen mended; both are kept."""
        plain = words(heading)
        meaning = self._of_words(plain)
        if meaning.sure:
            return meaning
        unknown = meaning.unknown if meaning.kind is not ColumnKind.UNKNOWN else plain.split()
        slips = tuple((word, meant) for word in unknown if (meant := self.slips.meant(word)))
        if not slips:
            return meaning
        mended = dict(slips)
        whole = self._of_words(" ".join(mended.get(word, word) for word in plain.split()))
        return whole._replace(slips=slips) if whole.kind not in NOT_USED else meaning

    def _of_words(self, plain: str) -> Meaning:
        """What these words mean, in any order."""
        if plain in self.exact:
            return self.exact[plain]
        term, rest, parts = self.split(plain)
        if age := self.ages.read(rest):
            return Meaning(ColumnKind.AGE, age.name, term, group=age.test, how=How.WORDS, measure=age.unit)
        if about := self._about(plain, rest, term):
            return about._replace(how=How.WORDS)
        if other := parts.of(Part.OTHER):
            return self._other(other[0])
        subject = self.vocabulary.subject(parts)
        nameless = not subject and not term.speaks and not parts.of(Part.MAKER)
        astray = any(map(self.finder.tells, parts.unknown)) or (parts.unknown and not subject and not term.names_term)
        if subject is None or nameless or astray:
            return NOT_UNDERSTOOD
        year_alone = not term.names_term and (term.academic_year is not None or term.year_group is not None)
        if year_alone:
            term = term.filled(TermParts(season=self.whole_year))
        return Meaning(
            kind=ColumnKind.TARGET if parts.of(Part.TARGET) else ColumnKind.RESULT,
            name=subject,
            term=term,
            year_alone=year_alone,
            how=How.WORDS,
            test=self.is_test(parts),
            measure=" ".join(sorted((*parts.of(Part.RAW), *parts.of(Part.MEASURE)))),
            settled=bool(parts.of(Part.SETTLED)),
            unknown=parts.unknown,
        )

    def age_in(self, heading: str) -> AgeHeading | None:
        """What a heading says of an age; None where it is of none."""
        return self.ages.read(self._split(words(heading))[1])

    def test_date(self, heading: str) -> Meaning | None:
        """A heading of the day of a test beside grades, with the term that it names; None for any other."""
        term, rest, _ = self.split(words(heading))
        return Meaning(ColumnKind.AGE, TEST_DATE, term, how=How.WORDS) if self.ages.is_date(rest) else None

    def term_named(self, text: str) -> TermParts:
        """The term that the name of a sheet or file gives to results that name none.

        A season counts only where it can mean nothing but a term: with its year, or where every other word is known.
        `KS1` names no term, since the file may hold others, and `Summer reading list` none either.
        """
        term, rest = self.finder.find(text, points=False)
        parts = self.vocabulary.parts_of(rest)
        strange = parts.of(Part.OTHER) or not all(map(_of_a_class, parts.unknown)) or term.month is not None
        if term.academic_year is None and term.half is None and strange:
            return term._replace(season=None, month=None)
        return term

    def speaks_of_results(self, heading: str) -> bool:
        """Whether a heading has a word of a subject, a term or a test, whatever else is in it."""
        term, _, parts = self.split(words(heading))
        return term.speaks or any(map(parts.of, _OF_RESULTS))

    def says_term(self, text: str) -> bool:
        """Whether a cell says a term, or the year of one, with no word left over that may say another."""
        term, _, parts = self.split(words(text))
        return term.names_term or (term.speaks and not parts.unknown)

    def _about(self, plain: str, rest: str, term: TermParts) -> Meaning | None:
        """What a heading says about the pupil; what changes with the years may have its year beside it.

        A percentage may have its term or year beside it, and is of that.
        """
        if not term.names_term and (about := self.about_pupil.meant(plain)):
            return about
        of_a_year = self.about_pupil.meant(rest) if rest != plain else None
        if of_a_year and of_a_year.percent:
            return of_a_year._replace(term=term)
        if term.names_term:
            return None
        changes = of_a_year and (of_a_year.kind is ColumnKind.CHARACTERISTIC or of_a_year.name in _OF_A_YEAR)
        return of_a_year if changes else None

    def _other(self, key: str) -> Meaning:
        """A column that is something other than a result; one that may hold results all the same is not understood."""
        other = self.rules.columns.heading_words.other[key]
        return Meaning(ColumnKind.UNKNOWN if other.named else ColumnKind.PASSED_OVER, other.says, how=How.WORDS)

    def _says_test(self, text: str) -> bool | None:
        return self.is_test(self.vocabulary.parts_of(words(text)))

    def _is_pupil_heading(self, cell: str) -> bool:
        """Whether a cell is a heading that names pupils, such as UPN or Surname."""
        plain = words(cell)
        meaning = self.exact.get(plain) or self.about_pupil.meant(plain)
        return meaning is not None and meaning.names_pupil and self.meaning(cell).names_pupil

    def _subject_of(self, text: str) -> str:
        """The subject that a cell names; empty when it names none or more than one, or when other words stand in it."""
        _, _, parts = self.split(words(text))
        return "" if parts.unknown or parts.of(Part.OTHER) else self.vocabulary.subject(parts) or ""

    def subject_around(self, text: str) -> str:
        """The subject that a title, or the name of a sheet or file, speaks of, whatever else it says."""
        _, _, parts = self.split(words(text))
        return "" if parts.of(Part.OTHER) else self.vocabulary.subject(parts) or ""


def _role_headings(columns: ColumnRules) -> Mapping[str, Meaning]:
    """The headings of every role."""
    return {
        words(heading): Meaning(ColumnKind.PASSED_OVER if role in columns.passed_over else ColumnKind.ROLE, role)
        for role, headings in columns.roles.items()
        for heading in headings
    }


def _group_headings(groups: GroupRules) -> Mapping[str, Meaning]:
    """The names and codes of groups which belong to one characteristic only, for columns that tick a group's pupils."""
    owners: dict[str, set[tuple[str, str]]] = {}
    listed = {
        key: characteristic for key, characteristic in groups.characteristics.items() if not characteristic.open
    }  # French may be a lesson
    for key, characteristic in listed.items():
        for group in characteristic.groups.values():
            for text in (group.key, group.label, *group.spellings):
                if len(text) >= _SHORTEST_GROUP:
                    owners.setdefault(words(text), set()).add((key, group.key))
    single = {text: next(iter(owner)) for text, owner in owners.items() if len(owner) == 1}
    return {text: Meaning(ColumnKind.GROUP, key, group=group) for text, (key, group) in single.items()}


def _of_a_class(word: str) -> bool:
    """Whether a word may be a class or a number of a sheet, such as 5K or B."""
    return len(word) == 1 or any(map(str.isdigit, word))
