"""What is said in the pack for a pupil progress meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from siptrack.rendering.numbers import listed, quantity
from siptrack.school.term import Term

NO_CLASS = "No class recorded"


class Need(StrEnum):
    """Why a child comes up in the meeting, the most pressing first."""

    BEHIND_AND_BELOW = "Insufficient progress and below expectations"
    BEHIND = "Insufficient progress"
    BELOW = "Below expectations"
    LOOK_AT = "Something else to look at"
    CANNOT_TELL = "Progress cannot be told"
    KEEPING_UP = "Nothing to raise"


NOTES: Mapping[Need, str] = {
    Need.BEHIND_AND_BELOW: "Both in at least one subject each.",
    Need.BEHIND: "At expectations or above, or no grade to tell by; progress is insufficient in at least one subject.",
    Need.BELOW: "Progress is as expected or better, or cannot be told. Keeping up does not bring these children to "
    "expectations.",
    Need.LOOK_AT: "Neither insufficient progress nor below expectations.",
    Need.CANNOT_TELL: "No subject has the results from which progress is told. These children may be keeping up or "
    "not: the teacher knows what siptrack cannot.",
    Need.KEEPING_UP: "Progress is as expected or better wherever it can be told.",
}
ORDER = (
    "In each part the children with the strongest marks come first, then those with insufficient progress in more "
    "subjects, then those below expectations in more subjects, then by name."
)
PURPOSE = (
    "Begin with what was agreed last time. For each child: what stands in the way, what will be done, by whom, by "
    "when, and how we will know. What siptrack says are questions to start from; the teacher knows the child."
)


def meeting_title(term: Term) -> str:
    """`Pupil progress meeting: Spring 2026 (school year 2025-26)`."""
    year = term.academic_year_label
    return f"Pupil progress meeting: {term.label}" + (f" (school year {year})" if year else "")


def class_title(class_name: str, year_labels: Sequence[str]) -> str:
    """`5K (Year 5)`, `Elm (Year 3 and Year 4)`, or that no class is recorded."""
    return f"{class_name or NO_CLASS} ({listed(year_labels)})"


def class_size(children: int, to_discuss: int) -> str:
    """`30 children on roll; of 12 there is something to raise`."""
    raised = f"; of {to_discuss} there is something to raise" if to_discuss else ""
    return f"{quantity(children, 'child', 'children')} on roll{raised}."


def attainment_words(subject: str, grade: str, attainment: str) -> str:
    """`Reading WTS (below)`, or `Reading: no grade`."""
    if not grade:
        return f"{subject}: no grade"
    return f"{subject} {grade}" + (f" ({attainment})" if attainment else "")


def untold_words(reasons: Mapping[str, Sequence[str]]) -> str:
    """`Progress cannot be told: reading, writing (one result only); maths (no result this term)`."""
    parts = (f"{', '.join(subjects)} ({reason})" for reason, subjects in reasons.items())
    return f"Progress cannot be told: {'; '.join(parts)}."


def accelerated_words(subjects: Sequence[str]) -> str:
    """`Accelerated progress: reading and maths`."""
    return f"Accelerated progress: {listed(subjects)}."


REMARKS = "What the teacher says"
AGREED = "What is agreed"


def part_heading(need: Need, children: int) -> str:
    """`Below expectations: 3 children`."""
    return f"{need.value}: {quantity(children, 'child', 'children')}"


NOT_IN_A_GROUP = "Not known"
GROUP = "Group"
TO_ASK = "To ask"
CAME_OF_IT = "What came of it"
AGREED_HEADING = "First, what was agreed last time"
GRID_HEADING = "Working groups"
GRID_NOTE = "By where each child stands this term against age-related expectations, and by nothing else."
