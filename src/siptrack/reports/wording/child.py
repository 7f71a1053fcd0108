"""What is said on the page of one child: where the child stands, how each window went, and what lies ahead."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.analysis.vocabulary import Course, Reason, Verdict, Window
from siptrack.reports.cells import Cell, number, text
from siptrack.reports.child_model import Needed
from siptrack.reports.findings import Finding
from siptrack.reports.wording.flags import movement, what_came
from siptrack.reports.wording.manual import THRESHOLDS
from siptrack.reports.wording.numbers import plain_number, plural, quantity
from siptrack.school.scale import Attainment, Kind, Scale

Row = Mapping[str, Cell]
_VERDICTS = {
    Verdict.INSUFFICIENT: "insufficient",
    Verdict.EXPECTED: "as expected",
    Verdict.ACCELERATED: "accelerated",
    Verdict.CANNOT_TELL: "cannot be told",
}
STANDS = {
    Attainment.WELL_BELOW: "well below expectations",
    Attainment.BELOW: "below expectations",
    Attainment.AT: "at expectations",
    Attainment.ABOVE: "above expectations",
    Attainment.NOT_KNOWN: "not set against a line",
}


def standing(last: Row | None, term: str, scale: Scale | None) -> str:
    """Where the child stands: `2a in Summer 2009, below expectations: 4 points under the line of 21`."""
    if last is None:
        return "no result yet"
    grade, then = text(last["grade"]), text(last["term"])
    if then != term:
        return f"no result in {term}; the last is {grade} in {then}"
    meaning = next((code.meaning for code in scale.codes if code.code == grade), "") if scale else ""
    if meaning:
        return f"no grade in {term} ({grade}: {meaning})"
    stands = STANDS[Attainment(text(last["attainment"]))]
    return f"{grade} in {term}, {stands}{_from_the_line(last, scale)}"


def _from_the_line(last: Row, scale: Scale | None) -> str:
    distance, line = number(last["distance"]), number(last["reference"])
    if scale is None or distance is None or line is None:
        return ""
    if not distance:
        return ", on the line"
    way = "under" if distance < 0 else "over"
    return f", {quantity(abs(distance), scale.unit)} {way} the line"


def window_lead(window: str, key_stage: str) -> str:
    """`this year`, or `since the start of Key Stage 2`."""
    return "this year" if window == Window.YEAR else f"since the start of {key_stage or 'the key stage'}"


def verdict_words(verdict: str) -> str:
    """A verdict as a sentence has it."""
    return _VERDICTS[Verdict(verdict)]


def progress_sentence(finding: Finding, verdict: str, reason: str) -> str:
    """`insufficient: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made`."""
    said = verdict_words(verdict)
    if verdict != Verdict.CANNOT_TELL:
        return f"{said}: {movement(finding)}; {what_came(finding)}"
    shown = f" ({movement(finding)})" if finding.from_grade and finding.grade and reason != Reason.NO_RESULT else ""
    return f"{said}: {reason}{shown}"


def needed_sentence(needed: Needed, grade: str, scale: Scale, key_stage: str) -> str:
    """What brings the child to expectations by a horizon, beside what was made so far."""
    by = f"by the end of {key_stage or 'this year'} ({needed.by_term})"
    at_least = needed.line_grade or plain_number(needed.line)
    if not needed.short:
        there = "is at expectations" if not needed.terms else "is enough already"
        return f"At expectations {by}: {grade} {there} ({at_least} or more)"
    missing = quantity(needed.short, scale.unit)
    if not needed.terms:
        return f"At expectations {by}: {at_least} or more was needed, {missing} more than {grade}; no term is left"
    within = quantity(needed.terms, "term")
    return f"At expectations {by}: from {grade} to {at_least} or more, {missing} in {within}{_rates(needed, scale)}"


def _rates(needed: Needed, scale: Scale) -> str:
    """The points a term, where a scale has points that grow."""
    if scale.kind is Kind.RELATIVE or needed.needed is None:
        return ""
    made = "" if needed.made is None else f"; {plain_number(needed.made)} a term so far"
    return f" ({plain_number(needed.needed)} a term{made})"


_COURSES = {
    Course.MET: "met",
    Course.NOT_MET: "not met",
    Course.ON_COURSE: "on course at the present rate",
    Course.NOT_ON_COURSE: "not on course at the present rate",
    Course.CANNOT_TELL: "whether on course cannot be told",
}


def target_sentence(row: Row, scale: Scale | None) -> str:
    """`Target 3b in Summer 2010: 4 points to go in 3 terms; not on course at the present rate`."""
    course, reason = text(row["course"]), text(row["reason"])
    said = _COURSES[Course(course)] + (f" ({reason})" if reason else "")
    lead = f"Target {text(row['target_grade'])} in {text(row['target_term'])}"
    distance, terms = number(row["distance"]), int(number(row["terms"]) or 0)
    if distance is None or distance >= 0 or scale is None:
        return f"{lead}: {said}"
    left = f" in {quantity(terms, 'term')}" if terms else ""
    return f"{lead}: {quantity(-distance, scale.unit)} to go{left}; {said}"


def forecast_sentence(row: Row, scale: Scale, key_stage: str) -> str:
    """Where comparable children of earlier years ended, as a range that says how many they were."""
    n, met = int(number(row["comparable"]) or 0), int(number(row["met"]) or 0)
    low = text(row["low_grade"]) or plain_number(number(row["low"]) or 0)
    high = text(row["high_grade"]) or plain_number(number(row["high"]) or 0)
    between = f"at {low}" if low == high else f"between {low} and {high}"
    return (
        f"Of {quantity(n, 'child', 'children')} of earlier years who stood about here, {met} were at expectations by "
        f"the end of {key_stage or 'the year'}; the middle of them ended {between} ({scale.label})"
    )


def not_recorded() -> str:
    """What stands for a group that nobody wrote down."""
    return "not recorded"


def threshold_name(name: str, scale: str) -> str:
    """`tolerance of nc-levels`."""
    return f"{name} of {scale}"


def threshold_says(name: str, value: float | None, unit: str) -> str:
    """`how far progress may fall short before it is insufficient: 1 point`."""
    return f"{THRESHOLDS[name]}: {'none' if value is None else quantity(value, unit)}"


def line_name(scale: str) -> str:
    """`reference line of nc-levels`."""
    return f"reference line of {scale}"


def line_says(line: float, unit: str, year_group: str, season: str) -> str:
    """`18 points are expected in Summer of Year 3`."""
    are = plural(line, "is", "are")
    return f"{quantity(line, unit)} {are} expected in {season} of {year_group}"


def small_steps_name(name: str, scale: str) -> str:
    """`small steps of nc-levels: expected`."""
    return f"small steps of {scale}: {name}"


def small_steps_say(expected: int, within: int) -> str:
    """`1 small step is expected in any 3 terms`."""
    return (
        f"{quantity(expected, 'small step')} {plural(expected, 'is', 'are')} expected in any {quantity(within, 'term')}"
    )


def terms_say(terms: int) -> str:
    """For how many terms a flag looks back."""
    return f"the same grade in {quantity(terms, 'term')}, this one and those before"
