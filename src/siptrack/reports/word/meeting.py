"""The pack for the pupil progress meetings as a Word document: a class on each page, and room to write."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack import __version__
from siptrack.analysis.model import Analysis
from siptrack.reports.meeting import ClassMeeting, MeetingChild, meetings
from siptrack.reports.word.paper import Column, Paper
from siptrack.reports.wording import meeting as words
from siptrack.reports.wording import workbook as columns
from siptrack.reports.wording.meeting import Need
from siptrack.reports.wording.overall import filters_line, ruler_line
from siptrack.rules.model import Rules

_TALKED_ABOUT = (
    Column("Child", 31),
    Column(columns.SAID, 62),
    Column("Now", 32),
    Column(columns.LAST_ACTIONS, 24),
    Column(columns.BARRIER, 29),
    Column(columns.ACTION, 33),
    Column(columns.WHO, 15),
    Column(columns.BY_WHEN, 17),
    Column(columns.REVIEW, 24),
)
_LISTED = (Column("Child", 45), Column("Now", 60), Column(columns.SAID, 82), Column(words.REMARKS, 80))
_ROOM = 5  # empty cells of a child who is talked about


def meeting_document(analysis: Analysis, rules: Rules) -> bytes:
    """Every class in turn; in each the children by need, and those about whom there is nothing to raise by name."""
    title = words.meeting_title(analysis.term)
    paper = Paper(title, landscape=True)
    paper.title(title)
    paper.say(columns.PERSONAL)
    if analysis.filters:
        paper.say(filters_line(analysis.filters))
    paper.say(words.PURPOSE)
    paper.say(words.ORDER)
    for number, meeting in enumerate(meetings(analysis, rules)):
        _put_class(paper, meeting, new_page=number > 0)
    paper.say(ruler_line(rules.ruler, __version__))
    return paper.bytes()


def _put_class(paper: Paper, meeting: ClassMeeting, *, new_page: bool) -> None:
    paper.heading(meeting.title, 1, new_page=new_page)
    paper.say(words.class_size(len(meeting.children), meeting.to_discuss))
    for need, children in meeting.parts().items():
        paper.heading(words.part_heading(need, len(children)), 2)
        paper.say(words.NOTES[need])
        if need in (Need.CANNOT_TELL, Need.KEEPING_UP):
            paper.table(_LISTED, [_listed(child) for child in children])
        else:
            paper.table(_TALKED_ABOUT, [_talked_about(child) for child in children])


def _talked_about(child: MeetingChild) -> list[Sequence[str]]:
    now = [standing.words for standing in child.standings]
    return [(child.name, *child.groups), child.said, now, child.actions, *[()] * _ROOM]


def _listed(child: MeetingChild) -> list[Sequence[str]]:
    now = ", ".join(standing.words for standing in child.standings)
    return [(child.name, *child.groups), [now], child.said, ()]
