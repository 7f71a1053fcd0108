"""Children whose marks siptrack weighs: what it says of 100 children with such marks, and what is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from register import keys_of, register_of
from simulate import JUDGED, YEAR_GROUPS, Course, chance_of, children_of, terms_before, write, year_groups_on

from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term
from siptrack.analysis.vocabulary import Verdict
from siptrack.school.in_pandas import to_pandas
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.analysis.in_term import InTerm
    from siptrack.rules.model import Rules

SUBJECTS = ("reading", "writing", "maths")
KEEP, RISE, FALL = 0.7, 0.1, 0.2
FALLS = (Course.FALLS_THROUGHOUT, Course.FALLS_TWO_YEARS, Course.FALLS_ONE_YEAR)
PARTS = 40
NEVER = 10**9  # results, from which on a school's own figure would be worked out


@dataclass(frozen=True)
class Assumed:
    """What is true of the children and their marks, beside the scale: simulate.py says what each means."""

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


def told(rules: Rules, reliability: float, least: int | None = None) -> Rules:
    """The rules with this reliability stated of every assessment, and no figure of the school's own."""
    stated = rules.evidence
    alike = stated.reliability._replace(judgement=reliability, test=reliability, own_from=NEVER)
    terms = stated.least if least is None else least
    courses = stated.courses._replace(own_from=NEVER)
    return rules._replace(evidence=stated._replace(reliability=alike, courses=courses, least=terms))


def without_own(rules: Rules) -> Rules:
    """The rules with what they state, and no figure of the school's own."""
    stated = rules.evidence
    return rules._replace(
        evidence=stated._replace(
            reliability=stated.reliability._replace(own_from=NEVER), courses=stated.courses._replace(own_from=NEVER)
        )
    )


def weighed(rules: Rules, scale: str, count: int, assumed: Assumed, seed: int) -> DataFrame:
    """One row a child and subject: whether it `fell`, whether it is `named`, and the number said of it (`said`).

    `noise` is how many of 100 such children siptrack says that noise alone would name. The children are in one school;
    `part` is a fortieth of them, of all year groups, so that a standard error can be had from the parts.
    """
    judged, truth = _judged(rules, scale, count, assumed, chance_of(scale, seed))
    number = np.tile(np.arange(count), len(SUBJECTS))
    return _weighed(judged, truth).assign(part=number // len(YEAR_GROUPS) % PARTS)


def in_schools(
    ways: Sequence[Rules], scale: str, schools: int, size: int, assumed: Assumed, seed: int
) -> tuple[DataFrame, ...]:
    """The same of children judged in schools of this size by each of these rules; a `part` is a school."""
    tables: list[list[DataFrame]] = [[] for _ in ways]
    for school in range(schools):
        judged, truth = _judged(ways[0], scale, size, assumed, chance_of(scale, seed, 1 + school))
        for rules, parts in zip(ways, tables, strict=True):
            parts.append(_weighed(replace(judged, rules=rules), truth).assign(part=school))
    return tuple(pd.concat(parts) for parts in tables)


def _judged(
    rules: Rules, scale: str, count: int, assumed: Assumed, chance: np.random.Generator
) -> tuple[InTerm, DataFrame]:
    """A school of so many children judged, and their courses."""
    one = rules.scales[scale]
    year_group = np.resize(np.array(year_groups_on(one)), count)
    terms = terms_before(assumed.terms)
    parts, written = [], {}
    for subject in SUBJECTS:
        course = courses_of(count, assumed.terms, assumed.fall, chance)
        children = children_of(one, course, year_group, assumed.reliability, chance, terms)
        written[subject] = write(children, chance, assumed.lasting, assumed.copied)
        parts.append(pd.DataFrame({"pupil": keys_of(children), "subject": subject, "course": course}))
    truth = pd.concat(parts).set_index(["pupil", "subject"])
    return judge_term(register_of(children, written), rules, JUDGED), truth


def _weighed(judged: InTerm, truth: DataFrame) -> DataFrame:
    progress = to_pandas(judged.progress)
    named = progress[progress["verdict"] == Verdict.INSUFFICIENT.value].groupby(["pupil", "subject"]).size()
    found = to_pandas(weigh_evidence(judged)).set_index(["pupil", "subject"]).reindex(truth.index)
    return truth.assign(
        fell=truth["course"].isin(FALLS),
        named=named.reindex(truth.index).notna(),
        said=found["behind_in_100"].astype(float),
        noise=found["noise_in_100"].astype(float),
    )
