"""The table of gaps that are called clear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import gaps
import report
from sections import Section

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

NULL_SCHOOLS, SIZES, PLANTED = 200, (15, 30, 60, 210, 420), (20, 30, 40)


def sections(rules: Rules, seed: int) -> Iterator[Section]:
    """Gaps called clear where there is none, and planted gaps found."""
    found = {
        count: [gaps.share_found(rules, count, points, NULL_SCHOOLS // 2, seed) for points in PLANTED]
        for count in SIZES[2:]
    }
    alarms = {count: gaps.share_with_any_clear(rules, count, NULL_SCHOOLS, seed) for count in SIZES}
    yield Section(
        "gaps",
        "Gaps: schools in which no group differs, with any gap called clear; and planted gaps found",
        report.of_gaps(alarms, found, PLANTED),
        f"Percent of {NULL_SCHOOLS} schools of each size, ± at most 1.6 where 5 are so; and of {NULL_SCHOOLS // 2} in\n"
        "which boys are behind girls in writing by so many percentage points at ARE, ± at most 5.",
    )
