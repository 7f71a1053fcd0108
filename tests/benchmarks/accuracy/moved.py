"""How many children who keep up join the list and leave it from one term to the next, and how many siptrack says would.

`python tests/benchmarks/accuracy/moved.py` prints both on each scale, with how many standard errors they lie apart.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from register import register_of
from simulate import JUDGED, Course, children_of, evenly, terms_before, write, year_groups_on
from spread import SPREADS

from siptrack.cycle.since import look_back
from siptrack.cycle.since_tables import Moved
from siptrack.rules.load import load
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

SUBJECT, TERMS, RELIABILITY = "reading", 9, 0.9
# The terms compared, by how many terms they lie before the last: within a school year, from year to year, a year apart.
SEED = 20261130
PAIRS = ((1, 0), (3, 2), (3, 0))


class Counted(NamedTuple):
    """How many moved of how many who could, and how many siptrack says would have by noise alone."""

    found: int
    said: float
    of: int

    @property
    def apart(self) -> float:
        """In standard errors of as many children of one chance: where chances vary the true one is smaller."""
        share = self.said / self.of if self.of else 0.0
        if not 0 < share < 1:
            return 0.0
        return (self.found - self.said) / math.sqrt(self.of * share * (1 - share))


def moved(rules: Rules, scale: str, children: int, pair: tuple[int, int], seed: int) -> tuple[Counted, Counted]:
    """Who joined and who left, of so many children who keep up, between two terms."""
    chance = np.random.default_rng([seed, *map(ord, scale)])
    one = rules.scales[scale]
    everybody = children_of(one, *evenly(one, [Course.KEEPS_UP], children), RELIABILITY, chance, terms_before(TERMS))
    register = register_of(everybody, {SUBJECT: write(everybody, chance)})
    then, now = (Term.numbered(JUDGED.number - back) for back in pair)
    since = look_back(register, _taking_it_as_stated(rules), then, now)
    became, noise = since.frame("listed")["moved"].tolist(), since.by_noise
    joined, left = (became.count(how.value) for how in (Moved.JOINED, Moved.LEFT))
    return Counted(joined, noise.joined, children), Counted(left, noise.left, noise.listed)


def _taking_it_as_stated(rules: Rules) -> Rules:
    """The rules with the true reliability for every scale, none worked out from the results: that has its own error."""
    stated = rules.evidence.reliability._replace(judgement=RELIABILITY, test=RELIABILITY, own_from=sys.maxsize)
    return rules._replace(evidence=rules.evidence._replace(reliability=stated))


def main() -> None:
    """Print the table."""
    rules = load()
    for scale in SPREADS:
        if len(year_groups_on(rules.scales[scale])) < 2:  # no two school years
            continue
        for pair in PAIRS:
            joined, left = moved(rules, scale, 4000, pair, SEED)
            for what, counted in (("joined", joined), ("left", left)):
                apart = (
                    f"{counted.found} of {counted.of}, said {counted.said:.0f}, {counted.apart:+.1f} standard errors"
                )
                print(f"{scale:28} {pair} {what:6} {apart}")


if __name__ == "__main__":
    main()
