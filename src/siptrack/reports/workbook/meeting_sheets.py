"""The working groups of each class, and a sheet for each class's pupil progress meeting with room to write."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.reports.meeting import ClassMeeting, MeetingChild
from siptrack.reports.wording import meeting as words
from siptrack.reports.wording import workbook as wording
from siptrack.reports.workbook.people import KEY
from siptrack.reports.workbook.sheets import sheet
from siptrack.reports.working_groups import BETWEEN_NAMES
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell
from siptrack.school.term import Term

_NAMES = 40  # letters: how wide a column of names may grow
_FROZEN = 1  # the child's name stays in sight


def working_groups_sheet(classes: Sequence[ClassMeeting], subjects: Sequence[str]) -> WorkbookSheet:
    """The grid of each class: a row a working group, a column a subject, the children's names in the cells."""
    headings = (
        SheetColumn("Class", widest=20),
        SheetColumn(words.GROUP, widest=18),
        *(SheetColumn(subject, widest=_NAMES) for subject in subjects),
    )
    rows = tuple(
        (one.title, row.label, *(BETWEEN_NAMES.join(names) or None for names in row.names))
        for one in classes
        for row in one.grid
    )
    return sheet("working_groups", headings, rows if subjects else (), frozen=2)


def meeting_sheets(classes: Sequence[ClassMeeting], term: Term, rules: Rules) -> tuple[WorkbookSheet, ...]:
    """A sheet a class: the children in order of need, what is said of them, and empty cells for what is agreed."""
    headings = (
        SheetColumn("Child", widest=18),
        SheetColumn(wording.LAST_ACTIONS, widest=18, narrowest=16),
        SheetColumn("Why named", widest=14),
        SheetColumn(wording.SAID, widest=38),
        SheetColumn(words.TO_ASK, widest=26),
        SheetColumn("Now", widest=18),
        SheetColumn("Groups", widest=14),
        SheetColumn(wording.BARRIER, narrowest=18),
        SheetColumn(wording.ACTION, narrowest=22),
        SheetColumn(wording.WHO, narrowest=8),
        SheetColumn(wording.BY_WHEN, CellKind.DATE, narrowest=10),
        SheetColumn(wording.REVIEW, narrowest=16),
        SheetColumn(wording.STATUS, choices=rules.meeting.statuses, narrowest=10),
        KEY,
    )
    return tuple(
        WorkbookSheet(
            key=f"meeting_{number}",
            name=f"Meeting {one.name or words.NO_CLASS}",
            title=f"{one.title}: {words.meeting_title(term)}",
            about=wording.class_about(len(one.children)),
            headings=headings,
            rows=tuple(map(_row, one.children)),
            notes=(words.class_size(len(one.children), one.to_discuss), words.PURPOSE, words.ORDER),
            frozen=_FROZEN,
        )
        for number, one in enumerate(classes, 1)
    )


def _row(child: MeetingChild) -> tuple[Cell, ...]:
    written = (None,) * 6  # barrier, action, who, by when, review, status: for people to fill in
    return (
        child.name,
        "\n".join(child.actions) or None,
        child.need.value,
        "\n".join(child.said) or None,
        "\n".join(child.asks) or None,
        "\n".join(standing.words for standing in child.standings) or None,
        "\n".join(child.groups) or None,
        *written,
        child.pupil,
    )
