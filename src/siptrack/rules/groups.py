"""Characteristics and groups from groups.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from siptrack.rules.model import Characteristic, Group, GroupRules, SmallNumbers
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError


def build_groups(part: Section) -> GroupRules:
    """The groups; refuses a derived group, pair or comparison that names something unknown."""
    recorded = part.each("characteristics", _recorded)
    prior = part.built("prior_attainment", _recorded)
    derived = part.each("derived", lambda key, section: _derived(key, section, recorded))
    known = {**recorded, prior.key: prior, **derived}
    pairs = part.each("pairs", lambda key, section: _pair(key, section, known))
    compared = part.words("compared", needed=True)
    _refuse_unknown(part, "compared", compared, known)
    return GroupRules(recorded, prior, derived, pairs, compared, part.words("not_recorded"), _small(part))


def _small(part: Section) -> SmallNumbers:
    limits = part.section("small_numbers")
    small = SmallNumbers(
        percentages_from=limits.valued_whole("percentages_from", least=1),
        compared_from=limits.valued_whole("compared_from", least=1),
        whole_children=limits.valued_whole("whole_children"),
        confidence=limits.valued("confidence", least=50, most=99.9),
        false_alarms=limits.valued("false_alarms", least=0.1, most=50),
        bands_from=limits.valued_whole("bands_from", least=1),
    )
    limits.done()
    return small


def _recorded(key: str, part: Section) -> Characteristic:
    part.text("source")
    groups = part.each("groups", _group)
    return Characteristic(key, part.text("label"), part.words("headings"), groups)


def _group(key: str, part: Section) -> Group:
    return Group(
        key,
        part.text("label"),
        part.words("spellings"),
        part.text("rest", ""),
        children=part.text("children", ""),
    )


def _derived(key: str, part: Section, known: Mapping[str, Characteristic]) -> Characteristic:
    part.text("source")
    of = part.text("of")
    _refuse_unknown(part, "of", (of,), known)

    def members(name: str, group: Section) -> Group:
        codes = group.words("members", needed=True)
        _refuse_unknown(group, "members", codes, known[of].groups)
        return Group(name, group.text("label"), members=codes, children=group.text("children", ""))

    return Characteristic(key, part.text("label"), (), part.each("groups", members), (of,))


def _pair(key: str, part: Section, known: Mapping[str, Characteristic]) -> Characteristic:
    """Every combination of the groups of two characteristics."""
    part.text("source")
    of = part.words("of", needed=True)
    _refuse_unknown(part, "of", of, known)
    groups = {}
    for parts in product(*(known[name].groups.values() for name in of)):
        name = "+".join(group.key for group in parts)
        groups[name] = Group(name, ", ".join(group.label for group in parts), members=tuple(g.key for g in parts))
    return Characteristic(key, " and ".join(known[name].label for name in of), (), groups, of)


def _refuse_unknown(part: Section, name: str, words: tuple[str, ...], known: Mapping[str, object]) -> None:
    for word in words:
        if word not in known:
            mark = part.names[name].mark
            raise RulesError(f"{mark}: '{word}' in '{name}' of {part.where} is not one of {', '.join(known)}.")
