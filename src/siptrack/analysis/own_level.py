"""At which level each child is, had it kept up, as its own marks have it; and which scores its tests can tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.likelihood import level_chances, levels, marks
from siptrack.school.frame import numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

    Numbers = NDArray[np.float64]


class OwnLevel(NamedTuple):
    """The chance of each child (a row) to be at each level, and between which edges its tests tell scores apart.

    All scores under `lowest` are written as one, as in <70, and so are all from `highest` on; without end where no
    such limit was written.
    """

    chance: Numbers
    lowest: Numbers
    highest: Numbers

    def of(self, rows: NDArray[np.int64]) -> OwnLevel:
        """Those of some of the children; NONE is a child without a result now."""
        return OwnLevel(*(column[rows] for column in self))


def own_levels(now: Frame, low: Numbers, high: Numbers, line: Numbers, alike: Numbers, rules: Rules) -> OwnLevel:
    """The same of children with a result `now`, of all their results that count, by child and term.

    `low` and `high` are the edges of these, NaN where there is none, and `line` the reference line; `alike` is how
    reliable the marks are. A child without results that count is at each level as any child is, and so is one without a
    result now, for whom the last row stands.
    """
    stated = rules.evidence
    _, usual = levels(stated.points, stated.reach)
    chance = np.tile(usual, (len(now) + 1, 1))
    number, first = numbered([now["scale"], alike])
    for kind, (name, reliable) in enumerate(zip(now["scale"].take(first).tolist(), alike[first].tolist(), strict=True)):
        spread = stated.spread_of(rules.scales[name]) if name in rules.scales else None
        if spread is not None:
            here = np.flatnonzero((number == kind) & ~np.isnan(low).all(axis=1))
            moved = np.zeros((len(here), 1, low.shape[1]))
            seen = marks(low[here], high[here], moved, spread, now["year_group"][here])
            chance[here] = level_chances(seen, reliable, stated)[:, 0]
    lowest, highest = _limits(now, low + line, high + line, rules)
    return OwnLevel(chance, np.append(lowest, -np.inf), np.append(highest, np.inf))


def _limits(now: Frame, low: Numbers, high: Numbers, rules: Rules) -> tuple[Numbers, Numbers]:
    """Between which edges scores are told apart; no limits where those of two tests do not agree, as <70 and >60."""
    scores = now["scale"].isin({name for name, scale in rules.scales.items() if scale.numbers is not None})[:, None]
    lowest = np.where(np.isneginf(low) & scores, high, -np.inf).max(axis=1)
    highest = np.where(np.isposinf(high) & scores, low, np.inf).min(axis=1)
    agree = lowest < highest
    return np.where(agree, lowest, -np.inf), np.where(agree, highest, np.inf)
