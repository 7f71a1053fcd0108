"""The tables of gaps that are called clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import disimpact
import gap_targets
from gap_schools import School
from gap_targets import CLUSTERED, MOBILE, NULL, ONE_GAP, SIZES, boys, share_of
from gaps import OURS, seen_in_each
from sections import Section
from tables import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gaps import Seen

    from siptrack.rules.model import Rules

    Found = Mapping[School, Mapping[str, Sequence[Seen]]]

SCHOOLS = 500  # of each kind
PLANTED = {  # pupils and points
    (60, 30): School(60, boys(30)),
    (60, 40): School(60, boys(40)),
    (210, 20): School(210, boys(20)),
    (210, 40): School(210, boys(40)),
    (420, 20): School(420, boys(20)),
    (420, 40): School(420, boys(40)),
}
LARGE = 40  # points, at which measures are set beside each other
NOTE = f"Percent of {SCHOOLS} schools of each kind; ± is a standard error."


def sections(rules: Rules, seed: int) -> Iterator[Section]:
    """What must be so; gaps called clear that are none; gaps found; and the same by other measures."""
    kinds = (*NULL.values(), *ONE_GAP.values(), *CLUSTERED.values(), *PLANTED.values(), MOBILE)
    seen = seen_in_each(kinds, rules, SCHOOLS, seed)
    yield Section("gap-targets", "Gaps: what is to be so", gap_targets.in_short(seen))
    yield Section("gaps", "Gaps of groups that do not differ, called clear", _falsely(seen), NOTE)
    yield Section("gaps-found", "Gaps in writing that are found", _found(seen), NOTE)
    yield Section(
        "gaps-peers",
        f"Beside DisImpact: any group flagged where none differs; {LARGE} points found",
        _beside(seen),
        NOTE,
    )


def _falsely(seen: Found) -> str:
    kinds = {"no gap": NULL, "one real gap": ONE_GAP, "no gap, clustered": CLUSTERED}
    rows = [
        [
            f"{count} pupils",
            *(share_of(seen[schools[count]][OURS], "falsely").fine for schools in kinds.values()),
            share_of(seen[NULL[count]][OURS], "told").fine,
        ]
        for count in SIZES
    ]
    return markdown(["school", *kinds, "no gap: a small group told of"], rows)


def _found(seen: Found) -> str:
    """What is found of each planted gap, what is to be, and what else is called clear."""
    asked = {target.school: target.asked for target in gap_targets.TARGETS}
    planted = {f"boys {points} points behind, {count} pupils": school for (count, points), school in PLANTED.items()}
    rows = [
        [
            name,
            asked.get(school, "–"),  # noqa: RUF001  # a dash, as in a printed table
            *(share_of(seen[school][OURS], what).fine for what in ("found", "falsely")),
        ]
        for name, school in {**planted, "mobile children 40 points behind, 210 pupils": MOBILE}.items()
    ]
    return markdown(["gap", "target", "found", "another, falsely"], rows)


def _beside(seen: Found) -> str:
    """By measure: schools in which no group differs, and schools with a large gap."""
    headings = [f"{count}: {what}" for what in ("any flagged", "found") for count in SIZES]
    rows = []
    for measure in (OURS, *disimpact.MEASURES):
        falsely = [share_of(seen[NULL[count]][measure], "falsely") for count in SIZES]
        found = [share_of(seen[PLANTED[count, LARGE]][measure], "found") for count in SIZES]
        rows.append([measure, *(one.shown for one in (*falsely, *found))])
    return markdown(["measure", *headings], rows)
