"""Who belongs to which group: characteristics as recorded, as worked out and derived, pairs, and those of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.rules.model import Rules
from siptrack.school.frame import Frame, numbered
from siptrack.school.groups import Characteristic, Group, GroupRules
from siptrack.school.register import NOT_RECORDED
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from siptrack.school.frame import Column

_MONTH = slice(5, 7)  # of a date such as 2015-03-01
_YEAR_GROUP = "year_group"  # the column whose values have names in the rules
_FEWEST = 2  # groups, below which there is nothing to compare


class Membership(NamedTuple):
    """The groups of the pupils at hand, and what is known of these groups.

    `groups` has a row for each pupil and a column for each characteristic compared that can be told: a group's key, or
    `not_recorded`. `characteristics` are those of the columns, in order; an open one has the groups of these pupils.
    """

    groups: Frame
    characteristics: Mapping[str, Characteristic]


def members_of(pupils: Frame, rules: Rules) -> Membership:
    """Who is in which group of every characteristic compared, and of every pair.

    A characteristic whose groups come from the data, and what is known of pupils anyhow (year group, class, term of
    birth, prior attainment), are there only where these pupils are in two groups at least.
    """
    groups = _groups_by_characteristic(pupils, rules.groups)
    every = rules.groups.all()
    characteristics = {key: as_found(every[key], found.distinct(), rules) for key, found in groups.items()}
    return Membership(Frame(groups, len(pupils)), characteristics)


def group_of(pupils: Frame, rules: GroupRules) -> Frame:
    """The group of each pupil in each characteristic compared whose groups the rules name, and in each pair."""
    every = rules.all()
    named = {key: found for key, found in _groups_by_characteristic(pupils, rules).items() if not every[key].open}
    return Frame(named, len(pupils))


def _groups_by_characteristic(pupils: Frame, rules: GroupRules) -> dict[str, Texts]:
    """The groups of the pupils by characteristic and pair, in order."""
    every = rules.all()
    groups: dict[str, Texts] = {}
    for key in dict.fromkeys((*rules.compared, *rules.pairs)):
        found = group_in(pupils, key, rules)
        if found is None:
            continue
        needs_two = every[key].open or rules.of_pupils(key)
        if not needs_two or len(found[found != NOT_RECORDED].distinct()) >= _FEWEST:
            groups[key] = found
    return groups


def group_in(pupils: Frame, key: str, rules: GroupRules) -> Texts | None:
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
        return known[0].renamed(_members(characteristic)).filled(NOT_RECORDED)
    return _joined(known, characteristic)


def _joined(parts: list[Texts], characteristic: Characteristic) -> Texts:
    """The group that each pupil's groups in several characteristics make together, where the rules have such a one."""
    number, first = numbered(parts)
    words = zip(*(part[first].tolist() for part in parts), strict=True)
    joined = ["+".join(map(str, part)) for part in words]
    return (
        Texts(number, tuple(joined))
        .renamed({name: name for name in joined if name in characteristic.groups})
        .filled(NOT_RECORDED)
    )


def values_of(column: Column) -> Texts:
    """What stands in a column of the pupils' table, as the keys of groups."""
    if isinstance(column, Texts):
        return column.renamed(lambda text: text or None).filled(NOT_RECORDED)
    number, at = np.unique(column, return_inverse=True)
    known = {f"{value:g}": f"{value:g}" for value in number[~np.isnan(number)].tolist()}
    return Texts(at, tuple(f"{value:g}" for value in number.tolist())).renamed(known).filled(NOT_RECORDED)


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
    return characteristic._replace(groups={value: made[value] for value in ordered})


def _worked_out(column: Column, characteristic: Characteristic) -> Texts:
    """The group read from a column of the pupils' table: by the month of a date, or by the value itself."""
    if characteristic.open is not None or not isinstance(column, Texts):
        return values_of(column)
    of_month = _members(characteristic)
    return column.renamed(lambda day: of_month.get(day[_MONTH].lstrip("0"))).filled(NOT_RECORDED)


def _members(characteristic: Characteristic) -> Mapping[str, str]:
    return {member: group.key for group in characteristic.groups.values() for member in group.members}
