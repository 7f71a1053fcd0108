"""The working groups of a class, from working_groups.yaml."""

from __future__ import annotations

from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.scale import Attainment
from siptrack.school.working_groups import WorkingGroup, WorkingGroups

_KNOWN = tuple(standing for standing in Attainment if standing is not Attainment.NOT_KNOWN)


def build_working_groups(part: RuleSection) -> WorkingGroups:
    """The groups, by the standing that puts a child into each.

    Raises RulesError where two groups share a standing or a name, or a standing leads to no group.
    """
    source = part.text("source")
    groups = part.each("groups", _group)
    standings = [group.attainment for group in groups.values()]
    labels = {group.label.casefold() for group in groups.values()}
    if sorted(standings) != sorted(_KNOWN) or len(labels) < len(groups):
        expected = ", ".join(_KNOWN)
        raise RulesError(
            f"{part.names['groups'].mark}: the groups in {part.where} must have a name each and take each of these "
            f"standings once: {expected}."
        )
    return WorkingGroups(groups, source)


def _group(key: str, entry: RuleSection) -> WorkingGroup:
    entry.text("source")
    standing = entry.choice("attainment", [standing.value for standing in _KNOWN])
    return WorkingGroup(key, entry.text("label"), Attainment(standing), entry.text("meaning"))
