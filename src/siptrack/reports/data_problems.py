"""Oddities of the data on a page, errors before queries."""

from __future__ import annotations

from itertools import groupby

from siptrack.reports import styles
from siptrack.reports.page import Page
from siptrack.reports.wording import problems as wording
from siptrack.school.problem import Severity
from siptrack.school.register import Register

_LINES_OF_A_CODE = 10  # a screen's worth; a longer list is in the problems table


def put_unusable(page: Page, register: Register) -> None:
    """The files that could not be read, where nobody overlooks them."""
    for problem in register.unusable:
        page.say(wording.unusable_line(problem), hang=2, style=styles.ERROR)


def put_problems(page: Page, register: Register, *, every: bool) -> None:
    """Problems by code, each code's remedy once; `every` place on request."""
    problems = register.problems
    if not problems:
        return
    page.heading(wording.problems_title(problems))
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
