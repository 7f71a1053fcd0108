"""The review to fill in: a row for each heading with room below, what was written last time, and what the data give.

Its headings are known again by config/review.yaml when it comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from siptrack.cycle.review import Reviewed
from siptrack.cycle.review_tables import BearsOn
from siptrack.rendering import template
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, Value, WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.rules.model import Rules
from siptrack.school.review import ReviewRow
from siptrack.school.tables import rows_of
from siptrack.school.term import Term

_ROOM = 2  # rows for each heading, so that a second piece of evidence has a place
_LINES = 5  # of each row, at least: room to write by hand
_FROZEN = 1  # the heading stays in sight
_LAST_TIME = (
    SheetColumn("Last time: stage and evidence", widest=24, narrowest=16),
    SheetColumn("Last time: next step", widest=20, narrowest=14),
    SheetColumn("What came of it", narrowest=16),
)
_ASKED = (
    SheetColumn("Heading", widest=20),
    SheetColumn("What the guidance asks", widest=62),
    SheetColumn("What the data say", widest=52),
)
_words = partial(template.sentence, template="review/words.jinja")


def review_workbook(reviewed: Reviewed, evidence: Sequence[BearsOn], rules: Rules) -> bytes:
    """The next review to fill in, and beside it what the guidance asks and what the data give."""
    return write_workbook((_to_fill(reviewed, next_term(reviewed), rules), _beside(reviewed, evidence, rules)))


def next_term(reviewed: Reviewed) -> Term | None:
    """The term of the next review: that of the results, or the one after the newest review if that is later."""
    judged = None if reviewed.beside is None else reviewed.beside.analysis.term
    later = None if reviewed.term is None else Term.numbered(reviewed.term.number + 1)
    return max((term for term in (judged, later) if term is not None and term.dated), default=None)


def _to_fill(reviewed: Reviewed, term: Term | None, rules: Rules) -> WorkbookSheet:
    stages = rules.review.stages.values()
    again = bool(reviewed.terms)
    columns = (
        SheetColumn("Heading", widest=20),
        *(_LAST_TIME if again else ()),
        SheetColumn("Stage", choices=tuple(stage.label for stage in stages), narrowest=12),
        SheetColumn("Evidence", narrowest=26 if again else 36),
        SheetColumn("Date of evidence", CellKind.DATE, narrowest=10),
        SheetColumn("Next step", narrowest=22 if again else 30),
        SheetColumn("Who", narrowest=8),
        SheetColumn("By when", CellKind.DATE, narrowest=10),
    )
    blank = (None,) * (len(columns) - (4 if again else 1))
    rows = [
        (heading, *((*last, None) if again else ()), *blank)
        for heading in rules.review.headings
        for last in _last_time(reviewed, heading)
    ]
    return WorkbookSheet(
        key="review",
        name="Review",
        title=_words("title", term),
        about="",
        headings=columns,
        rows=tuple(rows),
        notes=(_what_to_do(term), _words("whose"), *(_words("means", stage) for stage in stages)),
        frozen=_FROZEN,
        lines=_LINES,
    )


def _what_to_do(term: Term | None) -> str:
    """What to do with the sheet. No term is named in it: the first one above the table is the review's."""
    when = (
        "Write the term and the year into the title."
        if term is None
        else "If the review is of another term, change it in the title."
    )
    return f"For each heading choose the stage that fits best, once, and say how you know. {when} Rows may be added."


def _last_time(reviewed: Reviewed, heading: str) -> list[tuple[Value, Value]]:
    """What stands in each row of a heading of the last review, and the next step there; and rows for what is new."""
    rows = [row for row in rows_of(ReviewRow, reviewed.newest) if row.heading == heading]
    found = [
        (_recorded(row), _words("step_in_words", row) if row.step else None)
        for row in rows
        if row.stage_written or row.evidence or row.step
    ]
    return [*found, *[(None, None)] * max(_ROOM - len(found), 1)]


def _recorded(row: ReviewRow) -> str | None:
    """The stage and the evidence of a row of last time."""
    lines = [row.stage_written, _words("evidence_in_words", row) if row.evidence else ""]
    return "\n".join(filter(None, lines)) or None


def _beside(reviewed: Reviewed, evidence: Sequence[BearsOn], rules: Rules) -> WorkbookSheet:
    """What the guidance asks under each heading, and what the data give."""
    judged = None if reviewed.beside is None else reviewed.beside.analysis.term
    nothing = _words("no_data" if judged is None else "nothing")
    rows = [
        (
            heading,
            _lines(
                [
                    question.asks.replace("*", "")
                    for question in rules.enquiry.questions.values()
                    if question.heading == heading
                ]
            ),
            _lines([line.sentence for line in evidence if line.heading == heading]) or nothing,
        )
        for heading in rules.review.headings
    ]
    return WorkbookSheet(
        key="asked",
        name="Questions and data",
        title="What the guidance asks" + (f", and what the data say ({judged.label})" if judged is not None else ""),
        about="",
        headings=_ASKED,
        rows=tuple(rows),
        notes=(
            "The questions are those of the guidance for SIPs (2009). They open discussion and are no list to tick.",
            "The data bear on some of them. They are counts to talk about: no stage follows from them.",
        ),
        frozen=_FROZEN,
    )


def _lines(sentences: Sequence[str]) -> str:
    return "\n\n".join(sentences)
