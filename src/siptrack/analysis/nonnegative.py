"""What follows of numbers of which some sums are known and which are not below zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Mask = NDArray[np.bool_]

TINY = 1e-7  # what is smaller is nothing but a computer's rounding


def nonnegative_solution(matrix: Numbers, values: Numbers) -> Numbers:
    """Numbers, none below zero, with which `matrix` comes nearest to `values` (Lawson and Hanson 1974)."""
    size = matrix.shape[1]
    x, inside = np.zeros(size), np.zeros(size, dtype=np.bool_)
    for _ in range(3 * size + 3):
        gradient = np.where(inside, 0.0, matrix.T @ (values - matrix @ x))
        if not size or gradient.max() <= TINY:
            break
        inside[int(gradient.argmax())] = True
        x = _feasible(matrix, values, x, inside)
    return x


def _feasible(matrix: Numbers, values: Numbers, x: Numbers, inside: Mask) -> Numbers:
    """The least squares over the numbers `inside`, from which those that would fall below zero are taken out."""
    while True:
        wanted = np.zeros(len(x))
        wanted[inside] = np.linalg.lstsq(matrix[:, inside], values, rcond=None)[0]
        low = inside & (wanted <= TINY)
        if not low.any():
            return wanted
        fall = x[low] - wanted[low]
        step = float(np.min(np.divide(x[low], fall, out=np.zeros(len(fall)), where=fall > 0)))
        x = x + step * (wanted - x)
        inside &= x > TINY
        x = np.where(inside, x, 0.0)
        if not inside.any():
            return x


def row_space(matrix: Numbers) -> Numbers:
    """An orthonormal basis, in rows, of all sums and differences of the rows."""
    if not matrix.size:
        return np.zeros((0, matrix.shape[1]))
    _, sizes, basis = np.linalg.svd(matrix, full_matrices=False)
    space: Numbers = basis[sizes > TINY]
    return space


def wider(space: Numbers, rows: Numbers) -> Numbers:
    """The space that these rows span too."""
    rest = rows - (rows @ space.T) @ space
    rest -= (rest @ space.T) @ space  # once more, for what the computer rounded away
    return np.vstack([space, row_space(rest)])


def beyond(space: Numbers, rows: Numbers) -> Numbers:
    """How far each row lies outside the space: 0 where it is a sum or difference of what spans it."""
    rest: Numbers = np.linalg.norm(rows - (rows @ space.T) @ space, axis=1)
    return rest


def can_be_more_than_zero(matrix: Numbers, start: Numbers) -> Mask:
    """Which numbers are above zero in some solution, `start` being one.

    A number may rise from zero where others that may move, those above zero in either direction, make up for it.
    """
    above = start > TINY
    while not above.all():
        free = row_space(matrix[:, above].T)
        rest = matrix - free.T @ (free @ matrix)
        risen = ~above & (np.linalg.norm(rest, axis=0) <= TINY)
        if not risen.any():
            risen = _rise_together(rest, ~above)
        if not risen.any():
            break
        above |= risen
    return above


def _rise_together(rest: Numbers, still: Mask) -> Mask:
    """Some numbers at zero that may rise because they make up for one another; none where none may."""
    at = np.flatnonzero(still)
    risen = np.zeros(len(still), dtype=np.bool_)
    for index in at:
        others = at[at != index]
        made_up = nonnegative_solution(rest[:, others], -rest[:, index])
        if np.linalg.norm(rest[:, others] @ made_up + rest[:, index]) <= TINY:
            risen[index] = True
            risen[others[made_up > TINY]] = True
            break
    return risen
