"""A child's page and the chain behind it, as documents: what their templates need beside the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from siptrack.analysis.age_tables import AgeLimit, OwnAge
from siptrack.analysis.vocabulary import Unsure, Verdict
from siptrack.documents.child.drawing import DrawnTarget, drawing_of, drawn_results
from siptrack.documents.child.facts import (
    ChildPage,
    CitedRule,
    Flagged,
    Membership,
    SubjectJourney,
    TermResult,
    WindowSaid,
    Written,
)
from siptrack.documents.child.rows import ChildRows
from siptrack.documents.flags import already
from siptrack.documents.labels import STANDS
from siptrack.documents.on_record import ChildRecord
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Ruler
from siptrack.school.scale import Attainment

_SCREEN, _PAGE, _PAPER = "table", "html", "docx"
_ORDER = (Verdict.INSUFFICIENT, Verdict.EXPECTED, Verdict.ACCELERATED, Verdict.CANNOT_TELL)


class BesideThePage(NamedTuple):
    """What the page has beside the contract: the groups that stand by the name, what to ask, and what is on record.

    `others` are the groups that do not stand by the name, `targets` the next ones by subject; `newer` says by subject
    that a mark of a term which has only begun shows the child to have recovered. `most` is how many terms are shown.
    """

    circumstances: Sequence[str]
    others: Sequence[Membership]
    questions: Sequence[str]
    records: Sequence[tuple[ChildRecord, tuple[TermResult, ...]]]
    targets: Mapping[str, Sequence[DrawnTarget]]
    newer: Mapping[str, str]
    most: int


class Progressed(NamedTuple):
    """How a subject went: the window of most weight, with those of which the same is to be said, and the others."""

    leads: Sequence[str]
    window: WindowSaid
    others: Sequence[WindowSaid]


class SubjectSeen(NamedTuple):
    """A subject as the page has it; `runs` are its results, those on one scale together."""

    journey: SubjectJourney
    progressed: Progressed | None
    drawn: Sequence[TermResult]
    runs: Sequence[Sequence[TermResult]]


class Link(NamedTuple):
    """What rests on the same cells: flags, or windows with the same sentence; with the rules behind all of them."""

    flags: Sequence[Flagged]
    windows: Sequence[WindowSaid]
    evidence: Sequence[Written]
    rules: Iterable[CitedRule]


def beside(page: ChildPage, every: ChildRows) -> BesideThePage:
    """What stands beside the contract of one of the children whose rows these are."""
    rules, known = every.rules, every.rules.groups.all()
    near = rules.meeting.groups_beside
    words, others = [], []
    for (key, group), member in zip(every.here[page.pupil].groups.items(), page.groups, strict=True):
        of_rules = known[key].groups.get(group)
        if of_rules and (of_rules.child or group in near.get(key, ())):
            words.append(of_rules.child or of_rules.label)
        else:
            others.append(member)
    journeys = {subject.subject: subject for subject in page.subjects}
    now = every.analysis.term.number
    return BesideThePage(
        circumstances=words,
        others=others,
        questions=every.prompts.get(page.pupil, ()),
        records=[(record, _ends(record, journeys.get(record.subject))) for record in every.records.get(page.pupil, ())],
        targets={
            row.subject: [DrawnTarget(now + row.terms, row.target_points, row.target_grade)]
            for row in sorted(every.targets[page.pupil], key=lambda row: -row.terms)
            if row.target_points is not None and row.points is not None
        },
        newer={finding.subject: newer for finding in every.findings.get(page.pupil, ()) if (newer := already(finding))},
        most=rules.evidence.terms,
    )


def _ends(record: ChildRecord, journey: SubjectJourney | None) -> tuple[TermResult, ...]:
    """The results between which provision ran: the last before it began, and the last by its end or so far."""
    if journey is None or record.start is None:
        return ()
    there = [result for result in journey.results if result.told and result.grade]
    before = [result for result in there if result.order < (record.start or 0)]
    during = [result for result in there if record.start <= result.order <= (record.end or result.order)]
    return (before[-1], during[-1]) if before and during else ()


def child_document(page: ChildPage, known: BesideThePage, ruler: Ruler, form: str, *, detail: bool = False) -> Document:
    """The page as it stands in a form of `rendering.kept`; with `detail` all behind it, which a browser folds."""
    subjects = [
        SubjectSeen(
            subject,
            _progressed(subject.progress),
            drawn_results(subject, known.most) if form == _PAGE else (),
            _runs(subject.results),
        )
        for subject in page.subjects
    ]
    drawings = {
        seen.journey.subject: drawing_of(seen.drawn, known.targets.get(seen.journey.subject, ()))
        for seen in subjects
        if seen.drawn
    }
    return document(
        "child/page.jinja",
        ruler_line(ruler),
        drawings=drawings,
        page=page,
        known=known,
        subjects=subjects,
        verdicts=_verdicts(subjects),
        terms=_terms(page.subjects, known.most),
        rules=_cited(page),
        stands=STANDS,
        Attainment=Attainment,
        Verdict=Verdict,
        Unsure=Unsure,
        OwnAge=OwnAge,
        AgeLimit=AgeLimit,
        browser=form == _PAGE,
        paper=form == _PAPER,
        small=form in (_SCREEN, _PAPER),
        detail=detail,
    )


def why_document(page: ChildPage, ruler: Ruler) -> Document:
    """The chain of evidence alone: every flag and every window with the cells and the rules behind it."""
    chains = [(subject.label, _chain(subject), subject.evidence) for subject in page.subjects]
    chains += [(ages.label, list(_links(ages.flags)), None) for ages in page.ages]
    traced = [(label, chain, weighed) for label, chain, weighed in chains if chain]
    return document("child/why.jinja", ruler_line(ruler), page=page, subjects=traced)


def _progressed(progress: Sequence[WindowSaid]) -> Progressed | None:
    first = min(progress, key=_weight, default=None)
    if first is None:
        return None
    alike = [window for window in progress if window.sentence == first.sentence]
    return Progressed([window.lead for window in alike], first, [window for window in progress if window not in alike])


def _weight(window: WindowSaid) -> int:
    return (window.verdict == Verdict.CANNOT_TELL) - (window.verdict == Verdict.INSUFFICIENT)


def _verdicts(subjects: Iterable[SubjectSeen]) -> dict[str, list[str]]:
    """The subjects by how they went, those of most weight first."""
    went = [(seen.progressed.window.verdict, seen.journey.label) for seen in subjects if seen.progressed]
    found = {verdict: [label for its, label in went if its == verdict] for verdict in _ORDER}
    return {verdict.value: labels for verdict, labels in found.items() if labels}


def _terms(subjects: Iterable[SubjectJourney], most: int) -> list[str]:
    """The newest terms with a result that counts, the oldest first."""
    there = {(result.order, result.term) for subject in subjects for result in subject.results if result.told}
    return [term for _, term in sorted(there)[-most:]]


def _cited(page: ChildPage) -> list[CitedRule]:
    """Every rule that something on the page rests on, once."""
    windows = [window.rules for subject in page.subjects for window in subject.progress]
    flags = [flag.rules for flag in page.flags]
    return list(dict.fromkeys(rule for rules in (*windows, *flags) for rule in rules))


def _runs(results: Sequence[TermResult]) -> list[list[TermResult]]:
    """The results on which progress rests, then those that stand beside: each run on one scale together."""
    ordered = sorted(results, key=lambda result: not result.told)
    return [
        list(run) for _, run in groupby(ordered, key=lambda result: (result.scale, result.crossed_from, result.told))
    ]


def _chain(subject: SubjectJourney) -> list[Link]:
    """The flags of a subject, those of the same cells together, and the windows of which no flag says the same."""
    flags = [link.evidence for link in _links(subject.flags)]
    of_no_flag = [
        window
        for window in subject.progress
        if window.rules and not (window.verdict == Verdict.INSUFFICIENT and window.evidence in flags)
    ]
    windows = (list(held) for _, held in groupby(of_no_flag, key=lambda window: (window.sentence, window.evidence)))
    return [
        *_links(subject.flags),
        *(Link((), held, held[0].evidence, _rules(held)) for held in windows),
    ]


def _links(flags: Iterable[Flagged]) -> Iterator[Link]:
    """These flags, those of the same cells together."""
    of_cells: dict[Sequence[Written], list[Flagged]] = {}
    for flag in flags:
        of_cells.setdefault(flag.evidence, []).append(flag)
    yield from (Link(held, (), cells, _rules(held)) for cells, held in of_cells.items())


def _rules(statements: Iterable[Flagged | WindowSaid]) -> Iterable[CitedRule]:
    return dict.fromkeys(rule for statement in statements for rule in statement.rules)
