"""The school's targets beside start and pace, and the reference line where it has none, put on the audit's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from siptrack.analysis.ahead_tables import TARGETS
from siptrack.analysis.vocabulary import Course
from siptrack.cycle.audit_tables import COURSES, LINES
from siptrack.documents.child.ahead import grade_at
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.reports.audited import Row, Told, by_year, whole
from siptrack.reports.wording import audit as wording
from siptrack.school.cells import number, records, text

_COUNTED = ("targets", "met", "on_course", "not_on_course", "cannot_tell", "not_met")
_HEADINGS = {
    "targets": ("With", "target"),
    "met": ("Met", "already"),
    "on_course": ("On", "course"),
    "not_on_course": ("Not on", "course"),
    "cannot_tell": ("Cannot", "tell"),
    "not_met": ("Not met,", "term over"),
}


def put_targets(page: Page, told: Told) -> None:
    """How many are on course, and by name who is not; nothing where there is no target."""
    rows = records(told.audit.frame("courses"), COURSES.names)
    if not rows:
        return
    page.heading(wording.TARGETS_HEADING)
    shown = [name for name in _COUNTED if name != "not_met" or any(row[name] for row in rows)]
    page.table(
        (
            *(ColumnHead("Year"), ColumnHead("Subject"), ColumnHead("For")),
            *(ColumnHead(_HEADINGS[name], numbers=True) for name in shown),
        ),
        [
            [
                *(told.year(row), told.subject(row), text(row["target_term"])),
                *(_with_target(row) if name == "targets" else text(row[name]) for name in shown),
            ]
            for row in rows
        ],
    )
    page.say(wording.course_note(), hang=2)
    targets = records(told.audit.frame("targets"), TARGETS.names)
    for course, lead in ((Course.NOT_ON_COURSE, wording.not_on_course), (Course.NOT_MET, wording.not_met)):
        _put_named(page, told, [row for row in targets if row["course"] == course.value], lead)


def _with_target(row: Row) -> str:
    return wording.so_many_of(whole(row["targets"]), whole(row["n"]))


def _put_named(page: Page, told: Told, rows: Sequence[Row], lead: Callable[[int], str]) -> None:
    children: dict[str, list[Row]] = {}
    for row in rows:
        children.setdefault(text(row["pupil"]), []).append(row)
    if not children:
        return
    page.gap()
    page.say(lead(len(children)), style=styles.STRONG)
    for label, of_year in by_year(children.values(), told):
        page.say(wording.year_heading(label, len(of_year), told.size(label)), style=styles.CLASS, indent=2)
        for of in of_year:
            child = told.children[text(of[0]["pupil"])]
            said = [_behind(row, told) for row in of]
            page.say(wording.child_line(told.names[text(child["pupil"])], text(child["class"]), said), indent=4, hang=2)


def _behind(row: Row, told: Told) -> str:
    distance = number(row["distance"])
    return wording.behind_target(
        told.subject(row),
        (text(row["grade"]), text(row["target_grade"])),
        text(row["target_term"]),
        None if distance is None else -distance,
        whole(row["terms"]),
        (number(row["needed"]), number(row["made"])),
        told.rules.scales.get(text(row["scale"])),
    )


def put_lines(page: Page, told: Told) -> None:
    """Which year groups have no target in a subject, and where the line lies for them."""
    courses, lines_held = (told.audit.frame(name) for name in ("courses", "lines"))
    have = {(row["year_group"], row["subject"]) for row in records(courses, COURSES.names)}
    rows = [row for row in records(lines_held, LINES.names) if (row["year_group"], row["subject"]) not in have]
    if not rows:
        return
    page.heading(wording.LINES_HEADING)
    if have:
        for without, years in _without(rows, told).items():
            page.say(wording.without_target(years, without), hang=2)
    page.say(wording.lines_note(text(rows[0]["by_term"])), hang=2)
    subjects = list(dict.fromkeys(told.subject(row) for row in rows))
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        cells = lines.setdefault((told.year(row), _line(row, told)), {})
        cells[told.subject(row)] = wording.so_many_of(whole(row["there"]), whole(row["graded"]))
    page.table(
        (
            ColumnHead("Year"),
            ColumnHead("At expectations"),
            *(ColumnHead(subject, numbers=True) for subject in subjects),
        ),
        [
            [year, line, *(cells.get(subject, wording.NO_FIGURE) for subject in subjects)]
            for (year, line), cells in lines.items()
        ],
    )


def _without(rows: Sequence[Row], told: Told) -> Mapping[tuple[str, ...], list[str]]:
    """The year groups without a target, by the subjects in which they have none."""
    of_year: dict[str, list[str]] = {}
    for row in rows:
        of_year.setdefault(told.year(row), []).append(told.subject(row))
    found: dict[tuple[str, ...], list[str]] = {}
    for year, subjects in of_year.items():
        found.setdefault(tuple(dict.fromkeys(subjects)), []).append(year)
    return found


def _line(row: Row, told: Told) -> str:
    line, year = number(row["line"]) or 0, whole(row["year_group"])
    return wording.at_least(grade_at(told.rules.scales[text(row["scale"])], line, year, told.rules), line)
