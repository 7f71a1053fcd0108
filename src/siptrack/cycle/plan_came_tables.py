"""The tables of what came of the last plan, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.analysis.trend_tables import Trend
from siptrack.cycle.since_tables import Came
from siptrack.school.actions import ActionStatus
from siptrack.school.plan_record import Outcome
from siptrack.school.tables import column, declared


class Met(StrEnum):
    """Whether a success criterion is met by the results now."""

    MET = "met"
    NOT_YET = "not yet"
    CANNOT_TELL = "cannot tell"


class Untold(StrEnum):
    """Why it cannot be told whether a criterion is met."""

    OWN = "in the school's own words"
    REWORDED = "another number in its sentence"
    UNREAD = "no number of children"
    NO_NUMBER = "no number written"
    NOT_THEN = "no results of then"
    DECIDED = "others would decide"
    CHANCE = "no more than chance"


_PRIORITY = column("the priority's number in the plan; empty where that cannot be told")
_FILE, _SHEET = column("file", always=True), column("sheet")
_ROW = column("row, counted from 1", always=True)


class PlanCriterion(NamedTuple):
    """A success criterion and what the results now say of it, counted on the children whom it was about."""

    priority: int | None = _PRIORITY
    outcome: str = column("what is counted; empty where siptrack counts nothing for it", Outcome)
    subject: str = column("the subject's key")
    among: str = column("whose: all, ks2, year_3 and the like, as it was then; several by '+'")
    characteristic: str = column("the characteristic's key; empty where everybody is meant")
    group: str = column("the group then")
    criterion: str = column("the criterion, as written")
    wanted: int | None = column("how many children the school wants; of progress, at most so many", unit="pupils")
    by: str = column("the term by whose end; empty where that cannot be told")
    n_planned: int | None = column("children of whom it was counted, as the plan has it", unit="pupils")
    planned: int | None = column("how many of them then, as the plan has it", unit="pupils")
    n_then: int | None = column("the children whom it was about, by the results of then", unit="pupils")
    then: int | None = column(
        "how many of them were at ARE then, or made insufficient progress, by the results of then", unit="pupils"
    )
    n: int | None = column("of the same children, who can be counted now", unit="pupils")
    now: int | None = column("how many of them are at ARE now, or make insufficient progress", unit="pupils")
    left: int | None = column("of the same children, who have left the school", unit="pupils")
    without: int | None = column("of the same children, who are here and cannot be counted now", unit="pupils")
    trend: str = column("of a gap, what became of it among the same children since then", Trend)
    met: str = column("met, not yet, or cannot tell", Met, always=True)
    reason: str = column("why it cannot be told", Untold)
    file: str = _FILE
    sheet: str = _SHEET
    row: int = _ROW


class PlanAction(NamedTuple):
    """An action of the plan, and what its status and date say came of it."""

    priority: int | None = _PRIORITY
    action: str = column("task or action, as written", always=True)
    who: str = column("person responsible, as written")
    by_when: str = column("date, as written")
    due: str = column("the term by whose end; empty where that cannot be told")
    status: str = column("what its status says; empty for none, and for other words", ActionStatus)
    status_written: str = column("the status as written")
    monitoring: str = column("how it is monitored, as written")
    monitored_by: str = column("date for monitoring, as written")
    came: str = column("past its date, no date and no outcome, not due yet, done, or stopped", Came, always=True)
    again: int | None = column("the number of the priority of this draft under which it is carried forward")
    file: str = _FILE
    sheet: str = _SHEET
    row: int = _ROW


CRITERIA = declared("plan_criteria", "The success criteria of the last plan, and whether they are met.", PlanCriterion)
ACTIONS = declared("plan_actions", "The actions of the last plan, and what came of them.", PlanAction)
