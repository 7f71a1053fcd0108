"""How true the chance of a forecast is: of children told so, how many ended in the run that was named.

Schools of three sizes, judged in Autumn: each child is told where it ends the year, from the children who were in that
year group a year before, whose courses were as those of today are. Two terms later the child stands in the run or not.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from evidence import courses_of
from register import register_of
from simulate import JUDGED, children_of, terms_before, write, year_groups_on
from spread import SPREADS
from tables import markdown

from siptrack.analysis.forecast import forecast
from siptrack.analysis.in_term import judge_term
from siptrack.analysis.vocabulary import Window
from siptrack.school.in_pandas import to_pandas
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.scale import Scale

RELIABILITY, FALL, SUBJECT = 0.9, 0.2, "reading"
IN_A_YEAR_GROUP = (40, 100, 240)  # children, of whom from 20 to 200 are comparable
OF_EACH = 960  # children in a year group, in all schools of a size together
AUTUMN = Term(JUDGED.academic_year, Season.AUTUMN)
COMPARABLE = (20, 40, 80, 1000)
SAID = (0, 70, 75, 80, 85, 90, 101)
FEW = 100  # a cell of fewer children is not printed


def forecasts_of(rules: Rules, scale: str, seed: int) -> DataFrame:
    """One row a forecast: how many were `comparable`, the `chance` said, and whether the child `ended` so."""
    parts = []
    for size in IN_A_YEAR_GROUP:
        chance = np.random.default_rng([seed, size, *map(ord, scale)])
        parts += [_of_school(rules, scale, size, chance) for _ in range(OF_EACH // size)]
    return pd.concat(parts, ignore_index=True)


def _of_school(rules: Rules, scale: str, size: int, chance: np.random.Generator) -> DataFrame:
    """The forecasts of one school."""
    one = rules.scales[scale]
    register = _with_earlier(*(_cohort(one, size, chance) for _ in range(2)))
    now = judge_term(register, rules, AUTUMN)
    said = to_pandas(forecast(now.progress, now.opened.past, AUTUMN, rules))
    said = said[(said["horizon"] == Window.YEAR.value) & said["chance"].notna()]
    later = to_pandas(judge_term(register, rules, JUDGED).progress)
    later = later[later["window"] == Window.YEAR.value].set_index("pupil")
    end = later["points"].reindex(said["pupil"]).to_numpy(dtype=float)
    within = (end >= said["low"].to_numpy(dtype=float)) & (end <= said["high"].to_numpy(dtype=float))
    width = (said["high"] - said["low"]).to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "comparable": said["comparable"].to_numpy(dtype=float),
            "chance": said["chance"].to_numpy(dtype=float),
            "ended": 100.0 * within,
            "steps": width / one.step,
        }
    )


def _cohort(scale: Scale, size: int, chance: np.random.Generator) -> Register:
    """So many children of each year group, two years into their courses, with the results of the second alone."""
    year_group = np.repeat(year_groups_on(scale), size)
    terms = terms_before(2 * SEASONS_IN_A_YEAR)
    course = courses_of(len(year_group), len(terms), FALL, chance)
    children = children_of(scale, course, year_group, RELIABILITY, chance, terms)
    register = register_of(children, {SUBJECT: write(children, chance)})
    return replace(register, results=register.results[register.results["term"] >= AUTUMN.number])


def _with_earlier(now: Register, before: Register) -> Register:
    """The school of these children, and of others who were what they are a year before, and have left."""
    left = before.pupils.assign(
        pupil="earlier " + before.pupils["pupil"],
        on_roll_from=before.pupils["on_roll_from"] - SEASONS_IN_A_YEAR,
        on_roll_until=AUTUMN.number - 1,
    )
    placed = before.placements.assign(
        pupil="earlier " + before.placements["pupil"], academic_year=before.placements["academic_year"] - 1
    )
    results = before.results.assign(
        pupil="earlier " + before.results["pupil"], term=before.results["term"] - SEASONS_IN_A_YEAR
    )
    return replace(
        now,
        pupils=pd.concat([now.pupils, left], ignore_index=True),
        placements=pd.concat([now.placements, placed], ignore_index=True),
        results=pd.concat([now.results, results], ignore_index=True),
    )


def table(rules: Rules, seed: int) -> str:
    """For each scale the chance said and the share that ended so, by how many were comparable and by what was said.

    Beside them how wide the runs are on average, in the scale's steps from the lowest to the highest grade.
    """
    scales = [scale for scale in SPREADS if year_groups_on(rules.scales[scale])]
    told = {scale: forecasts_of(rules, scale, seed) for scale in scales}
    every = pd.concat(told.values(), ignore_index=True)
    rows = [[scale, str(len(one)), f"{one['steps'].mean():.1f}", *_cells(one)] for scale, one in told.items()]
    rows.append(["every scale", str(len(every)), "", *_cells(every)])
    return markdown(_headings(), rows)


def _headings() -> list[str]:
    of = [f"{low} to {high - 1}" for low, high in pairwise(COMPARABLE[:-1])]
    said = [f"said {low} to {high - 1}" for low, high in pairwise(SAID)]
    return [
        "scale",
        "forecasts",
        "steps wide",
        "all",
        *(f"of {one}" for one in (*of, f"{COMPARABLE[-2]} or more")),
        *said,
    ]


def _cells(rows: DataFrame) -> list[str]:
    parts = [rows]
    for name, edges in (("comparable", COMPARABLE), ("chance", SAID)):
        whole = rows[name].round()
        parts += [rows[(whole >= low) & (whole < high)] for low, high in pairwise(edges)]
    return [f"{one['chance'].mean():.0f}→{one['ended'].mean():.0f}" if len(one) >= FEW else "" for one in parts]
