"""What is said on the page of one child: where the child stands, how each window went, and what lies ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.analysis.vocabulary import Course, Reason, Verdict, Window
from siptrack.documents.findings import Finding
from siptrack.documents.flags import movement, what_came
from siptrack.rendering.numbers import listed, plain_number, quantity
from siptrack.reports.cells import Cell, number, text
from siptrack.reports.child_model import (
    ChildPage,
    Membership,
    Needed,
    SubjectJourney,
    TermResult,
    WindowSaid,
)
from siptrack.school.scale import Attainment, Kind, Scale
from siptrack.school.term import Term

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


def records_heading() -> str:
    """What leads the actions and the provision that the school's own records hold."""
    return "Agreed and provided, as the school's records have it"


def provision_line(
    intervention: str, subject: str, starts: str, ends: str, sessions: tuple[float | None, float | None]
) -> str:
    """`FLS (Writing), Autumn 2008 to Spring 2009; 34 of 36 sessions attended`."""
    about = f" ({subject})" if subject else ""
    until = f" to {ends}" if ends and ends != starts else "" if ends else ", not ended"
    attended, planned = sessions
    had = "" if attended is None or planned is None else f"; {attended:g} of {planned:g} sessions attended"
    return f"{intervention}{about}{f', {starts}{until}' if starts else ''}{had}."


def standing(results: Sequence[Row], term: str, scale: Scale | None) -> str:
    """Where the child stands by the last result: `2a in Summer 2009, below expectations, 4 points under the line`."""
    if not results:
        return "no result that could be used"
    last = results[-1]
    grade, then = _with_mark(text(last["grade"]), text(last["mark"])), text(last["term"])
    if then != term:
        return f"no result in {term}; the last is {grade} in {then}"
    meaning = scale.no_grades.get(text(last["grade"]), "") if scale else ""
    if meaning:
        return f"no grade in {term} ({grade}: {meaning})"
    stands = STANDS[Attainment(text(last["attainment"]))]
    return f"{grade} in {term}, {stands}{_from_the_line(last, scale)}{_within_the_band(results)}"


def _with_mark(grade: str, mark: str) -> str:
    """`EXS+`, `EXS (mod)`; a limit such as <70 holds its sign already."""
    if mark in grade:
        return grade
    return f"{grade} {mark}" if mark[0] == "(" or mark[0].isalnum() else f"{grade}{mark}"


def _within_the_band(results: Sequence[Row]) -> str:
    """How the last result stands to the one before it in the same band, by the marks beside the grades."""
    last, before = results[-1], results[-2] if len(results) > 1 else None
    if before is None or (before["scale"], before["grade"]) != (last["scale"], last["grade"]):
        return ""
    moved = (number(last["lean"]) or 0) - (number(before["lean"]) or 0)
    if not moved:
        return ""
    then = f"{_with_mark(text(before['grade']), text(before['mark']))} in {text(before['term'])}"
    return f"; {'lower' if moved < 0 else 'higher'} within the band than {then}, which changes no verdict"


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
    """`is insufficient: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made`; it follows its window."""
    said = verdict_words(verdict)
    if verdict != Verdict.CANNOT_TELL:
        return f"is {said}: {movement(finding)}; {what_came(finding)}"
    shown = f" ({movement(finding)})" if finding.from_grade and finding.grade and reason != Reason.NO_RESULT else ""
    return f"{said}: {reason}{shown}"


def progress_lines(progress: Sequence[WindowSaid]) -> list[str]:
    """A sentence for each window; one for two of which the same is said, as in the first year of a key stage."""
    leads: dict[str, list[str]] = {}
    for window in progress:
        leads.setdefault(window.sentence, []).append(window.lead)
    return [f"Progress {listed(alike)} {sentence}." for sentence, alike in leads.items()]


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


