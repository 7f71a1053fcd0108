"""What the pupil progress meeting is given beside the judgements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class MeetingRules:
    """What may be said of an action's state, and by characteristic the groups told beside a child's name."""

    statuses: tuple[str, ...]
    told: Mapping[str, tuple[str, ...]]
