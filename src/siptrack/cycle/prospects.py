"""What everybody's marks before an intervention let expect at its end, and why nothing can be told of a child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from siptrack.analysis.evidence import lines_in, results_until, year_groups_in
from siptrack.analysis.foreseen import Foreseen, Later, foresee, heading
from siptrack.cycle.provision_tables import Lack
from siptrack.cycle.stretches import UNKNOWN
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.opened import Opened
    from siptrack.cycle.stretches import School
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]


SPELL = ("at", "scale", "before", "after")
Spell: TypeAlias = tuple[int, str, int, int]
"""A subject, a scale, and the terms of the results before and after, which count from the school's first."""


@dataclass(frozen=True)
class Prospects:
    """By pupil: what the marks up to one result let expect at another, missing where nothing can be told.

    `row` is the pupil's row in `foreseen`, `lack` why it cannot be compared, `results` how many count; `stands` is how
    high it stands, in standard deviations, `heading` how much likelier it has risen than fallen, and `expected` the
    distance to be expected.
    """

    foreseen: Foreseen | None
    row: Whole
    lack: Texts
    results: Whole
    stands: Numbers
    heading: Numbers
    expected: Numbers

    def foreseen_of(self, who: int) -> Foreseen:
        """What the marks of one pupil, of whom something can be told, let expect."""
        assert self.foreseen is not None  # noqa: S101  # of a child of whom something can be told
        return self.foreseen.of(self.row[[who]])


def prospects(spell: Spell, school: School, opened: Opened, rules: Rules) -> Prospects:
    """Of everybody with a result before, on this scale."""
    at, scale, before, after = spell
    subject = school.subjects[at]
    count, last, end = len(school.pupils), before + school.first, after + school.first
    now, results = results_until(last, opened.past[opened.past["subject"] == subject], opened, rules)
    order = np.array(sorted(range(len(now)), key=lambda at: school.pupils[now["who"][at]]), dtype=np.int64)
    now, results = now.take(order), results.of(order)  # whatever the order of the files
    terms = (~np.isnan(results.low)).sum(axis=1)
    later = np.array([end])
    line, year_group = lines_in(later, now, opened, rules)[:, 0], year_groups_in(later, now, opened)[:, 0]
    weighable = (now["reason"] == "") & (now["scale"] == scale) & ~np.isnan(line)
    enough = weighable & (terms >= rules.evidence.least)
    lack = np.full(count, Lack.UNWEIGHED.value, dtype=object)
    top = np.isposinf(results.high[:, -1])
    lack[now["who"]] = np.select(
        [~weighable, ~enough, top], [Lack.UNWEIGHED.value, Lack.TOO_EARLY.value, Lack.AT_TOP.value], ""
    )
    row, counted = np.full(count, UNKNOWN), np.zeros(count, dtype=np.int64)
    counted[now["who"]] = terms
    stands, headed, expected = (np.full(count, np.nan) for _ in range(3))
    here = np.flatnonzero(enough)
    foreseen = None
    if len(here):
        known, who = now.take(here), now["who"][here]
        foreseen = foresee(known, results.of(here), last, Later(end, year_group[here], line[here]), rules)
        row[who] = np.arange(len(who))
        chance = foreseen.chance
        stands[who], headed[who] = (chance * foreseen.stands).sum(axis=1), heading(chance)
        expected[who] = (chance * foreseen.written).sum(axis=1)
    return Prospects(foreseen, row, Texts.of(lack.tolist()), counted, stands, headed, expected)


def with_prospects(stretches: Frame, known: Mapping[Spell, Prospects]) -> Frame:
    """The stretches with `results`, `stands`, `heading` and `expected` of each child, and why nothing can be told."""
    size, able = len(stretches), stretches["reason"] == ""
    lack, results = stretches["reason"], np.zeros(size, dtype=np.int64)
    numbers = {name: np.full(size, np.nan) for name in ("stands", "heading", "expected")}
    for (at, scale, before, after), of in known.items():
        of_spell = (stretches["at"] == at) & (stretches["before"] == before) & (stretches["after"] == after)
        here = np.flatnonzero(able & of_spell & (stretches["scale"] == scale))
        who = stretches["who"][here]
        results[here] = of.results[who]
        for name, values in numbers.items():
            values[here] = getattr(of, name)[who]
        among = np.full(size, UNKNOWN)
        among[here] = who
        lack = lack.where(among == UNKNOWN, of.lack.take(among))
    return stretches.having(numbers, results=results, reason=lack)
