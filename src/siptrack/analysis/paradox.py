"""Simpson's paradox: a gap of one sign over the whole school and of the other in most of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.group_tables import PARADOXES
from siptrack.analysis.tally import EVERYBODY, Tally
from siptrack.analysis.vocabulary import Measure, Within
from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.groups import SmallNumbers

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

_LEAST_PARTS = 2  # parts of a school, below which nothing can be the other way round in most of them


def find_paradoxes(tally: Tally, gaps: Frame, small: SmallNumbers) -> Frame:
    """The paradoxes table: of the gaps at ARE over everybody whose interval leaves out 0, those that turn round.

    The parts are year groups, and bands of equal start, that is of equal prior attainment. A part counts when both
    sides have so many children in it as the rules say, and the gap turns round when more than half of the parts that
    count, and two at least, go the other way.
    """
    tells = (gaps["measure"] == Measure.AT_ARE.value) & (gaps["among"] == EVERYBODY) & ~np.isnan(gaps["placebo"])
    leaves_out_0 = (gaps["low"] > 0) | (gaps["high"] < 0)
    rows = gaps[tells & (gaps["children"] != 0) & leaves_out_0]
    if rows.empty:
        return PARADOXES.no_rows()
    key = {pair: at for at, pair in enumerate(tally.keys)}
    where = (
        np.array([key[pair] for pair in rows.in_rows("characteristic", "group")], dtype=np.int64),
        rows["subject"].in_words(tally.subjects),
    )
    found = []
    for within, column in {Within.YEAR_GROUP: "year_group", Within.START: "start"}.items():
        counted, other_way = _parts(tally, column, where, np.sign(rows["gap"]), small)
        turned = (counted >= _LEAST_PARTS) & (2 * other_way > counted)
        found.append(rows.having(within=within.value, parts=counted, other_way=other_way)[turned])
    return Frame.stacked(found)[PARADOXES.names]


def _parts(
    tally: Tally, column: str, where: tuple[Places, Places], sign: Numbers, small: SmallNumbers
) -> tuple[Places, Places]:
    """Of how many parts the gap can be told, and in how many of these it goes the other way."""
    part, parts = tally.places(column)
    if not parts:
        none = np.zeros(len(sign), dtype=np.int64)
        return none, none
    spread = [tally.spread(part, parts, tally.cells[name]) for name in ("assessed", "at_are")]
    n, count = (moment[:, :, 0][where] for moment in spread)
    peers_n, peers_count = (tally.of_peers(moment)[:, :, 0][where] for moment in spread)
    counts = np.minimum(n, peers_n) >= small.bands_from
    way = np.sign(count * peers_n - peers_count * n) * sign[:, np.newaxis]
    return counts.sum(axis=1), (counts & (way < 0)).sum(axis=1)
