"""The workbook with names: for the people in school who teach and plan for these children."""

from __future__ import annotations

from siptrack.analysis.model import Analysis
from siptrack.rendering.workbook.sheets import WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.reports.meeting import meetings
from siptrack.reports.wording import workbook as wording
from siptrack.reports.workbook.about_children import (
    children_sheet,
    first_sheet,
    flags_sheet,
    pace_sheet,
    progress_sheet,
    targets_sheet,
)
from siptrack.reports.workbook.about_data import data_sheets
from siptrack.reports.workbook.about_groups import group_sheets
from siptrack.reports.workbook.contents import book_of
from siptrack.reports.workbook.meeting_sheets import meeting_sheets, working_groups_sheet
from siptrack.reports.workbook.people import People
from siptrack.reports.working_groups import Grouped
from siptrack.rules.model import Rules


def named_workbook(analysis: Analysis, rules: Rules) -> bytes:
    """The workbook of an analysis: what it holds, the meetings, the children, the groups, and the data."""
    sheets = [one for one in named_sheets(analysis, rules) if one.rows]
    return write_workbook(book_of(sheets, analysis.term, analysis.filters, rules, [wording.PERSONAL, wording.FILTERS]))


def named_sheets(analysis: Analysis, rules: Rules) -> tuple[WorkbookSheet, ...]:
    """Every sheet in order, those without rows too."""
    classes = meetings(analysis, rules)
    people = People.of(analysis, rules)
    return (
        first_sheet(analysis, rules, people),
        children_sheet(analysis, rules, classes),
        working_groups_sheet(classes, Grouped(analysis, rules).subjects),
        *meeting_sheets(classes, analysis.term, rules),
        flags_sheet(analysis, rules, people),
        *group_sheets(analysis, rules, people),
        progress_sheet(analysis, rules, people),
        pace_sheet(analysis, rules, people),
        targets_sheet(analysis, rules, people),
        *data_sheets(analysis),
    )
