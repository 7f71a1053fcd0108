"""What the pupil progress meeting is given beside the judgements."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Called(StrEnum):
    """The evidence that calls a prompt, as meeting.yaml names it."""

    OPEN_ACTION = "open-action"  # an earlier action of which the record does not say what came
    LISTED_NO_ACTION = "listed-no-action"  # long on the list, and the record holds no action for the child
    LISTED_LONG = "listed-long"  # long on the list, with an action on record
    NOT_ATTENDED = "not-attended"  # few of the sessions of an intervention of this year were attended
    FELL_ON_ENTRY = "fell-on-entry"  # lower in Autumn than the Summer before
    NO_MOVEMENT = "no-movement"  # the flag of that name, as the others below
    FELL_BACK = "fell-back"
    BEHIND_TARGET = "behind-target"
    NO_LONGER_ABOVE = "no-longer-above"
    NO_RESULT = "no-result"
    INSUFFICIENT = "insufficient"  # on the list of insufficient progress
    BELOW_IN_ALL = "below-in-all"  # below expectations in every subject where it is known, two at least
    BELOW_IN_A_SUBJECT = "below-in-one"  # in one subject of several
    BELOW = "below"  # in any


class Prompt(NamedTuple):
    """A question for the meeting, and the evidence that calls it.

    `asks` may hold {subjects}, {terms}, {year}, {provision}, and the terms {start} and {now}. With a `group`, a pair of
    a characteristic and one of its groups, it is asked about the children of that group only.
    """

    key: str
    called: Called
    asks: str
    group: tuple[str, str] | None = None


class MeetingRules(NamedTuple):
    """The states of an action, the groups that stand beside a child's name, and what is asked about a child.

    So many children of a class have a strip with room to write: `strips`.
    `groups_beside` are by characteristic; `prompts` stand in the order of importance, and of those that the evidence
    calls for a child gets `most`, and `most_in_strip` of them in its strip.
    """

    statuses: tuple[str, ...]
    groups_beside: Mapping[str, tuple[str, ...]]
    prompts: tuple[Prompt, ...]
    most: int
    most_in_strip: int
    strips: int
