"""A sheet for each class's pupil progress meeting, with room to write."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.reports.cells import Cell
from siptrack.reports.meeting import ClassMeeting, MeetingChild
from siptrack.reports.wording import meeting as words
from siptrack.reports.wording import workbook as wording
from siptrack.reports.workbook.people import KEY
from siptrack.reports.workbook.sheets import Heading, Kind, Sheet
from siptrack.rules.model import Rules
from siptrack.school.term import Term

_FROZEN = 1  # the child's name stays in sight


def meeting_sheets(classes: Sequence[ClassMeeting], term: Term, rules: Rules) -> tuple[Sheet, ...]:
    """A sheet a class: the children in order of need, what is said of them, and empty cells for what is agreed."""
    headings = (
        Heading("Child", widest=18),
        Heading("Why named", widest=14),
        Heading(wording.SAID, widest=42),
        Heading("Now", widest=20),
        Heading("Groups", widest=14),
        Heading(wording.LAST_ACTIONS, widest=16, narrowest=16),
        Heading(wording.BARRIER, narrowest=18),
        Heading(wording.ACTION, narrowest=22),
        Heading(wording.WHO, narrowest=8),
        Heading(wording.BY_WHEN, Kind.DATE, narrowest=10),
        Heading(wording.REVIEW, narrowest=16),
        Heading(wording.STATUS, choices=rules.meeting.statuses, narrowest=10),
        KEY,
    )
    return tuple(
        Sheet(
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
        child.need.value,
        "\n".join(child.said) or None,
        "\n".join(standing.words for standing in child.standings) or None,
        "\n".join(child.groups) or None,
        "\n".join(child.actions) or None,
        *written,
        child.pupil,
    )
