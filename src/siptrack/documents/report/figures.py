"""The three figures that a report begins with, each beside that of a year ago where the files hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.analyse import analyse
from siptrack.analysis.once import once
from siptrack.analysis.tables import SUMMARY
from siptrack.documents.in_short import insufficient_children
from siptrack.documents.labels import subject_label
from siptrack.school.cells import records, text, whole
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int


class Figures(NamedTuple):
    """How a school stands in a term: children at expectations, children named, and clear gaps of those compared."""

    term: str
    subject: str
    at_expectations: Share
    named: Share
    gaps: Share


def figures_of(analysis: Analysis, rules: Rules, gaps: Share) -> Figures:
    """The figures of an analysis of which the gaps are counted: in the combined subject, else in the first."""
    summary = records(analysis.compared.summary, SUMMARY.names)
    there = list(dict.fromkeys(text(row["subject"]) for row in summary))
    subject = next((combined for combined in rules.columns.combined if combined in there), there[0])
    rows = [row for row in summary if row["subject"] == subject]
    at_expectations = (sum(whole(row[name]) for row in rows) for name in ("at_are", "assessed"))
    return Figures(
        term=analysis.term.label,
        subject=subject_label(subject, rules),
        at_expectations=Share(*at_expectations),
        named=Share(len(insufficient_children(analysis, rules)), len(analysis.children.pupils)),
        gaps=gaps,
    )


@once
def a_year_ago(analysis: Analysis, rules: Rules) -> Analysis | None:
    """The same term of the year before, by the same rules and of whom it was asked; None where it has no result."""
    then = Term.numbered(analysis.term.number - SEASONS_IN_A_YEAR)
    try:
        return analyse(analysis.register, rules, then, analysis.asked)
    except NothingToJudgeError:
        return None
