"""Counts that add up: every figure about groups is a sum over these, so that schools may be added together first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

CELLS = Table(
    "cells",
    "How many pupils of a group are alike in everything that groups are compared on.",
    (
        Column("characteristic", "text", "the characteristic's key"),
        Column("group", "text", "the group's key, or not_recorded"),
        Column("subject", "text", "the subject's key"),
        Column("year_group", "number", "year group; empty when not known"),
        Column("start", "number", "the band of equal start; empty when there is no start"),
        Column("distance", "number", "points from the reference line; empty when not known"),
        Column("progress", "number", "progress since the start of the key stage; empty when it cannot be told"),
        Column("assessed", "number", "1 for a pupil in the denominator of the percentage at ARE"),
        Column("at_are", "number", "1 for a pupil at or above age-related expectations"),
        Column("judged", "number", "1 for a pupil whose progress can be told"),
        Column("insufficient", "number", "1 for a pupil whose progress is insufficient; empty where none is told"),
        Column("pupils", "integer", "how many pupils"),
    ),
)
_ALIKE = [name for name in CELLS.names if name not in ("characteristic", "group", "pupils")]


def count_cells(standing: DataFrame, groups: DataFrame, year_group: Series[float]) -> DataFrame:
    """The cells of a school: `groups` and `year_group` have a row a pupil, to which `who` of the standings points."""
    who = standing["who"].to_numpy(dtype=np.int64)
    alike = standing.assign(year_group=year_group.to_numpy(dtype=np.float64, na_value=np.nan)[who])[_ALIKE]
    profile, profiles = _numbered(alike)
    names: list[tuple[str, str]] = []
    numbers = []
    for characteristic in groups.columns:
        code, found = pd.factorize(groups[characteristic], sort=True)
        numbers.append((len(names) + code[who]) * len(profiles) + profile)
        names += [(characteristic, group) for group in found]
    if not numbers:
        return CELLS.empty()
    distinct, pupils = np.unique(np.concatenate(numbers), return_counts=True)
    key, alike_at = np.divmod(distinct, len(profiles))
    named = pd.DataFrame(names, columns=["characteristic", "group"]).take(key).reset_index(drop=True)
    whole = pd.concat([named, profiles.take(alike_at).reset_index(drop=True)], axis=1)
    return whole.assign(pupils=pupils)[CELLS.names]


def _numbered(alike: DataFrame) -> tuple[NDArray[np.int64], DataFrame]:
    """The number of each row's profile, and the distinct profiles in order of their numbers."""
    number = np.zeros(len(alike), dtype=np.int64)
    for name in alike.columns:
        code, found = pd.factorize(alike[name], sort=True, use_na_sentinel=False)
        number = np.unique(number * max(len(found), 1) + code, return_inverse=True)[1]
    first = np.unique(number, return_index=True)[1]
    return number, alike.take(first)


def add_cells(schools: Sequence[DataFrame]) -> DataFrame:
    """The cells of several schools, or of several years of one, added together."""
    whole = pd.concat(schools, ignore_index=True)
    by = [name for name in CELLS.names if name != "pupils"]
    summed = whole.groupby(by, dropna=False, sort=True)["pupils"].sum().reset_index()
    return summed[CELLS.names]
