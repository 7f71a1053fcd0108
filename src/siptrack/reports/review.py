"""The report of `siptrack review`: what the school recorded, what changed, and what the data give beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.review import BETWEEN, Reviewed
from siptrack.cycle.review_tables import CHANGES, STEPS
from siptrack.cycle.since_tables import Came
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.reports.begun import put_begun
from siptrack.reports.cells import Cell, records, text
from siptrack.reports.data_problems import put_alarms, put_problems
from siptrack.reports.printed import Printed
from siptrack.reports.review_evidence import evidence_records, of_heading
from siptrack.reports.wording import overall
from siptrack.reports.wording import review as wording
from siptrack.rules.model import Rules
from siptrack.school.review import HELD

Row = Mapping[str, Cell]


def review_printed(reviewed: Reviewed, rules: Rules, *, detail: bool = False) -> Printed:
    """The report as a document; with `detail` every place of a problem."""
    title = wording.title(reviewed.term)
    return Printed(title, lambda page: _put(page, reviewed, rules, detail=detail), rules, wording.NOTICE, wide=True)


def _put(page: Page, reviewed: Reviewed, rules: Rules, *, detail: bool) -> None:
    put_alarms(page, reviewed.register)
    if reviewed.beside is not None:
        analysis = reviewed.beside.analysis
        put_begun(page, analysis.begun)
        for line in overall.ledger_lines(reviewed.register.ledger, len(analysis.frame("pupils")), analysis.leavers):
            page.say(line, hang=2)
    changes = records(reviewed.frame("changes"), CHANGES.names)
    _put_held(page, reviewed, changes)
    if reviewed.terms:
        _put_stages(page, reviewed, rules)
    evidence = evidence_records(reviewed.beside, rules)
    for change in changes:
        _put_heading(page, change, reviewed, evidence, rules)
    put_problems(page, reviewed.register, every=detail)


def _put_held(page: Page, reviewed: Reviewed, changes: Sequence[Row]) -> None:
    """Which reviews there are, whose they are, what is not filled in, and what is past its date."""
    if not reviewed.terms:
        page.say(wording.no_review(), hang=2)
        return
    page.say(wording.held_line(reviewed.terms), hang=2)
    page.say(wording.whose(), hang=2)
    if empty := [text(row["heading"]) for row in changes if not row["filled"]]:
        page.say(wording.not_filled(empty, reviewed.term), hang=2)
    if reviewed.overdue:
        page.say(wording.overdue_line(reviewed.overdue), hang=2)


def _put_stages(page: Page, reviewed: Reviewed, rules: Rules) -> None:
    """Under which stage each heading was recorded in which term, and what the stages mean."""
    page.heading(wording.STAGES)
    stages = rules.review.stages
    terms: dict[tuple[str, str], list[str]] = {}
    unknown: list[str] = []
    for row in records(reviewed.frame("held"), [*HELD.names, "review"]):
        heading, stage, term = text(row["heading"]), text(row["stage"]), reviewed.terms[int(text(row["review"]))]
        if stage:
            terms.setdefault((heading, stage), []).append(wording.named(term))
        elif row["stage_written"]:
            unknown.append(wording.unknown_stage(heading, text(row["stage_written"]), term))
    page.table(
        [ColumnHead(wording.HEADING), *(ColumnHead(stage.label) for stage in stages.values())],
        [
            [heading, *(", ".join(dict.fromkeys(terms.get((heading, stage), ("-",)))) for stage in stages)]
            for heading in rules.review.headings
        ],
    )
    for line in dict.fromkeys(unknown):
        page.say(line, hang=2, style=styles.WARNING)
    page.gap()
    page.say(wording.MEANINGS, style=styles.STRONG)
    for one in stages.values():
        page.say(wording.stage_meaning(one), indent=2, hang=2)


def _put_heading(page: Page, change: Row, reviewed: Reviewed, evidence: Sequence[Row], rules: Rules) -> None:
    """All about one heading: what the school recorded, now and last time, and what the data give."""
    heading = text(change["heading"])
    page.heading(heading)
    if reviewed.terms:
        _put_recorded(page, change, reviewed, rules)
    if reviewed.beside is None:
        page.say(wording.NO_DATA, hang=2)
        return
    said = of_heading(evidence, heading)
    _put_list(page, wording.data_heading(reviewed.beside.analysis.term), said or [wording.NOTHING])


def _put_recorded(page: Page, change: Row, reviewed: Reviewed, rules: Rules) -> None:
    if not change["filled"]:
        page.say(wording.NOT_FILLED, hang=2)
    first, before = len(reviewed.terms) == 1, (None, *reviewed.terms)[-2]
    if change["filled"] or change["before"]:
        then, now = (_stage(text(change[when]), rules) for when in ("before", "now"))
        page.say(wording.stage_line(then, now, (before, reviewed.term), first=first), hang=2)
    rows = [row for row in records(reviewed.newest, HELD.names) if row["heading"] == change["heading"]]
    told = [wording.evidence_line(text(row["evidence"]), text(row["dated"])) for row in rows if row["evidence"]]
    _put_list(page, wording.EVIDENCE, told)
    steps = [row for row in records(reviewed.frame("next_steps"), STEPS.names) if row["heading"] == change["heading"]]
    label = "" if reviewed.term is None else reviewed.term.label
    _put_list(page, wording.NEXT_STEPS, [_step(row, label) for row in steps if text(row["term"]) == label])
    _put_list(page, wording.last_steps(before), [_step(row, label) for row in steps if text(row["term"]) != label])


def _stage(recorded: str, rules: Rules) -> str:
    """A stage in a sentence; empty where none is recorded."""
    known = {stage.label for stage in rules.review.stages.values()}
    return wording.stage_words(recorded.split(BETWEEN), known) if recorded else ""


def _step(row: Row, newest: str) -> str:
    """A next step; of last time, or past its date, with what came of it."""
    step, said = wording.step_line(text(row["step"]), text(row["who"]), text(row["by_when"])), Came(text(row["said"]))
    if text(row["term"]) == newest and said is not Came.PAST:
        return step
    return wording.came_line(step, text(row["came"]), said)


def _put_list(page: Page, heading: str, lines: Sequence[str]) -> None:
    if lines:
        page.say(heading, style=styles.STRONG)
    for line in lines:
        page.say(line, indent=2, hang=2)
