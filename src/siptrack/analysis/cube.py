"""Results laid out by pupil, subject and term, so that a start is found by looking and not by searching."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.school.frame import Frame

__all__ = ["NONE", "Cube", "lay_out"]


class Cube(NamedTuple):
    """Which row of the judged results stands at each pupil, subject and term; NONE where there is none.

    `first` is the number of the first term and the last is the term judged. `graded` says where a grade stands,
    `usable` where its reference is known too; `scale` numbers the scales, 0 for none.
    """

    first: int
    row: NDArray[np.int64]
    graded: NDArray[np.bool_]
    usable: NDArray[np.bool_]
    scale: NDArray[np.int64]

    @property
    def terms(self) -> NDArray[np.int64]:
        """The terms' numbers, in order."""
        return np.arange(self.first, self.first + self.row.shape[2])

    @property
    def now(self) -> NDArray[np.int64]:
        """The rows of the term judged, by pupil and subject."""
        return self.row[:, :, -1]


def lay_out(judged: Frame, pupils: int, subjects: Sequence[str], term: int) -> Cube:
    """The cube of all results up to and with that term."""
    subject = judged["subject"].in_words(subjects)
    rows = np.flatnonzero((judged["term"] <= term) & (subject >= 0))
    past = judged.take(rows)
    first = int(past["term"].min()) if len(past) else term
    shape = (pupils, len(subjects), term - first + 1)
    at = (past["who"], subject[rows], past["term"] - first)
    row = np.full(shape, NONE, dtype=np.int64)
    row[at] = rows
    return Cube(
        first=first,
        row=row,
        graded=_spread(shape, at, past["graded"]),
        usable=_spread(shape, at, past["graded"] & ~np.isnan(past["reference"])),
        scale=_spread_numbers(shape, at, past["scale"].codes + 1),
    )


def _spread(shape: tuple[int, int, int], at: tuple[object, ...], values: NDArray[np.bool_]) -> NDArray[np.bool_]:
    spread = np.zeros(shape, dtype=np.bool_)
    spread[at] = values  # type: ignore[index]  # a tuple of three position arrays
    return spread


def _spread_numbers(
    shape: tuple[int, int, int], at: tuple[object, ...], values: NDArray[np.int64]
) -> NDArray[np.int64]:
    spread = np.zeros(shape, dtype=np.int64)
    spread[at] = values  # type: ignore[index]  # a tuple of three position arrays
    return spread
