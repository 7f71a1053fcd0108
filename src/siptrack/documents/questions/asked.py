"""The lines of enquiry that are asked about, with all that the data says to each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.cycle.catalogue import eras_of
from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.enquiry_tables import BOOKS, EVIDENCE, QUESTIONS, Answer
from siptrack.documents.questions.evidence import EvidenceText, words
from siptrack.documents.questions.gathered import gather_evidence
from siptrack.documents.shared_tables import share_object
from siptrack.documents.written import Written, head_of
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.questions import EvidenceKind, QuestionRule

BOOKS_ALONE = "books"
"""What is asked for, beside the headings, where the page of books to look at together is wanted."""


@dataclass(frozen=True)
class Questions:
    """The questions asked about, by their number in the whole list, with all that the data says.

    `books` has the columns of BOOKS; they stand on the page where it was asked for `with_books`. `shared` is what may
    leave the school, where it is a copy for others; then nothing rests on anything else.
    """

    analysis: Analysis
    rules: Rules
    asked: Mapping[int, QuestionRule]
    evidence: Mapping[EvidenceKind, EvidenceText]
    shared: Shared | None = None
    books: Frame = field(default_factory=BOOKS.no_rows)
    with_books: bool = False

    def answer(self, rule: QuestionRule) -> Answer:
        """Whether the data tells something about a question."""
        found = {self.evidence[kind].answer for kind in rule.evidence}
        return next((answer for answer in (Answer.ANSWERED, Answer.LEFT_OUT) if answer in found), Answer.SILENT)

    def asks(self, rule: QuestionRule) -> str:
        """A question in words, without the marks of emphasis in it: the guidance's, or today's."""
        return (rule.today if rule.today and not self.of_its_time else rule.asks).replace("*", "")

    @cached_property
    def of_its_time(self) -> bool:
        """Whether the results are on a scale of the guidance's time; where none is of any time, of that time."""
        year, term = self.rules.enquiry.page.guidance, self.analysis.term
        eras = eras_of(self.analysis, self.rules)
        return any(year in era for era in eras) or (not eras and term.dated and term.academic_year <= year)

    @property
    def filters(self) -> Mapping[str, str]:
        """Which children and subjects are spoken of, in words; in a copy for others, those that may be shared."""
        return self.shared.filters if self.shared else self.analysis.filters

    @property
    def kinds(self) -> list[EvidenceKind]:
        """The kinds of evidence that bear on these questions, in the order in which they come up."""
        return list(dict.fromkeys(kind for rule in self.asked.values() for kind in rule.evidence))


def of_questions(questions: Questions) -> Written:
    """The lines of enquiry with all that the data says; a copy to share has nothing about the data."""
    analysis, shared = questions.analysis, questions.shared
    head = {**head_of(analysis), "filters": dict(questions.filters), **({"begun": []} if shared else {})}
    rows = {
        QUESTIONS.name: lambda: QUESTIONS.of(_questions(questions)),
        EVIDENCE.name: lambda: EVIDENCE.of(_evidence(questions)),
        BOOKS.name: lambda: questions.books,
    }
    return Written(
        "questions",
        questions.rules,
        None if shared else analysis,
        lambda name: rows[name](),
        head,
        {"share": share_object(shared.mode) if shared else None, "source": questions.rules.enquiry.source},
    )


def _questions(questions: Questions) -> Iterator[tuple[object, ...]]:
    for number, rule in questions.asked.items():
        asks, kinds, answer = questions.asks(rule), ", ".join(rule.evidence), questions.answer(rule).value
        says = " ".join(evidence_line(kind, questions.evidence[kind].says) for kind in rule.evidence)
        yield number, rule.key, rule.heading, asks, kinds, answer, says, rule.ask, rule.look_at


def _evidence(questions: Questions) -> Iterator[tuple[object, ...]]:
    for kind in questions.kinds:
        found = questions.evidence[kind]
        for at, line in enumerate((found.says, *found.lines)):
            yield kind.value, found.answer.value, at, line


def with_names(enquiry: Enquiry, rules: Rules, about: Collection[str]) -> Questions:
    """The questions for the school itself; those under the headings named, or all."""
    asked, evidence = asked_about(rules, about), gather_evidence(enquiry, rules)
    return Questions(enquiry.analysis, rules, asked, evidence, books=enquiry.books, with_books=BOOKS_ALONE in about)


def asked_about(rules: Rules, about: Collection[str]) -> dict[int, QuestionRule]:
    """The questions under the headings named, or all, by their number in the whole list."""
    every = enumerate(rules.enquiry.questions.values(), 1)
    return {number: rule for number, rule in every if not about or rule.about in about}


def evidence_line(kind: EvidenceKind, says: str) -> str:
    """`Progress: 60 of 210 children ..`."""
    return words("evidence_line", kind.value, says)
