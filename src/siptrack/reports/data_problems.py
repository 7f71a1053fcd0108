"""Oddities of the data on a page, errors before queries."""

from __future__ import annotations

from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.reports.wording import problems as wording
from siptrack.reports.wording.found import NAMED, every_place
from siptrack.reports.wording.sources import SOURCES_HEADING, source_lines
from siptrack.school.problem import Severity
from siptrack.school.register import Register


def put_alarms(page: Page, register: Register) -> None:
    """What nobody may overlook: which school it is of, files that could not be read or that do not join."""
    if len(register.schools) > 1:
        page.say(wording.school_line(register.school, register.schools), hang=2)
    for line in wording.unusable_lines(register.unusable):
        page.say(line, hang=2, style=styles.ERROR)
    for kind in wording.kinds_of_problem(register.alarms):
        page.say(wording.alarm_line(kind), hang=2, style=_style(kind))


def _style(kind: wording.ProblemKind) -> str:
    return styles.ERROR if kind.severity is Severity.ERROR else styles.WARNING


def put_sources(page: Page, register: Register) -> None:
    """How the files found each other's children, and by which evidence."""
    if register.sources:
        page.heading(SOURCES_HEADING)
        for line in source_lines(register.sources):
            page.say(line, hang=2)


def put_problems(page: Page, register: Register, *, every: bool) -> None:
    """A line for each kind of problem with its first cells; `every` place on request."""
    problems = register.problems
    if not (problems or register.dismissed):
        return
    page.heading(wording.problems_title(problems, register.dismissed))
    told = {problem.code for problem in (*register.alarms, *register.unusable)}
    kinds = wording.kinds_of_problem(problems)
    for kind in kinds:
        if not every:
            page.say(wording.kind_line(kind, told=kind.code in told), hang=2, style=_style(kind))
            continue
        page.say(wording.kind_heading(kind), hang=2, style=_style(kind))
        for line in (line for found in kind.found for line in every_place(found)):
            page.say(line, indent=2, hang=2)
    if not every and any(kind.count > NAMED and kind.code not in told for kind in kinds):
        page.say(wording.where_every_place_is())
