"""The children that the tables of evidence rest on, simulated once: told the true reliability, and as a school is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from evidence import Assumed, in_schools, told, weighed, without_own
from simulate import year_groups_on
from spread import SPREADS

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.rules.model import Rules

SCALES = ("nc-levels", "teacher-assessment", "point-in-time", "steps", "standardised-score")
USUAL, SIX = 0.9, 6
RELIABILITIES, TERMS = (0.8, USUAL, 0.95), (3, SIX, 9)
CHILDREN, FOR_TARGETS = 4000, 20_000
SCHOOLS, IN_A_SCHOOL = 20, 210  # 4,200 children

# What may be so in a school: siptrack states a reliability of 0.9, of tests 0.85, and that 20 of 100 fall.
AS_STATED = "0.9, six terms"
TRUTHS = {
    AS_STATED: Assumed(),
    "0.9, nine terms": Assumed(terms=9),
    "0.8": Assumed(reliability=0.8),
    "0.95": Assumed(reliability=0.95),
    "errors that last": Assumed(lasting=0.5),
    "30 % copied forward": Assumed(copied=0.3),
    "5 of 100 fall": Assumed(fall=0.05),
    "35 of 100 fall": Assumed(fall=0.35),
}


@dataclass(frozen=True)
class Samples:
    """Each sample is drawn when it is first asked for."""

    rules: Rules
    seed: int

    @cached_property
    def for_targets(self) -> dict[str, DataFrame]:
        """By scale: six terms at the usual reliability, which siptrack is told."""
        return {scale: self._told(scale, USUAL, SIX, FOR_TARGETS) for scale in SCALES}

    @cached_property
    def told(self) -> dict[tuple[str, float, int], DataFrame]:
        """By scale, reliability and terms, where siptrack is told the reliability that is true."""
        cases = [(scale, at, terms) for scale in SCALES for at in RELIABILITIES for terms in TERMS]
        return {
            (scale, at, terms): self.for_targets[scale]
            if (at, terms) == (USUAL, SIX)
            else self._told(scale, at, terms, CHILDREN)
            for scale, at, terms in cases
        }

    @cached_property
    def schools(self) -> dict[tuple[str, str], tuple[DataFrame, DataFrame]]:
        """By what is true and scale: as a school meets siptrack, and by what is stated alone."""
        ways = (self.rules, without_own(self.rules))
        return {
            (truth, scale): in_schools(ways, scale, SCHOOLS, IN_A_SCHOOL, assumed, self.seed)
            for truth, assumed in TRUTHS.items()
            for scale in SCALES
        }

    def other_scales(self, reliability: float) -> dict[str, DataFrame]:
        """By scale: six terms on the scales that progress can be measured on, beside those of the other tables."""
        every = [one for one in SPREADS if year_groups_on(self.rules.scales[one]) and one not in SCALES]
        return {scale: self._told(scale, reliability, SIX, CHILDREN) for scale in every}

    def _told(self, scale: str, reliability: float, terms: int, count: int) -> DataFrame:
        """With fewer terms than siptrack speaks from, what it would say."""
        rules = told(self.rules, reliability, min(terms, self.rules.evidence.least))
        return weighed(rules, scale, count, Assumed(terms=terms, reliability=reliability), self.seed)
