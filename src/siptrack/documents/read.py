"""What was read and what is odd in it: the facts of the first and the last lines of every document.

Their words are the macros of `shared.jinja`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.documents.found import NAMED, ROOM_OF_ALARMS, Found, every_place, expectations, gather_found, joined
from siptrack.school.begun import Begun
from siptrack.school.column_use import ColumnUse
from siptrack.school.place import Place
from siptrack.school.plan_record import PLAN_ACTIONS, PLAN_HEADS
from siptrack.school.problem import Problem, Severity
from siptrack.school.register import Ledger, Register, SetAside
from siptrack.school.sources import SourceFound


class ProblemKind(NamedTuple):
    """All problems of one kind: what was found, where, and what to do about it; `times` is how many there are."""

    code: str
    severity: Severity
    action: str
    alarm: str
    times: int
    found: tuple[Found, ...]

    @property
    def is_error(self) -> bool:
        """Whether it must be corrected."""
        return self.severity is Severity.ERROR

    @property
    def first(self) -> Found:
        """What was found most often."""
        return self.found[0]

    @property
    def where(self) -> str:
        """What was found with its first places: `'EX' in Autumn.xlsx, cells F14, F15 and 12 more`."""
        return joined(self.found)

    @property
    def where_first(self) -> str:
        """The same with more room, for what may make a report wrong."""
        return joined(self.found, ROOM_OF_ALARMS)

    @property
    def expected(self) -> str:
        """What was expected instead; empty where nothing was."""
        return expectations(self.found)

    @property
    def every_place(self) -> list[str]:
        """A line for each sheet, with every cell."""
        return [line for found in self.found for line in every_place(found)]


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


class Counted(NamedTuple):
    """How many rows or results were read, how many of them were used, and why others were set aside."""

    read: int
    used: int
    aside: Sequence[SetAside]

    @property
    def set_aside(self) -> int:
        """How many were not used."""
        return sum(aside.count for aside in self.aside)


class SourceLine(NamedTuple):
    """In which other files the children of a file are found, and by what."""

    found: SourceFound
    where: Sequence[str]


class Read(NamedTuple):
    """What a document rests on: the register, and what was asked of it.

    `begun` are newer terms that are not judged, `on_roll` the children spoken of, `leavers` those who have left, None
    where they were not counted. `filters` are what only some children were asked about by, by name.
    """

    register: Register
    begun: Sequence[Begun] = ()
    on_roll: int = 0
    leavers: int | None = None
    filters: Mapping[str, str] = {}

    @property
    def ledger(self) -> Ledger:
        """What became of all that was read."""
        return self.register.ledger

    @property
    def rows(self) -> Counted:
        """The rows of the files."""
        ledger = self.ledger
        return Counted(ledger.rows_read, ledger.rows_used, [aside for aside in ledger.set_aside if aside.of == "rows"])

    @property
    def results(self) -> Counted:
        """The results in them."""
        ledger = self.ledger
        return Counted(
            ledger.results_read, ledger.results_used, [aside for aside in ledger.set_aside if aside.of != "rows"]
        )

    @property
    def terms_named(self) -> dict[str, list[str]]:
        """The files or sheets from whose names a term was taken, by the term."""
        named: dict[str, dict[str, None]] = {}
        for file, sheet, term in self.ledger.terms_named:
            named.setdefault(term, {})[sheet or file] = None
        return {term: list(where) for term, where in named.items()}

    @property
    def unusable(self) -> dict[str, list[str]]:
        """The files that could not be read, by what is wrong with them."""
        files: dict[str, list[str]] = {}
        for problem in self.register.unusable:
            files.setdefault(f"{problem.found}. {problem.action}", []).append(problem.place.label)
        return files

    @property
    def has_plan(self) -> bool:
        """Whether a plan came back among the files."""
        return any(len(self.register.frame(name)) for name in (PLAN_HEADS.name, PLAN_ACTIONS.name))

    @property
    def alarms(self) -> list[ProblemKind]:
        """What may make the whole report wrong."""
        return kinds_of_problem(self.register.alarms)

    @property
    def kinds(self) -> list[ProblemKind]:
        """Every kind of problem."""
        return kinds_of_problem(self.register.problems)

    @property
    def errors(self) -> int:
        """How many problems must be corrected."""
        return sum(problem.severity is Severity.ERROR for problem in self.register.problems)

    @property
    def queries(self) -> int:
        """How many problems are to be checked."""
        return len(self.register.problems) - self.errors

    @property
    def shown_above(self) -> frozenset[str]:
        """The codes of problems that stand in the first lines."""
        return frozenset(problem.code for problem in (*self.register.alarms, *self.register.unusable))

    @property
    def shortened(self) -> bool:
        """Whether some kind of problem has more places than are named."""
        return any(kind.times > NAMED and kind.code not in self.shown_above for kind in self.kinds)

    @property
    def unused(self) -> list[tuple[str, str, list[ColumnUse]]]:
        """The columns that were not used: by their sheet's name, and by why."""

        def alike(column: ColumnUse) -> tuple[str, str, str]:
            return column.file, column.sheet, column.why

        ordered = sorted(self.ledger.unused, key=alike)
        return [(Place(file, sheet).label, why, list(same)) for (file, sheet, why), same in groupby(ordered, key=alike)]

    @property
    def sources(self) -> list[SourceLine]:
        """How the files find each other's children."""
        return sources_alike(self.register.sources)


def read_of(analysis: Analysis) -> Read:
    """What an analysis rests on."""
    on_roll = len(analysis.children.pupils)
    return Read(analysis.register, analysis.begun, on_roll, analysis.leavers, analysis.filters)


def sources_alike(sources: Iterable[SourceFound]) -> list[SourceLine]:
    """How files find each other's children: those in which a file is found alike together."""

    def facts(source: SourceFound) -> tuple[object, ...]:
        by = (source.by_upn, source.by_number, source.by_birth, source.by_name, source.by_likeness)
        return source.source, source.children, source.found, *by, source.apart

    alike = (list(same) for _, same in groupby(sorted(sources, key=facts), key=facts))
    return [SourceLine(same[0], [source.found_in for source in same]) for same in alike]
