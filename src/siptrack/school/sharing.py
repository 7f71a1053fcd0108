"""What may be shared: how small a number is hidden, how counts are rounded, and what stands in place of a figure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from siptrack.school.term import Term


class Status(StrEnum):
    """Why a shared row shows its numbers or hides them; its letter stands in sharing.yaml."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    LOW_RELIABILITY = "low_reliability"
    ROUNDS_TO_ZERO = "rounds_to_zero"


class SharingMode(NamedTuple):
    """With whom tables are shared, below how many children a count is hidden, and to what the others are rounded.

    `pairs` is whether groups of several characteristics at once are shared; `not_recorded` whether the children whose
    group is not recorded are a group to share or hide like any other; `names_from_data` whether characteristics are
    shared whose groups are called what the school wrote, as languages and classes are. `sources` says of each limit
    where it comes from.
    """

    key: str
    label: str
    hide_below: int
    round_to: int
    percentages_from: int
    pairs: bool
    not_recorded: bool
    names_from_data: bool
    sources: Mapping[str, str]


class SharedBefore(NamedTuple):
    """Tables that siptrack shared before: of which term and whom, and the rows of which figures were shown.

    `filters` are those asked for then, in words; `rows` are n and count, as they were printed, by the keys of subject,
    measure, characteristic and group.
    """

    path: str
    term: Term
    filters: Mapping[str, str]
    hide_below: int
    round_to: int
    rows: Mapping[tuple[str, str, str, str], tuple[int, int]]


class Symbol(NamedTuple):
    """A letter in the place of a figure, and what it means."""

    letter: str
    meaning: str

    @property
    def shown(self) -> str:
        """`[c]`, as people read it."""
        return f"[{self.letter}]"


class Sharing(NamedTuple):
    """With whom a school may share, by name, and the symbols; `default` is the mode where none is chosen."""

    modes: Mapping[str, SharingMode]
    symbols: Mapping[Status, Symbol]
    default: str
