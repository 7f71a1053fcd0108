"""Which term a school has come to by its results, and which newer ones have only begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from siptrack.school.frame import Frame
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

_PERCENT = 100  # of a whole


class Begun(NamedTuple):
    """A term in which `children` have a result, where `of` had one in the fullest term of the year before."""

    term: Term
    children: int
    of: int


class Reached(NamedTuple):
    """The newest term in which a good share of the children have a result, and the newer ones, the oldest first."""

    term: Term
    begun: tuple[Begun, ...]


class ChildrenByTerm(NamedTuple):
    """How many children have a result in each term; `special` where none says more than that somebody was absent."""

    by_term: Mapping[int, int]
    special: bool = False

    def beside(self, other: ChildrenByTerm) -> ChildrenByTerm:
        """Those of other children with these: where some say more, those that do not count for nothing."""
        if self.special != other.special:
            return other if self.special else self
        return ChildrenByTerm(Counter(self.by_term) + Counter(other.by_term), self.special)


def reached(results: Frame, codes: Collection[tuple[str, str]], share: float) -> Reached | None:
    """The newest term in which more than `share` percent as many children have a result as in the fullest before it.

    `results` have the columns of RESULTS. `codes` are the special codes, by scale and as printed: a cell that says
    absent is no result, unless there is nothing else. None without results. Children are counted term by term and not
    followed, so that leavers' histories and a class that is new each year weigh nothing.
    """
    return reached_by(children_by_term(results, codes).by_term, share)


def reached_by(counts: Mapping[int, int], share: float) -> Reached | None:
    """The same by how many children have a result in each term."""
    begun: list[Begun] = []
    for number in sorted(counts, reverse=True):
        of = max((counts[before] for before in _year_before(number, counts)), default=0)
        if _PERCENT * counts[number] > share * of:
            return Reached(Term.numbered(number), tuple(begun[::-1]))
        begun.append(Begun(Term.numbered(number), counts[number], of))
    return None


def children_by_term(results: Frame, codes: Collection[tuple[str, str]]) -> ChildrenByTerm:
    """How many children have a result in each term."""
    is_special = np.isnan(results["points"])
    is_special[is_special] = [pair in codes for pair in results[is_special].in_rows("scale", "grade")]
    known = results if is_special.all() else results[~is_special]
    return ChildrenByTerm(Counter(known["term"][known.first_of("term", "pupil")].tolist()), bool(is_special.all()))


def _year_before(number: int, counts: Mapping[int, int]) -> list[int]:
    """The terms with results from the same term a year ago on; where those are all older, the last of them."""
    earlier = [term for term in counts if term < number]
    return [term for term in earlier if term >= min(number - SEASONS_IN_A_YEAR, max(earlier))]
