"""Oddities of the data on a page, errors before queries."""

from __future__ import annotations

from itertools import groupby

from siptrack.reports import styles
from siptrack.reports.page import Page
from siptrack.reports.wording import problems as wording
from siptrack.reports.wording.sources import SOURCES_HEADING, source_lines
from siptrack.school.problem import Severity
from siptrack.school.register import Register

_ALARMS_OF_A_CODE = 3
_LINES_OF_A_CODE = 10  # a screen's worth; a longer list is in the problems table


def put_alarms(page: Page, register: Register) -> None:
    """What nobody may overlook: which school it is of, files that could not be read or that do not join."""
    if len(register.schools) > 1:
        page.say(wording.school_line(register.school, register.schools), hang=2)
    for problem in register.unusable:
        page.say(wording.unusable_line(problem), hang=2, style=styles.ERROR)
    for code, alike in groupby(register.alarms, key=lambda problem: problem.code):
        problems = list(alike)
        style = styles.ERROR if problems[0].severity is Severity.ERROR else styles.WARNING
        for problem in problems[:_ALARMS_OF_A_CODE]:
            page.say(wording.alarm_line(problem), hang=2, style=style)
        if len(problems) > _ALARMS_OF_A_CODE:
            page.say(wording.more_alarms(len(problems) - _ALARMS_OF_A_CODE, code), hang=2, style=style)


def put_sources(page: Page, register: Register) -> None:
    """How the files found each other's children, and by which evidence."""
    if register.sources:
        page.heading(SOURCES_HEADING)
        for line in source_lines(register.sources):
            page.say(line, hang=2)


def put_problems(page: Page, register: Register, *, every: bool) -> None:
    """Problems by code, each code's remedy once; `every` place on request."""
    problems = register.problems
    if not (problems or register.dismissed):
        return
    page.heading(wording.problems_title(problems, register.dismissed))
    for code, alike in groupby(wording.group_problems(problems), key=lambda group: group.code):
        groups = list(alike)
        count = sum(problem.code == code for problem in problems)
        style = styles.ERROR if groups[0].severity is Severity.ERROR else styles.WARNING
        page.say(wording.problem_kind(groups[0], count), hang=2, style=style)
        shown = groups if every else groups[:_LINES_OF_A_CODE]
        for group in shown:
            page.say(wording.problem_line(group), indent=2, hang=2)
        if len(shown) < len(groups):
            page.say(wording.more_places(len(groups) - len(shown)), indent=2, hang=2)
