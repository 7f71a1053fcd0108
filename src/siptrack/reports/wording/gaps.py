"""What is said of groups: gaps with their counts, their uncertainty and what they come to in children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from siptrack.analysis.vocabulary import Measure, Within
from siptrack.documents.labels import children_named
from siptrack.rendering.numbers import listed, plain_number, plural, quantity, share, signed, thousands
from siptrack.school.groups import SmallNumbers
from siptrack.school.rounding import half_up

HEADING = "Groups"
_MEASURED = {Measure.AT_ARE: "are at age-related expectations", Measure.INSUFFICIENT: "make insufficient progress"}
_ONE_MEASURED = {Measure.AT_ARE: "is at age-related expectations", Measure.INSUFFICIENT: "makes insufficient progress"}
_MEANT = {
    Measure.MEAN_DISTANCE: "the mean distance from the reference line of",
    Measure.MEAN_PROGRESS: "the mean progress since the start of the key stage of",
}
HEADINGS = {
    Measure.AT_ARE: "At age-related expectations",
    Measure.INSUFFICIENT: "Insufficient progress",
    Measure.MEAN_DISTANCE: "Mean distance from the reference line",
    Measure.MEAN_PROGRESS: "Mean progress since the start of the key stage",
}
COUNTED = frozenset(_MEASURED)
_PERCENT = 100


@dataclass(frozen=True)
class Interval:
    """A gap with the ends of its interval, in percentage points or points."""

    gap: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """One gap ready for words: the characteristic's key, two groups by label, counts, interval and children.

    `among` is empty for everybody, else says within whom; `value` and `peers_value` are the means of a measure in
    points, `index` its gap index; `like` is the gap among `like_n` children of equal start, if it can be told.
    """

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
    among: str = ""
    exact: float = 0
    value: float = 0
    peers_value: float = 0
    close: int = 0
    reverse: int = 0
    placebo: float | None = None
    index: float | None = None
    like: Interval | None = None
    like_n: int = 0

    @property
    def points(self) -> float | Fraction:
        """The gap in percentage points or points; exact where it is of counts."""
        if self.measure not in COUNTED or not self.peers_n:
            return self.exact
        return Fraction(_PERCENT * self.count, self.n) - Fraction(_PERCENT * self.peers_count, self.peers_n)


def gap_sentence(gap: Comparison, small: SmallNumbers) -> str:
    """`Writing: 14 of 30 boys (47 %) are at age-related expectations and 24 of 30 girls (80 %): a gap of ..`."""
    said = _of_counts(gap, small) if gap.measure in COUNTED else _of_points(gap, small)
    like = f" {_like_sentence(gap)}" if gap.like is not None else ""
    return f"{gap.subject}{f', {gap.among}' if gap.among else ''}: {said}.{like}"


def _of_counts(gap: Comparison, small: SmallNumbers) -> str:
    verb = (_ONE_MEASURED if gap.count == 1 else _MEASURED)[gap.measure]
    beside = _children(gap.peers_count, gap.peers_n, peers_of(gap), small) if gap.peers_n else f"beside {gap.peers}"
    return (
        f"{_children(gap.count, gap.n, group_of(gap), small)} {verb}{' and' if gap.peers_n else ','} {beside}: "
        f"a gap of {quantity(abs(half_up(gap.points)), 'percentage point')} "
        f"({small.confidence:g} % interval {_ends(gap)}), or {quantity(abs(gap.children), 'child', 'children')}"
        f"{_closing(gap)}"
    )


def _closing(gap: Comparison) -> str:
    """`; 7 more of them would close it, and 8 children's results would reverse it`."""
    if not gap.close or gap.measure is not Measure.AT_ARE:
        return ""
    behind = group_of(gap) if gap.points < 0 else peers_of(gap)
    return f"; {thousands(gap.close)} more {behind} at expectations would close it"


def _of_points(gap: Comparison, small: SmallNumbers) -> str:
    return (
        f"{_MEANT[gap.measure]} {group_of(gap)} is {_signed_points(gap.value)} points ({thousands(gap.n)} children) "
        f"and of {peers_of(gap)} {_signed_points(gap.peers_value)} ({thousands(gap.peers_n)}): a gap of "
        f"{plain_number(abs(gap.exact))} points ({small.confidence:g} % interval {_ends(gap, whole=False)}; "
        f"gap index {_signed_points(gap.index or 0)})"
    )


def _like_sentence(gap: Comparison) -> str:
    """What is left of a gap among children who started equally far."""
    like = gap.like
    if like is None:
        return ""
    counted = gap.measure in COUNTED
    number: Callable[[float], object] = half_up if counted else plain_number
    sign = 1 if gap.points > 0 else -1
    low, high = sorted((sign * like.low, sign * like.high))
    if sign * like.gap <= 0:
        return f"Among children of equal start none of it is left ({number(low)} to {number(high)})."
    unit = "percentage points" if counted else "points"
    left = "so it has grown since" if low > 0 else "which may be none"
    what = f"{number(sign * like.gap)} {unit} ({number(low)} to {number(high)})"
    return f"Among children of equal start it is {what}, {left}."


def _ends(gap: Comparison, *, whole: bool = True) -> str:
    low, high = sorted((gap.low, gap.high)) if gap.points >= 0 else sorted((-gap.low, -gap.high))
    return f"{half_up(low)} to {half_up(high)}" if whole else f"{plain_number(low)} to {plain_number(high)}"


def group_of(gap: Comparison) -> str:
    """The children of the gap's group in a sentence."""
    return gap.group_children or children_named(gap.group)


