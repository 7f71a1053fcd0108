"""One child's page as a Word document, for a meeting with a teacher or a parent."""

from __future__ import annotations

from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.word.paper import Column, Paper
from siptrack.reports.child_model import ChildPage, SubjectJourney, TermResult
from siptrack.reports.wording import child as wording
from siptrack.reports.wording import workbook as columns
from siptrack.reports.wording.meeting import AGREED
from siptrack.rules.model import Rules

_WRITTEN_DOWN = (
    Column(columns.BARRIER, 45),
    Column(columns.ACTION, 55),
    Column(columns.WHO, 20),
    Column(columns.BY_WHEN, 22),
    Column(columns.REVIEW, 38),
)
_WIDTHS = (28, 13, 22, 16, 14, 19, 25, 43)
_EMPTY_ROWS = 3


def child_document(page: ChildPage, rules: Rules) -> bytes:
    """The journey in each subject with what is said of it, the questions to ask, and room for what is agreed."""
    title = wording.page_title(page)
    paper = Paper(title)
    paper.title(title)
    paper.say(columns.PERSONAL)
    paper.say(wording.page_term(page))
    if page.groups:
        paper.say(wording.groups_line(page.groups))
    for subject in page.subjects:
        _put_subject(paper, subject)
    if page.questions:
        paper.heading(wording.questions_heading(), 1)
        paper.bullets(page.questions)
    if page.records:
        paper.heading(wording.records_heading(), 1)
        paper.bullets(page.records)
    paper.heading(AGREED, 1)
    paper.table(_WRITTEN_DOWN, [[[""]] * len(_WRITTEN_DOWN)] * _EMPTY_ROWS)
    paper.say(ruler_line(rules.ruler))
    return paper.bytes()


def _put_subject(paper: Paper, subject: SubjectJourney) -> None:
    paper.heading(f"{subject.label}: {subject.standing}", 1)
    for line in wording.progress_lines(subject.progress):
        paper.say(line)
    paper.bullets(flag.sentence for flag in subject.flags)
    paper.bullets(wording.ahead_lines(subject))
    if subject.results:
        headings = [Column(*pair) for pair in zip(wording.JOURNEY_IN_FULL, _WIDTHS, strict=False)]
        paper.table(headings, [_row(result) for result in subject.results])


def _row(result: TermResult) -> list[list[str]]:
    return [[cell] for cell in (*wording.journey_cells(result), wording.scale_of(result))]
