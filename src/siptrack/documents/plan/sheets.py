"""The draft of the single plan as a workbook to write in: its head, a sheet of actions a priority, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from siptrack.cycle.plan import Plan
from siptrack.cycle.plan_came_tables import PlanAction
from siptrack.cycle.plan_tables import REFUSED
from siptrack.documents.labels import subject_label
from siptrack.documents.plan.came import CameInShort
from siptrack.documents.plan.priorities import children, scope_of
from siptrack.documents.plan.view import Drafted, PlannedOutcome, PlannedPriority, drafted
from siptrack.documents.read import read_of
from siptrack.rendering import template
from siptrack.rendering.model import Items
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, Value, WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, records, text
from siptrack.school.groups import SmallNumbers
from siptrack.school.plan_record import mark

_WORDS = "plan/words.jinja"
_words = partial(template.sentence, template=_WORDS)
_WHOLE, _DATE = CellKind.WHOLE, CellKind.DATE
_OF_LAST = "plan/came.jinja"
_COUNTED = SheetColumn("Read by siptrack", widest=16, printed=False)  # by it a row is known again: plan.yaml, `record`
_ROOM = 3  # lines of each row in which people write, at least
_EVERYBODY = "All children"
_MEASURES = {"at_are": "at age-related expectations", "insufficient": "insufficient progress"}


def plan_workbook(plan: Plan, rules: Rules) -> bytes:
    """The workbook of a plan: a sheet that leads to the others, and those that have a row."""
    found = drafted(plan, rules)
    sheets = [sheet for sheet in _sheets(found, plan, rules) if sheet.rows]
    return write_workbook([_contents(sheets, found, plan, rules), *sheets])


def _contents(sheets: list[WorkbookSheet], found: Drafted, plan: Plan, rules: Rules) -> WorkbookSheet:
    only = template.sentence("only", read_of(plan.analysis))
    rows: list[tuple[Value, ...]] = [(sheet.name, sheet.about, len(sheet.rows)) for sheet in sheets]
    notes = (_words("notice"), _words("supported", found), _words("draft"), only, ruler_line(rules.ruler))
    return WorkbookSheet(
        key="contents",
        name="Contents",
        title=_words("title", found.term),
        about="",
        headings=(SheetColumn("Sheet", widest=34), SheetColumn("What it holds", widest=96), SheetColumn("Rows")),
        rows=tuple(rows or [("Contents", "Nothing to fill in", 0)]),
        notes=tuple(filter(None, notes)),
        links={sheet.name: sheet.key for sheet in sheets},
    )


def _sheets(found: Drafted, plan: Plan, rules: Rules) -> Iterator[WorkbookSheet]:
    if found.came:
        yield _last_plan(found.came)
    yield _head(found, rules)
    for priority in found.priorities:
        yield _actions(priority, found, rules)
    yield _development(found, rules)
    yield _figures(found, rules)
    yield _refused(plan, rules)


def _head(found: Drafted, rules: Rules) -> WorkbookSheet:
    """A row a priority: what stands at the head of each plan."""
    headings = (
        SheetColumn("Plan", _WHOLE),
        SheetColumn("Priority", widest=44),
        SheetColumn("Key theme", choices=rules.plan.themes, narrowest=22),
        SheetColumn("Activity or objective", narrowest=26),
        SheetColumn("Priority target", narrowest=26),
        SheetColumn("Mid-point review", widest=16),
        SheetColumn("Mid-point date", _DATE, narrowest=12),
        SheetColumn("Final review", widest=16),
        SheetColumn("Final date", _DATE, narrowest=12),
        _COUNTED,
    )
    when = _words("mid_point", found.when), None, _words("final", found.when), None
    rows = tuple(
        (priority.number, priority.title, None, None, None, *when, priority.mark) for priority in found.priorities
    )
    about = "A row for each priority: theme, objective, target and reviews"
    return WorkbookSheet(
        "head",
        "Priorities",
        _words("headed", "Head of the plan", found.term),
        about,
        headings,
        rows,
        frozen=2,
        lines=_ROOM,
    )


def _actions(priority: PlannedPriority, found: Drafted, rules: Rules) -> WorkbookSheet:
    """The columns of a raising attainment plan: a row an outcome, what is carried forward, and empty rows."""
    headings = (
        SheetColumn("Tasks and actions", narrowest=34),
        SheetColumn("Date", _DATE, narrowest=12),
        SheetColumn("Person responsible", narrowest=16),
        SheetColumn("Status", choices=rules.meeting.statuses, narrowest=11),
        SheetColumn("Outcomes", widest=30, narrowest=30),
        SheetColumn("Success criteria", widest=34, narrowest=34),
        SheetColumn("Number of children", _WHOLE, narrowest=11),
        SheetColumn("By the end of", widest=12, narrowest=12),
        SheetColumn("Monitoring", choices=rules.plan.monitoring, narrowest=18),
        SheetColumn("Date for monitoring", _DATE, narrowest=14),
        _COUNTED,
    )
    small, empty, this = rules.groups.small, (None,) * 4, mark(found.term.label, priority.number)
    rows: list[tuple[Value, ...]] = [
        (*empty, *_criterion(outcome, small), outcome.wanted, outcome.steps[-1].term, None, None, outcome.mark)
        for outcome in priority.outcomes
    ]
    rows += [
        (action.action, action.by_when, action.who, action.status_written, *empty, *_monitored(action), this)
        for action in priority.carried
    ]
    rows += [(*empty, *empty, None, None, this)] * rules.plan.rows
    name = f"Priority {priority.number}"
    title = f"{name}: {priority.title}"
    notes = (*_lines("evidence", priority, small), *priority.warned, _words("how_to_fill"))
    headed = _words("headed", title, found.term)
    return WorkbookSheet(f"priority_{priority.number}", name, headed, title, headings, tuple(rows), notes, lines=_ROOM)


def _criterion(outcome: PlannedOutcome, small: SmallNumbers) -> tuple[str, str]:
    return _words("difference", outcome), _words("counted_criterion", outcome, small)


def _monitored(action: PlanAction) -> tuple[str | None, str | None]:
    return action.monitoring or None, action.monitored_by or None


def _last_plan(came: CameInShort) -> WorkbookSheet:
    """What came of the last plan: its criteria, then its actions that are not done."""
    words = partial(template.sentence, template=_OF_LAST)
    rows: list[tuple[Value, ...]] = [
        ("Success criterion", words("criterion_line", judged, came.term), None) for judged in came.criteria
    ]
    rows += [("Not done", words("planned_line", action), _again(action)) for action in came.undone]
    headings = (
        SheetColumn("What", widest=20),
        SheetColumn("Of the last plan", widest=110),
        SheetColumn("Carried forward to", widest=30),
    )
    about = "What came of the last plan, and what is carried forward"
    title = words("last_plan", came)
    notes = (words("criteria_counted", came), words("actions_counted", came), words("older_plans", came))
    return WorkbookSheet("last_plan", "Last plan", title, about, headings, tuple(rows), tuple(filter(None, notes)))


def _again(action: PlanAction) -> str:
    return "no priority of this draft" if action.again is None else f"Priority {action.again}"


def _lines(macro: str, *view: object) -> tuple[str, ...]:
    """The items that a macro lists."""
    sections = template.sections(macro, *view, template=_WORDS)
    parts = (part for section in sections for part in section.parts if isinstance(part, Items))
    return tuple(item.words for part in parts for item in part.items)


def _development(found: Drafted, rules: Rules) -> WorkbookSheet:
    """Staff development: empty rows for each priority."""
    headings = (
        SheetColumn("Plan", _WHOLE),
        SheetColumn("What staff will learn", narrowest=40),
        SheetColumn("Who", narrowest=18),
        SheetColumn("Date", _DATE, narrowest=12),
        SheetColumn("How it serves this priority", narrowest=34),
        SheetColumn("How its effect on children's progress will be seen", narrowest=34),
        _COUNTED,
    )
    empty = (None,) * (len(headings) - 2)
    rows = tuple(
        (priority.number, *empty, mark(found.term.label, priority.number))
        for priority in found.priorities
        for _ in range(rules.plan.rows)
    )
    about = "What staff will learn for each priority, and how its effect on children will be seen"
    title = _words("headed", "Staff development (CPD)", found.term)
    return WorkbookSheet("development", "Staff development", title, about, headings, rows, frozen=1, lines=_ROOM)


def _figures(found: Drafted, rules: Rules) -> WorkbookSheet:
    """Every outcome by term."""
    headings = (
        SheetColumn("Plan", _WHOLE),
        SheetColumn("Outcome", widest=60),
        SheetColumn("By"),
        SheetColumn("Of children", _WHOLE),
        SheetColumn("Now", _WHOLE),
        SheetColumn("More (progress: fewer) by then", _WHOLE),
        SheetColumn("Points a term: the nearest", CellKind.NUMBER),
        SheetColumn("Points a term: the last", CellKind.NUMBER),
        SheetColumn("With a target of the school", _WHOLE),
        SheetColumn("Targets at expectations", _WHOLE),
    )
    rows: list[tuple[Value, ...]] = []
    for priority in found.priorities:
        for outcome in priority.outcomes:
            now = outcome.n, outcome.counted
            for step in outcome.steps:
                there = outcome.target if outcome.target and outcome.target.term == step.term else None
                targets = (there.children, there.at_are) if there else (None, None)
                rows.append(
                    (priority.number, outcome.label, step.term, *now, step.more, outcome.least, outcome.most, *targets)
                )
    about = "Where the children stand, and what the figures come to by each term"
    notes = _lines("reading", found, rules)
    return WorkbookSheet("figures", "Figures", "Arithmetic, and no target", about, headings, tuple(rows), notes)


def _refused(plan: Plan, rules: Rules) -> WorkbookSheet:
    """Everything that is no priority, with its counts."""
    headings = (
        SheetColumn("Subject"),
        SheetColumn("Whose"),
        SheetColumn("Group", widest=44),
        SheetColumn("What is counted", widest=30),
        SheetColumn("Of children", _WHOLE),
        SheetColumn("Counted", _WHOLE),
        SheetColumn("Of peers", _WHOLE),
        SheetColumn("Peers counted", _WHOLE),
        SheetColumn("Why it is no priority", widest=40),
    )

    def row(refused: dict[str, Cell]) -> tuple[Value, ...]:
        group = (
            children((text(refused["characteristic"]), text(refused["group"])), plan.analysis)
            if refused["group"]
            else None
        )
        return (
            subject_label(text(refused["subject"]), rules),
            scope_of([text(refused["among"])], plan.analysis, rules) or _EVERYBODY,
            group,
            _MEASURES[text(refused["measure"])],
            *(refused[name] for name in ("n", "count", "peers_n", "peers_count")),
            _words("why", text(refused["reason"]), rules),
        )

    rows = tuple(row(refused) for refused in records(plan.refused, REFUSED.names))
    title = "What is no priority here, and why"
    about = "What was looked at and is no priority, with its counts and the reason"
    return WorkbookSheet("refused", "Refused", title, about, headings, rows)
