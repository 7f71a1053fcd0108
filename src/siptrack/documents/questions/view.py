"""The facts of the page of questions: which come first, what the data says to each, and what to ask in school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from siptrack.cycle.enquiry_tables import Answer, Book
from siptrack.documents.labels import subject_label
from siptrack.documents.people import Person, names_in_print
from siptrack.documents.questions.asked import Questions
from siptrack.documents.questions.evidence import EvidenceText
from siptrack.documents.read import Read
from siptrack.documents.sharing import copy_lines
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.questions import EvidenceKind, QuestionRule
from siptrack.school.tables import rows_of

_OF_STAFF = (EvidenceKind.TEACHING, EvidenceKind.CPD)


class Shown(NamedTuple):
    """What a page shows of a kind of evidence: some lines of so many in `all`, where it does not show each."""

    kind: EvidenceKind
    says: str
    lines: Sequence[str]
    all: int


class BookOf(NamedTuple):
    """A child whose books a visit looks at, with the name in print and the subject."""

    row: Book
    name: str
    subject: str


class AskedOf(NamedTuple):
    """A question on the page: what the data says to it here, and under which other questions the rest stands.

    One to which nothing stands here is a line, after the others of its heading.
    """

    number: int
    asks: str
    rule: QuestionRule
    shown: Sequence[Shown]
    elsewhere: Mapping[EvidenceKind, int]


def questions_document(questions: Questions, *, every: bool) -> Document:
    """The page; `every` asks for all lines of every answer."""
    analysis, shared, rules = questions.analysis, questions.shared, questions.rules
    leavers = None if analysis.filters else analysis.leavers
    answers = {number: questions.answer(rule) for number, rule in questions.asked.items()}
    pages = _Places(questions, every=every or shared is not None)
    answered = [number for number, answer in answers.items() if answer is Answer.ANSWERED]
    parts = [
        (heading, [pages.asked(number) for number in alike])
        for heading, alike in groupby(answered, key=lambda number: questions.asked[number].heading)
    ]
    return document(
        "questions/page.jinja",
        ruler_line(rules.ruler),
        term=analysis.term,
        read=Read(analysis.register, analysis.begun, len(analysis.children.pupils), leavers),
        asked=Read(analysis.register, filters=questions.filters),
        copy=copy_lines(shared, rules) if shared else [],
        shared=shared is not None,
        in_some_subjects="subject" in analysis.filters and analysis.register.optional_frame("provision") is not None,
        of_staff=Answer.ANSWERED in [questions.evidence[kind].answer for kind in questions.kinds if kind in _OF_STAFF],
        every=len(questions.asked),
        answered=len(answered),
        in_todays_words=any(rule.today for rule in questions.asked.values()) and not questions.of_its_time,
        worth=_worth(questions),
        parts=parts,
        in_school=[
            (number, questions.asks(rule), rule)
            for number, rule in questions.asked.items()
            if answers[number] is not Answer.ANSWERED
        ],
        missing=_missing(questions),
        left_out=[number for number, answer in answers.items() if answer is Answer.LEFT_OUT],
        source=rules.enquiry.source,
        books=list_books(questions.books, rules) if questions.with_books else [],
        to_look_at=len(questions.books),
        with_books=questions.with_books,
        each=rules.enquiry.books.each,
        terms=rules.enquiry.books.terms,
    )


def list_books(books: Frame, rules: Rules) -> list[BookOf]:
    """The children whose books a visit looks at, by year group, class and name."""
    rows = rows_of(Book, books)
    names = names_in_print(Person(row.pupil, row.surname, row.forename, row.year_group, row.class_) for row in rows)
    return [BookOf(row, names[row.pupil, row.class_], subject_label(row.subject, rules)) for row in rows]


def _missing(questions: Questions) -> dict[str, dict[int, None]]:
    """What the data lacks, by what is said of it, and to which questions that would bear on."""
    found: dict[str, dict[int, None]] = {}
    for number, rule in questions.asked.items():
        for kind in rule.evidence:
            if questions.evidence[kind].answer is Answer.SILENT:
                found.setdefault(questions.evidence[kind].says, {})[number] = None
    return found


def _worth(questions: Questions) -> list[tuple[int, str]]:
    """The numbers of the questions most worth an hour, the first whose evidence found something; and what it found."""
    page = questions.rules.enquiry.page
    if len(questions.asked) <= page.worth:
        return []
    numbers = {rule.key: number for number, rule in questions.asked.items()}
    found: dict[str, int] = {}
    for key in page.first:
        if key in numbers:
            found.setdefault(_found(questions, numbers[key]), numbers[key])
    return [(number, words) for words, number in found.items() if words][: page.worth]


def _found(questions: Questions, number: int) -> str:
    kinds = questions.asked[number].evidence
    return next((questions.evidence[kind].worth for kind in kinds if questions.evidence[kind].worth), "")


class _Places:
    """The questions in the order of the page; each kind of evidence stands where it comes up first."""

    def __init__(self, questions: Questions, *, every: bool) -> None:
        self._questions = questions
        self._every = every
        self._at: dict[EvidenceKind, int] = {}

    def asked(self, number: int) -> AskedOf:
        rule = self._questions.asked[number]
        found = [kind for kind in rule.evidence if self._questions.evidence[kind].answer is Answer.ANSWERED]
        here = [kind for kind in found if self._at.setdefault(kind, number) == number]
        room = self._questions.rules.enquiry.page.lines
        left = None if self._every or room is None else max(room - len(here), 0)
        shown = []
        for kind in here:
            shown.append(self._shown(kind, self._questions.evidence[kind], left))
            left = None if left is None else left - len(shown[-1].lines)
        elsewhere = {kind: self._at[kind] for kind in found if kind not in here}
        return AskedOf(number, self._questions.asks(rule), rule, shown, elsewhere)

    def _shown(self, kind: EvidenceKind, found: EvidenceText, room: int | None) -> Shown:
        """The lines that there is `room` for beside the one that says it in short."""
        first = found.lines if found.first is None else found.first
        shown = found.lines if self._every else first[:room]
        return Shown(kind, found.says, shown, 0 if set(found.lines) <= set(shown) else len(found.lines))
