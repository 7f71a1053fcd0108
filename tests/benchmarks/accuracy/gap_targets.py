"""What must be so of the gaps that are called clear, and the figures that it is seen from.

A target is missed where the figure is further from it than two standard errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from figures import Figure, share
from gap_schools import Planted, School, behind_by
from gaps import OURS, Seen, seen_in_each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siptrack.rules.model import Rules

ERRORS = 2
SIZES = (60, 210, 420)
QUICKLY = 60  # schools of each kind, for a check
BEHIND = 1.2  # standard deviations, children with SEN in a school with one real gap


def boys(points: int) -> Planted:
    """Boys are behind in writing, by so many percentage points at ARE."""
    return Planted("gender", "boys", behind_by(points), ("writing",))


NULL, CLUSTERED = {n: School(n) for n in SIZES}, {n: School(n, clustered=True) for n in SIZES}
ONE_GAP = {n: School(n, Planted("sen", "sen", BEHIND)) for n in SIZES}
MOBILE = School(210, Planted("mobility", "mobile", behind_by(40), ("writing",)))


class Target(NamedTuple):
    """Percent of schools: flagged falsely at most, or the planted gap found at least."""

    name: str
    school: School
    most: float | None = None
    least: float | None = None

    def figure(self, seen: Sequence[Seen]) -> Figure:
        """What is so, of these schools."""
        return share_of(seen, "found" if self.most is None else "falsely")

    def is_missed(self, figure: Figure) -> bool:
        """Whether it is too far from what must be so."""
        slack = ERRORS * figure.error
        too_many = self.most is not None and figure.value > self.most + slack
        return too_many or (self.least is not None and figure.value < self.least - slack)

    @property
    def asked(self) -> str:
        """What must be so, in words."""
        return f"at most {self.most:.0f}" if self.most is not None else f"at least {self.least:.0f}"


TARGETS = (
    *(
        Target(f"{kind}, {count} pupils: any false", school, most=5)
        for kind, schools in (("no gap", NULL), ("one real gap", ONE_GAP), ("no gap, clustered", CLUSTERED))
        for count, school in schools.items()
    ),
    Target("boys 20 points behind, 210 pupils: found", School(210, boys(20)), least=55),
    Target("boys 20 points behind, 420 pupils: found", School(420, boys(20)), least=85),
    Target("mobile children 40 points behind, 210 pupils: found", MOBILE, least=50),
)


def share_of(seen: Sequence[Seen], what: str) -> Figure:
    """How many percent of schools are so."""
    which = np.array([getattr(one, what) for one in seen], dtype=np.bool_)
    return share(which, np.arange(len(which)))


def in_short(seen: Mapping[School, Mapping[str, Sequence[Seen]]]) -> str:
    """Whether every target is held, or which are not."""
    figures = [(target, target.figure(seen[target.school][OURS])) for target in TARGETS]
    missed = [f"{target.name}: {figure.fine}" for target, figure in figures if target.is_missed(figure)]
    return f"missed: {'; '.join(missed)}" if missed else f"all {len(TARGETS)} are held"


def missed(rules: Rules, seed: int) -> list[str]:
    """A line for each target that a quick look finds missed."""
    seen, lines = seen_in_each([target.school for target in TARGETS], rules, QUICKLY, seed), []
    for target in TARGETS:
        figure = target.figure(seen[target.school][OURS])
        if target.is_missed(figure):
            lines.append(f"{target.name}: {figure.fine}, {target.asked}")
    return lines
