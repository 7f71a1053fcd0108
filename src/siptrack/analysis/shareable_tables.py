"""The tables that may leave the school: their columns."""

from __future__ import annotations

from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.sharing import Status
from siptrack.school.tables import Column, Table

YEAR_GROUP = "year_group"

_COUNTED = (
    Column("measure", "text", "at_are, or insufficient", (Measure.AT_ARE, Measure.INSUFFICIENT), always=True),
    Column("n", "integer", "children assessed, or for insufficient those whose progress can be told"),
    Column("count", "integer", "of these, how many are at or above ARE, or make insufficient progress"),
    Column("percent", "integer", "count in percent of n"),
    Column("status", "text", "why figures are missing, or shown", tuple(Status), always=True),
)
SHARED_ROWS = Table(
    "rows",
    "How everybody, each year group and each group of which a figure may be shared stands.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "all, year_group, or the characteristic's key", always=True),
        Column("group", "text", "all, the year group, the group's key, all_others, or not_recorded", always=True),
        *_COUNTED,
    ),
)
SHARED_GAPS = Table(
    "gaps",
    "Each group compared with its peers, where both are shown.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key", always=True),
        Column("peers", "text", "the group compared with, or rest: everybody else whose value is known", always=True),
        *_COUNTED[:-1],
        Column("peers_n", "integer", "the same of the peers"),
        Column("peers_count", "integer", "of these, how many"),
        Column("peers_percent", "integer", "in percent"),
        Column("gap", "number", "the group's percentage minus the peers', in percentage points, from what is shown"),
        Column("verdict", "text", "clear, not clear, or too few", tuple(GapVerdict), always=True),
        Column("explained_by", "text", "the stronger gap that explains it, where that is shared too"),
        _COUNTED[-1],
    ),
)
