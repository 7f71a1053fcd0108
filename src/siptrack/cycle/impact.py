"""What became of the children of each intervention, beside all comparable children who were in none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.beside import Difference, chance_of, interval
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.statistics import false_discovery
from siptrack.cycle.beside import UNIT, SetBeside, Unit, unit_of
from siptrack.cycle.matching import STRETCH, find_peers
from siptrack.cycle.prospects import SPELL, prospects, with_prospects
from siptrack.cycle.provision_tables import COMPARED, IMPACT, Impact, Lack
from siptrack.cycle.stretches import find_stretches, look_back
from siptrack.school.frame import Frame, numbered
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules

    Flags = NDArray[np.bool_]

_PERCENT = 100  # of a whole


@dataclass(frozen=True)
class MeasuredImpact:
    """The tables of IMPACT and COMPARED."""

    impact: Frame
    compared: Frame


def measure_impact(opened: Opened, provision: Frame, asked: Flags, rules: Rules) -> MeasuredImpact:
    """Every intervention in every subject and on every scale; `asked` are the rows that are spoken of.

    The order of the rows has no part in it.
    """
    school = look_back(opened, provision, tuple(rules.columns.subjects))
    stretches = find_stretches(provision[asked], school, dated=opened.term.dated, rules=rules)
    if stretches.empty:
        return MeasuredImpact(IMPACT.no_rows(), COMPARED.no_rows())
    stretches = stretches.having(scale=_scale_of_most(stretches))
    stretches = stretches.sorted_by(*UNIT, "pupil", "start_term", "end_term", "start", "end")
    spells = dict.fromkeys(stretches[stretches["reason"] == ""].in_rows(*SPELL))
    known = {spell: prospects(spell, school, opened, rules) for spell in spells}
    stretches = with_prospects(stretches, known)
    stretches = stretches.having(reason=stretches["reason"].where(~_again(stretches), Lack.AGAIN.value))
    able = stretches[stretches["reason"] == ""]
    peers = {
        (at, scale, group, before, after): find_peers(
            (at, scale, group, before, after), school, known[at, scale, before, after]
        )
        for at, scale, group, before, after in dict.fromkeys(able.in_rows(*STRETCH))
    }
    around = SetBeside(school, known, peers, rules)
    unit, first = numbered([stretches[name] for name in UNIT])
    units = [unit_of(stretches[unit == number], around) for number in range(len(first))]
    return MeasuredImpact(_judged(units, rules), Frame.stacked([each.children for each in units])[COMPARED.names])


def _again(stretches: Frame) -> Flags:
    """Which rows could be compared and are of a child who stands there already in the same intervention."""
    again = stretches["reason"] == ""
    again[again] = ~stretches[again].first_of(*UNIT, "pupil")
    return again


def _scale_of_most(stretches: Frame) -> Texts:
    """Each row's scale; where there is none, that of most others of its intervention and subject, else the first."""
    scale = stretches["scale"]
    known = stretches[scale != ""].sorted_by(*UNIT)
    unit, first = numbered([known[name] for name in UNIT])
    most_first = np.argsort(-np.bincount(unit, minlength=len(first)), kind="stable")
    units = known.take(first[most_first])
    usual = units["scale"].take(stretches.found_in(units, "intervention", "subject"))
    return scale.where(scale != "", usual.filled(""))


class _Answer(NamedTuple):
    """What is said of a difference: the error with what is not known of how the children were chosen, and its limits.

    `doubt` is how far that may move the difference, to either side.
    """

    difference: Difference
    doubt: float = 0

    def limits(self, confidence: float) -> tuple[float, float]:
        """The interval."""
        low, high = interval(self.difference, confidence)
        return low - self.doubt, high + self.doubt

    @property
    def chance(self) -> float:
        """How often chance alone makes as much."""
        least = max(abs(self.difference.mean) - self.doubt, 0)
        return chance_of(self.difference._replace(mean=least))


def _judged(units: Sequence[Unit], rules: Rules) -> Frame:
    """The interventions with the interval and chance of each difference, and its verdict."""
    small = rules.groups.small
    found = [_answer(unit, rules) for unit in units]
    lacks = [answer if isinstance(answer, str) else "" for answer in found]
    answers = [None if isinstance(answer, str) else answer for answer in found]
    limits = [(math.nan, math.nan) if answer is None else answer.limits(small.confidence) for answer in answers]
    low, high = np.array(limits).T
    chance = np.array([math.nan if answer is None else answer.chance for answer in answers]).round(DECIMALS)
    q = false_discovery(chance)
    clear = q < small.false_alarms / _PERCENT
    verdict = Texts.chosen(
        [np.isnan(chance), clear & (low > 0), clear & (high < 0)],
        [Impact.NO_COMPARISON.value, Impact.MORE.value, Impact.LESS.value],
        Impact.CANNOT_TELL.value,
    )
    rows = [{**dict(zip(UNIT, next(unit.children.in_rows(*UNIT)), strict=True)), **unit.comes_to} for unit in units]
    impact = IMPACT.of([row.get(name) for name in IMPACT.names] for row in rows)
    difference = np.array([math.nan if answer is None else answer.difference.mean for answer in answers])
    judged = impact.having(
        difference=difference, low=low, high=high, chance=chance, q=q, verdict=verdict, reason=Texts.of(lacks)
    )
    points = [
        column.name for column in IMPACT.columns if column.kind == "number" and column.name not in ("chance", "q")
    ]
    return judged.having({name: judged[name].round(DECIMALS) for name in points})


def _answer(unit: Unit, rules: Rules) -> _Answer | str:
    """What is said of an intervention, or why it cannot be compared fairly.

    What its children's marks let expect one by one, and all together, are the answers to two questions: whether they
    were chosen for their marks, or because it was known how they were going. Where these lie near each other, as far
    apart as they are is not known; where they do not, only what would hold many times further away is said.
    """
    limits, difference, apart = rules.provision, unit.difference, abs(unit.apart)
    if difference is None:
        return str(unit.comes_to["lack"])
    if len(unit.children[unit.children["reason"] == ""]) < limits.fewest:
        return Lack.TOO_FEW.value
    if apart <= limits.apart * difference.error:
        return _Answer(difference._replace(error=math.hypot(difference.error, apart / 2)))
    answer = _Answer(difference, limits.times_apart * apart)
    low, high = answer.limits(rules.groups.small.confidence)
    return Lack.OTHER_COURSES.value if low <= 0 <= high else answer
