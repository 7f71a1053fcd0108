"""The cells laid out by group, subject and year groups, so that all comparisons are made at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.frame import Frame, positions
from siptrack.school.register import NOT_RECORDED
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import YearRules
    from siptrack.school.groups import Characteristic

    Spread = NDArray[np.float64]

EVERYBODY = "all"
REST = "rest"
RATE = "rate"


class Among(NamedTuple):
    """The pupils within whom groups are compared: everybody, those of a key stage, or those of a year group."""

    key: str
    years: frozenset[int] | None


class Peers(NamedTuple):
    """With whom a group is compared: of two groups with the other, else with the rest; unless chosen otherwise.

    `rest` compares each group with all others whose value is known; `group`, a characteristic and one of its groups,
    every other group of that characteristic with it; `rate` the percentage of each group with this one.
    """

    rest: bool = False
    group: tuple[str, str] | None = None
    rate: float | None = None


USUAL = Peers()


def among_of(year_group: Spread, years: YearRules) -> list[Among]:
    """Everybody, and each key stage and year group that is not everybody already."""
    known = np.isfinite(year_group)
    present = frozenset(map(int, set(year_group[known].tolist())))
    stages = [
        Among(stage.name, frozenset(stage.years) & present)
        for stage in years.key_stages
        if len(present.intersection(stage.years)) > 1
    ]
    single = [Among(year_key(year), frozenset({year})) for year in sorted(present)]
    everybody = len(present) == 1 and bool(known.all())
    narrower = [] if everybody else [stage for stage in (*stages, *single) if stage.years != present]
    return [Among(EVERYBODY, None), *narrower]


def year_key(year: int) -> str:
    """What a year group is called as those within whom groups are compared."""
    return f"year_{year}"


@dataclass(frozen=True)
class Tally:
    """The cells, numbered along three axes: `keys` (a characteristic and a group), subjects, and among whom.

    `peers` says of each key which others are its peers; `named` calls them by a group's key, or REST; empty for a
    group that is not compared. `organisation` are the keys whose groups are how the school divides its children.
    """

    cells: Frame
    keys: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    among: tuple[Among, ...]
    peers: NDArray[np.float64]
    named: tuple[str, ...]
    organisation: NDArray[np.bool_]

    def count(self, column: str | None = None) -> Spread:
        """The pupils by key, subject and among, or those with a 1 in that column."""
        weight = None if column is None else self.cells[column]
        return self.spread(np.zeros(len(self.cells), dtype=np.int64), 1, weight)[..., 0]

    def spread(self, at: NDArray[np.int64], size: int, weight: Spread | None = None) -> Spread:
        """The pupils, each counted `weight` times, along a fourth axis; one whose place there is NONE is left out."""
        year, within = self._year
        shape = (len(self.keys), len(self.subjects), within.shape[1], size)
        place = np.ravel_multi_index((self._key, self._subject, year, np.maximum(at, 0)), shape)
        pupils = self.cells["pupils"]
        weights = np.where(at < 0, 0.0, pupils if weight is None else pupils * np.nan_to_num(weight))
        by_year = np.bincount(place, weights, int(np.prod(shape))).reshape(shape)
        whole: Spread = np.einsum("gsyv,ay->gsav", by_year, within)
        return whole

    def of_peers(self, spread: Spread) -> Spread:
        """The same of each key's peers."""
        whole: Spread = (self.peers @ spread.reshape(len(self.keys), -1)).reshape(spread.shape)
        return whole

    def places(self, column: str) -> tuple[NDArray[np.int64], int]:
        """Each cell's place among the distinct numbers of a column, the lowest first; and how many these are."""
        number = self.cells[column]
        distinct, place = np.unique(number, return_inverse=True)
        return np.where(np.isnan(number), NONE, place), int((~np.isnan(distinct)).sum())

    @cached_property
    def _year(self) -> tuple[NDArray[np.int64], Spread]:
        """The number of each cell's year group, and which year groups (columns) belong to each among (rows)."""
        known, year = np.unique(self.cells["year_group"], return_inverse=True)
        within = [[stage.years is None or number in stage.years for number in known.tolist()] for stage in self.among]
        return year, np.array(within, dtype=np.float64)

    @cached_property
    def _key(self) -> NDArray[np.int64]:
        """The number of each cell's key."""
        keys = [Texts.of(names) for names in (zip(*self.keys, strict=True) if self.keys else ((), ()))]
        return positions([self.cells["characteristic"], self.cells["group"]], keys)

    @cached_property
    def _subject(self) -> NDArray[np.int64]:
        subject: NDArray[np.int64] = self.cells["subject"].in_words(self.subjects)
        return subject


def lay_out(
    cells: Frame,
    characteristics: Mapping[str, Characteristic],
    subjects: Sequence[str],
    years: YearRules,
    choice: Peers = USUAL,
) -> Tally:
    """The tally of these cells; keys in the order of the characteristics and their groups, not recorded the last."""
    present = set(cells[cells.first_of("characteristic", "group")].in_rows("characteristic", "group"))
    keys = [
        (name, group)
        for name, characteristic in characteristics.items()
        for group in (*characteristic.groups, NOT_RECORDED)
        if (name, group) in present
    ]
    named = tuple(_named(characteristics[name], group, choice) for name, group in keys)
    peers = np.array(
        [[_are_peers(key, called, other) for other in keys] for key, called in zip(keys, named, strict=True)]
    )
    matrix = peers.astype(np.float64).reshape(len(keys), len(keys))
    organisation = np.array([characteristics[name].organisation for name, _ in keys], dtype=np.bool_)
    among = tuple(among_of(cells["year_group"], years))
    return Tally(cells, tuple(keys), tuple(subjects), among, matrix, named, organisation)


def _named(characteristic: Characteristic, group: str, choice: Peers) -> str:
    """Whom a group is compared with; of two groups that are each other's peers, only the first is compared."""
    if group == NOT_RECORDED:
        return ""
    if choice.rate is not None:
        return RATE
    if choice.group is not None and choice.group[0] == characteristic.key:
        return "" if group == choice.group[1] else choice.group[1]
    keys = list(characteristic.groups)
    if choice.rest or len(keys) != 2:  # noqa: PLR2004  # two groups are each other's peers
        return REST
    return keys[1] if group == keys[0] else ""


def _are_peers(key: tuple[str, str], called: str, other: tuple[str, str]) -> bool:
    if key[0] != other[0] or not called or other[1] == NOT_RECORDED:
        return False
    return other[1] == called or (called == REST and other[1] != key[1])
