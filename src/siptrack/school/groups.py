"""Characteristics and their groups: by what pupils are compared, and from how many children on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.place import Place


class Group(NamedTuple):
    """One value of a characteristic: the pupils who share it, and how a sentence calls these `children`.

    `spellings` may head a column that ticks the group; `words` stand in cells only. `rest` is the pattern of a code as
    written. `members` are groups of another characteristic; `divided_into` those of its own that it is, undivided.
    """

    key: str
    label: str
    spellings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rest: str = ""
    members: tuple[str, ...] = ()
    children: str = ""
    divided_into: tuple[str, ...] = ()


class OpenGroups(NamedTuple):
    """How values found in the data become groups that no rule lists, as classes and languages do.

    `written` is the pattern of a text that is such a value, `names` are some that surely are; `children` how a sentence
    calls the children of a group, whose label stands for `{group}`.
    """

    children: str
    written: str = ""
    names: tuple[str, ...] = ()


class Characteristic(NamedTuple):
    """Something known of pupils by which they are compared; `of` names the ones it is worked out from.

    `column` is the column of the pupils' table that it is worked out from; with `open` every value in the data is a
    group, beside those listed. `else_from` is the characteristic that a recorded one follows where a row does not say
    it; `any_column` tells that a child is of the first group that any of several columns says; `blank_is` is the group
    that a blank means by the school's word, empty where it is not recorded. `organisation` tells that its groups are
    how the school divides its children, and not what the children are.
    """

    key: str
    label: str
    headings: tuple[str, ...]
    groups: Mapping[str, Group]
    of: tuple[str, ...] = ()
    column: str = ""
    open: OpenGroups | None = None
    else_from: str = ""
    any_column: bool = False
    blank_is: str = ""
    organisation: bool = False


class MostlyBlank(NamedTuple):
    """A characteristic that lists leave blank for most: where first, and in how many of how many rows."""

    key: str
    label: str
    place: Place
    blank: int
    rows: int


class SmallNumbers(NamedTuple):
    """From how many children a percentage is printed and a group is compared, and when a gap is more than chance.

    `false_alarms` is the percent of the gaps called clear that chance may have made; `bands_from` from how many
    children on each side the direction of a gap within a year group or band counts.
    """

    percentages_from: int
    compared_from: int
    whole_children: int
    confidence: float
    false_alarms: float
    bands_from: int


class GroupRules(NamedTuple):
    """Characteristics as recorded, as worked out and derived from those, and the order of comparison.

    `prior` is prior attainment, which is worked out from baselines; its groups stand from low to high. `worked_out`
    are read from a column of the pupils' table, such as the date of birth. `mostly_blank` is the share of a list's
    rows, between 0 and 1, over which blanks beside nothing but a yes are asked about.
    """

    characteristics: Mapping[str, Characteristic]
    prior: Characteristic
    worked_out: Mapping[str, Characteristic]
    derived: Mapping[str, Characteristic]
    pairs: Mapping[str, Characteristic]
    compared: tuple[str, ...]
    not_recorded: tuple[str, ...]
    small: SmallNumbers
    mostly_blank: float = 1

    def all(self) -> Mapping[str, Characteristic]:
        """Every characteristic by name: recorded, worked out, derived, and pairs."""
        return {
            **self.characteristics,
            self.prior.key: self.prior,
            **self.worked_out,
            **self.derived,
            **self.pairs,
        }

    def of_pupils(self, key: str) -> bool:
        """Whether a characteristic is worked out from what is known of all pupils anyhow, and not recorded as such."""
        return key in self.worked_out or key == self.prior.key
