"""How many of the children who fall are found, where the line is drawn so that 5 in 100 who keep up stand over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from evidence import FALLS
from figures import LEAST, NOTHING, Figure
from simulate import Course

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Numbers = NDArray[np.float64]

ALARMS = 5  # of 100 children who keep up, in a subject
SINCE = {
    "since the first result": (Course.FALLS_THROUGHOUT,),
    "since last summer": (Course.FALLS_ONE_YEAR,),
    "of all who fall": FALLS,
}
DRAWN = 200  # times that the parts are drawn again for the standard error
_DECIMALS = 6  # children with the same marks stand on the same side of the line


def found(table: DataFrame) -> list[Figure]:
    """How many percent are over the line of those who fall since each time, as in SINCE.

    The line is the lowest number over which no more than 5 % of those stand who keep up. Left out one after another the
    parts tell too much of a line that jumps; the standard error is that of parts drawn again, with replacement.
    """
    known = table[table["said"].notna()].assign(said=lambda rows: rows["said"].round(_DECIMALS))
    keeps = known[known["course"] == Course.KEEPS_UP].sort_values("said")
    falls = [known[known["course"].isin(of)] for of in SINCE.values()]
    parts = int(known["part"].max()) + 1
    drawn = np.random.default_rng(0).multinomial(parts, [1 / parts] * parts, DRAWN)
    times = np.vstack([np.ones(parts, dtype=np.int64), drawn])  # first each part once
    lines = [_line(keeps, of) for of in times]
    return [_figure(rows, lines, times) for rows in falls]


def _line(keeps: DataFrame, times: NDArray[np.int64]) -> float:
    counted = times[keeps["part"].to_numpy()].cumsum()
    return float(keeps["said"].to_numpy()[np.searchsorted(counted, (1 - ALARMS / 100) * counted[-1])])


def _figure(falls: DataFrame, lines: list[float], times: NDArray[np.int64]) -> Figure:
    if len(falls) < LEAST:
        return NOTHING
    said, part = falls["said"].to_numpy(), falls["part"].to_numpy()
    shares = [100 * np.average(said > line, weights=of[part]) for line, of in zip(lines, times, strict=True)]
    return Figure(float(shares[0]), float(np.std(shares[1:])), len(falls))
