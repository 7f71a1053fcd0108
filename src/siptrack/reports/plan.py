"""The draft of the single plan as a document: each priority with its evidence, figures and room for people to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS, GAPS
from siptrack.analysis.tally import EVERYBODY
from siptrack.cycle.catalogue import fits_group, on_offer
from siptrack.cycle.plan import PLUS, Plan
from siptrack.cycle.plan_tables import EVIDENCE, OUTCOMES, Outcome, PrioritySource
from siptrack.cycle.priorities import Priority
from siptrack.documents import overall
from siptrack.documents.comparisons import comparison_of
from siptrack.documents.gaps import gap_sentence
from siptrack.documents.in_short import untold
from siptrack.documents.labels import subject_label
from siptrack.documents.plan.priorities import Row, children, outcome_of, scope_of, subjects_of, title_of, who_of
from siptrack.rendering import styles
from siptrack.rendering.model import Cell, ColumnHead
from siptrack.rendering.numbers import share
from siptrack.rendering.page import Page
from siptrack.reports.data_problems import put_alarms, put_begun
from siptrack.reports.plan_refused import put_refused
from siptrack.reports.printed import Printed
from siptrack.reports.wording import plan as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text
from siptrack.school.provision import Material

_HEAD = (
    ColumnHead(wording.PLAN_NUMBER, room=6),
    ColumnHead(wording.THEME, room=28),
    ColumnHead(wording.OBJECTIVE, room=32),
    ColumnHead(wording.TARGET, room=32),
    ColumnHead(wording.MID_POINT, room=20),
    ColumnHead(wording.FINAL, room=20),
)
_ACTIONS = (
    ColumnHead(wording.TASKS, room=32),
    ColumnHead(wording.DATE, room=10),
    ColumnHead(wording.PERSON, room=14),
    ColumnHead(wording.OUTCOMES, room=22),
    ColumnHead(wording.CRITERIA, room=28),
    ColumnHead(wording.MONITORING, room=16),
    ColumnHead(wording.MONITORED, room=12),
)
_DEVELOPMENT = (
    ColumnHead(wording.LEARNING, room=40),
    ColumnHead(wording.FOR_WHOM, room=16),
    ColumnHead(wording.DATE, room=12),
    ColumnHead(wording.LINK, room=36),
    ColumnHead(wording.EFFECT, room=36),
)


def plan_printed(plan: Plan, rules: Rules, *, room: bool) -> Printed:
    """The draft as a document; with `room` for people to write, which a screen has not."""
    return Printed(
        wording.title(plan.analysis.term),
        lambda page: _put(page, plan, rules, room=room),
        rules,
        wording.NOTICE,
        wide=True,
    )


def _put(page: Page, plan: Plan, rules: Rules, *, room: bool) -> None:
    put_alarms(page, plan.analysis.register)
    put_begun(page, plan.analysis.begun)
    if plan.analysis.filters:
        page.say(overall.filters_line(plan.analysis.filters), hang=2)
    if plan.priorities:
        page.say(wording.DRAFT, hang=2)
    page.gap()
    page.say(supported(plan), hang=2)
    for one in plan.priorities:
        page.say(wording.numbered(one.number, title_of(one, plan, rules)), indent=2, hang=2)
    if plan.priorities:
        page.heading(wording.READING)
        for line in wording.reading(plan.analysis.term, plan.reach.terms, plan.reach.leaving, rules):
            page.say(line, indent=2, hang=2)
    for one in plan.priorities:
        page.heading(wording.numbered(one.number, title_of(one, plan, rules)))
        _put_evidence(page, one, plan, rules)
        _put_figures(page, one, plan, rules)
        _put_materials(page, one, plan, rules)
        if room:
            _put_room(page, one, plan, rules)
    if plan.priorities and not room:
        page.gap()
        page.say(wording.to_write(), hang=2)
    put_refused(page, plan, rules)


def supported(plan: Plan) -> str:
    """How many priorities the results support; where none, whether there was anything to tell it by."""
    told = untold(plan.analysis) < len(plan.analysis.children.pupils)
    compared = not plan.analysis.compared.gaps.empty
    return wording.supported(len(plan.priorities), len(plan.beyond), told=told, compared=compared)


def _put_evidence(page: Page, priority: Priority, plan: Plan, rules: Rules) -> None:
    page.say(wording.EVIDENCE, style=styles.STRONG)
    for line in evidence_lines(priority, plan, rules):
        page.say(line, indent=2, hang=2)


def evidence_lines(priority: Priority, plan: Plan, rules: Rules) -> list[str]:
    """What a priority rests on, in sentences, and where its children are named."""
    rows = records(plan.evidence[plan.evidence["priority"] == priority.number], EVIDENCE.names)
    slow = [row for row in rows if row["source"] == PrioritySource.PROGRESS.value]
    gaps = [row for row in rows if row["source"] == PrioritySource.GAP.value]
    scopes = {(aim.subject, scope) for aim in priority.aims for scope in aim.scopes}
    said = [
        wording.many(
            subject_label(text(row["subject"]), rules),
            scope_of([text(row["among"])], plan, rules),
            *_counts(row),
            rules,
        )
        for row in slow
    ]
    said += [
        _sentence(row, gaps, plan, rules)
        for row in gaps
        if (text(row["characteristic"]), text(row["group"])) in priority.groups
        and (row["subject"], row["among"]) in scopes
    ]
    if priority.also:
        said.append(wording.explained([children(pair, plan) for pair in priority.also]))
    if priority.kind is PrioritySource.PROGRESS:
        said += [
            overall.warned_sentence(one, rules)
            for one in plan.analysis.children.warned
            if one.subject in priority.subjects
        ]
    if slow:
        said.append(wording.named_slow(sum(_counts(row)[1] for row in slow), priority.subjects[0]))
    if closers := _closers(priority, plan):
        said.append(wording.named_closers(closers))
    return said


def _counts(row: Row) -> tuple[int, int]:
    return int(number(row["n"]) or 0), int(number(row["count"]) or 0)


def _closers(priority: Priority, plan: Plan) -> int:
    """How many children the table of those nearest to closing gaps names for a priority."""
    wanted = {"=".join(pair) for pair in priority.groups}
    rows = records(plan.analysis.compared.closers, CLOSERS.names)
    mine = [row for row in rows if row["subject"] in priority.subjects]
    return len({row["pupil"] for row in mine if wanted.intersection(text(row["groups"]).split(JOINT))})


def _sentence(row: Row, gaps: Sequence[Row], plan: Plan, rules: Rules) -> str:
    """A gap as everywhere in siptrack, and whether it is clear within the whole school too."""
    keys = ("subject", "characteristic", "measure")
    table = plan.analysis.compared.gaps
    same = (table["subject"] == row["subject"]) & (table["among"] == row["among"])
    same &= (table["characteristic"] == row["characteristic"]) & (table["measure"] == row["measure"])
    same &= table["group"].isin([text(row["group"]), text(row["peers"])])
    (gap, *_) = records(table[same], GAPS.names)
    said = gap_sentence(
        comparison_of(gap, plan.analysis.characteristics[text(row["characteristic"])], rules), rules.groups.small
    )
    wider = [one for one in gaps if one["among"] == EVERYBODY != row["among"] and all(one[k] == row[k] for k in keys)]
    return f"{said} {wording.also_whole()}" if wider else said


def _put_figures(page: Page, priority: Priority, plan: Plan, rules: Rules) -> None:
    """Each outcome with where the children stand now, how many more by each term, and what these need."""
    told = outcomes_of(priority, plan)
    short = len({aim.scopes for aim in priority.aims}) == 1
    terms = [ColumnHead(tuple(term.label.split(" ", 1)), numbers=True) for term in plan.reach.terms]
    headings = [ColumnHead(wording.OUTCOME), ColumnHead(wording.NOW), *terms, ColumnHead(wording.POINTS, numbers=True)]
    page.gap()
    page.say(wording.FIGURES, style=styles.STRONG)
    page.table(
        headings,
        [
            [
                outcome_of(rows[0], plan, rules, short=short),
                _parts(now_of(rows[0], rules)),
                *(wording.step(Outcome(text(row["outcome"])), number(row["more"])) for row in rows),
                wording.points(number(rows[0]["least"]), number(rows[0]["most"])),
            ]
            for rows in told
        ],
    )
    for row in (row for rows in told for row in rows):
        if row["targets"]:
            who = outcome_of(row, plan, rules, short=short)
            counts = int(number(row["targets"]) or 0), int(number(row["targets_at_are"]) or 0)
            page.say(wording.targets(who, text(row["term"]), *counts), hang=2)


def outcomes_of(priority: Priority, plan: Plan) -> list[list[Row]]:
    """The rows of each outcome of a priority, by term."""
    rows: list[Row] = list(records(plan.outcomes[plan.outcomes["priority"] == priority.number], OUTCOMES.names))
    keys = ("outcome", "subject", "among", "characteristic", "group")
    return [list(alike) for _, alike in groupby(rows, key=lambda row: [row[name] for name in keys])]


def _parts(now: str) -> Cell:
    """A count, and its percentage below it where there is no room beside."""
    count, bracket, percent = now.partition(" (")
    return (count, f"({percent}") if bracket else now


def now_of(row: Row, rules: Rules) -> str:
    """`35 of 58 (60 %)`."""
    n, count = _counts(row)
    return share(count, n, rules.groups.small.percentages_from)


def _put_materials(page: Page, priority: Priority, plan: Plan, rules: Rules) -> None:
    """What the catalogue has for a priority, as long as it was offered."""
    offered = materials_of(priority, plan, rules)
    if not offered:
        return
    page.gap()
    page.say(wording.MATERIALS, style=styles.STRONG)
    ends = [one.until for one in offered if one.until is not None]
    if ends:
        page.say(wording.historical(max(ends)), hang=2)
    for one in offered:
        page.say(wording.material(one.cited, one.wave), indent=2, hang=2)


def materials_of(priority: Priority, plan: Plan, rules: Rules) -> list[Material]:
    """The materials for groups that fit a priority, in the order of the catalogue."""
    return [
        one
        for one in rules.provision.catalogue.values()
        if on_offer(one, plan.analysis.term)
        and any(fits_group(one, subject, pair) for subject in priority.subjects for pair in priority.groups)
    ]


def _put_room(page: Page, priority: Priority, plan: Plan, rules: Rules) -> None:
    """The columns of a raising attainment plan, filled where figures can, and staff development."""
    first = plan.reach.terms[0]
    page.gap()
    page.say(wording.HEAD, style=styles.STRONG)
    reviews = (wording.with_date(wording.mid_point(first)), wording.with_date(wording.final(first)))
    page.table(_HEAD, [(str(priority.number), "", "", "", *reviews)])
    page.say(f"{wording.THEME}: {wording.choose(rules.plan.themes)}", hang=2)
    page.gap()
    page.say(wording.ACTIONS, style=styles.STRONG)
    page.table(_ACTIONS, [*action_rows(priority, plan, rules), *_empty(_ACTIONS, rules)])
    page.say(f"{wording.MONITORING}: {wording.choose(rules.plan.monitoring)}", hang=2)
    page.gap()
    page.say(wording.DEVELOPMENT, style=styles.STRONG)
    page.table(_DEVELOPMENT, _empty(_DEVELOPMENT, rules))


def action_rows(priority: Priority, plan: Plan, rules: Rules) -> list[tuple[str, ...]]:
    """A row for each outcome: what would be different, and the arithmetic; the rest is for people."""
    return [("", "", "", *outcome_and_criteria(rows, plan, rules), "", "") for rows in outcomes_of(priority, plan)]


def outcome_and_criteria(rows: Sequence[Row], plan: Plan, rules: Rules) -> tuple[str, str]:
    """An outcome in words, and what its figures come to by each term."""
    kind = Outcome(text(rows[0]["outcome"]))
    subject = subjects_of([text(rows[0]["subject"])], rules)
    steps = [(text(row["term"]), None if row["more"] is None else int(number(row["more"]) or 0)) for row in rows]
    where = scope_of(text(rows[0]["among"]).split(PLUS), plan, rules)
    said = wording.outcome(kind, who_of(rows[0], plan), subject)
    return (f"{said} ({where})" if where else said), wording.criteria(kind, now_of(rows[0], rules), steps)


def _empty(headings: Iterable[ColumnHead], rules: Rules) -> list[tuple[str, ...]]:
    return [tuple("" for _ in headings)] * rules.plan.rows
