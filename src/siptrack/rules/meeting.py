"""What the pupil progress meeting is given beside the judgements, from meeting.yaml."""

from __future__ import annotations

from siptrack.rules.document import suggestion
from siptrack.rules.model import MeetingRules
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.groups import GroupRules


def build_meeting(part: Section, groups: GroupRules) -> MeetingRules:
    """The statuses of an action, and the groups told of a child.

    Raises RulesError for a characteristic or group that is not known.
    """
    part.text("source", "")
    told: dict[str, tuple[str, ...]] = {}
    for text in part.words("told", needed=True):
        characteristic, group = _group(text, part, groups)
        told[characteristic] = (*told.get(characteristic, ()), group)
    return MeetingRules(part.offered("statuses"), told)


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
