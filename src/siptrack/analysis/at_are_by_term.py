"""How many of today's children were at expectations in each term so far, by the year group they are in now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.analysis.in_series import is_assessed
from siptrack.school.scale import MET
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.analysis.model import Analysis

AT_ARE_BY_TERM = Table(
    "at_are_by_term",
    "How many of the pupils were assessed and at age-related expectations in each term, one row a term.",
    (
        Column("year_group", "number", "year group now; Reception is 0, Nursery -1; empty when not known"),
        Column("subject", "text", "the subject's key", always=True),
        Column("term", "integer", "the term's number", always=True),
        Column("assessed", "integer", "pupils in the denominator of the percentage at ARE", always=True),
        Column("at_are", "integer", "of these, how many were at or above age-related expectations", always=True),
    ),
)


def at_are_by_term(analysis: Analysis) -> DataFrame:
    """The table, in the order of year groups, subjects and terms; a term in which nobody was assessed has no row."""
    judged = analysis.judged
    rows = judged[(judged["term"] <= analysis.term.number) & judged["subject"].isin(analysis.subjects)]
    rows = rows[is_assessed(rows)]
    now = analysis.pupils.set_index("pupil")["year_group"]
    order = {subject: at for at, subject in enumerate(analysis.subjects)}
    counted = rows.assign(
        year_group=rows["pupil"].map(now), at=rows["subject"].map(order), at_are=rows["attainment"].isin(MET)
    )
    by = ["year_group", "at", "subject", "term"]
    table = counted.groupby(by, dropna=False)["at_are"].agg(["size", "sum"]).reset_index()
    return table.rename(columns={"size": "assessed", "sum": "at_are"})[AT_ARE_BY_TERM.names]
