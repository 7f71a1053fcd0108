"""The workbook with names: for the people in school who teach and plan for these children."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack import __version__
from siptrack.analysis.model import Analysis
from siptrack.reports.cells import Cell
from siptrack.reports.meeting import meetings
from siptrack.reports.wording import overall
from siptrack.reports.wording import workbook as wording
from siptrack.reports.workbook.about_children import (
    children_sheet,
    flags_sheet,
    pace_sheet,
    progress_sheet,
    targets_sheet,
)
from siptrack.reports.workbook.about_data import data_sheets
from siptrack.reports.workbook.about_groups import group_sheets
from siptrack.reports.workbook.meeting_sheets import meeting_sheets
from siptrack.reports.workbook.people import People
from siptrack.reports.workbook.sheets import Heading, Sheet
from siptrack.reports.workbook.write import write_workbook
from siptrack.rules.model import Rules


def named_workbook(analysis: Analysis, rules: Rules) -> bytes:
    """The workbook of an analysis: what it holds, the meetings, the children, the groups, and the data."""
    sheets = [one for one in named_sheets(analysis, rules) if one.rows]
    return write_workbook(with_contents(analysis, rules, sheets, wording.PERSONAL), overall.title(analysis.term))


def named_sheets(analysis: Analysis, rules: Rules) -> tuple[Sheet, ...]:
    """Every sheet in order, those without rows too."""
    classes = meetings(analysis, rules)
    people = People.of(analysis, rules)
    return (
        children_sheet(analysis, rules, classes),
        *meeting_sheets(classes, analysis.term, rules),
        flags_sheet(analysis, rules, people),
        *group_sheets(analysis, rules, people),
        progress_sheet(analysis, rules, people),
        pace_sheet(analysis, rules, people),
        targets_sheet(analysis, rules, people),
        *data_sheets(analysis),
    )


def with_contents(analysis: Analysis, rules: Rules, sheets: Sequence[Sheet], *notes: str) -> list[Sheet]:
    """The sheets after a first one that says what each holds, and leads to it, and a last one that explains words."""
    said = wording.SHEETS[wording.CONTENTS]
    ending = _notes_sheet()
    rows: list[tuple[Cell, ...]] = [(one.name, one.about, len(one.rows)) for one in (*sheets, ending)]
    filters = [overall.filters_line(analysis.filters)] if analysis.filters else []
    contents = Sheet(
        key=wording.CONTENTS,
        name=said.name,
        title=overall.title(analysis.term),
        about="",
        headings=(Heading("Sheet", widest=34), Heading("What it holds", widest=96), Heading("Rows")),
        rows=tuple(rows),
        notes=(*notes, *filters, overall.ruler_line(rules.ruler, __version__), *said.notes),
        links={one.name: one.key for one in (*sheets, ending)},
    )
    return [contents, *sheets, ending]


def _notes_sheet() -> Sheet:
    said = wording.SHEETS[wording.NOTES]
    headings = (Heading("Word", widest=30), Heading("What it means", widest=100))
    return Sheet(wording.NOTES, said.name, said.title, said.about, headings, wording.GLOSSARY)
