"""Whether a group of several characteristics differs from what these predict together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.student import student_chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.ordered_grades import Ordered

    Numbers = NDArray[np.float64]

_JOINT = "+"  # between the groups of a child
_SATURATED = 1e-9  # of a weight: what the other cells do not predict at all


def beyond_prediction(pairs: Sequence[tuple[Sequence[str], Ordered]]) -> tuple[Numbers, Numbers]:
    """The chance of so large a difference from what the parts predict, and the difference, of each group of each pair.

    A pair is the keys of all its groups in one subject, and their children. The mean score of each is set against the
    one that the others predict when every part adds its own: least squares over the children with a term a part, the
    group left out (its deleted residual), by Student's t with the spread within the groups. Missing where the others
    do not tell.
    """
    t, freedom, difference = (np.concatenate(of) for of in zip(*(_apart(*pair) for pair in pairs), strict=True))
    chance = np.full(len(t), np.nan)
    predicted = ~np.isnan(difference)
    # once for all of them: it takes many steps, of however many numbers
    chance[predicted] = student_chance(t[predicted], freedom[predicted])
    return chance, difference


def _apart(groups: Sequence[str], ordered: Ordered) -> tuple[Numbers, Numbers, Numbers]:
    """By how many standard errors each group of a pair differs, the degrees of freedom, and the difference."""
    n = ordered.group.sum(axis=1)
    mean = (ordered.group * ordered.score).sum(axis=1) / n
    within = (ordered.group * (ordered.score - mean[:, np.newaxis]) ** 2).sum()
    freedom = max(n.sum() - len(groups), 0)
    terms = _terms([group.split(_JOINT) for group in groups]) * np.sqrt(n)[:, np.newaxis]
    basis, size, _ = np.linalg.svd(terms, full_matrices=False)
    basis = basis[:, size > _SATURATED * size.max(initial=0.0)]
    left = 1 - (basis**2).sum(axis=1)
    scaled = mean * np.sqrt(n)
    predicted = (left > _SATURATED) & (freedom > 0) & (within > 0)
    residual = np.where(predicted, scaled - basis @ (basis.T @ scaled), np.nan)
    error = np.sqrt(np.where(predicted, within / max(freedom, 1) * left, 1.0))
    return np.abs(residual) / error, np.full(len(groups), float(freedom)), residual


def _terms(parts: Sequence[Sequence[str]]) -> Numbers:
    """A column of ones, and one for each group of each characteristic that says who is in it."""
    columns = [np.ones(len(parts))]
    for of_part in zip(*parts, strict=True):
        columns += [np.array([name == group for name in of_part], dtype=np.float64) for group in dict.fromkeys(of_part)]
    return np.stack(columns, axis=1)
