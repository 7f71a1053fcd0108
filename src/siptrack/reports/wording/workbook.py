"""What is said on the sheets that are made the old way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from siptrack.rendering.numbers import quantity

EVERYBODY = "All children"
PERSONAL = "Contains personal data about children: keep it, send it and delete it as the school does with such data."


@dataclass(frozen=True)
class SheetWords:
    """A sheet's name on its tab, its title, what it holds in one line, and the notes above its table."""

    name: str
    title: str
    about: str
    notes: tuple[str, ...] = ()


SAID = "What siptrack says"
SHEETS: Mapping[str, SheetWords] = {
    "working_groups": SheetWords(
        "Working groups",
        "The working groups of each class, with the children's names",
        "Who is in which working group in each subject, class by class: by where the child stands, and nothing else",
        ("For the head of each class's meeting. A child whose standing is not known is in no group.",),
    ),
    "shared_summary": SheetWords(
        "Year groups",
        "All children and each year group, in each subject",
        "How many children are at expectations and make insufficient progress, by year group and subject",
    ),
    "shared_groups": SheetWords(
        "Groups", "How each group stands in each subject", "The same counts and percentages of each group"
    ),
    "shared_gaps": SheetWords(
        "Gaps",
        "Each group beside the children it is compared with",
        "The comparisons of groups that may be shown, with whether each is more than chance",
    ),
}


def class_about(children: int) -> str:
    """What a class's sheet holds."""
    return f"For the pupil progress meeting: {quantity(children, 'child', 'children')}, and room to write in"


LAST_ACTIONS = "Agreed last time"
BARRIER = "What stands in the way"
ACTION = "What will be done"
WHO = "Who"
BY_WHEN = "By when"
REVIEW = "How it went"
STATUS = "Status"
