"""All that was written: results and targets as columns, each of a slot that says what it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from siptrack.reading.terms import TermParts
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from siptrack.school.frame import Array, Positions
    from siptrack.school.texts import Flags


class Slot(NamedTuple):
    """What results are of: the table and the column that they stand in, the subject and the term.

    Columns are counted from 1. `test` is whether the heading says that they are a test's, None where it does not say.
    `day` counts the days of dated results, so that the last of a term is known; 0 where no date stands. `is_age`: it is
    an age, or what stands beside one, by its name as `subject`.
    """

    table: int
    column: int
    subject: str
    is_target: bool
    term: TermParts
    day: int = 0
    test: bool | None = None
    is_age: bool = False


@dataclass(frozen=True)
class WrittenResults:
    """Every result and target as it was written: in which row, of which of the slots, and its text.

    `row` is a row's position among all, `number` the one that it has in its sheet. They stand in the order in which
    they are read, and the slots in that in which they are first met; blank cells are left out.
    """

    slots: Sequence[Slot]
    row: Positions
    number: Positions
    slot: Positions
    text: Texts

    def __len__(self) -> int:
        return len(self.row)

    def cells(self) -> Iterator[tuple[int, int, Slot, str]]:
        """Of each its row, the number that this has in the sheet, its slot, and its text."""
        held = zip(self.row.tolist(), self.number.tolist(), self.slot.tolist(), self.text.tolist(), strict=True)
        return ((row, number, self.slots[slot], text or "") for row, number, slot, text in held)

    def each(self, value: Callable[[Slot], Any]) -> Array:
        """What is so of the slot of each."""
        return self.of_slots(list(map(value, self.slots)))

    def of_slots(self, values: Sequence[Any]) -> Array:
        """The value for its slot of each; `values` has one for each slot."""
        return np.array(values)[self.slot] if values else np.zeros(0, dtype=np.int64)

    @property
    def is_target(self) -> Flags:
        """Which are targets."""
        return self.each(lambda slot: slot.is_target).astype(np.bool_)

    def in_terms(self, change: Callable[[TermParts], TermParts]) -> WrittenResults:
        """The same with another term in each slot."""
        return replace(self, slots=[slot._replace(term=change(slot.term)) for slot in self.slots])

    def in_rows(self, position: Positions) -> WrittenResults:
        """The same with the rows in other positions, without what stands in those whose position is NONE."""
        left = position[self.row] != NONE
        held, first, slot = np.unique(self.slot[left], return_index=True, return_inverse=True)
        met = np.argsort(first)
        slots = [self.slots[at] for at in held[met].tolist()]
        row, number = position[self.row[left]], self.number[left]
        return WrittenResults(slots, row, number, np.argsort(met)[slot], self.text[left])

    def beside(self, other: WrittenResults) -> WrittenResults:
        """The same with what is written in other rows of the table, as it stands in the sheet; the slots are alike."""
        order = np.argsort(np.concatenate([self.number, other.number]), kind="stable")
        row, number, slot = (
            np.concatenate(both)[order]
            for both in ((self.row, other.row), (self.number, other.number), (self.slot, other.slot))
        )
        return WrittenResults(other.slots, row, number, slot, Texts.stacked([self.text, other.text])[order])

    def as_met(self) -> WrittenResults:
        """The same with the slots in the order in which they are first met, and those alone."""
        return self.in_rows(np.arange(int(self.row.max(initial=NONE)) + 1))


class Writing:
    """What is met while the rows are read, one after the other."""

    def __init__(self) -> None:
        self._slots: dict[Slot, int] = {}
        self._row: list[int] = []
        self._number: list[int] = []
        self._slot: list[int] = []
        self._text: list[str] = []

    def __len__(self) -> int:
        return len(self._row)

    @property
    def slots(self) -> Sequence[Slot]:
        """The slots, by their numbers."""
        return list(self._slots)

    def number(self, slot: Slot) -> int:
        """The number of a slot."""
        return self._slots.setdefault(slot, len(self._slots))

    def add(self, row: int, number: int, slot: int, text: str) -> None:
        """Add a result of the row in this position, with this number in its sheet, and of the slot with this number."""
        self._row.append(row)
        self._number.append(number)
        self._slot.append(slot)
        self._text.append(text)

    def written(self) -> WrittenResults:
        """All that was added, of the slots as they are first met."""
        return self.as_added().as_met()

    def as_added(self) -> WrittenResults:
        """All that was added, of all slots that have a number."""
        held = self._row, self._number, self._slot
        row, number, slot = (np.array(numbers, dtype=np.int64) for numbers in held)
        return WrittenResults(self.slots, row, number, slot, Texts.of(self._text))


NOTHING_WRITTEN = Writing().written()
