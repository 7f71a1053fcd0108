"""Characteristics and groups from groups.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product
from math import prod

from siptrack.rules.document import suggestion
from siptrack.rules.patterns import pattern_of
from siptrack.rules.section import RuleSection, whole_range
from siptrack.school.errors import RulesError
from siptrack.school.families import Family
from siptrack.school.groups import (
    ALL_OTHERS,
    AllOthers,
    Characteristic,
    Group,
    GroupRules,
    HeldTogether,
    OpenGroups,
    PercentGroups,
    SmallNumbers,
)

_COLUMNS = ["date_of_birth", "year_group", "class"]  # of the pupils' table, that a characteristic is worked out from
_MONTHS = range(1, 13)
_TOGETHER = (2, 3)  # characteristics taken at a time
_MOST_PAIRED = 2000  # combinations of their groups
_NO_GROUP, _NO = "none", "no"  # what siptrack.yaml says of blanks that mean no; how the group that they mean is written


def build_groups(part: RuleSection, ours: Collection[str]) -> GroupRules:
    """The groups; `ours` are siptrack's own characteristics: those that the school adds are compared after them.

    Raises RulesError for a derived group, pair or comparison that names something unknown.
    """
    recorded = part.each("characteristics", _recorded)
    _refuse_unknown_sources(part.section("characteristics"), recorded)
    prior = part.built("prior_attainment", _recorded)
    worked_out = part.each("worked_out", _worked_out)
    derived = part.each("derived", lambda key, section: _derived(key, section, recorded))
    known = {**recorded, prior.key: prior, **worked_out, **derived}
    pairs = part.each("pairs", lambda key, section: _pair(key, section, known))
    listed = part.words("compared", needed=True)
    _refuse_unknown(part, "compared", listed, known)
    added = [key for key in (*recorded, *worked_out, *derived) if key not in ours and key not in listed]
    compared = (*listed, *added)
    small = _small(part)
    # rules that were kept before there were families: everything is held together by their one limit
    as_before = HeldTogether((), {}, (), dict.fromkeys(map(str, Family), small.false_alarms), small.false_alarms)
    return GroupRules(
        recorded,
        prior,
        worked_out,
        derived,
        pairs,
        compared,
        not_recorded=part.words("not_recorded"),
        small=small,
        held=part.optional("families", lambda _, section: _held(section, known), as_before),
        mostly_blank=part.optional("blanks", _mostly_blank, 1.0),
        all_others=part.optional("all_others", _all_others, None),
        shown_first=part.optional("shown_first", lambda _, section: _shown_first(section, known), ()),
    )


def _held(part: RuleSection, known: Mapping[str, Characteristic]) -> HeldTogether:
    """Which comparisons are held together."""
    primary = part.words("primary", needed=True)
    _refuse_unknown(part, "primary", primary, known)
    places = part.section("stands_in")
    stands_in = {name: places.text(name) for name in places.names}
    places.done()
    _refuse_unknown(part, "stands_in", (*stands_in, *stands_in.values()), known)
    starts = part.words("starts")
    _refuse_unknown(part, "starts", starts, known)
    limits = part.section("false_alarms")
    alarms = {name.value: limits.valued(name, least=0.01, most=50) for name in Family}
    limits.done()
    return HeldTogether(primary, stands_in, starts, alarms, part.valued("own_cause", least=0.1, most=50))


def _all_others(_: str, part: RuleSection) -> AllOthers | None:
    """The group of all others in tables to share."""
    part.text("source")
    group = Group(ALL_OTHERS, part.text("label"), children=part.text("children"))
    return AllOthers(group, part.text("in_pairs"))


def _shown_first(part: RuleSection, known: Mapping[str, Characteristic]) -> tuple[str, ...]:
    """The characteristics that stay longest in tables to share."""
    part.text("source")
    order = part.words("of", needed=True)
    _refuse_unknown(part, "of", order, known)
    return order


def _others(part: RuleSection, groups: Mapping[str, Group]) -> str:
    """The group with which whoever is not recorded stands in tables to share; empty where the rules name none."""

    def named(_: str, section: RuleSection) -> str:
        section.text("source")
        group = section.text("group")
        _refuse_unknown(section, "group", (group,), groups)
        return group

    return part.optional("others", named, "")


def _mostly_blank(_: str, part: RuleSection) -> float:
    """The share of blanks that is asked about."""
    return part.valued("most", most=100) / 100


def _small(part: RuleSection) -> SmallNumbers:
    limits = part.section("small_numbers")
    small = SmallNumbers(
        percentages_from=limits.valued_whole("percentages_from", least=1),
        compared_from=limits.valued_whole("compared_from", least=1),
        whole_children=limits.valued_whole("whole_children"),
        confidence=limits.valued("confidence", least=50, most=99.9),
        false_alarms=limits.valued("false_alarms", least=0.1, most=50),
        bands_from=limits.valued_whole("bands_from", least=1),
        like_from=limits.valued_whole("like_from", least=1),
    )
    limits.done()
    return small


def _recorded(key: str, part: RuleSection) -> Characteristic:
    part.text("source")
    opened = part.built("open", _open) if "open" in part.names else None
    other = part.text("else_from", "")
    groups = part.each(
        "groups", lambda name, section: _group(name, section, follows=bool(other)), needed=opened is None
    )
    if groups:
        inside = part.section("groups")
        for name, group in groups.items():
            _refuse_unknown(inside.section(name), "divided_into", group.divided_into, groups)
    return Characteristic(
        key,
        part.text("label"),
        part.words("headings"),
        groups,
        open=opened,
        else_from=other,
        any_column=part.truth("any_column", default=False),
        blank_is=_blank_is(part, groups),
        organisation=_organisation(part),
        others=_others(part, groups),
        percent=part.optional("percent", lambda _, section: _percent(section, groups), None),
    )


def _percent(part: RuleSection, groups: Mapping[str, Group]) -> PercentGroups | None:
    """The groups that a percentage tells apart."""
    found = PercentGroups(part.valued("at_most", most=100), part.text("low"), part.text("high"))
    for name, group in (("low", found.low), ("high", found.high)):
        _refuse_unknown(part, name, (group,), groups)
    return found


def _blank_is(part: RuleSection, groups: Mapping[str, Group]) -> str:
    """The group that a blank means: with `blank: none` the one written no; empty where the rules say nothing."""
    if "blank" not in part.names:
        return ""
    part.choice("blank", [_NO_GROUP])
    for group in groups.values():
        if _NO in map(str.casefold, (*group.spellings, *group.words)):
            return group.key
    raise RulesError(f"{part.names['blank'].mark}: no group of {part.where} is written '{_NO}', so a blank is none.")


def _open(_: str, part: RuleSection) -> OpenGroups:
    return OpenGroups(part.text("children"), pattern_of(part, "written"), part.words("names"))


def _group(key: str, part: RuleSection, *, follows: bool) -> Group:
    return Group(
        key,
        part.text("label"),
        part.words("spellings"),
        part.words("words"),
        pattern_of(part, "rest"),
        members=part.words("members") if follows else (),
        children=part.text("children", ""),
        divided_into=part.words("divided_into"),
        complement=part.truth("complement", default=False),
        child=part.text("child", ""),
    )


def _refuse_unknown_sources(part: RuleSection, recorded: Mapping[str, Characteristic]) -> None:
    """Refuse a characteristic that follows an unknown one, or whose groups take in unknown ones."""
    for key, characteristic in recorded.items():
        if not (other := characteristic.else_from):
            continue
        section = part.section(key)
        _refuse_unknown(section, "else_from", (other,), recorded)
        groups = section.section("groups")
        for name, group in characteristic.groups.items():
            _refuse_unknown(groups.section(name), "members", group.members, recorded[other].groups)


def _worked_out(key: str, part: RuleSection) -> Characteristic:
    """A characteristic read from a column of the pupils' table: by its months, or with a group for every value."""
    part.text("source")
    label, column, organisation = part.text("label"), part.choice("column", _COLUMNS), _organisation(part)
    opened = part.built("open", _open) if "open" in part.names else None
    groups = {} if opened else part.each("groups", _months)
    return Characteristic(key, label, (), groups, column=column, open=opened, organisation=organisation)


