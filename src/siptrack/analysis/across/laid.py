"""The counts of all schools beside each other, and which schools are hidden in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.across.hiding import hidden_schools, small_totals
from siptrack.analysis.across.tables import ALL, Across
from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.across.counting import SchoolCounts

    Counts = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Laid:
    """The counts of all schools: a line for each of `names`, a column for each group, subject and measure in `of`.

    Counts under `below` are small.
    """

    names: Sequence[str]
    of: Sequence[tuple[str, str, str, str]]
    n: Counts
    count: Counts
    below: int
    _hidden: dict[tuple[str, str], Flags] = field(default_factory=dict)

    def places(self, characteristic: str, measure: str) -> list[int]:
        """The columns of a characteristic and measure."""
        return [at for at, (key, _, _, name) in enumerate(self.of) if (key, name) == (characteristic, measure)]

    def hidden(self, characteristic: str, measure: str) -> Flags:
        """The schools that are hidden in it: those too whose figures here add up to one that is hidden elsewhere.

        A school's groups add up to all of its children; those who took a test may be all who are at expectations.
        """
        asked = characteristic, measure
        if asked not in self._hidden:
            also = None
            if characteristic != ALL:
                also = self.hidden(ALL, measure)
            elif measure == Across.TEST_BELOW:
                also = self.hidden(ALL, Across.AT_ARE)
            places = self.places(*asked)
            self._hidden[asked] = hidden_schools(self.n[:, places], self.count[:, places], self.below, also)
        return self._hidden[asked]

    def small(self) -> Flags:
        """Which columns come to little in all schools together."""
        return small_totals(self.n, self.count, self.below)


def lay(schools: Mapping[str, SchoolCounts], below: int) -> Laid:
    """The counts of these schools beside each other."""
    names = list(schools)
    counted = Frame.stacked([counts.counted.having(school=name) for name, counts in schools.items()])
    keys = list(counted.in_rows("characteristic", "group", "subject", "measure"))
    of = list(dict.fromkeys(keys))
    at = {key: place for place, key in enumerate(of)}
    n, count = np.zeros((2, len(names), len(of)), dtype=np.int64)
    place = counted["school"].in_words(names), np.array([at[key] for key in keys], dtype=np.int64)
    n[place], count[place] = counted["n"], counted["count"]
    return Laid(names, of, n, count, below)
