"""Whose books a visit looks at: of each year group and subject those of whom the marks say most strongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.cycle.enquiry_tables import BOOKS
from siptrack.cycle.first import to_talk_of
from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_WHAT = ("pupil", "subject")
_BETWEEN_MARKS = " "


def books_to_look_at(analysis: Analysis, rules: Rules) -> Frame:
    """The table BOOKS, without those whose marks hardly say that they have fallen behind."""
    books, listed = rules.enquiry.books, rules.evidence.listed
    rows = to_talk_of(analysis, rules)
    rows = rows[~rows["named"] | ~(rows["behind_in_100"] < listed.hardly)]
    if rows.empty or not books.each:
        return BOOKS.no_rows()
    pupils = analysis.children.pupils[["pupil", "surname", "forename", "year_group", "class"]]
    rows = rows.having({name: pupils[name].take(rows.found_in(pupils, "pupil")) for name in pupils})
    rows = rows.having(marks_first=-np.nan_to_num(rows["behind_in_100"]), long_first=-rows["terms"])
    chosen = _first_of_each(rows, books.each)
    made = chosen.having(marks=_marks(chosen, analysis, books.terms), look_for=_look_for(chosen, analysis, rules))
    return BOOKS.completed(made).sorted_by(*BOOKS.order)


def _first_of_each(rows: Frame, each: int) -> Frame:
    """So many children of each year group and subject, each child in one subject alone."""
    rows = rows.sorted_by("marks_first", "long_first", "year_group", "class", "surname", "forename", *_WHAT)
    taken: set[str] = set()
    counts: dict[tuple[float, str], int] = {}
    kept = []
    for at, (pupil, year, subject) in enumerate(rows.in_rows("pupil", "year_group", "subject")):
        here = (-1.0 if np.isnan(year) else year, subject)
        if pupil not in taken and counts.get(here, 0) < each:
            taken.add(pupil)
            counts[here] = counts.get(here, 0) + 1
            kept.append(at)
    return rows.take(np.array(kept, dtype=np.int64))


def _marks(rows: Frame, analysis: Analysis, terms: int) -> list[str]:
    """What was written of each child in the last terms, the oldest first."""
    judged, now = analysis.children.judged, analysis.term.number
    judged = judged[judged["pupil"].isin(set(rows["pupil"].tolist())) & (judged["term"] <= now)]
    grades = {(pupil, subject, term): grade for pupil, subject, term, grade in judged.in_rows(*_WHAT, "term", "grade")}
    found = []
    for what in rows.in_rows(*_WHAT):
        marks = [grades.get((*what, term), "") or "-" for term in range(now - terms + 1, now + 1)]
        first = next((at for at, mark in enumerate(marks) if mark != "-"), 0)
        found.append(_BETWEEN_MARKS.join(marks[first:]))
    return found


def _look_for(rows: Frame, analysis: Analysis, rules: Rules) -> list[str]:
    flagged: dict[tuple[str, str], set[str]] = {}
    for pupil, subject, code in analysis.children.flags.in_rows(*_WHAT, "code"):
        flagged.setdefault((pupil, subject), set()).add(code)
    books = rules.enquiry.books
    return [
        next((says for code, says in books.look_for.items() if code in flagged.get(what, ())), books.otherwise)
        for what in rows.in_rows(*_WHAT)
    ]
