"""Said against true: of children of whom nearly the same number is said, how many have fallen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from figures import LEAST, Figure, mean

if TYPE_CHECKING:
    from pandas import DataFrame

TENTHS = tuple(f"{low} to {low + 9 if low < 90 else 100}" for low in range(0, 100, 10))
SURE = 90  # of 100


class Tenth(NamedTuple):
    """Of the children said to be in a tenth, what is said of them on average and by how much more have fallen."""

    said: float
    over: Figure

    @property
    def true(self) -> float:
        """How many of 100 have fallen."""
        return self.said + self.over.value

    @property
    def shown(self) -> str:
        """As it stands in a table."""
        return f"{self.said:.0f}→{self.true:.0f} ± {self.over.error:.1f}" if self.over.count >= LEAST else ""


def _over(rows: DataFrame) -> Tenth:
    said = rows["said"].to_numpy()
    over = mean(100 * rows["fell"].to_numpy(dtype=float) - said, rows["part"].to_numpy())
    return Tenth(float(said.mean()) if len(said) else np.nan, over)


def tenths(table: DataFrame) -> list[Tenth]:
    """The ten, from those of whom least is said."""
    known = table[table["said"].notna()]
    at = (known["said"] // 10).clip(upper=9)
    return [_over(known[at == tenth]) for tenth in range(10)]


def sure(table: DataFrame) -> Tenth:
    """Those of whom 90 and more of 100 is said."""
    return _over(table[table["said"] >= SURE])


def apart(table: DataFrame) -> float:
    """How far said is from true on average, in points: the tenths count as the children in them."""
    of_each = [tenth.over for tenth in tenths(table) if tenth.over.count]
    return float(np.average([abs(over.value) for over in of_each], weights=[over.count for over in of_each]))