def _organisation(part: RuleSection) -> bool:
    """Whether the rules give a reason why the groups are how the school divides its children."""
    return bool(part.text("organisation", ""))


def _months(key: str, part: RuleSection) -> Group:
    """The children born in some months of the year, which are its members."""
    months = whole_range(part.text("months"))
    if months is None or months[0] not in _MONTHS or months[-1] not in _MONTHS:
        raise RulesError(f"{part.names['months'].mark}: 'months' in {part.where} must be months such as 9-12.")
    return Group(key, part.text("label"), members=tuple(map(str, months)), children=part.text("children", ""))


def _derived(key: str, part: RuleSection, known: Mapping[str, Characteristic]) -> Characteristic:
    part.text("source")
    of = part.text("of")
    _refuse_unknown(part, "of", (of,), known)

    def members(name: str, group: RuleSection) -> Group:
        codes = group.words("members", needed=True)
        _refuse_unknown(group, "members", codes, known[of].groups)
        return Group(name, group.text("label"), members=codes, children=group.text("children", ""))

    label, groups = part.text("label"), part.each("groups", members)
    return Characteristic(key, label, (), groups, (of,), others=_others(part, groups))


def _pair(key: str, part: RuleSection, known: Mapping[str, Characteristic]) -> Characteristic:
    """Every combination of the groups of two or three characteristics."""
    part.text("source")
    of = part.words("of", needed=True)
    _refuse_unknown(part, "of", of, known)
    mark = part.names["of"].mark
    if len(of) not in _TOGETHER or len(set(of)) < len(of):
        raise RulesError(f"{mark}: 'of' in {part.where} must name two or three different characteristics.")
    for name in of:
        if known[name].open:
            raise RulesError(f"{mark}: '{name}' in {part.where} has groups that only the data names; take another.")
    if prod(len(known[name].groups) for name in of) > _MOST_PAIRED:
        raise RulesError(
            f"{mark}: 'of' in {part.where} has more than {_MOST_PAIRED} groups together; take smaller ones."
        )
    groups = {}
    for parts in product(*(known[name].groups.values() for name in of)):
        name = "+".join(group.key for group in parts)
        groups[name] = Group(name, ", ".join(group.label for group in parts), members=tuple(g.key for g in parts))
    return Characteristic(key, _listed([known[name].label for name in of]), (), groups, of)


def _listed(labels: list[str]) -> str:
    """`A and B`, or `A, B and C`."""
    *first, last = labels
    return f"{', '.join(first)} and {last}" if first else last


def _refuse_unknown(part: RuleSection, name: str, words: tuple[str, ...], known: Mapping[str, object]) -> None:
    for word in words:
        if word not in known:
            mark, near = part.names[name].mark, suggestion(word, list(known))
            raise RulesError(f"{mark}: '{word}' in '{name}' of {part.where} is not one of {', '.join(known)}.{near}")
