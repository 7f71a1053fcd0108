"""The facts of a review's page: what the school recorded under each heading, now and last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from siptrack.cycle.review import BETWEEN, Reviewed
from siptrack.cycle.review_tables import BEARS_ON, BearsOn, HeadingChange, Step
from siptrack.cycle.since_tables import Came
from siptrack.documents.read import Read
from siptrack.documents.written import Written, head_of, rows_but
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.review import HELD, ReviewRow
from siptrack.school.tables import rows_of
from siptrack.school.term import Term


class ReviewHeading(NamedTuple):
    """What was recorded under a heading. `stages` has the terms of each of its stages.

    `data` is what the data give, but for what stands under an earlier heading, which `above` names.
    """

    name: str
    change: HeadingChange
    before: Sequence[str]
    now: Sequence[str]
    evidence: Sequence[ReviewRow]
    next_steps: Sequence[Step]
    last_steps: Sequence[Step]
    data: Sequence[str]
    above: Sequence[str]
    stages: Mapping[str, Sequence[Term | None]]


def review_document(reviewed: Reviewed, evidence: Sequence[BearsOn], rules: Rules, *, every: bool) -> Document:
    """The page; `evidence` is what the data give under each heading, `every` asks for every place of a problem."""
    return document(
        "review/page.jinja",
        ruler_line(rules.ruler),
        wide=True,
        reviewed=reviewed,
        read=_read(reviewed),
        headings=_headings(reviewed, evidence, rules),
        unknown=_unknown(reviewed),
        stages=rules.review.stages,
        known={stage.label for stage in rules.review.stages.values()},
        last=(None, *reviewed.terms)[-2] if reviewed.terms else None,
        Came=Came,
        every=every,
    )


def of_a_review(reviewed: Reviewed, evidence: Sequence[BearsOn], rules: Rules) -> Written:
    """The school's own reviews beside what its data give."""
    judged = None if reviewed.beside is None else reviewed.beside.analysis
    labels = [None if term is None else term.label for term in reviewed.terms]
    head = head_of(judged) if judged else {"term": None, "begun": []}
    rows = rows_but(
        reviewed.frame,
        {HELD.name: lambda: reviewed.frame("held"), BEARS_ON.name: lambda: BEARS_ON.of(evidence)},
    )
    head = {"term": head["term"], "begun": head["begun"], "review_terms": labels}
    return Written("review", rules, judged, rows, head, register=reviewed.register)


def _read(reviewed: Reviewed) -> Read:
    if reviewed.beside is None:
        return Read(reviewed.register)
    analysis = reviewed.beside.analysis
    return Read(reviewed.register, analysis.begun, len(analysis.children.pupils), analysis.leavers)


def _headings(reviewed: Reviewed, evidence: Sequence[BearsOn], rules: Rules) -> list[ReviewHeading]:
    newest = rows_of(ReviewRow, reviewed.newest)
    steps = rows_of(Step, reviewed.frame("next_steps"))
    label = "" if reviewed.term is None else reviewed.term.label
    stages = _stages(reviewed)
    first = {line.evidence: line for line in reversed(evidence)}
    return [
        ReviewHeading(
            name=change.heading,
            change=change,
            before=_parted(change.before),
            now=_parted(change.now),
            evidence=[row for row in newest if row.heading == change.heading and row.evidence],
            next_steps=[step for step in steps if step.heading == change.heading and step.term == label],
            last_steps=[step for step in steps if step.heading == change.heading and step.term != label],
            data=[
                line.sentence for line in evidence if line == first[line.evidence] and line.heading == change.heading
            ],
            above=[
                line.sentence.partition(":")[0]
                for line in evidence
                if line.heading == change.heading != first[line.evidence].heading
            ],
            stages={key: stages.get((change.heading, key), []) for key in rules.review.stages},
        )
        for change in rows_of(HeadingChange, reviewed.frame("changes"))
    ]


def _parted(stages: str) -> Sequence[str]:
    return stages.split(BETWEEN) if stages else ()


def _of_each_review(reviewed: Reviewed) -> Iterable[tuple[ReviewRow, Term | None]]:
    held = reviewed.frame("held")
    return zip(rows_of(ReviewRow, held), (reviewed.terms[at] for at in held["review"].tolist()), strict=True)


def _stages(reviewed: Reviewed) -> dict[tuple[str, str], list[Term | None]]:
    """In which terms each heading was recorded at which stage."""
    terms: dict[tuple[str, str], dict[Term | None, None]] = {}
    for row, term in _of_each_review(reviewed):
        if row.stage:
            terms.setdefault((row.heading, row.stage), {})[term] = None
    return {at: list(found) for at, found in terms.items()}


def _unknown(reviewed: Reviewed) -> list[tuple[str, str, Term | None]]:
    """What stands in place of a stage and is none: under which heading, the words, and in which term."""
    rows = _of_each_review(reviewed)
    found = [(row.heading, row.stage_written, term) for row, term in rows if row.stage_written and not row.stage]
    return list(dict.fromkeys(found))
