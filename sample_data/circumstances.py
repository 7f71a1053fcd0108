"""Which children of the school of today are service children or young carers, and which were ever in care."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roll import School
    from truth import Answer

_SEED = 20261202  # of its own, so that nothing else about a child changes
HEADINGS = {"service": "Service child", "ever_in_care": "Ever in care", "young_carer": "Young carer"}
_CHILDREN = {"service": 6, "ever_in_care": 4, "young_carer": 3}
_STORIES = {"young_carer": "Dibber, Tobias"}  # who is often absent, and whom arithmetic must not explain by it


def of(school: School) -> dict[str, set[str]]:
    """The keys of the children of each circumstance; who was ever in care has the pupil premium."""
    chance = random.Random(_SEED)
    entitled = [child for child in school.on_roll if child.facts["Pupil premium"] == "Y"]
    among = dict.fromkeys(_CHILDREN, school.on_roll) | {"ever_in_care": entitled}
    found = {name: {child.key for child in chance.sample(among[name], of)} for name, of in _CHILDREN.items()}
    for name, story in _STORIES.items():
        found[name] |= {child.key for child in school.on_roll if child.name == story}
    return found


def answer(school: School) -> Answer:
    """The children of each circumstance, by key."""
    return {name: sorted(keys) for name, keys in of(school).items()}
