"""Children known by a name alone: which rows of one name are one child, and which fit two and are left out.

Against being one child speak two rows in a sheet with one row a pupil, another cohort, and another class in the same
academic year. A change of class within a year is believed only where it can be seen: both classes are in the files at
each moment (a term's results, or a pupil list), and the name stands in one of the two at each. Where both classes hold
the name at one moment they are two children; where one class is missing from a moment's files nobody can tell.

Rows of one name that all fit each other are one child. Where two of them contradict each other, what is newest stays,
and an older row that would fit two children is left out, for all that it says may be of either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from siptrack.reading.identity.groups import Groups
from siptrack.school.term import SEASONS_IN_A_YEAR


def join_namesakes(groups: Groups, left_out: set[int]) -> set[int]:
    """Join what only a name identifies to the one group that it fits; the mentions of those that fit two.

    `left_out` are mentions that are left out already: nothing is joined to them.
    """
    lost = {groups.root(index) for index in left_out if groups.weak(index)}
    for roots in groups.namesakes(lambda child: child.names):
        for fits in (_in_same_class, _may_be_same_child):
            namesakes = _Namesakes(groups, sorted({groups.root(root) for root in roots}), lost, fits)
            namesakes.place()
    return {index for root in lost for index in groups.group(root)} - left_out


class _Namesakes:
    """The groups of one name, placed by what counts as fitting; `lost` gains the roots that fit two children."""

    def __init__(
        self, groups: Groups, roots: Sequence[int], lost: set[int], fits: Callable[[Groups, int, int], bool]
    ) -> None:
        self.groups, self.lost, self.fits = groups, lost, fits
        self.weak = sorted(filter(groups.weak, roots), key=self._how_sure, reverse=True)
        self.children = [root for root in roots if not groups.weak(root)]

    def _how_sure(self, root: int) -> tuple[bool, bool, int, int]:
        """The order of placing: those with a class first, then those with a cohort, and of these the newest."""
        classes = self.groups.child(root).classes
        times = [term for year, _ in classes for term, _ in self.groups.child(root).moments[year]]
        newest = max(times, default=max((year * SEASONS_IN_A_YEAR for year, _ in classes), default=0))
        return bool(classes), bool(self.groups.child(root).cohorts), newest, -root

    def place(self) -> None:
        """Make each weak group a child, or a part of one, or lost."""
        for root in self.weak:
            if root in self.lost:
                continue
            fitting = [child for child in self.children if self._fit(child, root)]
            if not fitting:
                self.children.append(root)
            elif len(fitting) > 1 or self._in_doubt(root, fitting[0]):
                self.lost.add(root)
            else:
                self.groups.join(fitting[0], root)

    def _in_doubt(self, root: int, child: int) -> bool:
        """Whether another group has the same claim to a child and is not this one, or this fits one that is lost."""
        others = (other for other in self.weak if other != root and self.groups.root(other) == other)
        return any(
            (other in self.lost and self._fit(other, root)) or (self._fit(other, child) and not self._fit(other, root))
            for other in others
            if self.groups.root(child) != other
        )

    def _fit(self, first: int, second: int) -> bool:
        return self.fits(self.groups, first, second)


def _in_same_class(groups: Groups, first: int, second: int) -> bool:
    """Whether two groups may be one child and stand in the same class in the same year."""
    return bool(groups.child(first).classes & groups.child(second).classes) and _may_be_same_child(
        groups, first, second
    )


def _may_be_same_child(groups: Groups, first: int, second: int) -> bool:
    """Whether nothing speaks against two groups of one name being one child."""
    if not groups.in_two_places(first, second):
        return False
    child, other = groups.child(first), groups.child(second)
    if child.classes & other.classes:
        return True
    years = child.years_beside(other)
    return not years or (
        bool(child.cohorts and other.cohorts) and all(_seen_to_move(groups, first, second, year) for year in years)
    )


def _seen_to_move(groups: Groups, first: int, second: int, year: int) -> bool:
    """Whether both groups' classes are in the files at each of their moments in a year, and never hold both at once."""
    moments = groups.child(first).moments[year], groups.child(second).moments[year]
    held = [
        groups.held[in_class]
        for root in (first, second)
        for in_class in groups.child(root).classes
        if in_class[0] == year
    ]
    return (
        all(moments) and not moments[0] & moments[1] and all(moments[0] | moments[1] <= of_class for of_class in held)
    )
