"""Actions agreed for children: what a school's record of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from siptrack.school.tables import Column, Table


class ActionStatus(StrEnum):
    """What the record's column of statuses says of an action; its spellings stand in actions.yaml."""

    DONE = "done"
    UNDER_WAY = "under way"
    NOT_STARTED = "not started"
    STOPPED = "stopped"


class ActionRules(NamedTuple):
    """The headings of a record of actions, by column; the spellings of each status; and how long on the list is long.

    `own` are the headings of siptrack's own meeting workbook, and `written` each those of another file that siptrack
    writes; from `long` terms in a row on a child without an action is named.
    """

    headings: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...]
    written: tuple[tuple[str, ...], ...]
    statuses: Mapping[ActionStatus, tuple[str, ...]]
    long: int


ACTIONS = Table(
    "actions",
    "What was agreed for a pupil at a meeting, as the school's record of actions has it: one row an action.",
    (
        Column("pupil", "text", "the pupil's key"),
        Column("term", "number", "number of the meeting's term; empty where the record does not say"),
        Column("subjects", "text", "keys of the subjects that it is about, with commas; empty when it names none"),
        Column("barrier", "text", "what stands in the way, as written"),
        Column("action", "text", "what was agreed, as written"),
        Column("who", "text", "who does it, as written"),
        Column("by_when", "text", "by when, as written"),
        Column("due", "number", "number of the term by whose end; empty where that cannot be told"),
        Column("outcome", "text", "how it went, as written"),
        Column("status", "text", "what the record's status says; empty when it says nothing", tuple(ActionStatus)),
        Column("file", "text", "file"),
        Column("sheet", "text", "sheet"),
        Column("row", "integer", "row, counted from 1"),
    ),
)
BETWEEN_SUBJECTS = ", "
