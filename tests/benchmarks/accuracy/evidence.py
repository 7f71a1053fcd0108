"""How true the number of children who have fallen is: what is said of 100 children with such marks, and what is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from register import keys_of, register_of
from simulate import JUDGED, Course, children_of, terms_before, write, year_groups_on

from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term
from siptrack.analysis.vocabulary import Verdict
from siptrack.school.in_pandas import to_pandas
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.rules.model import Rules

SUBJECTS = ("reading", "writing", "maths")
KEEP, RISE, FALL = 0.7, 0.1, 0.2
FALLS = (Course.FALLS_THROUGHOUT, Course.FALLS_TWO_YEARS, Course.FALLS_ONE_YEAR)


@dataclass(frozen=True)
class Assumed:
    """What is true of the children and their marks, beside the scale."""

    terms: int = 6
    reliability: float = 0.9
    lasting: float = 0.0
    copied: float = 0.0
    fall: float = FALL


def courses_of(count: int, terms: int, fall: float, chance: np.random.Generator) -> NDArray[np.object_]:
    """The courses of so many children: of those who fall, as many since each time that so many terms tell apart."""
    falls = FALLS[:1] if terms <= SEASONS_IN_A_YEAR else (FALLS[0], FALLS[2])
    falls = FALLS if terms > 2 * SEASONS_IN_A_YEAR + 1 else falls
    rest = (1 - fall) / (KEEP + RISE)
    shares = [KEEP * rest, RISE * rest, *[fall / len(falls)] * len(falls)]
    return chance.choice(np.array([Course.KEEPS_UP, Course.RISES, *falls], dtype=object), count, p=shares)


def weighed(rules: Rules, scale: str, count: int, assumed: Assumed, seed: int) -> DataFrame:
    """One row a child and subject: whether it `fell`, whether it is `named`, and the number said of it (`said`)."""
    chance = np.random.default_rng([seed, *map(ord, scale)])
    one = rules.scales[scale]
    year_group = np.resize(np.array(year_groups_on(one)), count)
    terms = terms_before(assumed.terms)
    parts, written = [], {}
    for subject in SUBJECTS:
        course = courses_of(count, assumed.terms, assumed.fall, chance)
        children = children_of(one, course, year_group, assumed.reliability, chance, terms)
        written[subject] = write(children, chance, assumed.lasting, assumed.copied)
        parts.append(pd.DataFrame({"pupil": keys_of(children), "subject": subject, "course": course}))
    judged = judge_term(register_of(children, written), rules, JUDGED)
    progress = to_pandas(judged.progress)
    named = progress[progress["verdict"] == Verdict.INSUFFICIENT.value].groupby(["pupil", "subject"]).size()
    said = to_pandas(weigh_evidence(judged)).set_index(["pupil", "subject"])
    whole = pd.concat(parts).set_index(["pupil", "subject"])
    return whole.assign(
        fell=whole["course"].isin(FALLS),
        named=named.reindex(whole.index).notna(),
        said=said["behind_in_100"].reindex(whole.index),
        terms=said["terms"].reindex(whole.index),
        base=said["base_in_100"].reindex(whole.index),
        reliability=said["reliability"].reindex(whole.index),
    )
