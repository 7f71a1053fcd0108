"""The lines of enquiry that are asked about, with all that the data says to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.cycle.enquiry_tables import EVIDENCE, QUESTIONS, Answer
from siptrack.documents.questions.evidence import EvidenceText
from siptrack.documents.shared_tables import share_object
from siptrack.documents.written import Written, head_of
from siptrack.rendering.numbers import inside
from siptrack.rules.model import Rules
from siptrack.school.questions import EvidenceKind, QuestionRule

_LABELS: Mapping[EvidenceKind, str] = {
    EvidenceKind.CHILDREN: "Children",
    EvidenceKind.PROGRESS: "Progress",
    EvidenceKind.GROUPS: "Groups",
    EvidenceKind.CLOSERS: "Nearest to closing gaps",
    EvidenceKind.TRENDS: "Gaps over time",
    EvidenceKind.COMBINED: "Together",
    EvidenceKind.JUDGEMENTS: "Judgements",
    EvidenceKind.ACTIONS: "Actions",
    EvidenceKind.PROVISION: "Provision",
    EvidenceKind.CATALOGUE: "Catalogue",
    EvidenceKind.TEACHING: "Teaching",
    EvidenceKind.CPD: "CPD",
}


@dataclass(frozen=True)
class Questions:
    """The questions asked about, by their number in the whole list, with all that the data says.

    `shared` is what may leave the school, where it is a copy for others; then nothing rests on anything else.
    """

    analysis: Analysis
    rules: Rules
    asked: Mapping[int, QuestionRule]
    evidence: Mapping[EvidenceKind, EvidenceText]
    shared: Shared | None = None

    def answer(self, rule: QuestionRule) -> Answer:
        """Whether the data tells something about a question."""
        found = {self.evidence[kind].answer for kind in rule.evidence}
        return next((answer for answer in (Answer.ANSWERED, Answer.LEFT_OUT) if answer in found), Answer.SILENT)

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
        asks, kinds, answer = without_emphasis(rule.asks), ", ".join(rule.evidence), questions.answer(rule).value
        says = " ".join(evidence_line(kind, questions.evidence[kind].says) for kind in rule.evidence)
        yield number, rule.key, rule.heading, asks, kinds, answer, says, rule.ask, rule.look_at


def _evidence(questions: Questions) -> Iterator[tuple[object, ...]]:
    for kind in questions.kinds:
        found = questions.evidence[kind]
        for at, words in enumerate((found.says, *(line.words for line in found.lines))):
            yield kind.value, found.answer.value, at, words


def without_emphasis(asks: str) -> str:
    """A question without the marks of emphasis in it."""
    return asks.replace("*", "")


def evidence_line(kind: EvidenceKind, says: str, elsewhere: int = 0) -> str:
    """`Progress: 60 of 210 children ..`; with the question under which the rest stands."""
    more = f" In full under question {elsewhere}." if elsewhere else ""
    return f"{_LABELS[kind]}: {inside(says)}{more}"
