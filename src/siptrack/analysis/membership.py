"""Who belongs to which group: characteristics as recorded, as worked out and derived, pairs, and those of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from siptrack.rules.model import Rules
from siptrack.school.groups import Characteristic, Group, GroupRules
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_MONTH = slice(5, 7)  # of a date such as 2015-03-01
_YEAR_GROUP = "year_group"  # the column whose values have names in the rules
_FEWEST = 2  # groups, below which there is nothing to compare


@dataclass(frozen=True)
class Membership:
    """The groups of the pupils at hand, and what is known of these groups.

    `groups` has a row for each pupil and a column for each characteristic compared that can be told: a group's key, or
    `not_recorded`. `characteristics` are those of the columns, in order; an open one has the groups of these pupils.
    """

    groups: DataFrame
    characteristics: Mapping[str, Characteristic]


def members_of(pupils: DataFrame, rules: Rules) -> Membership:
    """Who is in which group of every characteristic compared, and of every pair.

    A characteristic whose groups come from the data, and what is known of pupils anyhow (year group, class, term of
    birth, prior attainment), are there only where these pupils are in two groups at least.
    """
    groups = _told(pupils, rules.groups)
    every = rules.groups.all()
    characteristics = {key: as_found(every[key], found.unique(), rules) for key, found in groups.items()}
    return Membership(pd.DataFrame(groups, index=pupils.index), characteristics)


def group_of(pupils: DataFrame, rules: GroupRules) -> DataFrame:
    """The group of each pupil in each characteristic compared whose groups the rules name, and in each pair."""
    every = rules.all()
    named = {key: found for key, found in _told(pupils, rules).items() if not every[key].open}
    return pd.DataFrame(named, index=pupils.index)


def _told(pupils: DataFrame, rules: GroupRules) -> dict[str, Series[str]]:
    """The groups of the pupils by characteristic and pair, in order."""
    every = rules.all()
    groups: dict[str, Series[str]] = {}
    for key in dict.fromkeys((*rules.compared, *rules.pairs)):
        found = group_in(pupils, key, rules)
        if found is None:
            continue
        needs_two = every[key].open or rules.of_pupils(key)
        if not needs_two or found[found != NOT_RECORDED].nunique() >= _FEWEST:
            groups[key] = found
    return groups


def group_in(pupils: DataFrame, key: str, rules: GroupRules) -> Series[str] | None:
    """The group of each pupil in one characteristic, compared or not; None where nothing tells it."""
    characteristic = rules.all()[key]
    if characteristic.column in pupils:
        return _worked_out(pupils[characteristic.column], characteristic)
    if key in pupils:
        return pupils[key]
    parts = [group_in(pupils, part, rules) for part in characteristic.of]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    if len(known) == 1:
        return known[0].map(_members(characteristic)).fillna(NOT_RECORDED)
    joined = known[0].astype("object")
    for part in known[1:]:
        joined = joined + "+" + part.astype("object")
    return joined.where(joined.isin(list(characteristic.groups)), NOT_RECORDED)


def values_of(column: Series) -> Series[str]:
    """What stands in a column of the pupils' table, as the keys of groups."""
    if pd.api.types.is_numeric_dtype(column):
        named = {number: f"{number:g}" for number in column.dropna().unique()}
        return column.map(named).astype("object").fillna(NOT_RECORDED)
    return column.astype("object").fillna("").replace("", NOT_RECORDED)


def as_found(characteristic: Characteristic, values: Iterable[str], rules: Rules) -> Characteristic:
    """The characteristic with the groups that these values are, where the rules do not name them all.

    Year groups ascend, the others stand by name.
    """
    if characteristic.open is None:
        return characteristic
    by_number = characteristic.column == _YEAR_GROUP
    labels = {value: rules.years.label(int(value)) if by_number else value for value in values if value != NOT_RECORDED}
    known = characteristic.groups
    made = {
        value: known.get(value) or Group(value, label, children=characteristic.open.children.replace("{group}", label))
        for value, label in labels.items()
    }
    ordered = sorted(made, key=int if by_number else lambda value: (made[value].label.casefold(), value))
    return replace(characteristic, groups={value: made[value] for value in ordered})


def _worked_out(column: Series, characteristic: Characteristic) -> Series[str]:
    """The group told by a column of the pupils' table: by the month of a date, or by the value itself."""
    if characteristic.open is not None:
        return values_of(column)
    months = column.str[_MONTH].str.lstrip("0")
    return months.map(_members(characteristic)).astype("object").fillna(NOT_RECORDED)


def _members(characteristic: Characteristic) -> Mapping[str, str]:
    return {member: group.key for group in characteristic.groups.values() for member in group.members}
