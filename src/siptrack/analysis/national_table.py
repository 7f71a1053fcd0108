"""The table of comparisons with national results, and why there is none."""

from __future__ import annotations

from enum import StrEnum

from siptrack.school.tables import Column, Table


class NoComparison(StrEnum):
    """Why results are not set beside national ones though they are of a year group that has them."""

    SEASON = "other season"
    YEAR = "year not known"
    FIGURE = "no figure yet"


NATIONAL = Table(
    "national",
    "Groups beside national results; a row without a subject says why a year group is not compared.",
    (
        Column("subject", "text", "the subject's key; empty where a year group is not compared"),
        Column("characteristic", "text", "the characteristic's key, or all", always=True),
        Column("group", "text", "the group's key, or all", always=True),
        Column("standard", "text", "the standard's key, as in national.yaml", always=True),
        Column("year", "text", "the school year of the national figure; empty where there is no comparison"),
        Column("n", "integer", "pupils of the group who are assessed", always=True, unit="pupils"),
        Column("count", "integer", "of these, how many meet the standard", unit="pupils"),
        Column(
            "unlike",
            "integer",
            "of n, those with a teacher's judgement where the national figure is of tests, or vice versa",
            unit="pupils",
        ),
        Column("value", "number", "the percentage; empty when there are too few for one", unit="percent"),
        Column("same", "number", "the national percentage of the same group", unit="percent"),
        Column(
            "other",
            "number",
            "the national percentage of the other pupils; empty where it is not known",
            unit="percent",
        ),
        Column("gap_to_same", "number", "value minus same, in percentage points", unit="percentage points"),
        Column("low", "number", "lower end of the interval of gap_to_same (Wilson)", unit="percentage points"),
        Column("high", "number", "upper end", unit="percentage points"),
        Column("gap_to_other", "number", "value minus other, in percentage points", unit="percentage points"),
        Column("children", "integer", "gap_to_same in children of the group, cut to whole ones", unit="pupils"),
        Column("sure", "text", "how sure the national figure is, as in national.yaml"),
        Column("reason", "text", "why a year group is not compared", tuple(NoComparison)),
    ),
)
