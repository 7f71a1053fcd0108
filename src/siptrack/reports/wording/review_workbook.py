"""What is said in the review to fill in. Its headings are known again by config/review.yaml when it comes back."""

from __future__ import annotations

from siptrack.reports.wording.review import whose
from siptrack.school.term import Term

SHEET, ASKED = "Review", "Questions and data"
HEADING = "Heading"
LAST_TIME, LAST_STEP, CAME = "Last time: stage and evidence", "Last time: next step", "What came of it"
STAGE, EVIDENCE, DATED = "Stage", "Evidence", "Date of evidence"
STEP, WHO, BY_WHEN = "Next step", "Who", "By when"
ASKS, DATA = "What the guidance asks", "What the data say"


def notes(term: Term | None) -> tuple[str, ...]:
    """What to do with the sheet. No term is named in it: the first one above the table is the review's."""
    when = (
        "Write the term and the year into the title."
        if term is None
        else "If the review is of another term, change it in the title."
    )
    return (
        f"For each heading choose the stage that fits best, once, and say how you know. {when} Rows may be added.",
        whose(),
    )


def asked_title(term: Term | None) -> str:
    """The title of the sheet beside."""
    return "What the guidance asks" + (f", and what the data say ({term.label})" if term is not None else "")


def asked(question: str) -> str:
    """A question of the guidance, without the asterisks by which a text file marks what is in italics."""
    return question.replace("*", "")


ASKED_NOTES = (
    "The questions are those of the guidance for SIPs (2009). They open discussion and are no list to tick.",
    "The data bear on some of them. They are counts to talk about: no stage follows from them.",
)
