"""Whom the rule names: of children in a subject, and of children in three subjects together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from figures import Figure, mean, share
from simulate import Course

if TYPE_CHECKING:
    import pandas as pd
    from pandas import DataFrame

    from siptrack.school.evidence import ListLimits

NAMED = (
    "keep up: named in a subject",
    "in any of three",
    "fall: named in a subject",
    "in any in which they fall",
    "of those named, fallen: in a subject",
    "in any named",
)


def _share(which: pd.Series, of: pd.Series, part: pd.Series) -> Figure:
    return share(which[of].to_numpy(dtype=bool), part[of].to_numpy())


def named(table: DataFrame) -> list[Figure]:
    """The figures of NAMED: by subject and by child, of those who keep up, of those who fall, of those named."""
    keeps, fell, named, part = table["course"] == Course.KEEPS_UP, table["fell"], table["named"], table["part"]
    flags = table.assign(keeps=keeps, caught=fell & named)[["part", "keeps", "fell", "named", "caught"]]
    children = flags.groupby(["part", "pupil"])
    some, every = children[["fell", "named", "caught"]].any(), children["keeps"].all()
    school = some.index.get_level_values("part").to_series(index=some.index)
    return [
        _share(named, keeps, part),
        _share(some["named"], every, school),
        _share(named, fell, part),
        _share(some["caught"], some["fell"], school),
        _share(fell, named, part),
        _share(some["caught"], some["named"], school),
    ]


def on_the_list(table: DataFrame, limits: ListLimits) -> list[Figure]:
    """Of children in each part of the list, how many percent have fallen: see LISTED."""
    named, said = table["named"], table["said"]
    parts = [
        named & (said >= limits.slipping),
        named & (said >= limits.hardly) & (said < limits.slipping),
        named & (said < limits.hardly),
        ~named & (said >= limits.slipping),
        ~named & (said < limits.slipping),
    ]
    return [_share(table["fell"], of, table["part"]) for of in parts]


def listed(limits: ListLimits) -> list[str]:
    """What each part of the list is called."""
    low, high = f"{limits.hardly:g}", f"{limits.slipping:g}"
    return [
        f"named, said {high} and more",
        f"named, {low} to {high}",
        f"named, under {low}",
        f"not named, {high} and more",
        f"not named, under {high}",
    ]


class Noise(NamedTuple):
    """Of 100 who keep up: said to be named by noise, named, and how many more are said than are."""

    said: float
    named: Figure
    over: Figure

    @property
    def shown(self) -> tuple[str, str, str]:
        """As they stand in a table."""
        return f"{self.said:.1f}", self.named.fine, self.over.fine


def by_noise(table: DataFrame) -> Noise:
    """What is said that noise alone names, and whom it names."""
    keeps = table[(table["course"] == Course.KEEPS_UP) & table["noise"].notna()]
    part, said, is_named = keeps["part"].to_numpy(), keeps["noise"].to_numpy(), keeps["named"].to_numpy(dtype=bool)
    return Noise(float(said.mean()), share(is_named, part), mean(said - 100 * is_named, part))
