"""The pack for the pupil progress meetings as a Word document: a class on each page, and room to write."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.model import Analysis
from siptrack.documents.overall import filters_line
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.word.paper import Paper, PaperColumn
from siptrack.reports.meeting import ClassMeeting, MeetingChild, meetings
from siptrack.reports.wording import meeting as words
from siptrack.reports.wording import workbook as columns
from siptrack.reports.wording.meeting import Need
from siptrack.reports.working_groups import BETWEEN_NAMES, Grouped
from siptrack.rules.model import Rules

_AGREED = (PaperColumn("Child", 45), PaperColumn(columns.LAST_ACTIONS, 122), PaperColumn(words.CAME_OF_IT, 100))
_TALKED_ABOUT = (
    PaperColumn("Child", 29),
    PaperColumn(columns.SAID, 58),
    PaperColumn(words.TO_ASK, 42),
    PaperColumn("Now", 30),
    PaperColumn(columns.BARRIER, 25),
    PaperColumn(columns.ACTION, 31),
    PaperColumn(columns.WHO, 14),
    PaperColumn(columns.BY_WHEN, 16),
    PaperColumn(columns.REVIEW, 22),
)
_LISTED = (
    *(PaperColumn("Child", 41), PaperColumn("Now", 52), PaperColumn(columns.SAID, 72), PaperColumn(words.TO_ASK, 42)),
    PaperColumn(words.REMARKS, 60),
)
_GROUP = 32  # millimetres for the name of a working group
_ROOM = 5  # empty cells of a child who is talked about


def meeting_document(analysis: Analysis, rules: Rules) -> bytes:
    """Every class in turn: what was agreed last, the working groups, then the children by need."""
    title = words.meeting_title(analysis.term)
    paper = Paper(title, landscape=True)
    paper.title(title)
    paper.say(columns.PERSONAL)
    if analysis.filters:
        paper.say(filters_line(analysis.filters))
    paper.say(words.PURPOSE)
    paper.say(words.ORDER)
    subjects = Grouped(analysis, rules).subjects
    for number, meeting in enumerate(meetings(analysis, rules)):
        _put_class(paper, meeting, subjects, new_page=number > 0)
    paper.say(ruler_line(rules.ruler))
    return paper.bytes()


def _put_class(paper: Paper, meeting: ClassMeeting, subjects: Sequence[str], *, new_page: bool) -> None:
    """What was agreed last time, the working groups, then the children by need."""
    paper.heading(meeting.title, 1, new_page=new_page)
    paper.say(words.class_size(len(meeting.children), meeting.to_discuss))
    agreed = [child for child in meeting.children if child.actions]
    if agreed:
        paper.heading(words.AGREED_HEADING, 2)
        paper.table(_AGREED, [[(child.name,), child.actions, ()] for child in agreed])
    if subjects:
        paper.heading(words.GRID_HEADING, 2)
        paper.say(words.GRID_NOTE)
        width = (paper.width - _GROUP) // len(subjects)
        paper.table(
            (PaperColumn(words.GROUP, _GROUP), *(PaperColumn(subject, width) for subject in subjects)),
            [[(row.label,), *((BETWEEN_NAMES.join(names),) for names in row.names)] for row in meeting.grid],
        )
    for need, children in meeting.parts().items():
        paper.heading(words.part_heading(need, len(children)), 2)
        paper.say(words.NOTES[need])
        if need in (Need.CANNOT_TELL, Need.KEEPING_UP):
            paper.table(_LISTED, [_listed(child) for child in children])
        else:
            paper.table(_TALKED_ABOUT, [_talked_about(child) for child in children])


def _talked_about(child: MeetingChild) -> list[Sequence[str]]:
    now = [standing.words for standing in child.standings]
    return [(child.name, *child.groups), child.said, child.asks, now, *[()] * _ROOM]


def _listed(child: MeetingChild) -> list[Sequence[str]]:
    now = ", ".join(standing.words for standing in child.standings)
    return [(child.name, *child.groups), [now], child.said, child.asks, ()]
