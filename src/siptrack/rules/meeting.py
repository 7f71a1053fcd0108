"""What the pupil progress meeting is given beside the judgements, from meeting.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.document import suggestion
from siptrack.rules.model import MeetingRules
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.groups import GroupRules

_LONGEST_LIST = 255  # letters of a list that a cell of a workbook can offer


def build_meeting(part: Section, groups: GroupRules) -> MeetingRules:
    """The statuses of an action, and the groups told of a child.

    Raises RulesError for a characteristic or group that is not known.
    """
    part.text("source", "")
    told = part.section("told")
    return MeetingRules(
        statuses=_statuses(part),
        told={name: _groups(told, name, groups) for name in told.names},
    )


def _statuses(part: Section) -> tuple[str, ...]:
    """The statuses, as a spreadsheet can offer them in a cell: joined by commas, and not too long."""
    words = part.words("statuses", needed=True)
    if any("," in word for word in words) or len(",".join(words)) > _LONGEST_LIST or not words:
        raise RulesError(
            f"{part.names['statuses'].mark}: 'statuses' in {part.where} must be a few words without commas, "
            f"with {_LONGEST_LIST} letters in all at most."
        )
    return words


def _groups(told: Section, name: str, groups: GroupRules) -> tuple[str, ...]:
    every: Mapping[str, object] = {**groups.characteristics, groups.prior.key: groups.prior}
    if name not in every:
        mark = told.entry.keys.get(name, told.entry.mark)
        raise RulesError(
            f"{mark}: '{name}' in {told.where} is not a characteristic that is recorded.{suggestion(name, list(every))}"
        )
    characteristic = groups.all()[name]
    words = told.words(name)
    for word in words:
        if word not in characteristic.groups and characteristic.open is None:
            known = ", ".join(characteristic.groups)
            raise RulesError(f"{told.names[name].mark}: '{word}' in '{name}' of {told.where} is not one of {known}.")
    return words
