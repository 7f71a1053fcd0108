"""What siptrack makes of an intervention whose effect is known, however its children were chosen.

In a school of 210 twelve children have an intervention in the last two of six terms (the last three of nine); who
falls or rises has done so since the first result. Its effect is added to what is judged at its end, so that a child at
the top of its scale cannot show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from evidence import Assumed, courses_of
from figures import Figure, mean, share
from register import keys_of, register_of
from simulate import JUDGED, Course, chance_of, children_of, terms_before, write, year_groups_on

from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY
from siptrack.cycle.impact import measure_impact
from siptrack.cycle.provision_tables import Impact
from siptrack.school.in_pandas import from_pandas
from siptrack.school.provision import PROVISION

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

IN_IT, IN_THE_SCHOOL = 12, 210
LASTS = {6: 2, 9: 3}  # terms of the intervention, by the terms with results
_SUBJECT = "reading"
_CLAIMS = (Impact.MORE.value, Impact.LESS.value)


class Selection(StrEnum):
    """How the children were chosen."""

    RANDOM = "at random"
    FALLERS = "true fallers"
    RISERS = "true risers"
    LOWEST = "of the lowest marks"


_OF = {Selection.FALLERS: Course.FALLS_THROUGHOUT, Selection.RISERS: Course.RISES}


@dataclass(frozen=True)
class Case:
    """How the children were chosen, the effect in steps, and the terms with results."""

    selection: Selection
    effect: float = 0
    terms: int = 6

    @property
    def shown(self) -> str:
        """As it stands in a table."""
        return f"{self.selection}, {self.effect:+g}" if self.effect else f"{self.selection}, 0"


CASES = tuple(
    Case(selection, effect, terms)
    for terms in LASTS
    for selection, effect in (
        (Selection.RANDOM, 0),
        (Selection.RANDOM, 1),
        *((one, 0) for one in Selection if one is not Selection.RANDOM),
    )
)


class Answers(NamedTuple):
    """What was said in some schools: bias in steps and coverage where a comparison is given; the rest of all schools.

    `given` is in how many percent of them one is; `wrong` in how many its interval leaves out what is true; `claimed`
    in how many the children are said to have moved more or less.
    """

    given: Figure
    bias: Figure
    covered: Figure
    wrong: Figure
    claimed: Figure


def answers(rules: Rules, scale: str, case: Case, schools: int, seed: int) -> Answers:
    """Of so many schools on a scale."""
    step = rules.scales[scale].step
    said = [_said(rules, scale, case, chance_of(scale, seed, 1 + school)) for school in range(schools)]
    rows = pd.DataFrame([row for row in said if row is not None])
    given = (rows["verdict"] != Impact.NO_COMPARISON.value).to_numpy()
    covers = ((rows["low"] / step <= case.effect) & (case.effect <= rows["high"] / step)).to_numpy()
    part = np.arange(len(rows))
    bias = (rows["difference"] / step - case.effect).to_numpy()
    return Answers(
        given=share(given, part),
        bias=mean(bias[given], part[given]),
        covered=share(covers[given], part[given]),
        wrong=share(given & ~covers, part),
        claimed=share(rows["verdict"].isin(_CLAIMS).to_numpy(), part),
    )


def _said(rules: Rules, scale: str, case: Case, chance: np.random.Generator) -> dict[str, object] | None:
    """The row of the intervention in one school; None where the school has too few such children."""
    one, terms = rules.scales[scale], terms_before(case.terms)
    course = courses_of(IN_THE_SCHOOL, case.terms, Assumed().fall, chance)
    year_group = np.resize(np.array(year_groups_on(one)), IN_THE_SCHOOL)
    children = children_of(one, course, year_group, Assumed().reliability, chance, terms)
    before = -1 - LASTS[case.terms]
    written = write(children, chance)
    chosen = _chosen(case.selection, course, written.reached[:, before] - children.line[:, before], chance)
    if len(chosen) < rules.provision.fewest:
        return None
    raised = children.distance.copy()
    raised[chosen, -1] += case.effect * one.step
    written = write(replace(children, distance=raised), chance) if case.effect else written
    register = register_of(children, {_SUBJECT: written})
    provision = _provision(keys_of(children)[chosen], terms[before + 1], terms[-1])
    opened = open_register(register, rules, JUDGED, EVERYBODY)
    found = measure_impact(opened, provision, np.ones(len(provision), dtype=np.bool_), rules)
    names = ("verdict", "difference", "low", "high")
    return dict(zip(names, next(found.impact.in_rows(*names)), strict=True))


def _chosen(
    selection: Selection, course: NDArray[np.object_], marks: NDArray[np.float64], chance: np.random.Generator
) -> NDArray[np.int64]:
    """The positions of the children in it: fewer where the school has no more."""
    among = np.arange(len(course))
    if selection is Selection.LOWEST:
        among = np.lexsort((chance.random(len(marks)), marks))[: 2 * IN_IT]
    elif selection in _OF:
        among = np.flatnonzero(course == _OF[selection])
    return chance.choice(among, min(IN_IT, len(among)), replace=False)


def _provision(pupils: Sequence[str], start: int, end: int) -> Frame:
    rows = {"pupil": pupils, "intervention": "Boost", "subject": _SUBJECT, "start_term": start, "end_term": end}
    whole = {one.name: rows.get(one.name, "" if one.kind == "text" else np.nan) for one in PROVISION.columns}
    return from_pandas(pd.DataFrame(whole, index=range(len(pupils))))
