"""What everybody's marks before an intervention let expect at its end, and why nothing can be told of a child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    from siptrack.analysis.evidence import Results
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

    `row` is the pupil's row in `foreseen`, `lack` why it cannot be compared, `school` the number of its school, and
    `results` how many count; `stands` is how high it stands, in standard deviations, `heading` how much likelier it has
    risen than fallen, and `expected` the distance to be expected.
    """

    foreseen: Foreseen | None
    row: Whole
    lack: Texts
    school: Whole
    results: Whole
    stands: Numbers
    heading: Numbers
    expected: Numbers

    def foreseen_of(self, who: int) -> Foreseen:
        """What the marks of one pupil, of whom something can be told, let expect."""
        assert self.foreseen is not None  # noqa: S101  # of a child of whom something can be told
        return self.foreseen.of(self.row[[who]])


def prospects(spell: Spell, school: School, opened: Opened, rules: Rules) -> Prospects:
    """Of everybody with a result before, on this scale; each school's marks are weighed by themselves."""
    at, scale, before, after = spell
    last, later = before + school.first, np.array([after + school.first])
    now, results = results_until(last, opened.past[opened.past["subject"] == school.subjects[at]], opened, rules)
    order = np.array(sorted(range(len(now)), key=lambda row: school.pupils[now["who"][row]]), dtype=np.int64)
    now, results = now.take(order), results.of(order)  # whatever the order of the files
    line, year_group = lines_in(later, now, opened, rules)[:, 0], year_groups_in(later, now, opened)[:, 0]
    lack = _lacking((now["scale"] == scale) & ~np.isnan(line), now, results, rules)
    parts: list[Foreseen] = []
    rows: list[Whole] = []
    for here in _by_school(now, lack.isin({"", Lack.AT_TOP.value})):
        then = Later(int(later[0]), year_group[here], line[here])
        parts.append(foresee(now.take(here), results.of(here), last, then, rules))
        rows.append(here)
    foreseen = Foreseen(*map(np.concatenate, zip(*parts, strict=True))) if parts else None
    return _by_pupil(len(school.pupils), now, results, lack, foreseen, np.concatenate([*rows, np.empty(0, np.int64)]))


def _lacking(weighable: NDArray[np.bool_], now: Frame, results: Results, rules: Rules) -> Texts:
    """Why each of these results tells too little; empty where it tells enough."""
    terms = (~np.isnan(results.low)).sum(axis=1)
    return Texts.chosen(
        [~weighable | (now["reason"] != ""), terms < rules.evidence.least, np.isposinf(results.high[:, -1])],
        [Lack.UNWEIGHED.value, Lack.TOO_EARLY.value, Lack.AT_TOP.value],
        "",
    )


def _by_school(now: Frame, wanted: NDArray[np.bool_]) -> Iterator[Whole]:
    """The positions of the rows wanted, of one school after another."""
    for name in sorted(now[wanted]["school"].distinct()):
        yield np.flatnonzero(wanted & (now["school"] == name))


def _by_pupil(
    count: int, now: Frame, results: Results, lack: Texts, foreseen: Foreseen | None, rows: Whole
) -> Prospects:
    """What was found, by pupil; `rows` are those of `now` of whom something is foreseen, in that order."""
    row, at = np.full(count, UNKNOWN), np.full(count, UNKNOWN)
    at[now["who"]] = np.arange(len(now))
    row[now["who"][rows]] = np.arange(len(rows))
    counted = np.zeros(count, dtype=np.int64)
    counted[now["who"]] = (~np.isnan(results.low)).sum(axis=1)
    stands, headed, expected = (np.full(count, np.nan) for _ in range(3))
    if foreseen is not None:
        who, chance = now["who"][rows], foreseen.chance
        stands[who], headed[who] = (chance * foreseen.stands).sum(axis=1), heading(chance)
        expected[who] = (chance * foreseen.written).sum(axis=1)
    schools = now["school"].take(at).codes
    return Prospects(
        foreseen, row, lack.take(at).filled(Lack.UNWEIGHED.value), schools, counted, stands, headed, expected
    )


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
