"""What is said first of all: a sentence each about progress, expectations, groups and the data."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.reports.wording.gaps import Comparison, named_group, named_peers
from siptrack.reports.wording.numbers import listed, plural, quantity, share, thousands

HEADING = "In short"


def insufficient_line(
    count: int, n: int, untold: int, classes: Sequence[tuple[str, int, int]], percentages_from: int
) -> str:
    """`60 of 210 children (29 %) make insufficient progress in at least one subject; the most are in 2B (11 of 30).`."""
    if n == untold:
        return "The progress of no child can be told yet: that takes results of two terms or more."
    counted, _, percent = share(count, n, percentages_from).partition(" (")
    after = f" ({percent}" if percent else ""
    if not count:
        said = "No child whose progress can be told makes insufficient progress"
    else:
        said = f"{counted} children{after} {plural(count, 'makes', 'make')} insufficient progress in at least one subject"
    where = [f"{name} ({thousands(some)} of {thousands(of)})" for name, some, of in classes]
    most = f"; the most are in {listed(where)}" if where else ""
    rest = f" Of {quantity(untold, 'child', 'children')} it cannot be told." if untold else ""
    return f"{said}{most}.{rest}"


def at_expectations_line(counts: Sequence[tuple[str, int, int]], percentages_from: int) -> str:
    """`At age-related expectations: reading 153 of 209 (73 %); writing 150 of 207 (72 %).`."""
    said = [f"{label[:1].lower()}{label[1:]} {share(at, n, percentages_from)}" for label, at, n in counts]
    return f"At age-related expectations: {'; '.join(said)}." if said else ""


def gaps_line(gaps: Sequence[tuple[Comparison, bool]], count: int) -> str:
    """`3 gaps between groups are clear: boys behind girls in writing; ...`; each with whether the group is behind."""
    if not gaps:
        return "No gap between groups is clear: chance could make those there are."
    said = [
        f"{named_group(gap)} {'behind' if behind else 'ahead of'} {named_peers(gap)} in {_inside(gap.subject)}"
        + (f" ({gap.among})" if gap.among else "")
        for gap, behind in gaps
    ]
    more = count - len(gaps)
    rest = f"; and {thousands(more)} more, under Groups" if more else ""
    return f"{quantity(count, 'gap')} between groups {plural(count, 'is', 'are')} clear: {'; '.join(said)}{rest}."


def problems_line(problems: str) -> str:
    """`In the data: 3 errors to correct and 5 queries to check, listed at the end.`."""
    return f"In the data: {problems}, listed at the end."


def _inside(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"
