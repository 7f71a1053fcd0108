"""What is said first of all: a sentence each about progress, expectations, groups and the data."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.vocabulary import OF_PROGRESS
from siptrack.documents.gaps import Comparison, group_of, peers_of
from siptrack.rendering.numbers import inside, listed, plural, quantity, share, thousands


def insufficient_line(
    count: int, n: int, untold: int, classes: Sequence[tuple[str, int, int]], percentages_from: int
) -> str:
    """`60 of 210 children (29 %) make insufficient progress in at least one subject; the most in class 2B ..`."""
    if n == untold:
        return "Cannot tell yet whose progress is insufficient: these files do not say enough of any child."
    counted, _, percent = share(count, n, percentages_from).partition(" (")
    after = f" ({percent}" if percent else ""
    if not count:
        named = "No child whose progress can be judged makes insufficient progress"
    else:
        make = plural(count, "makes", "make")
        children = plural(n, "child", "children")
        named = f"{counted} {children}{after} {make} insufficient progress in at least one subject"
    where = [f"{name} ({thousands(some)} of {thousands(of)})" for name, some, of in classes]
    most = f"; the most are in {plural(len(where), 'class', 'classes')} {listed(where)}" if where else ""
    rest = f" Cannot tell yet for {quantity(untold, 'child', 'children')}." if untold else ""
    return f"{named}{most}.{rest}"


def at_expectations_line(counts: Sequence[tuple[str, int, int]], percentages_from: int) -> str:
    """`At age-related expectations: reading 153 of 209 (73 %); writing 150 of 207 (72 %).`."""
    shares = [f"{inside(label)} {share(at, n, percentages_from)}" for label, at, n in counts]
    return f"At age-related expectations: {'; '.join(shares)}." if shares else ""


def gaps_line(causes: Sequence[tuple[Sequence[Comparison], bool]], count: int, judged: int, few: int) -> str:
    """`Clear gaps between groups: boys behind girls in writing; ...`: each cause with whether its group is behind.

    `count` is how many causes there are, `judged` how many comparisons could be judged and `few` how many could not.
    """
    if not causes:
        too_few = f"; {thousands(few)} more have too few children on a side" if few else ""
        if not judged:
            return "No gap between groups could be judged: too few children on a side." if few else ""
        return f"No gap between groups is clear, of {thousands(judged)} that could be judged{too_few}."
    more = count - len(causes)
    rest = f"; and {thousands(more)} more, under Groups" if more else ""
    return f"Clear {plural(count, 'gap')} between groups: {causes_words(causes)}{rest}."


def causes_words(causes: Sequence[tuple[Sequence[Comparison], bool]]) -> str:
    """`boys behind girls in reading and writing; SEN children behind ..`: each cause, and whether its group is."""
    return "; ".join(_cause(gaps, behind=behind) for gaps, behind in causes)


def _cause(gaps: Sequence[Comparison], *, behind: bool) -> str:
    """`boys behind girls in reading and writing, and in progress in maths`."""
    gap = gaps[0]
    peers = peers_of(gap) if gap.peers_n else gap.peers
    standing, moving = (
        listed(list(dict.fromkeys(gap.subject_inside for gap in gaps if (gap.measure in OF_PROGRESS) == progress)))
        for progress in (False, True)
    )
    parts = [*([f"in {standing}"] if standing else []), *([f"in progress in {moving}"] if moving else [])]
    return f"{group_of(gap)} {'behind' if behind else 'ahead of'} {peers} {', and '.join(parts)}"


def problems_line(problems: str) -> str:
    """`In the data: 3 errors to correct and 5 queries to check, listed at the end.`."""
    return f"In the data: {problems}, listed at the end."
