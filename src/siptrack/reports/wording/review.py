"""What is said around the school's own review; what it says itself stands as it was written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from siptrack.cycle.since_tables import Came
from siptrack.rendering.numbers import inside, listed, plural, quantity
from siptrack.reports.wording.since import day_words
from siptrack.school.review import Stage
from siptrack.school.term import Term

STAGES = "Stages recorded by the school"
HEADING = "Heading"
MEANINGS = "What the stages mean"
EVIDENCE = "Evidence recorded by the school"
NEXT_STEPS = "Next steps recorded by the school"
NOTICE = (
    "What the school wrote in its review stands here as it was written. Where that names children or staff, keep this "
    "as you keep other records of them. siptrack itself names nobody in it."
)
NOTHING = "Nothing in this data bears on it."
NO_DATA = "No results were read, so nothing can be set beside the review."
NOT_FILLED = "Nothing is written under this heading."
WITHOUT_TERM = "a review without its term"


def title(term: Term | None) -> str:
    """`Self-review: Summer 2009 (school year 2008-09)`, without a term where none is known."""
    if term is None:
        return "Self-review"
    year = term.academic_year_label
    return f"Self-review: {term.label}" + (f" (school year {year})" if year else "")


def named(term: Term | None) -> str:
    """The term of a review, or that it names none."""
    return WITHOUT_TERM if term is None else term.label


def held_line(terms: Sequence[Term | None]) -> str:
    """Which reviews there are."""
    reviews = quantity(len(terms), "review")
    return f"{reviews} recorded by the school: {listed([named(term) for term in terms])}."


def no_review() -> str:
    """That there is none yet, and how to get one to fill in."""
    return (
        "These files hold no review. For one to fill in: siptrack review PATHS -o review.xlsx. Kept beside the results "
        "when it is filled in, it is read from then on."
    )


def whose() -> str:
    """Whose opinion a stage is."""
    return (
        "Stages, evidence and next steps are the school's own. siptrack holds them; it adds nothing up and suggests no "
        "stage. The headings are to open discussion and are no list to tick."
    )


def not_filled(headings: Sequence[str], term: Term | None) -> str:
    """Which headings the newest review leaves empty."""
    return f"Not filled in ({named(term)}): {'; '.join(headings)}."


def stage_meaning(stage: Stage) -> str:
    """`Focusing: beginning; much to do.`."""
    return f"{stage.label}: {stage.means}."


def unknown_stage(heading: str, words: str, term: Term | None) -> str:
    """That what stands in place of a stage is none."""
    return f"{heading}: '{words}' ({named(term)}) is none of the stages, and is held as words."


def stage_line(before: str, now: str, terms: tuple[Term | None, Term | None], *, first: bool) -> str:
    """What became of the stage: `Recorded by the school: developing in Autumn 2008, establishing in Summer 2009`."""
    then, since = (f"in {named(term)}" for term in terms)
    if first:
        return f"Recorded by the school: {now} {since}." if now else f"No stage was recorded {since}."
    if before and before == now:
        return f"Recorded by the school: {now} {then} and {since}."
    return f"Recorded by the school: {before or 'no stage'} {then}, {now or 'no stage'} {since}."


def stage_words(stages: Sequence[str], known: Collection[str]) -> str:
    """`developing`; what is none of the stages in quotes; two that stand under one heading with `and`."""
    return listed([inside(one) if one in known else f"'{one}'" for one in stages])


def evidence_line(evidence: str, dated: str) -> str:
    """A piece of evidence with its date."""
    return f"{evidence} ({day_words(dated) if dated else 'no date'})"


def step_line(step: str, who: str, by_when: str) -> str:
    """`Pair teachers of Year 4 (Ms Ash; by 18 December 2009)`."""
    by = day_words(by_when).removeprefix("by ").removeprefix("By ")
    further = "; ".join(filter(None, [who, f"by {by}" if by else ""]))
    return f"{step} ({further})" if further else step


_CAME: Mapping[Came, str] = {
    Came.PAST: "past its date, and nothing is recorded of it",
    Came.NOT_DUE: "not due yet",
    Came.UNDATED: "nothing is recorded of it, and no date is set",
}


def came_line(step: str, came: str, said: Came) -> str:
    """A next step of last time, and what came of it."""
    return f"{step}: {came or _CAME[said]}"


def last_steps(term: Term | None) -> str:
    """The heading over the next steps of the review before."""
    return f"Next steps of {named(term)}, and what the school recorded of them"


def data_heading(term: Term) -> str:
    """The heading over what the data give."""
    return f"What the data say ({term.label})"


def overdue_line(steps: int) -> str:
    """How many next steps are past their date."""
    past = f"{plural(steps, 'is', 'are')} past {plural(steps, 'its', 'their')} date"
    return f"{quantity(steps, 'next step')} {past} with nothing recorded of {plural(steps, 'it', 'them')}."
