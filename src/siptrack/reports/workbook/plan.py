"""The draft of the single plan as a workbook to write in: its head, a sheet of actions a priority, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siptrack.cycle.plan import Plan
from siptrack.cycle.plan_tables import OUTCOMES, REFUSED
from siptrack.cycle.priorities import Priority
from siptrack.documents.labels import subject_label
from siptrack.documents.plan.priorities import children, outcome_of, scope_of, title_of
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.rendering.workbook.write import write_workbook
from siptrack.reports.plan import action_rows, evidence_lines, supported
from siptrack.reports.wording import plan as wording
from siptrack.reports.wording import plan_refused as refused
from siptrack.reports.wording import workbook as words
from siptrack.reports.workbook.contents import book_of
from siptrack.reports.workbook.sheets import Told, headings_of, rows_of, told
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, records, text

_FROZEN = 1


def plan_workbook(plan: Plan, rules: Rules) -> bytes:
    """The workbook of a plan."""
    sheets = [one for one in _sheets(plan, rules) if one.rows]
    notes = [wording.NOTICE, wording.DRAFT, supported(plan)]
    contents, *rest = book_of(sheets, plan.analysis.term, plan.analysis.filters, rules, notes)
    return write_workbook([replace(contents, title=wording.title(plan.analysis.term)), *rest])


def _sheets(plan: Plan, rules: Rules) -> Iterator[WorkbookSheet]:
    yield _head(plan, rules)
    for one in plan.priorities:
        yield _actions(one, plan, rules)
    yield _development(plan, rules)
    yield _figures(plan, rules)
    yield _refused(plan, rules)


def _head(plan: Plan, rules: Rules) -> WorkbookSheet:
    """A row a priority: what stands at the head of each plan."""
    said = wording.SHEETS["head"]
    headings = (
        SheetColumn(wording.PLAN_NUMBER, CellKind.WHOLE),
        SheetColumn(wording.PRIORITY, widest=44),
        SheetColumn(wording.THEME, choices=rules.plan.themes, narrowest=22),
        SheetColumn(wording.OBJECTIVE, narrowest=26),
        SheetColumn(wording.TARGET, narrowest=26),
        SheetColumn(wording.MID_POINT, widest=16),
        SheetColumn(wording.MID_POINT_DATE, CellKind.DATE, narrowest=12),
        SheetColumn(wording.FINAL, widest=16),
        SheetColumn(wording.FINAL_DATE, CellKind.DATE, narrowest=12),
    )
    first = plan.reach.terms[0]
    when = (wording.mid_point(first), None, wording.final(first), None)
    rows = tuple((one.number, title_of(one, plan, rules), None, None, None, *when) for one in plan.priorities)
    return WorkbookSheet("head", said.name, said.title, said.about, headings, rows, said.notes, frozen=2)


def _actions(priority: Priority, plan: Plan, rules: Rules) -> WorkbookSheet:
    """The columns of a raising attainment plan: a row an outcome, and empty ones."""
    headings = (
        SheetColumn(wording.TASKS, narrowest=34),
        SheetColumn(wording.DATE, CellKind.DATE, narrowest=12),
        SheetColumn(wording.PERSON, narrowest=16),
        SheetColumn(wording.OUTCOMES, widest=30, narrowest=30),
        SheetColumn(wording.CRITERIA, widest=34, narrowest=34),
        SheetColumn(wording.MONITORING, choices=rules.plan.monitoring, narrowest=18),
        SheetColumn(wording.MONITORED, CellKind.DATE, narrowest=14),
    )
    rows = [tuple(cell or None for cell in row) for row in action_rows(priority, plan, rules)]
    empty: list[tuple[Cell, ...]] = [(None,) * len(headings)] * rules.plan.rows
    name = wording.numbered(priority.number, "").rstrip(": ")
    title = wording.numbered(priority.number, title_of(priority, plan, rules))
    notes = (*evidence_lines(priority, plan, rules), wording.ARITHMETIC)
    return WorkbookSheet(f"priority_{priority.number}", name, title, title, headings, (*rows, *empty), notes)


def _development(plan: Plan, rules: Rules) -> WorkbookSheet:
    """Staff development: empty rows for each priority."""
    said = wording.SHEETS["development"]
    headings = (
        SheetColumn(wording.PLAN_NUMBER, CellKind.WHOLE),
        SheetColumn(wording.LEARNING, narrowest=40),
        SheetColumn(wording.FOR_WHOM, narrowest=18),
        SheetColumn(wording.DATE, CellKind.DATE, narrowest=12),
        SheetColumn(wording.LINK, narrowest=34),
        SheetColumn(wording.EFFECT, narrowest=34),
    )
    rows = tuple(
        (one.number, *(None,) * (len(headings) - 1)) for one in plan.priorities for _ in range(rules.plan.rows)
    )
    return WorkbookSheet("development", said.name, said.title, said.about, headings, rows, said.notes, _FROZEN)


def _figures(plan: Plan, rules: Rules) -> WorkbookSheet:
    """Every outcome by term."""
    said = wording.SHEETS["figures"]
    columns = (
        told(wording.PLAN_NUMBER, "priority", CellKind.WHOLE),
        Told(SheetColumn(wording.OUTCOME, widest=60), lambda row: outcome_of(row, plan, rules, short=False)),
        told(wording.BY_TERM, "term"),
        told(wording.OF_CHILDREN, "n", CellKind.WHOLE),
        told(wording.NOW, "count", CellKind.WHOLE),
        told(wording.MORE, "more", CellKind.WHOLE),
        told(wording.LEAST, "least", CellKind.NUMBER),
        told(wording.MOST, "most", CellKind.NUMBER),
        told(wording.TARGETS, "targets", CellKind.WHOLE),
        told(wording.TARGETS_AT_ARE, "targets_at_are", CellKind.WHOLE),
    )
    rows = rows_of(columns, records(plan.outcomes, OUTCOMES.names))
    notes = tuple(wording.reading(plan.analysis.term, plan.reach.terms, plan.reach.leaving, rules))
    return WorkbookSheet("figures", said.name, said.title, said.about, headings_of(columns), rows, notes)


def _refused(plan: Plan, rules: Rules) -> WorkbookSheet:
    """Everything that is no priority, with its counts."""
    said = wording.SHEETS["refused"]
    columns = (
        Told(SheetColumn(wording.SUBJECT), lambda row: subject_label(text(row["subject"]), rules)),
        Told(SheetColumn(wording.WHOSE), lambda row: scope_of([text(row["among"])], plan, rules) or words.EVERYBODY),
        Told(
            SheetColumn(wording.GROUP, widest=44),
            lambda row: children((text(row["characteristic"]), text(row["group"])), plan) if row["group"] else None,
        ),
        Told(SheetColumn(wording.MEASURE, widest=30), lambda row: refused.measure(text(row["measure"]))),
        told(wording.OF_CHILDREN, "n", CellKind.WHOLE),
        told(wording.COUNTED, "count", CellKind.WHOLE),
        told(wording.OF_PEERS, "peers_n", CellKind.WHOLE),
        told(wording.PEERS_COUNTED, "peers_count", CellKind.WHOLE),
        Told(SheetColumn(wording.WHY, widest=40), lambda row: refused.why(text(row["reason"]), rules)),
    )
    rows = rows_of(columns, records(plan.refused, REFUSED.names))
    return WorkbookSheet("refused", said.name, said.title, said.about, headings_of(columns), rows, said.notes)
