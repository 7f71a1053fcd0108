"""Each year group's children over the terms so far: the percentage at expectations in each subject, as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from siptrack.analysis.at_are_by_term import AT_ARE_BY_TERM, at_are_by_term
from siptrack.documents.labels import subject_label
from siptrack.rendering.html.axes import Axis, Named, points_of, pushed_apart
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_ALL = 100
_TWO = 2  # one term makes no line
_LETTER = 12  # the height of a label


class Assessed(NamedTuple):
    """How many of those assessed in a term were at expectations."""

    term: int
    met: int
    n: int

    @property
    def percent(self) -> float:
        """In percent."""
        return _ALL * self.met / self.n


class SubjectLine(NamedTuple):
    """A subject: its corners, its dots, its name at the end, and what it is drawn from."""

    subject: str
    points: str
    dots: Sequence[tuple[float, float]]
    label: Named
    terms: Sequence[Assessed]

    def at(self, term: int) -> Assessed | None:
        """What is known of a term."""
        return next((assessed for assessed in self.terms if assessed.term == term), None)


class YearChange(NamedTuple):
    """How a subject of a year group moved from a year ago until now."""

    year: str
    subject: str
    then: Assessed
    now: Assessed


class YearLines:
    """The drawing of a year group: a line a subject."""

    width: ClassVar[int] = 276
    height: ClassVar[int] = 136
    left: ClassVar[int] = 30
    right: ClassVar[int] = 192
    levels: ClassVar[Sequence[int]] = (0, 50, _ALL)
    down: ClassVar[Axis] = Axis(height - 24, 8, 0, _ALL)

    def __init__(self, year: str, subjects: Mapping[str, Sequence[Assessed]]) -> None:
        """The subjects by their names, each with its terms in order."""
        self.year = year
        self.orders = sorted({assessed.term for terms in subjects.values() for assessed in terms})
        across = Axis(self.left, self.right, self.orders[0], self.orders[-1])
        dots = [[(across.at(at.term), self.down.at(at.percent)) for at in terms] for terms in subjects.values()]
        heights = pushed_apart([places[-1][1] + 4 for places in dots], _LETTER, self.down.start + 4)
        self.lines = [
            SubjectLine(subject, points_of(places), places, Named(self.right + 8, height, subject), terms)
            for (subject, terms), places, height in zip(subjects.items(), dots, heights, strict=True)
        ]

    @property
    def heights(self) -> list[tuple[int, float]]:
        """The levels of the scale, and how far down each lies."""
        return [(level, self.down.at(level)) for level in self.levels]

    @property
    def terms(self) -> list[tuple[int, str]]:
        """Every term with its name."""
        return [(order, Term.numbered(order).label) for order in self.orders]

    @property
    def changes(self) -> list[YearChange]:
        """Each subject from the same term a year ago, where there is one, to the newest."""
        last = self.orders[-1]
        pairs = [(line.subject, line.at(last - SEASONS_IN_A_YEAR), line.at(last)) for line in self.lines]
        return [YearChange(self.year, subject, then, now) for subject, then, now in pairs if then and now]


def lines_over_terms(analysis: Analysis, rules: Rules) -> list[YearLines]:
    """A drawing for each year group with at least two terms, of the terms in which enough children were assessed."""
    years: dict[Cell, dict[str, list[Assessed]]] = {}
    for row in records(at_are_by_term(analysis), AT_ARE_BY_TERM.names):
        term, count, n = (whole(row[name]) for name in ("term", "at_are", "assessed"))
        if n >= rules.groups.small.percentages_from:
            subject = subject_label(text(row["subject"]), rules)
            years.setdefault(row["year_group"], {}).setdefault(subject, []).append(Assessed(term, count, n))
    return [
        YearLines(rules.years.label(number(year)), subjects)
        for year, subjects in years.items()
        if len({assessed.term for terms in subjects.values() for assessed in terms}) >= _TWO
    ]


def largest_change(drawn: Sequence[YearLines]) -> YearChange | None:
    """What moved most since a year ago, of all year groups and subjects; None where nothing did."""
    changes = [change for lines in drawn for change in lines.changes if change.now.percent != change.then.percent]
    return max(changes, key=lambda change: abs(change.now.percent - change.then.percent), default=None)
