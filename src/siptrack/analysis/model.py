"""What an analysis is, and what a check of the judgements is; their tables are declared in siptrack.analysis.tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.school.begun import Begun
from siptrack.school.register import Register
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.school.groups import Characteristic


@dataclass(frozen=True)
class Beside:
    """How many results of this term stand in a subject beside those by which progress is told: tests, or judgements."""

    subject: str
    tests: bool
    count: int


class Crossing(NamedTuple):
    """Children whose results in a subject were on another scale before, and the bridge by which these count, if any."""

    subject: str
    old: str
    new: str
    bridge: str
    children: int


class Warned(NamedTuple):
    """A year group of which so many children are flagged in a subject that the rule may be wrong."""

    year_group: int | None
    subject: str
    flagged: int
    n: int


class WhenAsked:
    """A field that is set to year groups, or to what finds them when they are first asked for."""

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    def __get__(self, one: object | None, owner: type) -> tuple[Warned, ...]:
        if one is None:
            return ()
        held = vars(one)[self.name]
        if callable(held):
            held = vars(one)[self.name] = held()
        found: tuple[Warned, ...] = held
        return found

    def __set__(self, one: object, warned: tuple[Warned, ...] | Callable[[], tuple[Warned, ...]]) -> None:
        vars(one)[self.name] = warned


@dataclass(frozen=True, kw_only=True)
class Checked(HasTables):
    """Whether the data and the judgements in it hang together. `checks` has the columns of CHECKS."""

    term: Term
    begun: tuple[Begun, ...]
    register: Register
    pupils: PandasTable = PandasTable()
    checks: PandasTable = PandasTable()
    filters: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Analysis(HasTables):
    """Everything that siptrack has to say of a school in a term. The tables have the columns declared in `tables`.

    `pupils` are those on roll in `term` who pass the filters; the other tables are about these pupils only.
    `characteristics` are those compared, with the groups that these pupils are in. `judged` are these pupils' results
    set against the line, by which progress is told; `set_beside` the tests or judgements beside them. `begun` are newer
    terms in which few children have a result yet, where no term was named. `filters` are those `asked` for, in words.
    What not every report tells is worked out when it is first asked for.
    """

    term: Term
    begun: tuple[Begun, ...]
    register: Register
    subjects: Sequence[str]
    pupils: PandasTable = PandasTable()
    judged: PandasTable = PandasTable()
    set_beside: PandasTable = PandasTable()
    progress: PandasTable = PandasTable()
    flags: PandasTable = PandasTable()
    summary: PandasTable = PandasTable()
    left_out: PandasTable = PandasTable()
    characteristics: Mapping[str, Characteristic]
    cells: PandasTable = PandasTable()
    groups: PandasTable = PandasTable()
    gaps: PandasTable = PandasTable()
    closers: PandasTable = PandasTable()
    paradoxes: PandasTable = PandasTable()
    trends: PandasTable = PandasTable()
    pooled: PandasTable = PandasTable()
    national: PandasTable = PandasTable()
    pace: PandasTable = PandasTable()
    targets: PandasTable = PandasTable()
    forecasts: PandasTable = PandasTable()
    leavers: int
    warned: WhenAsked = WhenAsked()
    copied: PandasTable = PandasTable()
    beside: tuple[Beside, ...]
    crossings: tuple[Crossing, ...]
    filters: Mapping[str, str]
    asked: Filters = EVERYBODY
