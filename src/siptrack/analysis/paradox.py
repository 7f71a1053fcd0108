"""Simpson's paradox: a gap of one sign over the whole school and of the other when like is compared with like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.causes import own_findings
from siptrack.analysis.group_tables import PARADOXES
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.like_for_like import pooled_gap
from siptrack.analysis.tally import EVERYBODY, Tally
from siptrack.analysis.vocabulary import Measure, Within
from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.groups import SmallNumbers

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

_LEAST_PARTS = 2  # parts of a school, below which how many of a group are in each makes no gap


class _Parts(NamedTuple):
    """The children of both sides in the parts that count, a row a gap and a column a part; 0 in the others."""

    met: Numbers
    n: Numbers
    peers_met: Numbers
    peers_n: Numbers

    def way(self) -> Numbers:
        """Which way the gap goes in each part: -1, 0 or 1."""
        return np.sign(self.met * self.peers_n - self.peers_met * self.n)

    def together(self) -> Numbers:
        """Which way it goes among all of these children, whatever their part."""
        count, n, peers_count, peers_n = (side.sum(axis=1) for side in self)
        return np.sign(count * peers_n - peers_count * n)


def find_paradoxes(tally: Tally, gaps: Frame, small: SmallNumbers) -> Frame:
    """The paradoxes table: of the gaps found at ARE over everybody, whose intervals leave out 0, those that turn round.

    The parts are year groups, and bands of equal start, that is of equal prior attainment. A part counts when both
    sides have so many children in it as the rules say. The gap turns round when there are two such parts at least and
    the gap within them, pooled, goes the other way by at least as many children as a gap must be worth, while among
    the children of these parts taken together it goes the same way as over everybody.
    """
    found = own_findings(gaps) & ((gaps["low"] > 0) | (gaps["high"] < 0))
    rows = gaps[found & (gaps["measure"] == Measure.AT_ARE.value) & (gaps["among"] == EVERYBODY)]
    if rows.empty:
        return PARADOXES.no_rows()
    key = {pair: at for at, pair in enumerate(tally.keys)}
    where = (
        np.array([key[pair] for pair in rows.in_rows("characteristic", "group")], dtype=np.int64),
        rows["subject"].in_words(tally.subjects),
    )
    paradoxes = []
    for within, column in {Within.YEAR_GROUP: "year_group", Within.START: "start"}.items():
        parts = _parts(tally, column, where, small)
        sign, pooled = np.sign(rows["gap"]), 100 * pooled_gap(*parts)
        n, peers_n = (side.sum(axis=1).astype(np.int64) for side in (parts.n, parts.peers_n))
        counted = (parts.n > 0).sum(axis=1)
        apart = rows.having(
            within=within.value,
            pooled=pooled,
            n=n,
            peers_n=peers_n,
            parts=counted,
            other_way=(parts.way() == -sign[:, np.newaxis]).sum(axis=1),
        )
        large = (np.abs(pooled) * n / 100).round(DECIMALS) >= small.whole_children
        turned = (np.sign(pooled) == -sign) & large & (parts.together() == sign)
        paradoxes.append(apart[turned & (counted >= _LEAST_PARTS)])
    return Frame.stacked(paradoxes)[PARADOXES.names]


def _parts(tally: Tally, column: str, where: tuple[Places, Places], small: SmallNumbers) -> _Parts:
    """The children of these gaps by part, where both sides have enough there."""
    part, parts = tally.places(column)
    spread = [tally.spread(part, max(parts, 1), tally.cells[name]) for name in ("at_are", "assessed")]
    count, n = (moment[:, :, 0][where] for moment in spread)
    peers_count, peers_n = (tally.of_peers(moment)[:, :, 0][where] for moment in spread)
    counts = np.minimum(n, peers_n) >= small.bands_from
    return _Parts(*(np.where(counts, side, 0.0) for side in (count, n, peers_count, peers_n)))
