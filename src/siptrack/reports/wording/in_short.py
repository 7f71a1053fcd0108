"""What is said first of all: a sentence each about progress, expectations, groups and the data."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.numbers import inside, listed, plural, quantity, share, thousands
from siptrack.reports.wording.gaps import Comparison, group_of, peers_of

HEADING = "In short"


def insufficient_line(
    count: int, n: int, untold: int, classes: Sequence[tuple[str, int, int]], percentages_from: int
) -> str:
    """`60 of 210 children (29 %) make insufficient progress in at least one subject; the most in class 2B ..`."""
    if n == untold:
        return "No child's progress can be told from these files."
    counted, _, percent = share(count, n, percentages_from).partition(" (")
    after = f" ({percent}" if percent else ""
    if not count:
        said = "No child whose progress can be told makes insufficient progress"
    else:
        make = plural(count, "makes", "make")
        children = plural(n, "child", "children")
        said = f"{counted} {children}{after} {make} insufficient progress in at least one subject"
    where = [f"{name} ({thousands(some)} of {thousands(of)})" for name, some, of in classes]
    most = f"; the most are in {plural(len(where), 'class', 'classes')} {listed(where)}" if where else ""
    rest = f" Of {quantity(untold, 'child', 'children')} it cannot be told." if untold else ""
    return f"{said}{most}.{rest}"


def at_expectations_line(counts: Sequence[tuple[str, int, int]], percentages_from: int) -> str:
    """`At age-related expectations: reading 153 of 209 (73 %); writing 150 of 207 (72 %).`."""
    said = [f"{inside(label)} {share(at, n, percentages_from)}" for label, at, n in counts]
    return f"At age-related expectations: {'; '.join(said)}." if said else ""


def gaps_line(gaps: Sequence[tuple[Sequence[Comparison], bool]], count: int) -> str:
    """`Clear gaps between groups: boys behind girls in writing; ...`: alike gaps with whether the group is behind."""
    if not gaps:
        return "No gap between groups is clear: chance could make those there are."
    more = count - len(gaps)
    rest = f"; and {thousands(more)} more, under Groups" if more else ""
    return f"Clear {plural(count, 'gap')} between groups: {clear_gaps_words(gaps)}{rest}."


def clear_gaps_words(gaps: Sequence[tuple[Sequence[Comparison], bool]]) -> str:
    """`boys behind girls in reading and writing; SEN children behind ..`: alike gaps, and whether the group is."""
    return "; ".join(_gap(alike, behind=behind) for alike, behind in gaps)


def _gap(alike: Sequence[Comparison], *, behind: bool) -> str:
    """`boys behind girls in reading and writing (Key Stage 2)`."""
    one = alike[0]
    peers = peers_of(one) if one.peers_n else one.peers
    subjects = listed(list(dict.fromkeys(inside(gap.subject) for gap in alike)))
    among = f" ({one.among})" if one.among else ""
    return f"{group_of(one)} {'behind' if behind else 'ahead of'} {peers} in {subjects}{among}"


def problems_line(problems: str) -> str:
    """`In the data: 3 errors to correct and 5 queries to check, listed at the end.`."""
    return f"In the data: {problems}, listed at the end."
