"""Counts that add up: every figure about groups is a sum over these, so that schools may be added together first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
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
_AT_A_TIME = 64  # schools added together; more need memory, fewer time
_ALIKE = [name for name in CELLS.names if name not in ("characteristic", "group", "pupils")]


def count_cells(standing: DataFrame, groups: DataFrame, year_group: Series[float]) -> DataFrame:
    """The cells of a school: `groups` and `year_group` have a row a pupil, to which `who` of the standings points."""
    who = standing["who"].to_numpy(dtype=np.int64)
    alike = standing.assign(year_group=year_group.to_numpy(dtype=np.float64, na_value=np.nan)[who])[_ALIKE]
    profile, profiles = _numbered(alike)
    names: list[tuple[str, str]] = []
    counts = [np.zeros((0, len(profiles)), dtype=np.int64)]
    for characteristic in groups.columns:
        code, found = pd.factorize(groups[characteristic], sort=True)
        shape = (len(found), len(profiles))
        counts.append(np.bincount(code[who] * len(profiles) + profile, minlength=shape[0] * shape[1]).reshape(shape))
        names += [(characteristic, group) for group in found]
    if not names:
        return CELLS.empty()
    pupils = np.concatenate(counts)
    key, alike_at = np.nonzero(pupils)
    named = pd.DataFrame(names, columns=["characteristic", "group"]).take(key).reset_index(drop=True)
    whole = pd.concat([named, profiles.take(alike_at).reset_index(drop=True)], axis=1)
    return whole.assign(pupils=pupils[key, alike_at])[CELLS.names]


def _numbered(alike: DataFrame) -> tuple[NDArray[np.int64], DataFrame]:
    """The number of each row's profile, and the distinct profiles in order of their numbers."""
    number = np.zeros(len(alike), dtype=np.int64)
    for name in alike.columns:
        code, found = pd.factorize(alike[name], sort=True, use_na_sentinel=False)
        number = pd.factorize(number * max(len(found), 1) + code, sort=True)[0]
    first = np.flatnonzero(~pd.Series(number).duplicated())
    return number, alike.take(first[np.argsort(number[first])])


def add_cells(schools: Iterable[DataFrame]) -> DataFrame:
    """The cells of several schools, or of several years of one, added together.

    They are taken a few at a time, so that schools may be made one after another and none has to be kept.
    """
    rest, total = iter(schools), CELLS.empty()
    while some := list(islice(rest, _AT_A_TIME)):
        there = [cells for cells in (total, *some) if len(cells)]
        total = _added(pd.concat(there, ignore_index=True)) if there else total
    return total


def _added(cells: DataFrame) -> DataFrame:
    by = [name for name in CELLS.names if name != "pupils"]
    summed = cells.groupby(by, dropna=False, sort=True)["pupils"].sum().reset_index()
    return summed[CELLS.names]
