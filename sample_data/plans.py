"""The single plans that the invented schools filled in a year ago, and what must be said of them now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from books import Book
from children import term_label, term_number
from since_truth import OFF, ON, state
from truth import FEWEST, at_are, newcombe, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from books import Cell
    from children import Child
    from roll import School
    from teaching_truth import Trained
    from truth import Answer, Ruler

MET, NOT_YET, CANNOT_TELL = "met", "not yet", "cannot tell"
DONE, PAST, NOT_DUE = "done", "past its date", "not due yet"
_MARK = " | "
_MANY = 0.2  # of a year group with insufficient progress


@dataclass(frozen=True)
class Criterion:
    """By what a row is met: at least so many children at expectations, or at most so many with insufficient progress.

    `outcome` is what siptrack calls it: gap, progress, attainment.
    """

    outcome: str
    wanted: int
    met: str


@dataclass(frozen=True)
class Row:
    """A row of a priority's sheet as the school filled it in, and what came of its action."""

    action: str
    date: dt.date | str
    who: str
    status: str
    came: str
    criterion: Criterion | None = None
    own_words: str = ""
    monitoring: str = ""
    monitored: dt.date | str = ""


@dataclass(frozen=True)
class Priority:
    """A priority: its subject, whose it is, its rows, what staff were to learn, whether results support it still."""

    title: str
    subject: str
    among: str
    group: str
    is_in: Callable[[Child, int], bool]
    objective: str
    rows: tuple[Row, ...]
    learn: str
    learnt: dt.date
    stands: bool = True


@dataclass(frozen=True)
class Plan:
    """A plan drafted from the results of a term."""

    term: int
    until: int
    priorities: tuple[Priority, ...]


def _on_fsm(child: Child, _: int) -> bool:
    return child.on_roll and child.facts.get("FSM") == "Y"


def _in_year_1(child: Child, term: int) -> bool:
    return child.seats[term].year_group == 1


def _boy(child: Child, _: int) -> bool:
    return child.on_roll and child.gender == "M"


TODAY = Plan(term_number("Summer 2025"), term_number("Summer 2026"), (
    Priority("To close the gap in achievement between children on FSM and their peers in maths", "Maths", "all",
        "fsm=fsm", _on_fsm, "Every lesson begins with what was learnt before", (
            Row("Number talk each morning in every class", dt.date(2026, 2, 13), "Mrs Elder", "Done", DONE,
                Criterion("gap", 30, NOT_YET), "", "Lesson observation", dt.date(2026, 1, 30)),
            Row("Pre-teaching for children on FSM", dt.date(2026, 5, 22), "Mr Bracken", "", PAST,
                Criterion("progress", 12, MET), "", "Work sample", dt.date(2026, 3, 13)),
            Row("A maths evening for families", "Autumn 2026", "Ms Campion", "Under way", NOT_DUE,
                None, "Families say that they know how to help"),
        ), "Fractions on a number line", dt.date(2025, 11, 5)),
    Priority("To improve rates of progress in Year 1 in reading", "Reading", "year_1", "", _in_year_1,
        "Every child reads to an adult every day", (
            Row("Daily reading with an adult in Year 2", dt.date(2025, 12, 12), "Mrs Elder", "Done", DONE,
                Criterion("progress", 7, CANNOT_TELL), "", "Pupil progress meetings", dt.date(2026, 4, 24)),
        ), "Reading fluency", dt.date(2026, 1, 12)),
    Priority("To close the gap in achievement between boys and their peers in writing", "Writing", "all",
        "gender=boys", _boy, "Boys write for a reader whom they know", (
            Row("Letters to the care home in the village", dt.date(2026, 3, 27), "Ms Campion", "Done", DONE,
                Criterion("gap", 48, MET), "", "Book look", dt.date(2026, 5, 8)),
        ), "Writing for a reader", dt.date(2025, 10, 8), stands=False),
))  # fmt: skip

LEVELS = Plan(term_number("Summer 2008"), term_number("Summer 2009"), (
    Priority("To close the gap in achievement between boys and their peers in writing", "Writing", "all",
        "gender=boys", _boy, "Boys write for a reader whom they know", (
            Row("Talk for Writing in every class", dt.date(2009, 2, 13), "Mrs Sedge", "Done", DONE,
                Criterion("gap", 50, NOT_YET), "", "Work sample", dt.date(2009, 3, 20)),
            Row("A writing club on Thursdays", dt.date(2009, 5, 22), "Mr Teasel", "", PAST,
                Criterion("progress", 6, NOT_YET), "", "Pupil interviews", dt.date(2009, 6, 12)),
            Row("Boys choose what the school magazine is about", "Autumn 2009", "Mrs Iris", "", NOT_DUE,
                None, "Boys say that they like to write"),
        ), "Sentence structure", dt.date(2008, 11, 4)),
))  # fmt: skip


