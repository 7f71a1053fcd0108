"""The sentences of a child's page that are data too: where the child stands, how each window went, what lies ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.analysis.ahead_tables import Forecast, Target
from siptrack.analysis.tables import Result
from siptrack.analysis.vocabulary import Course, Reason, Verdict, Window
from siptrack.documents.child.facts import Needed
from siptrack.documents.findings import Finding
from siptrack.documents.flags import movement, what_came
from siptrack.documents.labels import STANDS
from siptrack.rendering.numbers import plain_number, quantity
from siptrack.school.scale import Scale, ScaleKind

_VERDICTS: Mapping[str, str] = {
    Verdict.INSUFFICIENT: "insufficient",
    Verdict.EXPECTED: "as expected",
    Verdict.ACCELERATED: "accelerated",
    Verdict.CANNOT_TELL: "cannot be told",
}
_COURSES: Mapping[str, str] = {
    Course.MET: "met",
    Course.NOT_MET: "not met",
    Course.ON_COURSE: "on course at the present rate",
    Course.NOT_ON_COURSE: "not on course at the present rate",
    Course.CANNOT_TELL: "whether on course cannot be told",
}


def standing(results: Sequence[Result], term: str, scale: Scale | None) -> str:
    """Where the child stands by the last result: `2a in Summer 2009, below expectations, 4 points under the line`."""
    if not results:
        return "no result that could be used"
    last = results[-1]
    grade = with_mark(last.grade, last.mark)
    if last.term != term:
        return f"no result in {term}; the last is {grade} in {last.term}"
    meaning = scale.no_grades.get(last.grade, "") if scale else ""
    if meaning:
        return f"no grade in {term} ({grade}: {meaning})"
    return f"{grade} in {term}, {STANDS[last.attainment]}{_from_the_line(last, scale)}{_within_the_band(results)}"


def with_mark(grade: str, mark: str) -> str:
    """`EXS+`, `EXS (mod)`; a limit such as <70 holds its sign already."""
    if mark in grade:
        return grade
    return f"{grade} {mark}" if mark[0] == "(" or mark[0].isalnum() else f"{grade}{mark}"


def _within_the_band(results: Sequence[Result]) -> str:
    """How the last result stands to the one before it in the same band, by the marks beside the grades."""
    last, before = results[-1], results[-2] if len(results) > 1 else None
    if before is None or (before.scale, before.grade) != (last.scale, last.grade):
        return ""
    moved = (last.lean or 0) - (before.lean or 0)
    if not moved:
        return ""
    then = f"{with_mark(before.grade, before.mark)} in {before.term}"
    return f"; {'lower' if moved < 0 else 'higher'} within the band than {then}, which changes no verdict"


def _from_the_line(last: Result, scale: Scale | None) -> str:
    if scale is None or last.distance is None or last.reference is None:
        return ""
    if not last.distance:
        return ", on the line"
    way = "under" if last.distance < 0 else "over"
    return f", {quantity(abs(last.distance), scale.unit)} {way} the line"


def window_lead(window: str, key_stage: str) -> str:
    """`this year`, or `since the start of Key Stage 2`."""
    return "this year" if window == Window.YEAR else f"since the start of {key_stage or 'the key stage'}"


def progress_sentence(finding: Finding, verdict: str, reason: str) -> str:
    """`is insufficient: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made`; it follows its window."""
    outcome = _VERDICTS[verdict]
    if verdict != Verdict.CANNOT_TELL:
        return f"is {outcome}: {movement(finding)}; {what_came(finding)}"
    shown = f" ({movement(finding)})" if finding.from_grade and finding.grade and reason != Reason.NO_RESULT else ""
    return f"{outcome}: {reason}{shown}"


def needed_sentence(needed: Needed, grade: str, scale: Scale, key_stage: str) -> str:
    """What brings the child to expectations by a horizon, beside what was made so far."""
    by = f"by the end of {key_stage or 'this year'} ({needed.by_term})"
    at_least = needed.line_grade or plain_number(needed.line)
    if not needed.short:
        return f"At expectations {by}: {at_least} or more, which {grade} is already"
    missing = quantity(needed.short, scale.unit)
    if not needed.terms:
        return f"At expectations {by}: {at_least} or more was needed, {missing} more than {grade}; no term is left"
    within = quantity(needed.terms, "term")
    return f"At expectations {by}: from {grade} to {at_least} or more, {missing} in {within}{_rates(needed, scale)}"


def _rates(needed: Needed, scale: Scale) -> str:
    """The points a term, where a scale has points that grow."""
    if scale.kind is ScaleKind.RELATIVE or needed.needed is None:
        return ""
    made = "" if needed.made is None else f"; {plain_number(needed.made)} a term so far"
    return f" ({plain_number(needed.needed)} a term{made})"


def target_sentence(row: Target, scale: Scale | None) -> str:
    """`Target 3b in Summer 2010: 4 points to go in 3 terms; not on course at the present rate`."""
    course = _COURSES[row.course] + (f" ({row.reason})" if row.reason else "")
    lead = f"Target {row.target_grade} in {row.target_term}"
    if row.distance is None or row.distance >= 0 or scale is None:
        return f"{lead}: {course}"
    left = f" in {quantity(row.terms, 'term')}" if row.terms else ""
    return f"{lead}: {quantity(-row.distance, scale.unit)} to go{left}; {course}"


def forecast_sentence(row: Forecast, key_stage: str) -> str:
    """How many comparable children ended at expectations; and in which run a child like this ends, with the chance."""
    low = row.low_grade or plain_number(row.low or 0)
    high = row.high_grade or plain_number(row.high or 0)
    run = f"at {low}" if low == high else f"between {low} and {high}"
    of = quantity(row.comparable, "child", "children")
    return (
        f"Of {of} of earlier years who stood about here, {row.met or 0} were at expectations by the end of "
        f"{key_stage or 'the year'}; about {row.chance or 0:.0f} in 100 such children end {run}"
    )
