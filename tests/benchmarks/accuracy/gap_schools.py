"""Schools in which it is known whether groups differ: their pupils, and where each stands.

Ethnic groups and languages overlap, as FSM and disadvantaged do; every other characteristic is drawn by itself, so that
a group differs by nothing but chance unless a `Planted` gap lowers its true attainment.

In a clustered school each class is ahead or behind in every subject, and siblings share FSM, ethnic group, language and
half of what a child's subjects have in common.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.frame import Frame
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

SUBJECTS, COMBINED = ("reading", "writing", "maths"), "rwm"
SHARES = {"fsm": 0.22, "sen": 0.15, "looked_after": 0.02, "mobility": 0.12}  # of pupils in the first group of each
ONCE_ON_FSM = 0.05  # of the others, who are disadvantaged too
ETHNIC = {
    "WBRI": 0.62,
    "WOTH": 0.08,
    "APKN": 0.07,
    "BAFR": 0.06,
    "AIND": 0.05,
    "MWBC": 0.04,
    "ABAN": 0.03,
    "MWAS": 0.03,
    "OOTH": 0.02,
}
LANGUAGES = {"WOTH": "Polish", "APKN": "Urdu", "BAFR": "Somali", "AIND": "Panjabi", "ABAN": "Bengali"}
SPEAK_IT = 0.6  # of these ethnic groups; all others have English
ALIKE, LASTING = 0.7, 0.8  # correlation between subjects, and between the start and now
CUTS = (-1.3, -0.4, 1.1)  # of true attainment: well below, below, at, above; two in three are at ARE
YEARS, A_CLASS = 6, 30
CLASS_DEVIATION, WITH_A_SIBLING, SIBLINGS_ALIKE = 0.45, 0.35, 0.5
USUAL = NormalDist()


class Planted(NamedTuple):
    """A true gap: how far the attainment of a group lies lower, in standard deviations, and in which subjects."""

    characteristic: str
    group: str
    behind: float
    subjects: tuple[str, ...] = SUBJECTS


class School(NamedTuple):
    """How many pupils, what is true of one group, and whether children are alike by class and family."""

    count: int
    planted: Planted | None = None
    clustered: bool = False


def behind_by(points: float) -> float:
    """How far true attainment has to be lowered so that so many fewer of a hundred are at ARE."""
    share = 1 - USUAL.cdf(CUTS[1])
    return USUAL.inv_cdf(1 - (share - points / 100)) - CUTS[1]


def families_of(school: School, chance: Generator) -> Places:
    """The family that each pupil is of."""
    family = np.arange(school.count)
    if school.clustered:
        pairs = int(school.count * WITH_A_SIBLING) // 2
        older, younger = chance.permutation(school.count)[: 2 * pairs].reshape(2, pairs)
        family[younger] = older
    return family


def pupils_of(family: Places, rules: Rules, chance: Generator) -> Frame:
    """Pupils in six year groups, or in one where they would not fill a class each, with characteristics at random."""
    count, every = len(family), rules.groups.all()
    columns = {"gender": _drawn(dict.fromkeys(every["gender"].groups, 0.5), chance.random(count))}
    for key, share in SHARES.items():
        drawn = chance.random(count)
        columns[key] = _either(list(every[key].groups), (drawn[family] if key == "fsm" else drawn) < share)
    disadvantaged = (columns["fsm"].codes == 0) | (chance.random(count)[family] < ONCE_ON_FSM)
    columns["disadvantaged"] = _either(list(every["disadvantaged"].groups), disadvantaged)
    columns["ethnicity"] = _drawn(ETHNIC, chance.random(count)[family])
    language = columns["ethnicity"].renamed(lambda group: LANGUAGES.get(group, "English"))
    speaks_it = chance.random(count)[family] < SPEAK_IT
    columns["language"] = language.where(speaks_it, Texts.every("English", count))
    months = tuple(f"2015-{month:02}-01" for month in range(1, 13))
    columns["date_of_birth"] = Texts(chance.integers(0, len(months), count), months)
    return Frame(columns, count).having(_classes(count, chance))


def _classes(count: int, chance: Generator) -> dict[str, Texts | Numbers]:
    """The year group and the class of each pupil."""
    year = np.arange(count) % YEARS + 1 if count > A_CLASS else np.full(count, 4)  # a class of one year
    classes = max(1, round(count / A_CLASS / YEARS))
    letters = chance.integers(0, classes, count).tolist()
    names = Texts.of(f"{of}{letter}" for of, letter in zip(year.tolist(), letters, strict=True))
    return {"year_group": year.astype(np.float64), "class": names}


def _drawn(shares: Mapping[str, float], drawn: Numbers) -> Texts:
    """Groups in these shares, by a number from 0 to 1 for each pupil."""
    below = np.cumsum(list(shares.values()))
    return Texts(np.searchsorted(below / below[-1], drawn), tuple(shares))


def _either(groups: Sequence[str], first: NDArray[np.bool_]) -> Texts:
    """The first of two groups where it is so, else the second."""
    return Texts(np.where(first, 0, 1), tuple(groups[:2]))


def standing_of(school: School, pupils: Frame, family: Places, chance: Generator) -> Frame:
    """Where each pupil stands in each subject, and in all of them together."""
    count = len(pupils)
    common = chance.normal(size=count)
    if school.clustered:
        common = np.sqrt(SIBLINGS_ALIKE) * chance.normal(size=count)[family] + np.sqrt(1 - SIBLINGS_ALIKE) * common
    start = _correlated(common, chance)
    now = LASTING * start + np.sqrt(1 - LASTING**2) * _correlated(chance.normal(size=count), chance)
    if school.clustered:
        classes = pupils["class"]
        now = now + CLASS_DEVIATION * chance.normal(size=len(classes.words))[classes.codes]
    if school.planted is not None:
        lower = np.array([school.planted.behind * (subject in school.planted.subjects) for subject in SUBJECTS])
        behind = lower[:, np.newaxis] * (pupils[school.planted.characteristic] == school.planted.group)
        start, now = start - behind, now - behind
    began, distance = (np.searchsorted(CUTS, one) - 2.0 for one in (start, now))
    singly = [_in_one_subject(subject, *of) for subject, *of in zip(SUBJECTS, began, distance, strict=True)]
    return Frame.stacked([*singly, _in_all(distance)])


def _correlated(common: Numbers, chance: Generator) -> Numbers:
    """A row a subject: what the subjects of each pupil have in common, and what is each one's own."""
    own: Numbers = chance.normal(size=(len(SUBJECTS), len(common)))
    return np.sqrt(ALIKE) * common + np.sqrt(1 - ALIKE) * own


def _in_one_subject(subject: str, began: Numbers, distance: Numbers) -> Frame:
    count = len(distance)
    columns = {
        "who": np.arange(count),
        "subject": Texts.every(subject, count),
        "distance": distance,
        "progress": distance - began,
        "start": began,
        "order": distance,
        "assessed": np.ones(count),
        "at_are": (distance >= 0).astype(np.float64),
        "judged": np.ones(count),
        "insufficient": (distance < began).astype(np.float64),
    }
    return Frame(columns, count)


def _in_all(distance: Numbers) -> Frame:
    """At ARE in every subject; in order by how many, as siptrack has it. Nothing else is known there."""
    every = distance.min(axis=0)
    unknown = dict.fromkeys(("distance", "progress", "start", "insufficient"), np.nan)
    return _in_one_subject(COMBINED, every, every).having(unknown, order=(distance >= 0).sum(axis=0) + 0.0, judged=0.0)
