"""What parts of a file say toward what is decided for the whole of it."""

from __future__ import annotations

from dataclasses import replace
from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from siptrack.reading.by_columns.whole_file import WholeFile
from siptrack.reading.recognition import Around, Recognised, Recogniser

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping

    from siptrack.reading.by_columns.doubt import Misfits
    from siptrack.reading.by_columns.laid_out import Steady
    from siptrack.reading.grades import ScaleReader
    from siptrack.reading.recognition import Column
    from siptrack.reading.written import Slot
    from siptrack.rules.model import Rules
    from siptrack.school.begun import ChildrenByTerm

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class PartEvidence(NamedTuple):
    """What a part of a file says toward the whole, so that what several say can be added up.

    `misfits` are the pupils out of year group; `texts` how often each text stands in a column, and `around` what is
    known of the column beside them; `children` how many have a result when.
    """

    slots: frozenset[Slot]
    subjects: frozenset[str]
    newest: int
    steady: Steady
    misfits: Misfits
    texts: Mapping[Column, Counter[str]]
    around: Mapping[Column, Around]
    children: ChildrenByTerm

    def beside(self, other: PartEvidence) -> PartEvidence:
        """What both say."""
        return PartEvidence(
            slots=self.slots | other.slots,
            subjects=self.subjects | other.subjects,
            newest=max(self.newest, other.newest),
            steady=self.steady.beside(other.steady),
            misfits=self.misfits.beside(other.misfits),
            texts=_merged(self.texts, other.texts, add),
            around=_merged(self.around, other.around, _both),
            children=self.children.beside(other.children),
        )

    def agree(self, rules: Rules, readers: Mapping[str, ScaleReader]) -> WholeFile | None:
        """What is decided by it; None where so many children are out of year group that all has to be weighed."""
        if self.misfits.may_be_of_another_year(rules.years.birthdays):
            return None
        found = Recogniser(rules, readers).all(self.texts, self.around)
        scales = {column: Recognised(recognised.scale) for column, recognised in found.items()}
        return WholeFile(self.slots, self.subjects, self.newest, self.steady.of_today(rules.matching.shared), scales)


def _merged(
    ours: Mapping[_Key, _Value], theirs: Mapping[_Key, _Value], both: Callable[[_Value, _Value], _Value]
) -> dict[_Key, _Value]:
    """What stands on either side, and both where both have it."""
    return {**ours, **{key: both(ours[key], value) if key in ours else value for key, value in theirs.items()}}


def _both(ours: Around, other: Around) -> Around:
    years = ours.academic_years | other.academic_years
    return replace(other, year_groups=ours.year_groups + other.year_groups, academic_years=years)
