"""The review to fill in: a row for each heading with room below, what was written last time, and what the data give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.review import Reviewed
from siptrack.reports.cells import Cell, records, text
from siptrack.reports.review_evidence import evidence_records, of_heading
from siptrack.reports.wording import review as words
from siptrack.reports.wording import review_workbook as wording
from siptrack.reports.workbook.sheets import Heading, Kind, Sheet
from siptrack.reports.workbook.write import write_workbook
from siptrack.rules.model import Rules
from siptrack.school.review import HELD
from siptrack.school.term import Term

_ROOM = 2  # rows for each heading, so that a second piece of evidence has a place
_LINES = 5  # of each row, at least: room to write by hand
_FROZEN = 1  # the heading stays in sight
_LAST_TIME = (
    Heading(wording.LAST_TIME, widest=24, narrowest=16),
    Heading(wording.LAST_STEP, widest=20, narrowest=14),
    Heading(wording.CAME, narrowest=16),
)
_ASKED = (
    Heading(wording.HEADING, widest=20),
    Heading(wording.ASKS, widest=62),
    Heading(wording.DATA, widest=52),
)


def review_workbook(reviewed: Reviewed, rules: Rules) -> bytes:
    """The next review to fill in, and beside it what the guidance asks and what the data give."""
    term = next_term(reviewed)
    return write_workbook((_to_fill(reviewed, term, rules), _beside(reviewed, rules)))


def next_term(reviewed: Reviewed) -> Term | None:
    """The term of the next review: that of the results, or the one after the newest review if that is later."""
    judged = None if reviewed.beside is None else reviewed.beside.analysis.term
    later = None if reviewed.term is None else Term.numbered(reviewed.term.number + 1)
    return max((term for term in (judged, later) if term is not None and term.dated), default=None)


def _to_fill(reviewed: Reviewed, term: Term | None, rules: Rules) -> Sheet:
    stages = rules.review.stages.values()
    again = bool(reviewed.terms)
    headings = (
        Heading(wording.HEADING, widest=20),
        *(_LAST_TIME if again else ()),
        Heading(wording.STAGE, choices=tuple(stage.label for stage in stages), narrowest=12),
        Heading(wording.EVIDENCE, narrowest=26 if again else 36),
        Heading(wording.DATED, Kind.DATE, narrowest=10),
        Heading(wording.STEP, narrowest=22 if again else 30),
        Heading(wording.WHO, narrowest=8),
        Heading(wording.BY_WHEN, Kind.DATE, narrowest=10),
    )
    blank = (None,) * (len(headings) - (4 if again else 1))
    rows = [
        (heading, *((*last, None) if again else ()), *blank)
        for heading in rules.review.headings
        for last in _last_time(reviewed, heading)
    ]
    return Sheet(
        key="review",
        name=wording.SHEET,
        title=words.title(term),
        about="",
        headings=headings,
        rows=tuple(rows),
        notes=(*wording.notes(term), *(words.stage_meaning(stage) for stage in stages)),
        frozen=_FROZEN,
        lines=_LINES,
    )


def _last_time(reviewed: Reviewed, heading: str) -> list[tuple[Cell, Cell]]:
    """What stands in each row of a heading of the last review, and the next step there; and rows for what is new."""
    rows = [row for row in records(reviewed.newest, HELD.names) if row["heading"] == heading]
    told = [(_said(row), _step(row)) for row in rows if row["stage_written"] or row["evidence"] or row["step"]]
    return [*told, *[(None, None)] * max(_ROOM - len(told), 1)]


def _step(row: Mapping[str, Cell]) -> str | None:
    """The next step of a row of last time, with who and by when."""
    step = text(row["step"])
    return words.step_line(step, text(row["who"]), text(row["by_when"])) if step else None


def _said(row: Mapping[str, Cell]) -> str | None:
    """The stage and the evidence of a row of last time."""
    stage, evidence = text(row["stage_written"]), text(row["evidence"])
    lines = [stage, words.evidence_line(evidence, text(row["dated"])) if evidence else ""]
    return "\n".join(filter(None, lines)) or None


def _beside(reviewed: Reviewed, rules: Rules) -> Sheet:
    """What the guidance asks under each heading, and what the data give."""
    evidence = evidence_records(reviewed.beside, rules)
    judged = None if reviewed.beside is None else reviewed.beside.analysis.term
    questions = rules.enquiry.questions.values()
    rows = [
        (
            heading,
            _lines([wording.asked(one.asks) for one in questions if one.heading == heading]),
            _lines(of_heading(evidence, heading)) or (words.NO_DATA if judged is None else words.NOTHING),
        )
        for heading in rules.review.headings
    ]
    return Sheet(
        key="asked",
        name=wording.ASKED,
        title=wording.asked_title(judged),
        about="",
        headings=_ASKED,
        rows=tuple(rows),
        notes=wording.ASKED_NOTES,
        frozen=_FROZEN,
    )


def _lines(sentences: Sequence[str]) -> str:
    return "\n\n".join(sentences)
