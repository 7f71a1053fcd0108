"""How often siptrack warns that too many children are flagged, in schools in which everybody keeps up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from register import register_of
from simulate import JUDGED, Course, chance_of, children_of, evenly, write, year_groups_on

from siptrack.analysis.analyse import analyse

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

SUBJECTS = ("reading", "writing", "maths", "english", "gps", "spelling", "speaking", "science")


def share_warned(
    rules: Rules, scale: str, schools: int, in_a_year_group: int, reliability: float, seed: int
) -> Mapping[int, float]:
    """For each year group, in which share of the subjects of all schools the warning is given."""
    chance = chance_of(scale, seed)
    one = rules.scales[scale]
    year_groups = year_groups_on(one)
    who = evenly(one, [Course.KEEPS_UP], in_a_year_group * len(year_groups))
    warned: Counter[int | None] = Counter()
    for _ in range(schools):
        by_subject = {subject: children_of(one, *who, reliability, chance) for subject in SUBJECTS}
        written = {subject: write(children, chance) for subject, children in by_subject.items()}
        analysis = analyse(register_of(by_subject[SUBJECTS[0]], written), rules, JUDGED)
        warned.update(warning.year_group for warning in analysis.warned)
    return {year: warned[year] / (schools * len(SUBJECTS)) for year in year_groups}
