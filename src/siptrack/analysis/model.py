"""What an analysis is, and what a check of the judgements is; their tables are declared in siptrack.analysis.tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.tally import USUAL, Peers
from siptrack.school.begun import Begun
from siptrack.school.frame import Frame
from siptrack.school.in_pandas import to_pandas
from siptrack.school.register import Register
from siptrack.school.tables_held import HasTables, PandasTable, Parts
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.school.groups import Characteristic


@dataclass(frozen=True)
class Beside:
    """How many results of this term stand in a subject beside those on which progress rests: tests, or judgements."""

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


@dataclass(frozen=True, kw_only=True)
class Checked(HasTables):
    """Whether the data and the judgements in it hang together: tables with the columns of CHECKS and of BEHIND."""

    term: Term
    begun: tuple[Begun, ...]
    register: Register
    pupils: PandasTable = PandasTable()
    checks: PandasTable = PandasTable()
    behind: PandasTable = PandasTable()
    filters: Mapping[str, str]


class Children(Parts):
    """Each child: who is on roll and passes the filters, and the child's characteristics.

    `judged` are these pupils' results set against the line, on which progress rests; `standing` is what each counts in,
    a row a pupil and subject (siptrack.analysis.summary); `set_beside` the tests or
    judgements beside them; `beside` how many these are. `warned` are year groups of which too many are flagged,
    `evidence` says how sure the marks are, `ages` are reading and spelling ages beside the children's own, `copied` are
    the classes whose marks look copied forward, `crossings` those
    whose results were on another scale before.
    """

    pupils: Frame
    judged: Frame
    standing: Frame
    set_beside: Frame
    progress: Frame
    flags: Frame
    evidence: Frame
    ages: Frame
    copied: Frame
    warned: tuple[Warned, ...]
    beside: tuple[Beside, ...]
    crossings: tuple[Crossing, ...]


class Compared(Parts):
    """How each year group and each group stands, and each group beside its peers, and beside national figures."""

    summary: Frame
    left_out: Frame
    cells: Frame
    groups: Frame
    gaps: Frame
    closers: Frame
    paradoxes: Frame
    national: Frame

    @property
    def found(self) -> Frame:
        """The gaps, where nobody has asked for it yet without what is left of them among children of equal start."""
        made: Frame | None = vars(self).get("gaps")
        return self.unlike if made is None else made


class OverTime(Parts):
    """What became of the gaps among the same children, and what several years of a year group show together."""

    trends: Frame
    pooled: Frame


class Ahead(Parts):
    """What each child needs, is aimed at and may come to."""

    pace: Frame
    targets: Frame
    forecasts: Frame


_PARTS: Mapping[str, type[Parts]] = {
    "children": Children,
    "compared": Compared,
    "over_time": OverTime,
    "ahead": Ahead,
}
_PART_OF = {name: part for part, kind in _PARTS.items() for name in kind.names()}


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Everything that siptrack has to say of a school in a term, in its parts: see their tables in `tables`.

    `characteristics` are those compared, with the groups that the pupils are in. `begun` are newer terms in which few
    children have a result yet, where no term was named. `filters` are those `asked` for, in words; `peers` are whom
    groups are compared with. What not every report tells is worked out when it is first asked for. As an attribute,
    each table is one of pandas.
    """

    term: Term
    begun: tuple[Begun, ...]
    register: Register
    filters: Mapping[str, str]
    asked: Filters = EVERYBODY
    peers: Peers = USUAL
    subjects: Sequence[str]
    characteristics: Mapping[str, Characteristic]
    leavers: int
    children: Children
    compared: Compared
    over_time: OverTime
    ahead: Ahead

    def frame(self, name: str) -> Frame:
        """A table by its name, in the core's columns."""
        found: Frame = getattr(getattr(self, _PART_OF[name]), name)
        return found

    if not TYPE_CHECKING:  # for users of the library; the program itself names the part, which a type checker sees

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a table of pandas, or what else a part holds
            if name not in _PART_OF:
                raise AttributeError(name)
            held = getattr(getattr(self, _PART_OF[name]), name)
            return to_pandas(held) if isinstance(held, Frame) else held

    def having(self, **tables: object) -> Analysis:
        """The same with other tables in the place of some."""
        changed: dict[str, Any] = {}
        for part in dict.fromkeys(_PART_OF[name] for name in tables):
            own = {name: table for name, table in tables.items() if _PART_OF[name] == part}
            changed[part] = getattr(self, part).having(**own)
        return replace(self, **changed)
