"""How often siptrack calls a gap clear in schools where no group differs, and how often it finds a planted one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.cells import count_cells
from siptrack.analysis.gaps import compare
from siptrack.analysis.membership import members_of
from siptrack.analysis.tally import lay_out
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.in_pandas import from_pandas, to_pandas

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.rules.model import Rules

SUBJECTS = ("reading", "writing", "maths")
SHARES = {"fsm": 0.25, "sen": 0.15, "looked_after": 0.02, "mobility": 0.1}  # of pupils in the first group of each
LANGUAGES = {"English": 0.8, "Urdu": 0.08, "Polish": 0.07, "Somali": 0.05}
ALIKE, LASTING = 0.7, 0.8  # correlation between subjects, and between the start and now
CUTS = (-1.3, -0.4, 1.1)  # of true attainment: well below, below, at, above; two in three are at ARE
AT_ARE, PLANTED = 0.66, "writing"
YEARS, A_CLASS = 6, 30


def pupils_of(count: int, rules: Rules, chance: Generator) -> DataFrame:
    """Pupils in six year groups, or in one where they would not fill a class each, with characteristics at random."""
    every = rules.groups.all()
    drawn = {"gender": chance.choice(list(every["gender"].groups), count)}
    for key, share in SHARES.items():
        first, second = list(every[key].groups)[:2]
        drawn[key] = np.where(chance.random(count) < share, first, second)
    first, second = every["disadvantaged"].groups
    on_fsm = drawn["fsm"] == next(iter(every["fsm"].groups))
    drawn["disadvantaged"] = np.where(on_fsm | (chance.random(count) < SHARES["looked_after"]), first, second)
    ethnic = list(every["ethnicity"].groups)
    weight = np.array([12.0] + [1.0] * (len(ethnic) - 1))
    drawn["ethnicity"] = chance.choice(ethnic, count, p=weight / weight.sum())
    drawn["language"] = chance.choice(list(LANGUAGES), count, p=list(LANGUAGES.values()))
    drawn["date_of_birth"] = [f"2015-{month:02}-01" for month in chance.integers(1, 13, count)]
    year = np.arange(count) % YEARS + 1 if count > A_CLASS else np.full(count, 4)  # a class of one year
    classes = max(1, round(count / A_CLASS / YEARS))
    drawn["class"] = [f"{of}{letter}" for of, letter in zip(year, chance.integers(0, classes, count), strict=True)]
    return pd.DataFrame(drawn, dtype=object).assign(year_group=year.astype(np.float64))


def standing_of(pupils: DataFrame, chance: Generator, behind: NDArray[np.float64] | None = None) -> DataFrame:
    """Where each pupil stands; `behind` is how much lower the true attainment in one subject lies."""
    count = len(pupils)
    common = chance.normal(size=count)
    parts = []
    for subject in SUBJECTS:
        start = np.sqrt(ALIKE) * common + np.sqrt(1 - ALIKE) * chance.normal(size=count)
        now = LASTING * start + np.sqrt(1 - LASTING**2) * chance.normal(size=count)
        if behind is not None and subject == PLANTED:
            start, now = start - behind, now - behind
        began, distance = (np.searchsorted(CUTS, one) - 2.0 for one in (start, now))
        parts.append(
            pd.DataFrame(
                {
                    "who": np.arange(count),
                    "subject": subject,
                    "order": distance,
                    "distance": distance,
                    "progress": distance - began,
                    "start": began,
                    "assessed": 1.0,
                    "at_are": (distance >= 0).astype(np.float64),
                    "judged": 1.0,
                    "insufficient": (distance < began).astype(np.float64),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def gaps_of(pupils: DataFrame, standing: DataFrame, rules: Rules) -> DataFrame:
    """The gaps table that siptrack makes of these pupils."""
    known = from_pandas(pupils)
    members = members_of(known, rules)
    cells = count_cells(from_pandas(standing), members.groups, known["year_group"])
    return to_pandas(compare(lay_out(cells, members.characteristics, SUBJECTS, rules.years), rules))


def share_with_any_clear(rules: Rules, count: int, schools: int, seed: int) -> tuple[float, float]:
    """The share of null schools with any gap called clear, and how many gaps are compared in one."""
    chance = np.random.default_rng(seed)
    alarms, compared = 0, 0
    for _ in range(schools):
        pupils = pupils_of(count, rules, chance)
        gaps = gaps_of(pupils, standing_of(pupils, chance), rules)
        alarms += bool((gaps["verdict"] == GapVerdict.CLEAR.value).any())
        compared += int(gaps["placebo"].notna().sum())
    return alarms / schools, compared / schools


def share_found(rules: Rules, count: int, points: int, schools: int, seed: int) -> float:
    """The share of schools in which a planted gap of so many percentage points between boys and girls is called clear.

    True attainment of boys is lowered until so many fewer are at ARE; any measure of attainment may find it.
    """
    chance = np.random.default_rng(seed)
    shift = _shift(points)
    found = 0
    for _ in range(schools):
        pupils = pupils_of(count, rules, chance)
        boys = (pupils["gender"] == list(rules.groups.all()["gender"].groups)[1]).to_numpy()
        gaps = gaps_of(pupils, standing_of(pupils, chance, np.where(boys, shift, 0.0)), rules)
        planted = (gaps["subject"] == PLANTED) & (gaps["characteristic"] == "gender")
        attainment = gaps["measure"].isin([Measure.AT_ARE.value, Measure.MEAN_DISTANCE.value])
        found += bool((planted & attainment & (gaps["verdict"] == GapVerdict.CLEAR.value)).any())
    return found / schools


def _shift(points: int) -> float:
    """How far true attainment has to be lowered so that so many fewer of a hundred are at ARE."""
    from statistics import NormalDist

    usual = NormalDist()
    share = 1 - usual.cdf(CUTS[1])
    return CUTS[1] * -1 + usual.inv_cdf(1 - (share - points / 100))