def counted(child: Child, subject: str, outcome: str, term: int, ruler: Ruler) -> bool | None:
    """Whether a child is at expectations, or makes insufficient progress, in a term; None where that is not known."""
    if outcome == "progress":
        return {ON: True, OFF: False}.get(state(child, subject, term, ruler))
    found = [reading for reading in readings(child, subject, ruler) if reading.term == term]
    return found[0].distance >= -ruler.at_within if found else None


def counts(
    school: School, plan: Plan, priority: Priority, outcome: str, ruler: Ruler
) -> tuple[list[bool], list[bool | None]]:
    """The children whom a criterion is about as they stood then, and the same as they stand now."""
    then, now = [], []
    for child in school.children:
        if plan.term not in child.seats or not priority.is_in(child, plan.term):
            continue
        if (stood := counted(child, priority.subject, outcome, plan.term, ruler)) is not None:
            then.append(stood)
            now.append(counted(child, priority.subject, outcome, plan.until, ruler) if child.on_roll else None)
    return then, now


def answer(school: School, plan: Plan, trained: Sequence[Trained], ruler: Ruler) -> Answer:
    """All that must be said of the plan: each priority, each criterion that counts children, and each action."""
    criteria, actions = [], []
    for number, priority in enumerate(plan.priorities, 1):
        for row in priority.rows:
            actions.append({"priority": number, "action": row.action, "came": row.came})
            if row.criterion is None:
                criteria.append({"priority": number, "outcome": "", "met": CANNOT_TELL})
                continue
            outcome, wanted = row.criterion.outcome, row.criterion.wanted
            then, now = counts(school, plan, priority, outcome, ruler)
            known = [stands for stands in now if stands is not None]
            if (met := _met(outcome, wanted, sum(known), len(now) - len(known))) != row.criterion.met:
                raise ValueError(f"{row.action}: {met}, {sum(known)} of {len(known)} now, {wanted} wanted")
            of = {"of_then": len(then), "counted_then": sum(then), "of_now": len(known), "counted_now": sum(known)}
            criteria.append({"priority": number, "outcome": outcome, "met": row.criterion.met, "wanted": wanted, **of})
    since = _held_since(plan, trained)
    priorities = [_told(school, plan, number, of, since, ruler) for number, of in enumerate(plan.priorities, 1)]
    aims = {of.subject for of in plan.priorities}
    return {
        "from": term_label(plan.term),
        "priorities": priorities,
        "serves_none": [row.focus for row in since if row.subject not in aims],
        "criteria": criteria,
        "actions": actions,
    }


