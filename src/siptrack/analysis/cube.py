"""Results laid out by pupil, subject and term, so that a start is found by looking and not by searching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from pandas import DataFrame

NONE = -1


@dataclass(frozen=True)
class Cube:
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


def lay_out(judged: DataFrame, pupils: int, subjects: Sequence[str], term: int) -> Cube:
    """The cube of all results up to and with that term."""
    past = judged[(judged["term"] <= term) & judged["subject"].isin(subjects)]
    first = int(past["term"].min()) if len(past) else term
    shape = (pupils, len(subjects), term - first + 1)
    subject = pd.Categorical(past["subject"], categories=list(subjects)).codes
    at = (past["who"].to_numpy(), np.asarray(subject, dtype=np.int64), past["term"].to_numpy(dtype=np.int64) - first)
    row = np.full(shape, NONE, dtype=np.int64)
    row[at] = past.index.to_numpy()
    graded = past["graded"].to_numpy(dtype=np.bool_)
    return Cube(
        first=first,
        row=row,
        graded=_spread(shape, at, graded),
        usable=_spread(shape, at, graded & past["reference"].notna().to_numpy()),
        scale=_spread_numbers(shape, at, pd.factorize(past["scale"], sort=True)[0] + 1),
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
