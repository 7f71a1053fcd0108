"""What the pupil progress meeting is given beside the judgements, from meeting.yaml."""

from __future__ import annotations

from siptrack.rules.document import suggestion
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.groups import GroupRules
from siptrack.school.meeting import MeetingRules

_LONGEST_LIST = 255  # letters of a list that a cell of a workbook can offer


def build_meeting(part: Section, groups: GroupRules) -> MeetingRules:
    """The statuses of an action, and the groups told of a child.

    Raises RulesError for a characteristic or group that is not known.
    """
    part.text("source", "")
    told: dict[str, tuple[str, ...]] = {}
    for text in part.words("told", needed=True):
        characteristic, group = _group(text, part, groups)
        told[characteristic] = (*told.get(characteristic, ()), group)
    return MeetingRules(_statuses(part), told)


def _statuses(part: Section) -> tuple[str, ...]:
    """The statuses, as a spreadsheet can offer them in a cell: joined by commas, and not too long."""
    words = part.words("statuses", needed=True)
    if any("," in word for word in words) or len(",".join(words)) > _LONGEST_LIST or not words:
        raise RulesError(
            f"{part.names['statuses'].mark}: 'statuses' in {part.where} must be a few words without commas, "
            f"with {_LONGEST_LIST} letters in all at most."
        )
    return words


def _group(text: str, part: Section, groups: GroupRules) -> tuple[str, str]:
    """A recorded characteristic and its group, written `sen` or `sen=sen`."""
    characteristic, _, group = text.rpartition("=")
    every = {**groups.characteristics, groups.prior.key: groups.prior}
    known = [(key, one) for key, whole in every.items() for one in whole.groups]
    found = [(key, one) for key, one in known if one == group and characteristic in ("", key)]
    if not found:
        near = suggestion(group, [one for _, one in known])
        raise RulesError(
            f"{part.names['told'].mark}: '{text}' in 'told' of {part.where} is not a group of a characteristic "
            f"that is recorded.{near}"
        )
    return found[0]