def _held_since(plan: Plan, trained: Sequence[Trained]) -> list[Trained]:
    """The CPD of the terms after the plan was drafted."""
    autumn = plan.term + 1
    began, ends = dt.date(autumn // 3, 9, 1), dt.date(autumn // 3 + 1, 8, 31)
    return [
        row
        for row in trained
        if (began <= row.when <= ends if isinstance(row.when, dt.date) else term_number(row.when) >= autumn)
    ]


def _told(
    school: School, plan: Plan, number: int, priority: Priority, since: Sequence[Trained], ruler: Ruler
) -> Answer:
    """What must be said of a priority: how it is monitored and reviewed, its CPD, whether results support it still.

    Raises ValueError where the results are not as its author foresaw, or a date is outside the plan's school year.
    """
    if _is_supported(school, plan, priority, ruler) is not priority.stands:
        raise ValueError(f"{priority.title}: {'not ' if priority.stands else ''}supported now")
    monitored = [row.monitored for row in priority.rows if isinstance(row.monitored, dt.date)]
    reviews, dates = (_half(plan), _end(plan)), (row.date for row in priority.rows if isinstance(row.date, dt.date))
    began = plan.until // 3
    for date in (*monitored, *reviews, *dates, priority.learnt):
        if not dt.date(began, 9, 1) <= date <= dt.date(began + 1, 8, 31):
            raise ValueError(f"{priority.title}: {date} is not in the school year {began}")
    return {
        "priority": number,
        "title": priority.title,
        "supported": priority.stands,
        "actions": len(priority.rows),
        "monitored": [f"{date:%Y-%m-%d}" for date in monitored],
        "reviews": [f"{date:%Y-%m-%d}" for date in reviews],
        "learn": priority.learn,
        "held": [row.focus for row in since if row.subject == priority.subject],
    }


def _is_supported(school: School, plan: Plan, priority: Priority, ruler: Ruler) -> bool:
    """Whether the group is clearly behind its peers now, or more than a fifth of a year group make too little progress.

    Of fewer than FEWEST nothing is said.
    """
    if priority.group:
        of = [
            [child for child in school.on_roll if priority.is_in(child, plan.until) is side] for side in (True, False)
        ]
        (at, n), (peers_at, peers_n) = (at_are(side, priority.subject, plan.until, ruler) for side in of)
        return newcombe(at, n, peers_at, peers_n)[1] < 0
    years: dict[int, list[str]] = {}
    for child in school.on_roll:
        years.setdefault(child.seats[plan.until].year_group, []).append(
            state(child, priority.subject, plan.until, ruler)
        )
    known = [[told for told in year if told in (ON, OFF)] for year in years.values()]
    return any(len(year) >= FEWEST and year.count(ON) > _MANY * len(year) for year in known)


def _met(outcome: str, wanted: int, now: int, unknown: int) -> str:
    """Whether a criterion is met; those who have left, or of whom it is not known now, may count either way."""
    least, most = now, now + unknown
    if outcome == "progress":
        return MET if most <= wanted else NOT_YET if least > wanted else CANNOT_TELL
    return MET if least >= wanted else NOT_YET if most < wanted else CANNOT_TELL


def write(folder: Path, school: School, plan: Plan, ruler: Ruler) -> None:
    """The workbook of the plan as it came back filled in."""
    term = term_label(plan.term)
    title = f"From the results of {term}"
    with Book(folder / f"Plan {term}.xlsx") as book:
        book.sheet("Priorities", (f"Head of the plan. {title}",), (
            *("Plan", "Priority", "Key theme", "Activity or objective", "Priority target", "Mid-point review"),
            *("Mid-point date", "Final review", "Final date", "Read by siptrack"),
        ), [
            (number, of.title, "Quality of teaching and learning", of.objective, "", "", _half(plan), "", _end(plan),
             _MARK.join((term, f"{number}", _kind(of), of.subject.lower(), of.group or "-")))
            for number, of in enumerate(plan.priorities, 1)
        ])  # fmt: skip
        for number, of in enumerate(plan.priorities, 1):
            book.sheet(f"Priority {number}", (f"Priority {number}: {of.title}. {title}",), (
                *("Tasks and actions", "Date", "Person responsible", "Status", "Outcomes", "Success criteria"),
                *("Number of children", "By the end of", "Monitoring", "Date for monitoring", "Read by siptrack"),
            ), [_cells(school, plan, number, row, ruler) for row in of.rows])  # fmt: skip
        book.sheet("Staff development", (f"Staff development (CPD). {title}",), (
            *("Plan", "What staff will learn", "Who", "Date", "How it serves this priority"),
            *("How its effect on children's progress will be seen", "Read by siptrack"),
        ), [
            (number, of.learn, "All teachers", of.learnt, "", "", _MARK.join((term, f"{number}")))
            for number, of in enumerate(plan.priorities, 1)
        ])  # fmt: skip


def _kind(priority: Priority) -> str:
    return "gap" if priority.group else "progress"


def _half(plan: Plan) -> dt.date:
    return dt.date(plan.until // 3 + 1, 2, 13)


def _end(plan: Plan) -> dt.date:
    return dt.date(plan.until // 3 + 1, 7, 10)


def _cells(school: School, plan: Plan, number: int, row: Row, ruler: Ruler) -> Sequence[Cell]:
    """A row of a priority's sheet; in the last column stands what siptrack counts again."""
    term, priority = term_label(plan.term), plan.priorities[number - 1]
    written: tuple[Cell, ...] = (row.action, row.date, row.who, row.status)
    monitored: tuple[Cell, ...] = (row.monitoring, row.monitored)
    if row.criterion is None:
        return (*written, "", row.own_words, "", "", *monitored, _MARK.join((term, f"{number}")))
    then, _ = counts(school, plan, priority, row.criterion.outcome, ruler)
    by = row.criterion.outcome
    says = (
        "Insufficient progress: at most the number beside."
        if by == "progress"
        else "At least the number beside are at expectations."
    )
    of = (
        term,
        f"{number}",
        by,
        priority.subject.lower(),
        priority.among,
        priority.group or "-",
        f"{sum(then)} of {len(then)}",
        "-",
    )
    outcome = "Fewer make insufficient progress" if by == "progress" else "The gap has closed"
    return (*written, outcome, says, row.criterion.wanted, term_label(plan.until), *monitored, _MARK.join(of))
