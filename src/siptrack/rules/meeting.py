"""What the pupil progress meeting is given beside the judgements, from meeting.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from siptrack.rules.document import suggestion
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.groups import GroupRules
from siptrack.school.meeting import Called, MeetingRules, Prompt

_FILLED = ("subjects", "terms", "year", "provision")  # what a prompt may hold


def build_meeting(part: RuleSection, groups: GroupRules) -> MeetingRules:
    """The statuses of an action, and the groups told of a child.

    Raises RulesError for a characteristic or group that is not known.
    """
    part.text("source", "")
    told: dict[str, tuple[str, ...]] = {}
    for text in part.words("told", needed=True):
        characteristic, group = _group(text, part, groups, "told")
        told[characteristic] = (*told.get(characteristic, ()), group)
    prompts = part.each("prompts", lambda key, entry: _prompt(key, entry, groups)).values()
    return MeetingRules(
        statuses=part.offered("statuses"),
        told=told,
        prompts=tuple(one for one in prompts if one is not None and _is_told(one, told)),
        most=part.valued_whole("most_prompts"),
    )


def _prompt(key: str, entry: RuleSection, groups: GroupRules) -> Prompt | None:
    """A prompt; None where it is switched off."""
    entry.text("source", "")
    asks, group = entry.text("asks"), entry.text("group", "")
    unknown = sorted({name for _, name, _, _ in Formatter().parse(_plain(asks)) if name is not None} - set(_FILLED))
    if unknown or asks != _plain(asks):
        raise RulesError(
            f"{entry.names['asks'].mark}: 'asks' in {entry.where} may hold {', '.join(_FILLED)} in curly brackets, and "
            "no other bracket of that kind."
        )
    called = Called(entry.choice("called", [one.value for one in Called]))
    about = _group(group, entry, groups, "group") if group else None
    return Prompt(key, called, asks, about) if entry.truth("active", default=True) else None


def _plain(asks: str) -> str:
    """The text, or nothing where its curly brackets do not hold together."""
    return asks if re.fullmatch(r"(?:[^{}]|{\w+})*", asks) else ""


def _is_told(prompt: Prompt, told: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a prompt is for everybody, or for a group that is told."""
    return prompt.group is None or prompt.group[1] in told.get(prompt.group[0], ())


def _group(text: str, part: RuleSection, groups: GroupRules, name: str) -> tuple[str, str]:
    """A recorded characteristic and its group, written `sen` or `sen=sen`."""
    characteristic, _, group = text.rpartition("=")
    every = {**groups.characteristics, groups.prior.key: groups.prior}
    known = [(key, one) for key, whole in every.items() for one in whole.groups]
    found = [(key, one) for key, one in known if one == group and characteristic in ("", key)]
    if not found:
        near = suggestion(group, [one for _, one in known])
        raise RulesError(
            f"{part.names[name].mark}: '{text}' in '{name}' of {part.where} is not a group of a characteristic "
            f"that is recorded.{near}"
        )
    return found[0]
