"""Whether gaps have changed since a year ago, from figures that are shared and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis import statistics as st

if TYPE_CHECKING:
    from siptrack.analysis.shared_terms import Side
    from siptrack.school.groups import SmallNumbers
    from siptrack.school.sharing import SharingMode

_ALL = 100  # percent


class GapChange(IntEnum):
    """What became of the size of a gap."""

    NARROWED = -1
    CANNOT_TELL = 0
    WIDENED = 1


class GapThen(NamedTuple):
    """A group and those it is compared with, now and a year ago: children assessed, and of these at expectations."""

    ours: Side
    theirs: Side
    ours_then: Side
    theirs_then: Side

    @property
    def gaps(self) -> tuple[float, float]:
        """The gap then and now, in percentage points."""
        then, now = (self.ours_then, self.theirs_then), (self.ours, self.theirs)
        before, after = (_ALL * (group[1] / group[0] - peers[1] / peers[0]) for group, peers in (then, now))
        return before, after


def changes(gaps: Sequence[GapThen], mode: SharingMode, small: SmallNumbers) -> list[GapChange]:
    """What became of each gap, held together as gaps over time are (Benjamini and Hochberg 1995).

    The children of two years are taken for others, which of the same is less sure than it could be; and of the change
    is taken off what rounding may have made.
    """
    sides = np.array([list(gap) for gap in gaps], dtype=np.float64).reshape(len(gaps), 4, 2)
    n, share = sides[:, :, 0], sides[:, :, 1] / sides[:, :, 0]
    then, now = share[:, 2] - share[:, 3], share[:, 0] - share[:, 1]
    rounding = (mode.round_to // 2 * (1 + share) / n).sum(axis=1)
    moved = np.maximum(np.abs(now - then) - rounding, 0)
    at_least = (sides[:, :, 1] + 1) / (n + 2)  # so that nobody and everybody are no certainty (Agresti and Caffo 2000)
    error = np.sqrt((at_least * (1 - at_least) / (n + 2)).sum(axis=1))
    clear = st.false_discovery(st.two_sided(moved / error)) < small.false_alarms / _ALL
    sizes = np.sign(np.abs(now) - np.abs(then)).astype(int)
    return [
        GapChange(size) if is_clear else GapChange.CANNOT_TELL
        for size, is_clear in zip(sizes.tolist(), clear.tolist(), strict=True)
    ]
