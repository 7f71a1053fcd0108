"""What is said of oddities in the data: where, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from siptrack.reports.wording.numbers import listed, plural, quantity, thousands
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity

CELLS_NAMED = 5  # more addresses than these would bury the sentence; the problems table has them all


@dataclass(frozen=True)
class ProblemGroup:
    """The same oddity in several cells of a sheet."""

    code: str
    severity: Severity
    file: str
    sheet: str
    found: str
    expected: str
    action: str
    cells: tuple[str, ...]


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Problems gathered by code, file, sheet and what was found: errors first, then in the order of the files."""
    ordered = sorted(problems, key=lambda one: (one.severity is not Severity.ERROR, *_same(one), one.place, one))
    return [_gather(list(alike)) for _, alike in groupby(ordered, key=_same)]


def _same(problem: Problem) -> tuple[str, str, str, str, str, str]:
    place = problem.place
    return problem.code, place.file, place.sheet, problem.found, problem.expected, problem.action


def _gather(alike: Sequence[Problem]) -> ProblemGroup:
    first = alike[0]
    cells = tuple(dict.fromkeys(problem.place.cell for problem in alike if problem.place.cell))
    place = first.place
    return ProblemGroup(
        first.code, first.severity, place.file, place.sheet, first.found, first.expected, first.action, cells
    )


def problems_title(problems: Sequence[Problem], dismissed: int = 0) -> str:
    """`Problems: 3 errors to correct and 5 queries to check; 2 more are explained in siptrack.yaml`."""
    explained = f"{quantity(dismissed, 'query', 'queries')} explained in siptrack.yaml" if dismissed else ""
    return f"Problems: {'; '.join(filter(None, (problems_heading(problems) if problems else '', explained)))}"


def problems_heading(problems: Sequence[Problem]) -> str:
    """`3 errors to correct and 5 queries to check`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    queries = len(problems) - errors
    parts = [f"{quantity(errors, 'error')} to correct"] if errors else []
    return listed([*parts, *([f"{quantity(queries, 'query', 'queries')} to check"] if queries else [])])


def problem_kind(group: ProblemGroup, count: int) -> str:
    """`Error unknown-grade, 3 times. Correct the cell, or ...`: said once for all places of one code."""
    times = f", {thousands(count)} times" if count > 1 else ""
    return f"{group.severity.value.capitalize()} {group.code}{times}. {group.action}"


def problem_line(group: ProblemGroup) -> str:
    """`Autumn Y4.xlsx, sheet 4K, cells F14, F15: found 'EX'; expected PKF, WTS, EXS or GDS`."""
    where = ", ".join(part for part in (Place(group.file, group.sheet).label, _cells(group.cells)) if part)
    expected = f"; expected {group.expected}" if group.expected else ""
    return f"{where}: found {group.found}{expected}."


def more_places(count: int) -> str:
    """What stands in place of the lines that a long list leaves out."""
    return f"and {quantity(count, 'more place')}; the problems table has every one."


def unusable_line(problem: Problem) -> str:
    """`Not read: Spring.xlsx: a password; expected a workbook. Save it without a password`."""
    return f"Not read: {problem.place.label}: {problem.found}; expected {problem.expected}. {problem.action}"


def alarm_line(problem: Problem) -> str:
    """`Check first: Tracker.xlsx: 0 of its 24 children in Roll.csv ... Write the UPN in both files.`."""
    return f"Check first: {problem.place.label}: {problem.found}. {problem.action}"


def more_alarms(count: int, code: str) -> str:
    """What stands in place of further alarms of one code."""
    return f"Check first: {thousands(count)} more such: {code} below."


def school_line(school: str, schools: Sequence[str]) -> str:
    """Which school a report is of, where the files hold several."""
    if school:
        return f"School: {school}, one of {len(schools)} in the files."
    return f"All {len(schools)} schools in the files together: {listed(schools)}. Classes are told apart by school."


def saved_line(count: int, target: object) -> str:
    """What was written for the school to fill in."""
    if not count:
        return "No query is open: nothing was written."
    return f"Written: {quantity(count, 'query', 'queries')} to {target}. Write the reason between the quotation marks."


def _cells(cells: Sequence[str]) -> str:
    """`cells F17, F20 and 12 more`, `rows 3, 4`, `column F`."""
    shown, hidden = cells[:CELLS_NAMED], max(0, len(cells) - CELLS_NAMED)
    if not shown:
        return ""
    kinds = {cell.rpartition(" ")[0] or "cell" for cell in shown}
    if len(kinds) > 1:
        named = ", ".join(shown)
    else:
        named = f"{plural(len(cells), kinds.pop())} {', '.join(cell.rpartition(' ')[2] for cell in shown)}"
    return named + (f" and {thousands(hidden)} more" if hidden else "")
