"""The meetings in the workbook: the working groups, and a sheet a class with room to write.

What people write is read back by the headings that config/actions.yaml names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from siptrack.documents.meeting.view import NAMED, ClassMeeting, MeetingChild, meeting_pack
from siptrack.rendering import template
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, Value, WorkbookSheet

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_LINES = 3  # of a strip, at least: room for two lines by hand
_WRITTEN = 6  # columns that people write in
_NAMES = 40  # letters: how wide a column of names may grow
_words = partial(template.sentence, template="meeting/words.jinja")


def meeting_sheets(analysis: Analysis, rules: Rules) -> list[WorkbookSheet]:
    """The working groups of every class, then a sheet a class: the children in the rank, with room to write."""
    pack = meeting_pack(analysis, rules)
    classes = [
        _class_sheet(number, meeting, analysis, rules, provision=pack.provision)
        for number, meeting in enumerate(pack.meetings, 1)
    ]
    return [_working_groups(pack.meetings, pack.subjects), *classes]


def _working_groups(meetings: Sequence[ClassMeeting], subjects: Sequence[str]) -> WorkbookSheet:
    """A row a class and working group, a column a subject, the children's names in the cells."""
    rows = [
        (_words("title", meeting), row.label or "Not known", *("; ".join(names) or None for names in row.names))
        for meeting in meetings
        for row in meeting.grid
    ]
    return WorkbookSheet(
        key="working_groups",
        name="Working groups",
        title="The working groups of each class, with the children's names",
        about=_words("groups_about"),
        headings=(
            SheetColumn("Class", widest=20),
            SheetColumn("Group", widest=18),
            *(SheetColumn(subject, widest=_NAMES) for subject in subjects),
        ),
        rows=tuple(rows if subjects else ()),
        notes=("For the head of each class's meeting. A child whose standing is not known is in no group.",),
        frozen=2,
    )


def _class_sheet(
    number: int, meeting: ClassMeeting, analysis: Analysis, rules: Rules, *, provision: bool
) -> WorkbookSheet:
    write = partial(SheetColumn, by_hand=True)
    headings = (
        SheetColumn("Child", widest=20, narrowest=20),
        SheetColumn("What siptrack says", widest=69, narrowest=69),
        write("What stands in the way", narrowest=23),
        write("What will be done", narrowest=25),
        write("Who", narrowest=8),
        write("By when", CellKind.DATE, narrowest=10),
        SheetColumn("How it went", narrowest=20, printed=False),
        SheetColumn("Status", choices=rules.meeting.statuses, narrowest=10, printed=False),
        SheetColumn("Key", widest=14, printed=False),
    )
    children = meeting.children
    return WorkbookSheet(
        key=f"meeting_{number}",
        name=f"Meeting {meeting.name or _words('no_class')}",
        title=f"{_words('title', meeting)}: {_words('meeting_title', analysis.term)}",
        about=_words("about", meeting),
        headings=headings,
        rows=tuple(_row(child, meeting, provision=provision) for child in children),
        notes=(_words("size", meeting), _words("to_read", rules.evidence)),
        frozen=1,
        lines=(_LINES,) * len(meeting.strips),
    )


def _row(child: MeetingChild, meeting: ClassMeeting, *, provision: bool) -> tuple[Value, ...]:
    """What was agreed last time; then a strip, or for those who have none a line."""
    about = [_words("agreed_and_came", action) for name, action in meeting.agreed if name == child.name and action.last]
    if child in meeting.strips:
        about += [_words("journey", subject) for subject in child.raised]
        about += [f"{_words('beside', child)} {_words('help', child, provision)}".strip(), *child.asks]
    else:
        about += [_words("line", child, child.need in NAMED)]
    return child.name, "\n".join(filter(None, about)) or None, *(None,) * _WRITTEN, child.pupil
