"""One child's page for a document in Markdown, in which no text from a file means anything but itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.safe_text import markdown_cell
from siptrack.reports.child_model import ChildPage, CitedRule, Flagged, SubjectJourney, TermResult, Written
from siptrack.reports.manual import Block, as_markdown
from siptrack.reports.wording import child as wording
from siptrack.reports.wording import child_evidence as evidence_wording
from siptrack.rules.model import Rules


def child_as_markdown(page: ChildPage, rules: Rules) -> str:
    """The page with a table for each journey; every result with its place, every flag with its cells and rules."""
    return as_markdown([*_blocks(page), _said(ruler_line(rules.ruler))])


def _blocks(page: ChildPage) -> Iterator[Block]:
    yield Block(markdown_cell(wording.page_title(page)), level=1)
    yield _said(wording.page_term(page))
    if page.groups:
        yield _said(wording.groups_line(page.groups))
    for subject in page.subjects:
        yield from _subject(subject)
    if page.questions:
        yield Block(wording.questions_heading(), level=2)
        yield _listed(page.questions)
    if page.records:
        yield Block(wording.records_heading(), level=2)
        yield _listed(page.records)
    if page.odd:
        yield Block(evidence_wording.odd_heading(), level=2)
        yield _listed(map(evidence_wording.odd_line, page.odd))


def _subject(subject: SubjectJourney) -> Iterator[Block]:
    yield Block(markdown_cell(f"{subject.label}: {subject.standing}"), level=2)
    if subject.results:
        yield Block(headings=wording.JOURNEY_IN_FULL, rows=tuple(map(_row, subject.results)))
    yield from map(_said, wording.progress_lines(subject.progress))
    if ahead := wording.ahead_lines(subject):
        yield _listed(ahead)
    for flag in subject.flags:
        yield from _flag(flag)


def _row(result: TermResult) -> tuple[str, ...]:
    scale = wording.scale_of(result)
    return (*wording.journey_cells(result), scale, result.written.place.label if result.written else "")


def _flag(flag: Flagged) -> Iterator[Block]:
    yield Block(markdown_cell(flag.code), level=3)
    yield _said(flag.sentence)
    yield _listed(_why(flag.evidence, flag.rules))


def _why(evidence: Sequence[Written], rules: Sequence[CitedRule]) -> list[str]:
    return [*map(evidence_wording.written_line, evidence), *map(evidence_wording.rule_line, rules)]


def _said(words: str) -> Block:
    return Block(markdown_cell(words))


def _listed(items: Iterable[str]) -> Block:
    return Block(items=tuple(map(markdown_cell, items)))
