"""All other children, as the DfE compares those known to be eligible with them: in tables to share alone."""

from __future__ import annotations

from collections.abc import Iterator

from siptrack.analysis.membership import group_in
from siptrack.analysis.tally import Peers
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.groups import ALL_OTHERS, AllOthers, Characteristic, Group, GroupRules
from siptrack.school.register import NOT_RECORDED
from siptrack.school.texts import Texts

_TOGETHER = "+"  # between the groups of a pair


def with_all_others(pupils: Frame, rules: Rules) -> tuple[Frame, Rules]:
    """The pupils and the rules with whoever is not recorded among all others, of each characteristic that has such."""
    groups = rules.groups
    counted: dict[str, Texts] = {}
    for key, characteristic in _with_others(groups):
        found = group_in(pupils, key, groups)
        if found is not None:
            others = {characteristic.others: ALL_OTHERS, NOT_RECORDED: ALL_OTHERS}
            counted[key] = found.renamed({name: others.get(name, name) for name in found.distinct()})
    return pupils.having(counted), rules._replace(groups=_group_rules(groups))


def peers_with_all_others(peers: Peers, rules: Rules) -> Peers:
    """Whom groups are compared with, where it is a group that is among all others."""
    others = {(key, characteristic.others): (key, ALL_OTHERS) for key, characteristic in _with_others(rules.groups)}
    return peers if peers.group is None else peers._replace(group=others.get(peers.group, peers.group))


def _with_others(groups: GroupRules) -> Iterator[tuple[str, Characteristic]]:
    """The characteristics whose not recorded are among all others."""
    if groups.all_others is not None:
        yield from ((key, each) for key, each in groups.all().items() if each.others)


def _group_rules(groups: GroupRules) -> GroupRules:
    """The same with the group of all others in the place of those that are among them, in pairs too."""
    if groups.all_others is None:
        return groups
    by_key = {key: _with_group(each, groups.all_others.group) for key, each in groups.all().items()}
    pairs = {key: _paired(pair, by_key, groups.all_others) for key, pair in groups.pairs.items()}
    return groups._replace(
        characteristics={key: by_key[key] for key in groups.characteristics},
        derived={key: _derived(by_key[key], groups) for key in groups.derived},
        pairs=pairs,
    )


def _with_group(characteristic: Characteristic, all_others: Group) -> Characteristic:
    named = characteristic.groups.items()
    others = {key: (ALL_OTHERS, all_others._replace(members=group.members)) for key, group in named}
    return characteristic._replace(
        groups=dict(others[key] if key == characteristic.others else (key, group) for key, group in named)
    )


def _derived(characteristic: Characteristic, groups: GroupRules) -> Characteristic:
    """The same, all others being of the group whose members they are among."""
    among = {groups.all()[key].others for key in characteristic.of} - {""}
    named = characteristic.groups.items()
    wider = {
        key: group._replace(members=(*group.members, ALL_OTHERS)) for key, group in named if among & {*group.members}
    }
    return characteristic._replace(groups={**characteristic.groups, **wider})


def _paired(pair: Characteristic, by_key: dict[str, Characteristic], all_others: AllOthers) -> Characteristic:
    """The groups of a pair made again of the groups that its characteristics have now."""
    made = {}
    for group in pair.groups.values():
        parts = [
            by_key[key].groups[ALL_OTHERS if part == by_key[key].others else part]
            for key, part in zip(pair.of, group.members, strict=True)
        ]
        name = _TOGETHER.join(part.key for part in parts)
        labels = [_label(part, by_key[key], all_others) for key, part in zip(pair.of, parts, strict=True)]
        made[name] = Group(name, ", ".join(labels), members=tuple(part.key for part in parts))
    return pair._replace(groups=made)


def _label(group: Group, characteristic: Characteristic, all_others: AllOthers) -> str:
    """What a group is called in a pair: all others by those who they are not."""
    if group.key != ALL_OTHERS:
        return group.label
    named = " or ".join(each.label for key, each in characteristic.groups.items() if key != ALL_OTHERS)
    return all_others.in_pairs.replace("{group}", named)
