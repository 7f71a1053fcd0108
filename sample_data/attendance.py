"""How much of the school year each child of the school of today was there, in percent of the sessions."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roll import School
    from truth import Answer

_SEED = 20261201  # of its own, so that nothing else about a child changes
_MIDDLE, _SPREAD = 95.0, 3.4
_NOT_RECORDED = 3  # of the children
_PERSISTENTLY_ABSENT = 90.0  # and less, as the Department for Education counts it
_STORIES = {"Dibber, Tobias": 84.2}  # "Often absent" stands in the record of the meeting


def of(school: School) -> dict[str, str]:
    """What stands in the pupil list, by the child's key; nothing for the last few on it."""
    chance = random.Random(_SEED)
    found = {}
    for child in school.on_roll:
        percent = round(min(100.0, chance.gauss(_MIDDLE, _SPREAD)), 1)
        found[child.key] = f"{_STORIES.get(child.name, percent):g}"
    return found | dict.fromkeys([child.key for child in school.on_roll[-_NOT_RECORDED:]], "")


def answer(school: School) -> Answer:
    """How many are persistently absent, of those whose attendance is recorded, and the child of the story."""
    known = {key: float(text) for key, text in of(school).items() if text}
    absent = sorted(key for key, percent in known.items() if percent <= _PERSISTENTLY_ABSENT)
    return {"recorded": len(known), "persistently_absent": absent}
