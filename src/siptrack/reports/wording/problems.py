"""What is said of oddities in the data: where, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from siptrack.rendering.numbers import listed, quantity, thousands
from siptrack.reports.wording.found import ROOM_OF_ALARMS, Found, expectations, gather_found, joined
from siptrack.school.problem import Problem, Severity


@dataclass(frozen=True)
class ProblemKind:
    """All problems of one kind: what was found, where, and what to do about it; `count` is how many there are."""

    code: str
    severity: Severity
    action: str
    alarm: str
    count: int
    found: tuple[Found, ...]


def kinds_of_problem(problems: Iterable[Problem]) -> list[ProblemKind]:
    """Problems gathered by code: errors first."""

    def kind(problem: Problem) -> tuple[bool, str, str]:
        return problem.severity is not Severity.ERROR, problem.code, problem.action

    gathered = (list(alike) for _, alike in groupby(sorted(problems, key=kind), key=kind))
    return [
        ProblemKind(
            alike[0].code, alike[0].severity, alike[0].action, alike[0].alarm, len(alike), tuple(gather_found(alike))
        )
        for alike in gathered
    ]


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


def kind_line(kind: ProblemKind, *, told: bool) -> str:
    """`Error unknown-grade, 14 times: 'EX' in Autumn.xlsx, cells F14, F15 and 12 more. Expected .... Correct ...`.

    What is `told` in the first lines of the report is not said again.
    """
    if told:
        return f"{_named(kind)}: see above."
    return f"{_named(kind)}: {joined(kind.found)}.{expectations(kind.found)} {kind.action}"


def kind_heading(kind: ProblemKind) -> str:
    """`Error unknown-grade, 14 times. Correct the cell, or ...`: said once above a line for every place."""
    return f"{_named(kind)}. {kind.action}"


def _named(kind: ProblemKind) -> str:
    times = f", {thousands(kind.count)} times" if kind.count > 1 else ""
    return f"{kind.severity.value.capitalize()} {kind.code}{times}"


def where_every_place_is() -> str:
    """Said below lines that name the first places only."""
    return "siptrack check --detail lists every place."


def unusable_lines(problems: Iterable[Problem]) -> list[str]:
    """`Not read: Autumn.xlsx, Spring.xlsx: it is protected. Save it without a password`: every file is named."""
    files: dict[str, list[str]] = {}
    for problem in problems:
        said = f"{problem.found}. {problem.action}"
        files.setdefault(said, []).append(problem.place.label)
    return [f"Not read: {', '.join(names)}: {said}" for said, names in files.items()]


def alarm_line(kind: ProblemKind) -> str:
    """`Check first: Tracker.xlsx: 0 of its 24 children in Roll.csv. Write ...`; several of one kind in one line."""
    first = kind.found[0]
    if kind.count > 1:
        return f"Check first: {thousands(kind.count)} {kind.alarm}: {joined(kind.found, ROOM_OF_ALARMS)}. {kind.action}"
    return f"Check first: {first.places[0].label}: {first.text}. {kind.action}"


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
