"""What is said around the questions of a School Improvement Partner: the figures that bear on them, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.documents.questions.asked import without_emphasis
from siptrack.documents.questions.evidence import Held
from siptrack.rendering.numbers import inside, listed, percentage, plural, quantity, thousands
from siptrack.rendering.template import sentence
from siptrack.school.questions import EvidenceKind, QuestionRule
from siptrack.school.sharing import Symbol
from siptrack.school.term import Term

NAMED_ELSEWHERE = "Children spoken of as named here are named in the school's own copy."
OTHER_SUBJECTS = "What is provided for other subjects is not counted here."
OF_STAFF = "It speaks of single classes too, and of staff as your records name them."
_LEFT_OUT: Mapping[EvidenceKind, str] = {
    **dict.fromkeys(
        (EvidenceKind.CHILDREN, EvidenceKind.CLOSERS, EvidenceKind.ACTIONS, EvidenceKind.PROVISION), "names children"
    ),
    **dict.fromkeys((EvidenceKind.TEACHING, EvidenceKind.CPD), "speaks of single classes and of staff"),
}
EVERY_YEAR = "Every year group"
NO_PROGRESS = "No child's progress can be told from these files."
NO_GROUPS = "No two groups can be compared: the files record no group, or no result to compare them by."
NO_TRENDS = "No gap can be followed: the files hold no earlier term in which the same children were assessed."
NOTHING_TO_COMPARE = (
    "Nothing could be compared. That takes a test beside a teacher's judgement, a class with judgements, or the same "
    "class in the term before."
)
HELD: Mapping[Held, str] = {
    Held.NOTHING: "No provision this school year, and no action in the record",
    Held.ELSEWHERE: "Provision for another subject only, and no action in the record",
    Held.SOMETHING: "Provision for the subject, or an action, in the school's records",
}
HELD_PROVISION: Mapping[Held, str] = {
    Held.NOTHING: "No provision this school year",
    Held.ELSEWHERE: "Provision for another subject only",
    Held.SOMETHING: "Provision for the subject",
}
HELD_ACTIONS: Mapping[Held, str] = {Held.NOTHING: "No action in the record", Held.SOMETHING: "An action in the record"}


def title(term: Term) -> str:
    """`Lines of enquiry: Summer 2009 (school year 2008-09)`."""
    year = term.academic_year_label
    return f"Lines of enquiry: {term.label}" + (f" (school year {year})" if year else "")


def purpose_lines(source: str, every: int, told: int) -> list[str]:
    """Where the questions come from, what they are for, and on how many of them the data bears."""
    bears = f"This data bears on {thousands(told) if told else 'none'} of the {quantity(every, 'question')} below"
    people = "the others, and what lies behind each figure, are for people to tell"
    return [
        f"The questions are in the words of the {source}.",
        f"{bears}; {people}. No figure here is a verdict on a school, a teacher or a child.",
    ]


def data_line(problems: str) -> str:
    """`In the data: 3 errors to correct and 5 queries to check; siptrack check lists them.`."""
    return f"In the data: {problems}; siptrack check lists them."


def question_line(number: int, rule: QuestionRule) -> str:
    """`4. How does the school evaluate ..`, without the marks of emphasis in it."""
    return f"{number}. {without_emphasis(rule.asks)}"


def cannot_be_answered() -> str:
    """That the data is silent."""
    return "Cannot be answered from this data."


def ask_line(rule: QuestionRule) -> str:
    """Whom to ask what."""
    return f"Ask {rule.ask}."


def look_line(rule: QuestionRule) -> str:
    """What to look at."""
    return f"Look at {rule.look_at}."


def left_out(kind: EvidenceKind) -> str:
    """Why a copy to share says nothing of a kind of evidence."""
    return f"Left out of this copy, because it {_LEFT_OUT.get(kind, 'counts a few children')}."


# --- children ---------------------------------------------------------------------------------------------------------


def children_line(children: int) -> str:
    """`60 children make insufficient progress in at least one subject, by class.`."""
    if not children:
        return "No child whose progress can be told makes insufficient progress."
    make = plural(children, "makes", "make")
    return f"{quantity(children, 'child', 'children')} {make} insufficient progress in at least one subject."


def held_line(held: str, children: int) -> str:
    """`No provision this school year: 44 children`."""
    return f"{held}: {quantity(children, 'child', 'children')}"


def on_list_note(terms: int) -> str:
    """What the terms behind a name are."""
    return f"Terms behind a name: on the list for so many terms in a row, where these are {terms} or more."


def named_child(name: str, subjects: Sequence[str], terms: int = 0, number: float | None = None) -> str:
    """`Toadflax, Idris (reading and writing; 72 in 100; 4 terms)`."""
    about = listed([inside(subject) for subject in subjects])
    sure = "" if number is None else f"{sentence('in_100', number, template='evidence.jinja')} in 100"
    return f"{name} ({'; '.join(filter(None, (about, sure, quantity(terms, 'term') if terms else '')))})"


def class_line(label: str, children: Sequence[str]) -> str:
    """`1H (Year 1): Bellflower, Kezia (writing); ..`."""
    return f"{label}: {'; '.join(children)}"


def closers_line(children: int) -> str:
    """How many children stand nearest to closing the clear gaps."""
    stand = plural(children, "stands", "stand")
    return (
        f"{quantity(children, 'child', 'children')} {stand} nearest to closing the clear gaps: for each gap the "
        "fewest whose reaching expectations would close it."
    )


def no_closers(*, clear: bool) -> str:
    """That nobody is named as nearest to closing a gap."""
    why = "the clear gaps are not ones that single children close" if clear else "no gap between groups is clear"
    return f"Nobody is named, because {why}."


def closer(name: str, subjects: Mapping[tuple[str, ...], Sequence[str]]) -> str:
    """`Goshawk, Eve (writing and maths: SEN)`."""
    parts = [f"{listed([inside(one) for one in of])}: {', '.join(groups)}" for groups, of in subjects.items()]
    return f"{name} ({'; '.join(parts)})"


# --- counts -----------------------------------------------------------------------------------------------------------


def shared_counts(count: int, n: int, symbol: Symbol | None = None) -> str:
    """`25 of 204 (12 %)`, or `2 of 9 [u]` where the percentage is not told."""
    counts = f"{thousands(count)} of {thousands(n)}"
    return f"{counts} {symbol.shown if symbol else f'({percentage(count, n)} %)'}"


def shared_progress_line(said: Mapping[str, str]) -> str:
    """How many make insufficient progress in each subject."""
    each = "; ".join(f"{inside(label)} {words}" for label, words in said.items())
    return f"Insufficient progress, of the children whose progress can be told: {each}."


def progress_lead() -> str:
    """What the counts of progress are."""
    return "Insufficient progress, of the children whose progress can be told:"


def by_year(label: str, whole: str, years: Mapping[str, str]) -> str:
    """`Reading 25 of 204 (12 %). Year 1: 2 of 28; Year 2: 5 of 30.`; without a label the year groups alone."""
    each = "; ".join(f"{year}: {words}" for year, words in years.items())
    lead = f"{label} {whole}" if label else ""
    return "".join(f"{part}. " for part in (lead, each) if part).strip()


def together_line(subject: str, whole: str) -> str:
    """`Reading, writing and maths together: 105 of 202 children (52 %) are at age-related expectations.`."""
    counted, _, percent = whole.partition(" (")
    return f"{subject}: {counted} children{f' ({percent}' if percent else ''} are at expectations in all of them."


def not_together(subject: str) -> str:
    """That nobody was assessed in all of the subjects."""
    return f"No child was assessed in {inside(subject)} this term, or only some of these were asked about."


# --- groups -----------------------------------------------------------------------------------------------------------


def shared_gap(subject: str, measure: str, sides: tuple[str, str], said: tuple[str, str], points: float) -> str:
    """`Writing, at age-related expectations: girls 90 of 104 (87 %), boys 60 of 101 (59 %): a gap of 28 ..`."""
    each = ", ".join(f"{side} {words}" for side, words in zip(sides, said, strict=True))
    return f"{subject}, {inside(measure)}: {each}; a gap of {quantity(abs(points), 'percentage point')}."


def shared_gaps_line(clear: int) -> str:
    """How many gaps are clear, of those that may be shared."""
    if not clear:
        return "No gap between groups that may be shared is clear."
    return f"{quantity(clear, 'gap')} between groups {plural(clear, 'is', 'are')} clear, of those that may be shared."


def shared_not_clear(count: int) -> str:
    """How many shared gaps are not clear."""
    return f"{quantity(count, 'other gap')} {plural(count, 'is', 'are')} not clear: chance could account for as much."
