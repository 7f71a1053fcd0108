"""What every row says of its pupil, and whose each row is: what the steps of matching leave behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from siptrack.reading.calendar import Dated
from siptrack.reading.identity.classes import Classes, Node
from siptrack.reading.identity.groups import Mention, Moment
from siptrack.reading.identity.matching import Matching
from siptrack.reading.identity.numbers import SettledNumbers
from siptrack.reading.identity.sources import PupilSource
from siptrack.reading.layout import Layouts
from siptrack.school.place import Place
from siptrack.school.term import Term


class Identified(NamedTuple):
    """What every row says of its pupil, the pupil of each (None where it fits several), and each table's source."""

    layouts: Layouts
    dated: Dated
    first_row: Mapping[int, int]
    settled: SettledNumbers
    mentions: Sequence[Mention]
    moments: Sequence[Moment]
    classes: Classes
    nodes: Sequence[Node | None]
    sources: Sequence[PupilSource]
    matching: Matching

    def place(self, row: int, role: str = "") -> Place:
        """The place of a row, or of its cell of a role."""
        found = self.layouts.rows[row]
        column = self.layouts.tables[found.table].roles.get(role, -1)
        return self.layouts.place(found, column + 1)

    def when(self, row: int) -> str:
        """The newest term of the row's sheet in words, or that it is of a pupil list."""
        number, of_list = self.moments[row]
        return "the pupil list" if of_list >= 0 else Term.numbered(number).label
