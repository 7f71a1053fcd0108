"""A child's page and the chain behind it, as documents: what their templates need beside the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from siptrack.analysis.vocabulary import Verdict, Window
from siptrack.documents.child.drawing import drawing_of, drawn_results
from siptrack.documents.child.facts import (
    ChildPage,
    CitedRule,
    Flagged,
    SubjectJourney,
    TermResult,
    WindowSaid,
    Written,
)
from siptrack.documents.child.sentences import with_mark
from siptrack.documents.child.track import Track, track_of
from siptrack.documents.labels import STANDS
from siptrack.rendering.model import Document
from siptrack.rendering.numbers import plain_number
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Ruler

_SCREEN, _PAGE = "table", "html"


class ResultLine(NamedTuple):
    """A term of a journey as a table has it; `last` is where it was written, or on a screen how it lies by the line."""

    term: str
    year: str
    grade: str
    points: str
    line: str
    distance: str
    attainment: str
    last: str


class Run(NamedTuple):
    """Results on one scale, term by term; `drawn` is whether each is drawn beside the line in its last column."""

    scale: str
    crossed_from: str
    counts: bool
    drawn: bool
    lines: Sequence[ResultLine]


class SubjectPart(NamedTuple):
    """A subject as the page has it: the verdict in both windows; windows with the same sentence stand together.

    `described` is what a drawing shows, in words.
    """

    journey: SubjectJourney
    year: str
    key_stage: str
    windows: Sequence[tuple[Sequence[str], str]]
    ahead: Sequence[str]
    described: Sequence[str]
    runs: Sequence[Run]


class Link(NamedTuple):
    """What rests on the same cells: flags, or windows with the same sentence; with the rules behind all of them."""

    flags: Sequence[Flagged]
    windows: Sequence[WindowSaid]
    evidence: Sequence[Written]
    rules: Iterable[CitedRule]


def child_document(page: ChildPage, ruler: Ruler, form: str, *, width: int | None = None) -> Document:
    """The page as it stands in a form of `rendering.kept`; on a screen of a width each term is drawn beside the line.

    Drawings are made for a page of a browser alone: every table of results says the same.
    """
    subjects = [_subject(subject, screen=form == _SCREEN, width=width) for subject in page.subjects]
    drawn = [subject for subject in page.subjects if form == _PAGE and drawn_results(subject)]
    return document(
        "child/page.jinja",
        ruler_line(ruler),
        drawings={subject.subject: drawing_of(subject) for subject in drawn},
        page=page,
        groups=[f"{group.characteristic}: {group.group}" for group in page.groups],
        subjects=subjects,
        rules=_cited(page.subjects),
        form=form,
        screen=form == _SCREEN,
        tracked=any(run.drawn for subject in subjects for run in subject.runs),
    )


def why_document(page: ChildPage, ruler: Ruler) -> Document:
    """The chain of evidence alone: every flag and every window with the cells and the rules behind it."""
    chains = [(subject.label, _chain(subject), subject.evidence) for subject in page.subjects]
    traced = [(label, chain, weighed) for label, chain, weighed in chains if chain]
    return document("child/why.jinja", ruler_line(ruler), page=page, subjects=traced)


def alike(progress: Iterable[WindowSaid]) -> list[tuple[Sequence[str], str]]:
    """The windows with the same sentence, as in the first year of a key stage, and that sentence."""
    leads: dict[str, list[str]] = {}
    for window in progress:
        leads.setdefault(window.sentence, []).append(window.lead)
    return [(of, sentence) for sentence, of in leads.items()]


def _subject(journey: SubjectJourney, *, screen: bool, width: int | None) -> SubjectPart:
    ahead = (
        *(need.sentence for need in journey.needed),
        *(target.sentence for target in journey.targets),
        *journey.forecasts,
    )
    shown = [f"{result.term}: {result.grade}, {STANDS[result.attainment]}" for result in drawn_results(journey)]
    verdicts = {window.window: window.verdict for window in journey.progress}
    return SubjectPart(
        journey,
        verdicts.get(Window.YEAR, ""),
        verdicts.get(Window.KEY_STAGE, ""),
        alike(journey.progress),
        ahead,
        shown,
        _runs(journey.results, screen=screen, width=width),
    )


def _cited(subjects: Iterable[SubjectJourney]) -> list[CitedRule]:
    """Every rule that something on the page rests on, once."""
    windows = [window.rules for subject in subjects for window in subject.progress]
    flags = [flag.rules for subject in subjects for flag in subject.flags]
    return list(dict.fromkeys(rule for rules in (*windows, *flags) for rule in rules))


def _runs(results: Sequence[TermResult], *, screen: bool, width: int | None) -> list[Run]:
    """The results on which progress rests, then those that stand beside: each run on one scale together."""
    runs = []
    ordered = sorted(results, key=lambda result: not result.told)
    for key, group in groupby(ordered, key=lambda result: (result.scale, result.crossed_from, result.told)):
        held = list(group)
        track = track_of(held, width) if screen else None
        runs.append(Run(*key, track is not None, [_line(result, track) for result in held]))
    return runs


def _line(result: TermResult, track: Track | None) -> ResultLine:
    place = result.written.place.label if result.written else ""
    return ResultLine(
        result.term,
        result.year,
        with_mark(result.grade, result.mark) if result.written else "",
        _plain(result.points),
        _plain(result.line),
        f"{'+' if (result.distance or 0) > 0 else ''}{_plain(result.distance)}",
        result.attainment if result.written else "",
        track.drawn(result.distance) if track else place,
    )


def _plain(value: float | None) -> str:
    return "" if value is None else plain_number(value)


def _chain(subject: SubjectJourney) -> list[Link]:
    """The flags of a subject, those of the same cells together, and the windows of which no flag says the same."""
    flags: dict[Sequence[Written], list[Flagged]] = {}
    for flag in subject.flags:
        flags.setdefault(flag.evidence, []).append(flag)
    of_no_flag = [
        window
        for window in subject.progress
        if window.rules and not (window.verdict == Verdict.INSUFFICIENT and window.evidence in flags)
    ]
    windows = (list(held) for _, held in groupby(of_no_flag, key=lambda window: (window.sentence, window.evidence)))
    return [
        *(Link(held, (), cells, _rules(held)) for cells, held in flags.items()),
        *(Link((), held, held[0].evidence, _rules(held)) for held in windows),
    ]


def _rules(statements: Iterable[Flagged | WindowSaid]) -> Iterable[CitedRule]:
    return dict.fromkeys(rule for statement in statements for rule in statement.rules)