def peers_of(gap: Comparison) -> str:
    """The children compared with in a sentence."""
    return gap.peers_children or children_named(gap.peers)


def _children(count: int, n: int, named: str, small: SmallNumbers) -> str:
    """`14 of 30 boys (47 %)`, `5 of 20 FSM children (25 %)`, `3 of 12 children (Girls, FSM) (25 %)`."""
    counted, _, percent = share(count, n, small.percentages_from).partition(" (")
    return f"{counted} {named}" + (f" ({percent}" if percent else "")


def also_clear(among: Sequence[str]) -> str:
    """Within whom else a gap is clear, such as Key Stage 2 and Year 6."""
    return f"It is clear within {listed(among)} too."


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


def luck_sentence(count: int, look_real: int, clear: int, small: SmallNumbers) -> str:
    """How many comparisons were made, how many look real one by one, and how many of those luck would make.

    `look_real` is how many have a placebo under the rules' false alarms before all are taken together.
    """
    lucky = half_up(count * small.false_alarms / _PERCENT)
    about = f"about {thousands(lucky)}" if lucky else "fewer than one"
    return (
        f"{quantity(count, 'comparison')} {plural(count, 'was', 'were')} made, in the whole school and within key "
        f"stages and year groups. Taken one by one {thousands(look_real)} would look real, and {about} would by luck "
        f"even if no group differed; taken together {thousands(clear)} {plural(clear, 'is', 'are')} clear "
        "(Benjamini-Hochberg)."
    )


def organisation_sentence(labels: Sequence[str], count: int, clear: int) -> str:
    """What is said, once, of year groups and classes: `Year group and class: 288 more comparisons, 4 of them ..`."""
    first, *rest = labels
    of = listed([first, *(label[:1].lower() + label[1:] for label in rest)])
    return (
        f"{of}: {quantity(count, 'more comparison')}, {thousands(clear) if clear else 'none'} of them clear when taken "
        "with all the others. How a school divides its children is no group that has fallen behind, so these stand in "
        "the tables only."
    )


def paradox_sentence(subject: str, group: str, gap: float, parts: tuple[int, int], within: Within) -> str:
    """That a gap turns round within the parts of the school, so that the parts and not the group make it."""
    other_way, counted = parts
    of = "year groups" if within is Within.YEAR_GROUP else "bands of equal start"
    return (
        f"{subject}: {group} are {'ahead' if gap > 0 else 'behind'} over the whole school, but in {other_way} of "
        f"{counted} {of} it is the other way round. This gap comes from how many of them are in each of the {of}, and "
        "not from the group itself (Simpson's paradox)."
    )


def not_recorded_sentence(missing: Sequence[tuple[str, int]], n: int) -> str:
    """Whose groups are not known, and so in no comparison: `Ethnic group is not recorded for 12 of 210 children`."""
    parts = [f"{label} for {thousands(count)}" for label, count in missing]
    children = quantity(n, "child", "children")
    return (
        f"Not recorded, of {children}: {listed(parts)}. They are left out of these comparisons and never counted as no."
    )


def closers_heading(children: int) -> str:
    """The title of the list of children who would close the gaps."""
    return f"Nearest to closing the clear gaps: {quantity(children, 'child', 'children')}"


def closers_note() -> str:
    """What the list is."""
    return (
        "For each clear gap the fewest children whose reaching expectations would close it, those nearest to the line "
        "first; each child once, with the groups behind."
    )


def interval(gap: Comparison) -> tuple[str, str]:
    """`-33` and `(-52 to -9)`: the gap and its interval for a table, in percentage points or points."""
    if gap.measure in COUNTED:
        return signed(gap.points), f"({signed(gap.low)} to {signed(gap.high)})"
    return _signed_points(gap.points), f"({_signed_points(gap.low)} to {_signed_points(gap.high)})"


def chance(gap: Comparison) -> str:
    """How often chance makes such a gap, for a table headed `1 in`: `40`, `1,000+`."""
    if gap.placebo is None:
        return "-"
    if gap.placebo < 1 / 1000:
        return "1,000+"
    return thousands(half_up(1 / gap.placebo))


def mean(value: float) -> str:
    """A mean in points for a table."""
    return _signed_points(value)


def _signed_points(value: float | Fraction) -> str:
    plain = plain_number(float(value))
    return plain if plain == "0" or plain.startswith("-") else f"+{plain}"
