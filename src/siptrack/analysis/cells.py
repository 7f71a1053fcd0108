"""Counts that add up: every figure about groups is a sum over these, so that schools may be added together first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from siptrack.school.frame import Frame, numbered
from siptrack.school.tables import Column, Table
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELLS = Table(
    "cells",
    "How many pupils of a group are alike in everything that groups are compared on.",
    (
        Column("characteristic", "text", "the characteristic's key"),
        Column("group", "text", "the group's key, or not_recorded"),
        Column("subject", "text", "the subject's key"),
        Column("year_group", "number", "year group; empty when not known"),
        Column("start", "number", "the band of equal start; empty when there is no start"),
        Column(
            "order",
            "number",
            "what puts children in order: distance; of a combined subject, in how many parts they are at ARE",
        ),
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


def count_cells(standing: Frame, groups: Frame, year_group: NDArray[np.float64]) -> Frame:
    """The cells of a school: `groups` and `year_group` have a row a pupil, to which `who` of the standings points."""
    who = standing["who"]
    alike = standing.having(year_group=year_group[who])[_ALIKE]
    profile, first = numbered([alike[name] for name in _ALIKE])
    counts = [np.zeros((0, len(first)), dtype=np.int64)]
    characteristics, named = [], [Texts.of(())]
    for characteristic in groups:
        column = groups[characteristic]
        group, group_first = numbered([column])
        shape = (len(group_first), len(first))
        counts.append(np.bincount(group[who] * len(first) + profile, minlength=shape[0] * shape[1]).reshape(shape))
        characteristics += [characteristic] * len(group_first)
        named.append(column.take(group_first))
    pupils = np.concatenate(counts)
    key, alike_at = np.nonzero(pupils)
    return alike.take(first[alike_at]).having(
        characteristic=Texts.of(characteristics).take(key),
        group=Texts.stacked(named).take(key),
        pupils=pupils[key, alike_at],
    )[CELLS.names]


def add_cells(schools: Iterable[Frame]) -> Frame:
    """The cells of several schools, or of several years of one, added together.

    They are taken a few at a time, so that schools may be made one after another and none has to be kept.
    """
    rest, total = iter(schools), CELLS.no_rows()
    while some := list(islice(rest, _AT_A_TIME)):
        total = _added(Frame.stacked([total, *some]))
    return total


def _added(cells: Frame) -> Frame:
    number, first = numbered([cells[name] for name in CELLS.names if name != "pupils"])
    pupils = np.bincount(number, cells["pupils"], len(first)).astype(np.int64)
    return cells.take(first).having(pupils=pupils)
