"""One child's page as text: the journey against the line in each subject, and why each thing is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from siptrack.analysis.vocabulary import Verdict
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.rendering.ruler import ruler_line
from siptrack.reports.child_chart import Chart, chart_of
from siptrack.reports.child_model import ChildPage, CitedRule, Flagged, SubjectJourney, TermResult, WindowSaid, Written
from siptrack.reports.wording import child as wording
from siptrack.reports.wording import child_evidence as evidence_wording
from siptrack.rules.model import Rules

_JOURNEY = (
    ColumnHead("Term"),
    ColumnHead("Year"),
    ColumnHead("Grade"),
    ColumnHead("Points", numbers=True),
    ColumnHead("Line", numbers=True),
    ColumnHead(("From", "line"), numbers=True),
    ColumnHead("Attainment"),
)


def render_child(page: ChildPage, rules: Rules, *, width: int | None, colour: bool, why_only: bool = False) -> str:
    """The page, folded to `width` columns, or with None as plain lines; with `why_only` the chain of evidence alone."""
    out = Page(width, colour=colour)
    out.say(wording.page_title(page), style=styles.STRONG)
    out.say(wording.page_term(page))
    if why_only:
        _put_chain(out, page)
    else:
        _put_whole(out, page)
    out.gap()
    out.say(ruler_line(rules.ruler), style=styles.QUIET)
    return out.text()


def _put_whole(out: Page, page: ChildPage) -> None:
    if page.groups:
        out.say(wording.groups_line(page.groups), hang=2)
    _put_at_a_glance(out, page)
    if any(result.distance is not None for subject in page.subjects for result in subject.results):
        out.gap()
        out.say(wording.chart_note(), hang=2)
    for subject in page.subjects:
        _put_subject(out, subject)
    if page.questions:
        out.heading(wording.questions_heading())
        for question in page.questions:
            out.say(f"- {question}", hang=2)
    if page.records:
        out.heading(wording.records_heading())
        for sentence in page.records:
            out.say(f"- {sentence}", hang=2)
    if page.odd:
        out.heading(evidence_wording.odd_heading())
        for cell in page.odd:
            out.say(evidence_wording.odd_line(cell), hang=2)


def _put_at_a_glance(out: Page, page: ChildPage) -> None:
    """Where the child stands in each subject, and how both windows went."""
    if page.subjects:
        out.gap()
        out.table(tuple(map(ColumnHead, wording.AT_A_GLANCE)), [wording.glance_cells(one) for one in page.subjects])


def _put_subject(out: Page, subject: SubjectJourney) -> None:
    """One subject: where the child stands, the journey, progress, what lies ahead, and the flags."""
    out.heading(f"{subject.label}: {subject.standing}")
    _put_journey(out, [result for result in subject.results if result.told])
    beside = [result for result in subject.results if not result.told]
    if beside:
        out.say(wording.beside_note())
        _put_journey(out, beside)
    for line in wording.progress_lines(subject.progress):
        out.say(line, hang=2)
    for line in wording.ahead_lines(subject):
        out.say(line, hang=2)
    _put_flags(out, subject.flags)


def _put_flags(out: Page, flags: Iterable[Flagged]) -> None:
    """The flags with what is behind them; those that came from the same cells together."""
    alike: dict[tuple[Written, ...], list[Flagged]] = {}
    for flag in flags:
        alike.setdefault(flag.evidence, []).append(flag)
    for evidence, group in alike.items():
        out.gap()
        for flag in group:
            out.say(f"{flag.code}: {flag.sentence}", hang=2, style=styles.STRONG)
        _put_why(out, evidence, dict.fromkeys(rule for flag in group for rule in flag.rules))


def _put_journey(out: Page, results: Sequence[TermResult]) -> None:
    """The results term by term, with a chart of each run on one scale."""
    runs = [list(run) for _, run in groupby(results, key=lambda one: (one.scale, one.crossed_from))]
    for run in runs:
        if run[0].scale:
            out.say(wording.scale_note(run[0].scale, run[0].crossed_from))
        chart = chart_of(run, out.width)
        drawn = (ColumnHead(("Against", "line")),) if chart else ()
        out.table((*_JOURNEY, *drawn), [_line(result, chart) for result in run])


def _line(result: TermResult, chart: Chart | None) -> tuple[str, ...]:
    cells = wording.journey_cells(result)
    return (*cells, chart.drawn(result.distance)) if chart else cells


def _put_chain(out: Page, page: ChildPage) -> None:
    """Every flag and every window with the cells and the rules behind it, and nothing else."""
    empty = True
    for subject in page.subjects:
        flagged = {flag.evidence for flag in subject.flags}
        told = [window for window in subject.progress if window.rules and not _is_flagged(window, flagged)]
        if not (told or subject.flags):
            continue
        empty = False
        out.heading(subject.label)
        _put_flags(out, subject.flags)
        for _, alike in groupby(told, key=lambda one: (one.sentence, one.evidence)):
            windows = list(alike)
            out.gap()
            out.say(wording.progress_lines(windows)[0], hang=2, style=styles.STRONG)
            _put_why(out, windows[0].evidence, dict.fromkeys(rule for window in windows for rule in window.rules))
    if empty:
        out.gap()
        out.say(evidence_wording.nothing_to_trace())


def _is_flagged(window: WindowSaid, flagged: Collection[tuple[Written, ...]]) -> bool:
    """Whether a flag says the same of a window already."""
    return window.verdict == Verdict.INSUFFICIENT and window.evidence in flagged


def _put_why(out: Page, evidence: Iterable[Written], rules: Iterable[CitedRule]) -> None:
    """The cells and the rules behind one thing that is said."""
    for cell in evidence:
        out.say(evidence_wording.cell_behind(cell), indent=2, hang=2)
    for rule in rules:
        out.say(evidence_wording.rule_behind(rule), indent=2, hang=2)
