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

_FILLED = ("subjects", "terms", "year", "provision", "start", "now")  # what a prompt may hold


def build_meeting(part: RuleSection, groups: GroupRules) -> MeetingRules:
    """The statuses of an action, and the groups beside the name of a child.

    Raises RulesError for a characteristic or group that is not known.
    """
    part.text("source", "")
    groups_beside: dict[str, tuple[str, ...]] = {}
    for text in part.words("told", needed=True):
        characteristic, group = _group(text, part, groups, "told")
        groups_beside[characteristic] = (*groups_beside.get(characteristic, ()), group)
    prompts = part.each("prompts", lambda key, entry: _prompt(key, entry, groups)).values()
    return MeetingRules(
        statuses=part.offered("statuses"),
        groups_beside=groups_beside,
        prompts=tuple(prompt for prompt in prompts if prompt is not None and _is_asked(prompt, groups_beside)),
        most=part.valued_whole("most_prompts"),
        most_in_strip=part.valued_whole("strip_prompts"),
        strips=part.valued_whole("strips"),
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
    called = Called(entry.choice("called", [kind.value for kind in Called]))
    about = _group(group, entry, groups, "group") if group else None
    return Prompt(key, called, asks, about) if entry.truth("active", default=True) else None


def _plain(asks: str) -> str:
    """The text, or nothing where its curly brackets do not hold together."""
    return asks if re.fullmatch(r"(?:[^{}]|{\w+})*", asks) else ""


def _is_asked(prompt: Prompt, groups_beside: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a prompt is for everybody, or for a group that stands beside the name."""
    return prompt.group is None or prompt.group[1] in groups_beside.get(prompt.group[0], ())


def _group(text: str, part: RuleSection, groups: GroupRules, name: str) -> tuple[str, str]:
    """A recorded characteristic and its group, written `sen` or `sen=sen`."""
    characteristic, _, group = text.rpartition("=")
    every = {**groups.characteristics, groups.prior.key: groups.prior}
    known = [(key, group) for key, whole in every.items() for group in whole.groups]
    found = [(key, known_group) for key, known_group in known if known_group == group and characteristic in ("", key)]
    if not found:
        near = suggestion(group, [known_group for _, known_group in known])
        raise RulesError(
            f"{part.names[name].mark}: '{text}' in '{name}' of {part.where} is not a group of a characteristic "
            f"that is recorded.{near}"
        )
    return found[0]
