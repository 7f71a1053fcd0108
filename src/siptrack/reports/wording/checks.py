"""What is asked about judgements: each comparison in one sentence with its counts, and never a verdict on a teacher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from siptrack.rendering.numbers import plural, quantity, share, thousands
from siptrack.rules.model import CheckRule
from siptrack.school.codes import CheckCode
from siptrack.school.groups import SmallNumbers
from siptrack.school.rounding import half_up

HEADING = "Questions about the judgements"
_TOO_FEW_FOR_LUCK = 1


@dataclass(frozen=True)
class Asked:
    """One comparison ready for words: who the children are and who their peers, by label."""

    code: str
    subject: str
    children: str
    peers: str
    direction: str
    n: int
    count: int
    peers_n: int
    peers_count: int
    low: float
    high: float
    from_term: str
    term: str


def question_sentence(asked: Asked, small: SmallNumbers) -> str:
    """What was counted, as a plain statement under its question."""
    return _SENTENCES[CheckCode(asked.code)](asked, small)


def _counted(asked: Asked, small: SmallNumbers) -> str:
    return share(asked.count, asked.n, small.percentages_from).replace(" (", f" {asked.children} (", 1)


def _beside_peers(asked: Asked, small: SmallNumbers) -> str:
    peers = share(asked.peers_count, asked.peers_n, small.percentages_from).replace(" (", f" {asked.peers} (", 1)
    low, high = half_up(asked.low), half_up(asked.high)
    return f"{peers}; the difference lies from {low} to {high} percentage points ({small.confidence:g} % interval)"


def _interval(asked: Asked, small: SmallNumbers) -> str:
    return f"{small.confidence:g} % interval {half_up(asked.low)} to {half_up(asked.high)} %"


def _teacher_and_test(asked: Asked, small: SmallNumbers) -> str:
    are = plural(asked.count, "is", "are")
    return (
        f"{asked.subject}: {_counted(asked, small)} {are} judged {asked.direction} by the teacher than by the test of "
        f"{asked.term}, and {_beside_peers(asked, small)}."
    )


def _handover(asked: Asked, small: SmallNumbers) -> str:
    are = plural(asked.count, "is", "are")
    return (
        f"{asked.subject}: {_counted(asked, small)} {are} lower in {asked.term} than in {asked.from_term}, "
        f"when they were in another class ({_interval(asked, small)})."
    )


def _no_spread(asked: Asked, small: SmallNumbers) -> str:
    return f"{asked.subject}: {_counted(asked, small)} have one and the same grade in {asked.term}."


def _the_same(asked: Asked, small: SmallNumbers) -> str:
    return (
        f"{asked.subject}: {_counted(asked, small)} have the same in {asked.term} as in {asked.from_term} "
        f"({_interval(asked, small)})."
    )


def _end_of_key_stage(asked: Asked, small: SmallNumbers) -> str:
    return (
        f"{asked.subject}: {_counted(asked, small)} gained more than was expected by a whole step "
        f"from {asked.from_term} to {asked.term}, and {_beside_peers(asked, small)}."
    )


_SENTENCES: Mapping[CheckCode, Callable[[Asked, SmallNumbers], str]] = {
    CheckCode.TEACHER_AND_TEST: _teacher_and_test,
    CheckCode.HANDOVER: _handover,
    CheckCode.NO_SPREAD: _no_spread,
    CheckCode.COPIED_FORWARD: _the_same,
    CheckCode.SCORES_REPEATED: _the_same,
    CheckCode.END_OF_KEY_STAGE: _end_of_key_stage,
}


def copied_sentence(asked: Asked, rule: CheckRule, small: SmallNumbers) -> str:
    """The warning at the head of a report that a class's grades look copied forward."""
    return f"{question_sentence(asked, small)} {rule.question}"


def class_children(name: str) -> str:
    """The children of a class in a sentence."""
    return f"children of {name}"


def other_classes() -> str:
    """The children of all other classes in a sentence."""
    return "children of other classes"


def year_children(label: str) -> str:
    """The children of a year group in a sentence."""
    return f"children of {label}"


def other_years() -> str:
    """The children of the key stage's other year groups in a sentence."""
    return "children of the key stage's earlier years"


def looked_at(comparisons: int, with_peers: int, asked: int, confidence: float) -> str:
    """How many comparisons were made, how many lead to a question, and how many of those with peers would by luck."""
    if not comparisons:
        return (
            "Nothing could be compared. That takes a test beside a teacher's judgement, a class with judgements, or "
            "the same class in the term before."
        )
    made = quantity(comparisons, "comparison")
    lead = f"{thousands(asked) if asked else 'none'} {plural(max(asked, 1), 'leads', 'lead')} to a question"
    said = f"{made} {plural(comparisons, 'was', 'were')} made, of which {lead}."
    if not with_peers:
        return said
    lucky = half_up(with_peers * (100 - confidence) / 200)  # asked on one side only
    about = f"about {thousands(lucky)}" if lucky >= _TOO_FEW_FOR_LUCK else "fewer than one"
    return (
        f"{said} {quantity(with_peers, 'comparison')} {plural(with_peers, 'is', 'are')} of a group with others: "
        f"if every judgement were sound, {about} of these would still lead to a question by luck."
    )


def no_tests() -> str:
    """That judgements could not be set against tests."""
    return "No subject has both a teacher's judgement and a test in this term, so the two could not be compared."
