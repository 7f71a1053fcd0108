"""The statistics of gaps among children of equal start: within bands, and pooled over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.student import student_critical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]

_HALVINGS = 18  # of the stretch between an end of the scale and the gap, before a line is drawn through what is left


class Pooled(NamedTuple):
    """A gap within bands, pooled, with its interval; and how many of each side are in a band with the other side."""

    gap: Numbers
    low: Numbers
    high: Numbers
    n: Counts
    peers_n: Counts


def pooled_shares(count: Numbers, n: Numbers, peers_count: Numbers, peers_n: Numbers, *, z: float) -> Pooled:
    """The difference of two proportions within bands, pooled (Mantel and Haenszel), and its interval.

    A row a comparison, a column a band; missing where no band has both sides. The interval is the score interval of
    Miettinen and Nurminen (Statistics in Medicine 1985) over bands: the gaps that a test of the pooled gap would not
    reject. It stays within -1 and 1, and has a width where everybody or nobody is counted.
    """
    bands = _Bands.of(count, n, peers_count, peers_n)
    gap = bands.pooled()
    low, high = _end(bands, gap, np.full(len(gap), -1.0), z), _end(bands, gap, np.ones(len(gap)), z)
    return Pooled(gap, low, high, *_with_both(n, peers_n))


def pooled_gap(count: Numbers, n: Numbers, peers_count: Numbers, peers_n: Numbers) -> Numbers:
    """The difference of two proportions within bands, pooled as in `pooled_shares`, alone."""
    return _Bands.of(count, n, peers_count, peers_n).pooled()


def _with_both(n: Numbers, peers_n: Numbers) -> tuple[Counts, Counts]:
    both = (n > 0) & (peers_n > 0)
    ours, theirs = (np.where(both, side, 0).sum(axis=1).astype(np.int64) for side in (n, peers_n))
    return ours, theirs


class _Bands(NamedTuple):
    """The bands with both sides, one after another, each with the number of its row and its weight among the row's."""

    rows: int
    row: Counts
    met: Numbers
    n: Numbers
    peers_met: Numbers
    peers_n: Numbers
    weight: Numbers

    @classmethod
    def of(cls, count: Numbers, n: Numbers, peers_count: Numbers, peers_n: Numbers) -> _Bands:
        """The bands of these comparisons, by Mantel and Haenszel's weights."""
        at = np.nonzero((n > 0) & (peers_n > 0))
        a, ours, b, theirs = (of[at].astype(np.float64) for of in (count, n, peers_count, peers_n))
        weight = ours * theirs / (ours + theirs)
        whole = np.bincount(at[0], weight, len(n))
        return cls(len(n), at[0], a, ours, b, theirs, weight / whole[at[0]])

    def summed(self, values: Numbers) -> Numbers:
        """These values of the bands, added up by row; missing for a row without a band."""
        there = np.bincount(self.row, minlength=self.rows) > 0
        return np.where(there, np.bincount(self.row, values, self.rows), np.nan)

    def pooled(self) -> Numbers:
        """The pooled gap of each row."""
        return np.clip(self.summed(self.weight * (self.met / self.n - self.peers_met / self.peers_n)), -1, 1)

    def variance(self, gap: Numbers) -> Numbers:
        """The variance of each row's pooled gap if this were the true gap in every band."""
        in_band = gap[self.row]
        peers_share = self._likeliest(in_band)
        share = np.clip(peers_share + in_band, 0, 1)
        everybody = self.n + self.peers_n
        varies = share * (1 - share) / self.n + peers_share * (1 - peers_share) / self.peers_n
        return self.summed(self.weight**2 * varies * everybody / (everybody - 1))

    def _likeliest(self, gap: Numbers) -> Numbers:
        """The peers' likeliest true share in each band if that is the true gap: the root of a cubic between 0 and 1."""
        everybody, met = self.n + self.peers_n, self.met + self.peers_met
        square = ((self.n + 2 * self.peers_n) * gap - everybody - met) / (3 * everybody)
        single = ((self.peers_n * gap - everybody - 2 * self.peers_met) * gap + met) / everybody
        alone = self.peers_met * gap * (1 - gap) / everybody
        q = square**3 - square * single / 2 + alone / 2
        p = np.where(q < 0, -1, 1) * np.sqrt(np.maximum(square**2 - single / 3, 0))
        turn = np.divide(q, p * p * p, out=np.zeros(len(q)), where=p != 0)
        root = 2 * p * np.cos((np.pi + np.arccos(np.clip(turn, -1, 1))) / 3) - square
        return np.clip(root, np.maximum(0, -gap), np.minimum(1, 1 - gap))


def _end(bands: _Bands, gap: Numbers, edge: Numbers, z: float) -> Numbers:
    """How far towards that edge of the scale a true gap may lie that a test does not reject, by halving."""

    def beyond(true: Numbers) -> Numbers:
        """How far the squared distance of a true gap is over what the test allows; below 0 inside the interval."""
        over: Numbers = (gap - true) ** 2 - z * z * bands.variance(true)
        return over

    inside, outside = gap, edge
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        held = beyond(middle) <= 0
        inside, outside = np.where(held, middle, inside), np.where(held, outside, middle)
    below, above = -beyond(inside), beyond(outside)
    part = np.divide(below, below + above, out=np.zeros(len(gap)), where=below + above > 0)
    end: Numbers = inside + (outside - inside) * part
    return end


def pooled_means(
    n: Numbers,
    total: Numbers,
    squares: Numbers,
    peers_n: Numbers,
    peers_total: Numbers,
    peers_squares: Numbers,
    *,
    confidence: float,
) -> Pooled:
    """The difference of two means within bands, pooled with one variance for all; else as pooled_shares.

    `total` and `squares` are sums of the values and of their squares: the least-squares estimate with a term a band.
    Where nobody varies within a band there is no interval: that would be taken for certainty.
    """
    both = (n > 0) & (peers_n > 0)
    ours, theirs = np.where(both, n, 1), np.where(both, peers_n, 1)
    weight = np.where(both, ours * theirs / (ours + theirs), 0)
    gap_in_band = total / ours - peers_total / theirs
    whole = weight.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = (weight * gap_in_band).sum(axis=1) / whole
        in_band = np.where(both, squares + peers_squares - (total + peers_total) ** 2 / (ours + theirs), 0).sum(axis=1)
        within = (in_band - (weight * gap_in_band * gap[:, np.newaxis]).sum(axis=1)).round(DECIMALS)
        freedom = np.where(both, ours + theirs - 1, 0).sum(axis=1) - 1
        usable = (whole > 0) & (freedom > 0) & (within > 0)
        error = np.sqrt(np.maximum(within, 0) / np.where(usable, freedom, 1) / whole)
    reach = np.where(usable, student_critical(confidence, np.where(usable, freedom, 1.0)) * error, np.nan)
    return Pooled(gap, gap - reach, gap + reach, *_with_both(n, peers_n))
