"""The tables of the single plan, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum

from siptrack.analysis.vocabulary import Measure
from siptrack.school.plan_record import Outcome
from siptrack.school.tables import Column, Table


class PrioritySource(StrEnum):
    """What a priority is about first, and what a piece of evidence is."""

    PROGRESS = "progress"
    GAP = "gap"


class Refusal(StrEnum):
    """Why something is no priority of this plan."""

    NOT_CLEAR = "not clear"
    TOO_FEW = "too few"
    FEW_CHILDREN = "few children"
    NOT_MANY = "not many"
    LEAVING = "leaving"
    BEYOND = "beyond the most"


_NUMBER = Column("priority", "integer", "the priority's number in the plan", always=True)
_AMONG = Column("among", "text", "whose: all, a key stage such as ks2, or year_3 and the like", always=True)
_MEASURE = Column(
    "measure", "text", "at_are or insufficient", (Measure.AT_ARE.value, Measure.INSUFFICIENT.value), always=True
)
_SIDES = (
    Column("characteristic", "text", "the characteristic's key; empty where everybody is meant"),
    Column("group", "text", "the group that is behind"),
    Column("peers", "text", "the group that it is compared with, or rest"),
    _MEASURE,
    Column(
        "n",
        "integer",
        "children of the group who are assessed, or whose progress can be told",
        always=True,
        unit="pupils",
    ),
    Column(
        "count", "integer", "of these, how many are at ARE, or make insufficient progress", always=True, unit="pupils"
    ),
    Column("peers_n", "integer", "the same of those compared with", unit="pupils"),
    Column("peers_count", "integer", "of these, how many", unit="pupils"),
    Column("close", "integer", "how many children of the group would have to move to close the gap", unit="pupils"),
)

PRIORITIES = Table(
    "priorities",
    "The priorities that the data support, the one about most children first.",
    (
        _NUMBER,
        Column("kind", "text", "what it is about first: progress or gap", tuple(PrioritySource), always=True),
        Column("subjects", "text", "the subjects' keys, joined by '; '", always=True),
        Column(
            "among",
            "text",
            "for each subject, in that order, whose: all, ks2, year_3 and the like; several by '+'",
            always=True,
        ),
        Column("groups", "text", "the groups that are clearly behind: characteristic=group; and so on"),
        Column("also", "text", "groups that are clearly behind too, which this gap explains"),
        Column(
            "children",
            "integer",
            "children making insufficient progress, or who would close the largest gap",
            always=True,
            unit="pupils",
        ),
    ),
)

EVIDENCE = Table(
    "evidence",
    "What each priority rests on; a gap's row is that of the gaps table with the group that is behind first.",
    (
        _NUMBER,
        Column("source", "text", "progress (insufficient of many) or gap (clear)", tuple(PrioritySource), always=True),
        Column("subject", "text", "the subject's key", always=True),
        _AMONG,
        *_SIDES,
    ),
)

OUTCOMES = Table(
    "outcomes",
    "What could be seen by each term: where children stand now, and what the figures come to. Arithmetic, no target.",
    (
        _NUMBER,
        Column("outcome", "text", "combined, attainment, progress or gap", tuple(Outcome), always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("among", "text", "whose: all, ks2, year_3 and the like; several by '+'", always=True),
        Column("characteristic", "text", "the characteristic's key; empty where everybody is meant"),
        Column("group", "text", "the group that is behind"),
        Column("term", "text", "by when", always=True),
        Column("terms", "integer", "terms from now until then", always=True, unit="terms"),
        Column(
            "n",
            "integer",
            "children who will still be here, assessed, or whose progress can be told",
            always=True,
            unit="pupils",
        ),
        Column(
            "count",
            "integer",
            "of these, how many are at ARE now, or make insufficient progress now",
            always=True,
            unit="pupils",
        ),
        Column(
            "more",
            "integer",
            "by then, at an even pace, how many more at ARE close the gap (combined: miss it in one of these subjects "
            "alone), or how many fewer make insufficient progress; empty where no figure says how many",
            unit="pupils",
        ),
        Column(
            "least",
            "number",
            "points a term that the nearest of these children needs; of progress, above what the line asks",
            unit="points a term",
        ),
        Column("most", "number", "points a term that the last of them needs", unit="points a term"),
        Column(
            "targets",
            "integer",
            "children for whom the school has a target of that term; empty without any",
            unit="pupils",
        ),
        Column("targets_at_are", "integer", "of these, how many targets are at ARE", unit="pupils"),
    ),
)

REFUSED = Table(
    "refused",
    "What is no priority of this plan, and why.",
    (
        Column("source", "text", "progress or gap", tuple(PrioritySource), always=True),
        Column("subject", "text", "the subject's key", always=True),
        _AMONG,
        *_SIDES,
        Column(
            "reason",
            "text",
            "why: not clear, too few, few children, not many, leaving (gone before it ends), or beyond the most",
            tuple(Refusal),
            always=True,
        ),
    ),
)
