"""Children who keep up, of one year group on one scale: what is written of them, and what the rule makes of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.judged_edges import Ladder, ladder
from siptrack.analysis.likelihood import between, levels, spread_at
from siptrack.school.scale import ScaleKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Written = Mapping[int, Numbers]


EVERYWHERE = (-math.inf, math.inf)


class Looked(NamedTuple):
    """What the rule looks at in a term: where the line is, and where it was in the terms in which a window begins."""

    term: int
    line: float
    starts: Mapping[int, float]

    @property
    def lines(self) -> Mapping[int, float]:
        """The line by term."""
        return {self.term: self.line, **self.starts}


class KeepingUp:
    """Children of a year group who keep up, and marks of a reliability.

    Each is as far from the line as ever; what is written of it goes up and down, independently from term to term. All
    chances are by level, the level of a child being normal; `chance` integrates it out.
    """

    def __init__(
        self, scale: Scale, year_group: float, reliability: float, rules: Rules, ends: tuple[float, float] = EVERYWHERE
    ) -> None:
        """`ends` are the edges between which scores are told apart: under and over them all are written as one."""
        self.scale, self.reliability = scale, reliability
        spread = rules.evidence.spread_of(scale)
        assert spread is not None  # noqa: S101  # of a scale whose spread is stated
        self.middle, self.deviation = spread_at(spread, np.array(year_group))
        self.grid, self.weight = levels(rules.evidence.points, rules.evidence.reach)
        self.whole = _within(ladder(scale, rules.years), *ends)
        wide = {scale.by_code[code].points: width.under for code, width in scale.wide.items()}
        self.under = np.array([wide.get(points, 0.0) for points in self.whole.points.tolist()])
        self.order = np.argsort(self.whole.points - self.under, kind="stable")  # of starts, the most forgiving first
        self.rank = np.argsort(self.order)
        self._written: dict[float, Numbers] = {}
        self._forgiven: dict[float, Whole] = {}

    def chance(self, by_level: Numbers) -> float:
        """The chance of any such child."""
        return float(by_level @ self.weight)

    def spared(self, looked: Looked, written: Written | None = None) -> Numbers:
        """The chance not to be named in a term; `written` is that of each grade by term, where it is not the usual."""
        written = written or self._in_terms(looked)
        chance = written[looked.term]
        for term, line in looked.starts.items():
            chance = chance * self._up_to(written[term])[self._forgives(looked.line - line)]
        return np.asarray(chance.sum(axis=0))

    def both_spared(self, now: Looked, then: Looked) -> Numbers:
        """The chance to be named in neither of two terms.

        Windows of both may begin with one result, and one of `now` with the result of `then`.
        """
        written = self._in_terms(now, then)
        chance = written[now.term][:, None] * written[then.term]
        for term in {**now.starts, **then.starts}:
            if term == then.term:
                chance *= (self.rank < self._forgives(now.line - now.starts[term])[:, None])[:, :, None]
                continue
            most = np.full((len(self.rank),) * 2, len(self.rank))  # of starts forgiven in both terms
            if term in now.starts:
                most = np.minimum(most, self._forgives(now.line - now.starts[term])[:, None])
            if term in then.starts:
                most = np.minimum(most, self._forgives(then.line - then.starts[term]))
            chance *= self._up_to(written[term])[most]
        return np.asarray(chance.sum(axis=(0, 1)))

    def untold_and_named(self, untold: Looked, named: Looked) -> Numbers:
        """The chance to be named in one term where the grades of another, at an end of the scale, tell nothing."""
        written = self._in_terms(untold, named)
        chance = np.zeros_like(self.grid)
        for those in self._telling_nothing(untold):
            only = {term: written[term] * grades[:, None] for term, grades in those.items()}
            each = {term: grades.sum(axis=0) for term, grades in only.items()}
            apart = [chance_of for term, chance_of in each.items() if term not in named.lines]
            spared = math.prod(apart, start=self.spared(named, {**written, **only}))
            chance += math.prod(each.values()) - spared
        return chance

    def _telling_nothing(self, looked: Looked) -> Iterator[Mapping[int, Flags]]:
        """Of which grades, by term, progress cannot be told: the lowest throughout, or too little up to the highest.

        The lowest grade of a scale that is judged against the year group has no room below it.
        """
        points, grades = self.whole.points, self.scale.grades
        lowest, highest = points == points[0], points == points[-1]
        if self.scale.kind is ScaleKind.RELATIVE and grades and grades[0].points == points[0]:
            yield dict.fromkeys(looked.lines, lowest)
        short = {term: ~self._forgiving(looked.line - line)[-1] for term, line in looked.starts.items()}
        if all(starts.any() for starts in short.values()):
            yield {looked.term: highest, **short}

    def _in_terms(self, *looked: Looked) -> dict[int, Numbers]:
        """The chance of each grade, by level, in each of the terms looked at."""
        return {term: self._at(line) for in_term in looked for term, line in in_term.lines.items()}

    def _at(self, line: float) -> Numbers:
        """The chance of each grade (row) at each level (column) where the line is there."""
        if line not in self._written:
            edges = (np.append(self.whole.low, np.inf) - line - self.middle) / self.deviation
            beyond = (edges[:, None] - math.sqrt(self.reliability) * self.grid) / math.sqrt(1 - self.reliability)
            count = len(self.whole.low)
            self._written[line] = between(beyond, np.arange(count), np.arange(1, count + 1))
        return self._written[line]

    def _up_to(self, written: Numbers) -> Numbers:
        """The chance of none, of the first, of the first two and so on, of the starts in order."""
        return np.concatenate([np.zeros((1, written.shape[1])), written[self.order].cumsum(axis=0)])

    def _forgives(self, expected: float) -> Whole:
        """From how many of the starts, in order, each grade now is not insufficient.

        The highest grade cannot show more, so that a child who has it is not named.
        """
        if expected not in self._forgiven:
            forgiven = self._forgiving(expected).sum(axis=1)
            forgiven[-1] = len(self.rank)
            self._forgiven[expected] = forgiven
        return self._forgiven[expected]

    def _forgiving(self, expected: float) -> Flags:
        """Whether the way from each grade (a column) to each grade now (a row) is not insufficient."""
        moved = (self.whole.points[:, None] - self.whole.points - expected).round(DECIMALS)
        forgiving: Flags = moved >= -(self.scale.tolerance + self.under)
        return forgiving


def _within(whole: Ladder, lowest: float, highest: float) -> Ladder:
    """The grades with an edge between these; the first of them stands for all under it, the last for all over it."""
    not_under = whole.high.round(DECIMALS) >= round(lowest, DECIMALS)
    not_over = whole.low.round(DECIMALS) <= round(highest, DECIMALS)
    points, low, high = (column[not_under & not_over] for column in whole)
    low[0], high[-1] = -np.inf, np.inf
    return Ladder(points, low, high)
