"""What is decided for a whole file, by which each part of it is read as it would be with all the others beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.reading.recognition import Column, Recognised
    from siptrack.reading.written import Slot


class WholeFile(NamedTuple):
    """What is decided for a whole file: nothing that a part of it says alone.

    `slots` are of all that is written, `subjects` those of results and targets that are used, `newest` the last term in
    which anybody has a result, `of_today` the school year that all year groups are of, where they are those of today,
    and `scales` those of the columns.
    """

    slots: frozenset[Slot]
    subjects: frozenset[str]
    newest: int
    of_today: int | None
    scales: Mapping[Column, Recognised]
