"""Collecting problems while reading, and counting what is set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from siptrack.rules.model import ProblemRule
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity
from siptrack.school.register import SetAside

UNUSABLE, IN_USE, AWAY = "file-unusable", "file-in-use", "file-away"
_NOT_READ = (UNUSABLE, IN_USE, AWAY)


@dataclass
class Findings:
    """The problems met so far and the rows and results left out so far, for the ledger."""

    rules: Mapping[str, ProblemRule]
    problems: list[Problem] = field(default_factory=list)
    aside: defaultdict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, code: str, place: Place, found: str, expected: str) -> None:
        """Note a problem; its severity and remedy are the rule's."""
        rule = self.rules[code]
        self.problems.append(Problem(code, rule.severity, place, found, expected, rule.remedy, rule.alarm))

    def set_aside(self, of: str, reason: str, *places: Place) -> None:
        """Note the places of rows or results that are left out, for the ledger."""
        if places:
            self.aside[of, reason] += places

    @property
    def unusable(self) -> tuple[Problem, ...]:
        """The files that could not be read."""
        return tuple(sorted(problem for problem in self.problems if problem.code in _NOT_READ))

    def open(self, dismissed: Mapping[str, str]) -> tuple[Problem, ...]:
        """The problems in order, without the queries that the school has dismissed with a reason."""
        return tuple(sorted(problem for problem in self.problems if not _is_dismissed(problem, dismissed)))

    def dismissed(self, dismissed: Mapping[str, str]) -> int:
        """How many queries the school has dismissed with a reason."""
        return sum(_is_dismissed(problem, dismissed) for problem in self.problems)

    def ledger_rows(self) -> tuple[SetAside, ...]:
        """What was set aside, for the ledger, rows first."""
        entries = (
            SetAside(of, reason, len(places), tuple(sorted(places))) for (of, reason), places in self.aside.items()
        )
        return tuple(sorted(entries, key=lambda entry: (entry.of != "rows", entry.reason)))


def _is_dismissed(problem: Problem, dismissed: Mapping[str, str]) -> bool:
    """Whether siptrack.yaml gives a reason for a query; an error is corrected, and never dismissed."""
    return problem.severity is Severity.QUERY and bool(dismissed.get(problem.known_as))
