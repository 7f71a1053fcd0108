"""The lines of enquiry of a sample school, gathered once and written in every form as the command does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from running import SAMPLES

import siptrack as library
from registers import usual_rules
from siptrack.analysis.shareable import share
from siptrack.cycle.enquiry import enquire
from siptrack.documents.questions.asked import Questions, of_questions, with_names
from siptrack.documents.questions.shared import without_names
from siptrack.documents.questions.view import questions_document
from siptrack.rendering.kept import write_document
from siptrack.rendering.tables import as_tables

DOCUMENTS = ("table", "markdown", "html", "docx")
TABLES = ("table", "markdown", "csv", "ndjson", "json")


@cache
def analysis_of(school: str) -> library.Analysis:
    """The analysis of a sample school."""
    return library.analyse(SAMPLES / school)


@cache
def with_everything(school: str) -> Questions:
    """The questions with names."""
    rules = usual_rules()
    return with_names(enquire(analysis_of(school), rules), rules, ())


@cache
def to_share(school: str, mode: str) -> Questions:
    """The questions of a copy for others."""
    rules = usual_rules()
    shared = share(analysis_of(school), rules, rules.sharing.modes[mode])
    return without_names(analysis_of(school), shared, rules, ())


def every_form(questions: Questions) -> Iterator[bytes]:
    """The bytes of every form."""
    for form in DOCUMENTS:
        printed = write_document(questions_document(questions, every=True), form, width=None, colour=False)
        yield printed if isinstance(printed, bytes) else printed.encode()
    written = of_questions(questions)
    yield written.json().encode()
    for table in written.tables():
        for form in TABLES:
            yield as_tables([table], form, ruler=usual_rules().ruler).encode()
