"""The workbook with names: its usual sheets or every one, behind a cover with the three figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from siptrack.analysis.model import Analysis
from siptrack.documents.comparisons import count_made, list_causes
from siptrack.documents.in_short import untold
from siptrack.documents.read import read_of
from siptrack.documents.report.figures import Share, a_year_ago, figures_of
from siptrack.documents.workbook.cover import WORDS, book_of
from siptrack.documents.workbook.rows import SheetRows
from siptrack.documents.workbook.sheets import SHEETS
from siptrack.rendering.model import Notice, Paragraph
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import sections, sentence
from siptrack.rendering.workbook.sheets import WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.rules.model import Rules

_words = partial(sentence, template=WORDS)


def named_workbook(analysis: Analysis, rules: Rules, *, every: bool = False) -> bytes:
    """The workbook of an analysis: what it holds, the children, the groups, and the data."""
    sheets = [sheet for sheet in named_sheets(analysis, rules, every=every) if sheet.rows]
    left_out = 0 if every else sum(not declared.usual for declared in SHEETS.values())
    notes = [*_lines("cover", read_of(analysis), left_out), ruler_line(rules.ruler)]
    return write_workbook(book_of(sheets, _words("title", analysis.term), notes, _figures(analysis, rules)))


def meeting_workbook(sheets: Sequence[WorkbookSheet], analysis: Analysis, rules: Rules) -> bytes:
    """The workbook to write in at the pupil progress meetings, of these sheets."""
    notes = [*_lines("meeting_cover", read_of(analysis)), ruler_line(rules.ruler)]
    there = [sheet for sheet in sheets if sheet.rows]
    return write_workbook(book_of(there, _words("meeting_title", analysis.term), notes))


def named_sheets(analysis: Analysis, rules: Rules, *, every: bool) -> list[WorkbookSheet]:
    """The usual sheets or every one, in order, those without rows too."""
    filled = SheetRows(analysis, rules)
    return [_sheet(key, filled) for key, declared in SHEETS.items() if every or declared.usual]


def _sheet(key: str, filled: SheetRows) -> WorkbookSheet:
    declared = SHEETS[key]
    columns = {**declared.columns, **filled.columns(key)}
    if "pupil" in columns:  # the key stands at the end
        columns["pupil"] = columns.pop("pupil")
    found = filled.rows(key)
    columns = {
        name: column
        for name, column in columns.items()
        if name not in declared.spare or any(row.get(name) is not None for row in found)
    }
    rows = tuple(tuple(row.get(name) for name in columns) for row in found)
    made = count_made(filled.analysis, filled.rules) if key == "clear_gaps" else None
    notes = (*declared.notes, *([_words("compared", made)] if made else []))
    about = (declared.name, declared.title, declared.about)
    return WorkbookSheet(key, *about, tuple(columns.values()), rows, notes, declared.frozen)


def _lines(macro: str, *view: object) -> Sequence[str]:
    """What a macro says, a paragraph a line."""
    parts = [part for section in sections(macro, *view, template=WORDS) for part in section.parts]
    return [part.words for part in parts if isinstance(part, Paragraph | Notice)]


def _figures(analysis: Analysis, rules: Rules) -> list[tuple[str, str]]:
    """The three figures that the report's page begins with, each with what it is."""
    small, before = rules.groups.small, a_year_ago(analysis, rules)
    now = figures_of(analysis, rules, _clear_gaps(analysis, rules))
    then = figures_of(before, rules, _clear_gaps(before, rules)) if before else None
    unknown = untold(analysis)
    return [
        (_words("number_at_expectations", now.at_expectations, small), _words("at_expectations", now, then, small)),
        (_words("number_named", now, unknown), _words("named", now, then, small, unknown)),
        (_words("number_of_gaps", now), _words("gaps", now, then)),
    ]


def _clear_gaps(analysis: Analysis, rules: Rules) -> Share:
    """How many gaps between groups are clear, of so many that could be judged."""
    if analysis.compared.gaps.empty:
        return Share(0, 0)
    return Share(sum(len(cause.gaps) for cause in list_causes(analysis, rules)), count_made(analysis, rules).held)
