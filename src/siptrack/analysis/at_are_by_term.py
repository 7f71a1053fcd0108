"""How many of today's children were at expectations in each term so far, by the year group they are in now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import is_assessed
from siptrack.school.frame import Frame, numbered
from siptrack.school.scale import MET
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
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


def at_are_by_term(analysis: Analysis) -> Frame:
    """The table, in the order of year groups, subjects and terms; a term in which nobody was assessed has no row."""
    judged, pupils = analysis.children.judged, analysis.children.pupils
    at = judged["subject"].in_words(analysis.subjects)
    assessed = (judged["term"] <= analysis.term.number) & (at >= 0) & is_assessed(judged)
    rows, at = judged[assessed], at[assessed]
    year_group = pupils["year_group"][rows["pupil"].in_words(pupils["pupil"].tolist())]
    number, first = numbered([year_group, at, rows["term"]])
    met = np.bincount(number, rows["attainment"].isin(MET), len(first)).astype(np.int64)
    counted = rows.having(year_group=year_group).take(first)
    return counted.having(assessed=np.bincount(number, minlength=len(first)), at_are=met)[AT_ARE_BY_TERM.names]
