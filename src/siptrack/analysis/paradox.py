"""Simpson's paradox: a gap of one sign over the whole school and of the other in most of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.group_tables import PARADOXES
from siptrack.analysis.tally import EVERYBODY, Tally
from siptrack.analysis.vocabulary import Measure, Within

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.school.groups import SmallNumbers

    Numbers = NDArray[np.float64]

_LEAST_PARTS = 2


def find_paradoxes(tally: Tally, gaps: DataFrame, small: SmallNumbers) -> DataFrame:
    """The paradoxes table: of the gaps at ARE over everybody whose interval leaves out 0, those that turn round.

    The parts are year groups, and bands of equal start, that is of equal prior attainment. A part counts when both
    sides have so many children in it as the rules say, and the gap turns round when more than half of the parts that
    count, and two at least, go the other way.
    """
    rows = gaps[(gaps["measure"] == Measure.AT_ARE.value) & (gaps["among"] == EVERYBODY) & gaps["placebo"].notna()]
    rows = rows[(rows["children"] != 0) & ((rows["low"] > 0) | (rows["high"] < 0))]
    if rows.empty:
        return PARADOXES.empty()
    key = {pair: at for at, pair in enumerate(tally.keys)}
    where = (
        np.array([key[pair] for pair in zip(rows["characteristic"], rows["group"], strict=True)], dtype=np.intp),
        pd.Index(tally.subjects).get_indexer(pd.Index(rows["subject"])),
    )
    sign = np.sign(rows["gap"].to_numpy(dtype=np.float64))
    names = ["subject", "characteristic", "group", "peers"]
    found = []
    for within, column in {Within.YEAR_GROUP: "year_group", Within.START: "start"}.items():
        counted, other_way = _parts(tally, column, where, sign, small)
        turned = (counted >= _LEAST_PARTS) & (2 * other_way > counted)
        part = rows.loc[turned, names].assign(
            within=within.value, gap=rows["gap"][turned], parts=counted[turned], other_way=other_way[turned]
        )
        found.append(part)
    return pd.concat(found, ignore_index=True)[PARADOXES.names]


def _parts(
    tally: Tally, column: str, where: tuple[NDArray[np.intp], ...], sign: Numbers, small: SmallNumbers
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of how many parts the gap can be told, and in how many of these it goes the other way."""
    part, parts = pd.factorize(tally.cells[column].to_numpy(dtype=np.float64))
    if not len(parts):
        none = np.zeros(len(sign), dtype=np.int64)
        return none, none
    spread = [
        tally.spread(part, len(parts), tally.cells[name].to_numpy(dtype=np.float64)) for name in ("assessed", "at_are")
    ]
    n, count = (one[:, :, 0][where] for one in spread)
    peers_n, peers_count = (tally.of_peers(one)[:, :, 0][where] for one in spread)
    counts = np.minimum(n, peers_n) >= small.bands_from
    way = np.sign(count * peers_n - peers_count * n) * sign[:, np.newaxis]
    return counts.sum(axis=1), (counts & (way < 0)).sum(axis=1)
