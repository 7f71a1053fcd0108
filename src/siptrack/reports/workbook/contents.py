"""The first and the last sheet of a workbook of the old way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.documents import overall
from siptrack.documents.workbook.cover import book_of as with_cover
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.workbook.sheets import WorkbookSheet
from siptrack.rules.model import Rules
from siptrack.school.term import Term


def book_of(
    sheets: Sequence[WorkbookSheet], term: Term, filters: Mapping[str, str], rules: Rules, notes: Sequence[str]
) -> list[WorkbookSheet]:
    """The sheets between the one that leads to each of them and the one that explains the words."""
    only = [overall.filters_line(filters)] if filters else []
    return with_cover(sheets, overall.title(term), (*notes, *only, ruler_line(rules.ruler)))
