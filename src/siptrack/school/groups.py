"""Characteristics and their groups: by what pupils are compared, and from how many children on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.place import Place

ALL_OTHERS = "all_others"  # the key of the group of all others in tables to share


class Group(NamedTuple):
    """One value of a characteristic: the pupils who share it, and what a sentence calls the `children`, and a `child`.

    `spellings` may head a column that ticks the group; `words` stand in cells only. `rest` is the pattern of a code as
    written. `members` are groups of another characteristic; `divided_into` those of its own that it is, undivided.
    A `complement` is everybody who is not in the other group, and so nobody to speak of.
    """

    key: str
    label: str
    spellings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rest: str = ""
    members: tuple[str, ...] = ()
    children: str = ""
    divided_into: tuple[str, ...] = ()
    complement: bool = False
    child: str = ""


class OpenGroups(NamedTuple):
    """How values found in the data become groups that no rule lists, as classes and languages do.

    `written` is the pattern of a text that is such a value, `names` are some that surely are; `children` how a sentence
    calls the children of a group, whose label stands for `{group}`.
    """

    children: str
    written: str = ""
    names: tuple[str, ...] = ()


class PercentGroups(NamedTuple):
    """How a percentage puts a child in a group: `low` where it is `at_most` so much, else `high`."""

    at_most: float
    low: str
    high: str

    def of(self, percent: float) -> str:
        """The group of a child with this percentage."""
        return self.low if percent <= self.at_most else self.high


class Characteristic(NamedTuple):
    """Something known of pupils by which they are compared; `of` names the ones it is worked out from.

    `column` is the column of the pupils' table that it is worked out from; with `open` every value in the data is a
    group, beside those listed. `else_from` is the characteristic that a recorded one follows where a row does not say
    it; `any_column` tells that a child is of the first group that any of several columns says; `blank_is` is the group
    that a blank means by the school's word, empty where it is not recorded. `organisation` tells that its groups are
    how the school divides its children, and not what the children are. `others` is the group with which whoever is not
    recorded stands in tables to share, both as all others; empty where nobody is so counted. With `percent` it is
    written as a percentage, in a column for each term where the school has several.
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
    others: str = ""
    percent: PercentGroups | None = None


class MostlyBlank(NamedTuple):
    """A characteristic that lists leave blank for most: where first, and in how many of how many rows."""

    key: str
    label: str
    place: Place
    blank: int
    rows: int


class SmallNumbers(NamedTuple):
    """From how many children a percentage is printed and a group is compared, and when a gap is more than chance.

    `false_alarms` is the percent of the changes called clear that chance may have made; `bands_from` from how many
    children on each side a year group or band counts when it is asked whether a gap turns round within them;
    `like_from` from how many on each side who started alike there is a gap like for like.
    """

    percentages_from: int
    compared_from: int
    whole_children: int
    confidence: float
    false_alarms: float
    bands_from: int
    like_from: int


class HeldTogether(NamedTuple):
    """Which comparisons are held together, so that among many few are called clear by chance.

    `primary` are the characteristics that every school is asked about; `stands_in` says which takes the place of one
    that is not recorded. By `starts` children are told apart by how they stood before, so that a gap in attainment is
    no finding. `false_alarms` is by family the percent of schools without any difference in which a gap of it is called
    clear at most; `own_cause` the percent from which on a gap is explained by a stronger one.
    """

    primary: tuple[str, ...]
    stands_in: Mapping[str, str]
    starts: tuple[str, ...]
    false_alarms: Mapping[str, float]
    own_cause: float


class AllOthers(NamedTuple):
    """The group of all others in tables to share, and what it is called in a pair, beside another `{group}`."""

    group: Group
    in_pairs: str


class GroupRules(NamedTuple):
    """Characteristics as recorded, as worked out and derived from those, and the order of comparison.

    `prior` is prior attainment, which is worked out from baselines; its groups stand from low to high. `worked_out`
    are read from a column of the pupils' table, such as the date of birth. `mostly_blank` is the share of a list's
    rows, between 0 and 1, over which blanks beside nothing but a yes are asked about. `all_others` is the group of all
    others in tables to share, None where nobody is so counted; `shown_first` are the characteristics that stay longest
    in these.
    """

    characteristics: Mapping[str, Characteristic]
    prior: Characteristic
    worked_out: Mapping[str, Characteristic]
    derived: Mapping[str, Characteristic]
    pairs: Mapping[str, Characteristic]
    compared: tuple[str, ...]
    not_recorded: tuple[str, ...]
    small: SmallNumbers
    held: HeldTogether
    mostly_blank: float = 1
    all_others: AllOthers | None = None
    shown_first: tuple[str, ...] = ()

    def all(self) -> Mapping[str, Characteristic]:
        """Every characteristic by name: recorded, worked out, derived, and pairs."""
        return {
            **self.characteristics,
            self.prior.key: self.prior,
            **self.worked_out,
            **self.derived,
            **self.pairs,
        }

    def is_complement(self, characteristic: str, group: str) -> bool:
        """Whether a group is everybody who is not in another, or of several characteristics one that takes in such."""
        found = self.all().get(characteristic)
        if found is None:
            return False
        if characteristic in self.pairs:
            return any(self.is_complement(*part) for part in zip(found.of, group.split("+"), strict=True))
        return group in found.groups and found.groups[group].complement

    def of_pupils(self, key: str) -> bool:
        """Whether a characteristic is worked out from what is known of all pupils anyhow, and not recorded as such."""
        return key in self.worked_out or key == self.prior.key
