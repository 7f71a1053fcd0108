"""The lines of enquiry as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siptrack.cycle.enquiry_tables import EVIDENCE, QUESTIONS
from siptrack.rendering.safe_text import json_document
from siptrack.reports.begun import begun_objects, term_object
from siptrack.reports.catalogue import ENQUIRED, OF_THE_DATA
from siptrack.reports.document import Object, problem_object, ruler_object
from siptrack.reports.questions import Questions
from siptrack.reports.schema.from_tables import schema_name
from siptrack.reports.shared_forms import share_object
from siptrack.reports.tables import Record, data_records, frame_of, problem_records
from siptrack.reports.wording import questions as wording
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame

OF_ENQUIRY = (QUESTIONS.name, EVIDENCE.name)  # the tables that a copy to share has too


def questions_tables(questions: Questions, only: str | None = None) -> dict[str, DataFrame]:
    """The tables by name, or only one; a copy to share has none about the data."""
    names = OF_ENQUIRY if questions.shared else tuple(ENQUIRED)
    return {name: frame_of(_rows(questions, name), ENQUIRED[name].names) for name in names if only in (None, name)}


def _rows(questions: Questions, name: str) -> Sequence[Record]:
    if name in {table.name for table in OF_THE_DATA}:
        return data_records(name, questions.analysis.register)
    return _questions(questions) if name == QUESTIONS.name else _evidence(questions)


def _questions(questions: Questions) -> list[Record]:
    return [
        {
            "number": number,
            "question": rule.key,
            "heading": rule.heading,
            "asks": wording.bare(rule.asks),
            "evidence": ", ".join(rule.evidence) or None,
            "answer": questions.answer(rule).value,
            "says": " ".join(wording.evidence_line(kind, questions.told[kind].says) for kind in rule.evidence) or None,
            "ask": rule.ask,
            "look_at": rule.look_at,
        }
        for number, rule in questions.asked.items()
    ]


def _evidence(questions: Questions) -> list[Record]:
    return [
        {"evidence": kind.value, "answer": told.answer.value, "line": at, "says": words}
        for kind in questions.kinds
        for told in (questions.told[kind],)
        for at, words in enumerate((told.says, *(line.words for line in told.lines)))
    ]


def questions_as_json(questions: Questions) -> str:
    """The questions with all that the data says, the same bytes for the same input."""
    return json_document(_document(questions))


def _document(questions: Questions) -> Object:
    analysis, shared = questions.analysis, questions.shared
    problems = [] if shared else problem_records(analysis.register)
    return {
        "schema": schema_name("questions"),
        "version": VERSION,
        "term": term_object(analysis.term),
        "begun": [] if shared else begun_objects(analysis.begun),
        "filters": dict(questions.filters),
        "ruler": ruler_object(questions.rules),
        "share": share_object(shared.mode) if shared else None,
        "source": questions.rules.enquiry.source,
        QUESTIONS.name: _questions(questions),
        EVIDENCE.name: _evidence(questions),
        "problems": [problem_object(row) for row in problems],
    }
