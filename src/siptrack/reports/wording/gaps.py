"""What is said of groups: gaps with their counts, their uncertainty and what they come to in children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from siptrack.analysis.vocabulary import Measure
from siptrack.reports.wording.numbers import half_up, listed, plural, quantity, share, thousands
from siptrack.rules.model import Characteristic, SmallNumbers

_MEASURED = {Measure.AT_ARE: "are at age-related expectations", Measure.INSUFFICIENT: "make insufficient progress"}
_ONE_MEASURED = {Measure.AT_ARE: "is at age-related expectations", Measure.INSUFFICIENT: "makes insufficient progress"}
HEADINGS = {Measure.AT_ARE: "At age-related expectations", Measure.INSUFFICIENT: "Insufficient progress"}
_PERCENT = 100


@dataclass(frozen=True)
class Comparison:
    """One gap ready for words: the characteristic's key, two groups by label, counts, interval and children."""

    subject: str
    characteristic: str
    group: str
    peers: str
    measure: Measure
    n: int
    count: int
    peers_n: int
    peers_count: int
    low: float
    high: float
    children: int
    verdict: str
    group_children: str = ""
    peers_children: str = ""

    @property
    def points(self) -> Fraction:
        """The exact gap in percentage points."""
        return Fraction(_PERCENT * self.count, self.n) - Fraction(_PERCENT * self.peers_count, self.peers_n)


def group_label(characteristic: Characteristic, group: str) -> str:
    """A group's name in print; the peers of a group among several are everybody else whose group is known."""
    known = characteristic.groups.get(group)
    return known.label if known else "All others"


def group_children(characteristic: Characteristic, group: str) -> str:
    """How a sentence calls the children of a group, where the rules say so."""
    known = characteristic.groups.get(group)
    return known.children if known else ""


def children_of(characteristic: Characteristic, group: str) -> str:
    """The children of a group in a sentence; of no group that is known, all the others."""
    return group_children(characteristic, group) or _named(group_label(characteristic, group))


def gap_sentence(gap: Comparison, small: SmallNumbers) -> str:
    """`Writing: 14 of 30 boys (47 %) are at age-related expectations and 24 of 30 girls (80 %): a gap of ..`."""
    verb = (_ONE_MEASURED if gap.count == 1 else _MEASURED)[gap.measure]
    low, high = sorted((half_up(gap.low), half_up(gap.high)))
    if gap.points < 0:
        low, high = -high, -low
    return (
        f"{gap.subject}: {_children(gap.count, gap.n, gap.group_children or _named(gap.group), small)} {verb} "
        f"and {_children(gap.peers_count, gap.peers_n, gap.peers_children or _named(gap.peers), small)}: "
        f"a gap of {quantity(half_up(abs(gap.points)), 'percentage point')} "
        f"({small.confidence:g} % interval {low} to {high}), or {quantity(abs(gap.children), 'child', 'children')}."
    )


def _children(count: int, n: int, named: str, small: SmallNumbers) -> str:
    """`14 of 30 boys (47 %)`, `5 of 20 FSM children (25 %)`, `3 of 12 children (Girls, FSM) (25 %)`."""
    counted, _, percent = share(count, n, small.percentages_from).partition(" (")
    return f"{counted} {named}" + (f" ({percent}" if percent else "")


def _named(label: str) -> str:
    """The children of a group in a sentence; a label such as Boys is a noun already."""
    if label.isalpha() and label.endswith("s") and not label.isupper():
        return label.lower()
    if "," in label:
        return f'children in the group "{label}"'
    return f"{label} children" if label != "All others" else "other children"


def not_clear_sentence(count: int, *, others: bool) -> str:
    """What is said, once, of the gaps which may be nothing."""
    gaps = quantity(count, "other gap" if others else "gap")
    one = count == 1
    return (
        f"{gaps} {'is' if one else 'are'} not clear: "
        f"chance, or less than one child, could account for {'it' if one else 'them'}."
    )


def too_few_sentence(count: int, small: SmallNumbers) -> str:
    """What is said, once, of the comparisons that would rest on a handful of children."""
    made = quantity(count, "comparison")
    return (
        f"{made} {plural(count, 'has', 'have')} fewer than {small.compared_from} children on a side: "
        "look at the named children instead."
    )


def luck_sentence(count: int, small: SmallNumbers) -> str:
    """How many of so many comparisons would look clear in a school where groups do not differ at all."""
    lucky = half_up(count * (_PERCENT - small.confidence) / _PERCENT)
    about = f"about {thousands(lucky)}" if lucky else "fewer than one"
    return (
        f"{quantity(count, 'comparison')} {plural(count, 'was', 'were')} made. If no group differed at all, "
        f"{about} would still look clear by luck: ask what lies behind a gap before acting on it."
    )


def not_recorded_sentence(missing: Sequence[tuple[str, int]], n: int) -> str:
    """Whose groups are not known, and so in no comparison: `Ethnic group is not recorded for 12 of 210 children`."""
    parts = [f"{label} for {thousands(count)}" for label, count in missing]
    children = quantity(n, "child", "children")
    return (
        f"Not recorded, of {children}: {listed(parts)}. They are left out of these comparisons and never counted as no."
    )


def interval(gap: Comparison) -> tuple[str, str]:
    """`-33` and `(-52 to -9)`: the gap and its interval for a table, in percentage points."""
    return _signed(gap.points), f"({_signed(gap.low)} to {_signed(gap.high)})"


def _signed(value: float | Fraction) -> str:
    whole = half_up(value)
    return f"{whole:+d}" if whole else "0"