def forecast_sentence(row: Row, key_stage: str, middle: float) -> str:
    """Where comparable children of earlier years ended: the range of the `middle` percent, and how many they were."""
    n, met = int(number(row["comparable"]) or 0), int(number(row["met"]) or 0)
    low = text(row["low_grade"]) or plain_number(number(row["low"]) or 0)
    high = text(row["high_grade"]) or plain_number(number(row["high"]) or 0)
    between = f"at {low}" if low == high else f"between {low} and {high}"
    return (
        f"Of {quantity(n, 'child', 'children')} of earlier years who stood about here, {met} were at expectations by "
        f"the end of {key_stage or 'the year'}; the middle {plain_number(middle)} % of them ended {between}"
    )


def not_recorded() -> str:
    """What stands for a group that nobody wrote down."""
    return "not recorded"


def page_title(page: ChildPage) -> str:
    """`Cedar, Maxwell: Year 3, class 3K`."""
    place = ", ".join(part for part in (page.year_group, f"class {page.class_name}" if page.class_name else "") if part)
    return f"{page.name}: {place}"


def page_term(page: ChildPage) -> str:
    """Of which term the page speaks, and which newer ones have begun."""
    return " ".join((f"As of {page.term}.", *page.begun))


def groups_line(groups: Sequence[Membership]) -> str:
    """`Gender: Boys; First language: not recorded`."""
    return "; ".join(f"{one.characteristic}: {one.group}" for one in groups)


def chart_note() -> str:
    """How the charts are to be read."""
    return "In the last column | is the line of age-related expectations and o the child: left of it is below."


def beside_note() -> str:
    """What leads results that stand beside those by which progress is told."""
    return "Beside these, by which progress is not told:"


def scale_note(scale: str, crossed_from: str) -> str:
    """On which scale a run of results is, and from which it was carried over."""
    return f"On {scale}" + (f" (written on {crossed_from}):" if crossed_from else ":")


def several(count: int) -> str:
    """What leads the list of children who fit what was typed."""
    return f"{count} children fit. Name one by the key in the first column."


def left_after(term: Term) -> str:
    """Until when a child who has left was on roll."""
    return f"left; last in {term.label}"


def on_roll() -> str:
    """That a child is here."""
    return "yes"


JOURNEY_IN_FULL = ("Term", "Year", "Grade", "Points", "Line", "From line", "Attainment", "Scale", "Written in")


def journey_cells(result: TermResult) -> tuple[str, ...]:
    """A term of a journey in a table: term, year group, grade, points, line, distance and attainment."""
    return (
        result.term,
        result.year,
        _with_mark(result.grade, result.mark) if result.written else "no result",
        _plain(result.points),
        _plain(result.line),
        _signed(result.distance),
        result.attainment if result.written else "",
    )


def _plain(value: float | None) -> str:
    return "" if value is None else plain_number(value)


def _signed(value: float | None) -> str:
    return "" if value is None else ("+" if value > 0 else "") + plain_number(value)


def scale_of(result: TermResult) -> str:
    """The scale of a result, and whether it crossed from another or stands beside."""
    crossed = f", written on {result.crossed_from}" if result.crossed_from else ""
    beside = "" if result.told else " (beside; progress is not told by it)"
    return f"{result.scale}{crossed}{beside}"


def ahead_lines(subject: SubjectJourney) -> list[str]:
    """What lies ahead in a subject: what the line asks, the targets, and where comparable children ended."""
    said = (*(one.sentence for one in subject.needed), *(one.sentence for one in subject.targets), *subject.forecasts)
    return [f"{sentence}." for sentence in said]


def questions_heading() -> str:
    """What leads the questions for a meeting."""
    return "To ask and to do"


AT_A_GLANCE = ("Subject", "Now", "Attainment", "Progress this year", "Key stage")


def glance_cells(subject: SubjectJourney) -> tuple[str, ...]:
    """A subject in one line: the grade now, attainment, and the verdict in both windows."""
    verdicts = {one.window: one.verdict for one in subject.progress}
    return (
        subject.label,
        subject.grade or "none",
        subject.attainment,
        *(verdicts.get(window.value, "") for window in Window),
    )
