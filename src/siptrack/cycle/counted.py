"""Rows gathered by what they have in some columns, and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.school.frame import Frame, numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray


def counted(rows: Frame, by: Sequence[str], what: Mapping[str, NDArray[np.bool_]]) -> Frame:
    """What the rows have in these columns, in their order, and of how many rows each of `what` is so."""
    group, first = numbered([rows[name] for name in by])
    counts = {name: np.bincount(group[is_so], minlength=len(first)) for name, is_so in what.items()}
    return rows[list(by)].take(first).having(counts)
