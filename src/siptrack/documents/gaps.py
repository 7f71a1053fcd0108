"""What is said of groups: gaps with their counts, their uncertainty and what they come to in children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from siptrack.analysis.vocabulary import OF_PROGRESS, Measure, Within
from siptrack.documents.labels import children_named
from siptrack.rendering.numbers import (
    inside,
    listed,
    percentage_points,
    plain_number,
    plural,
    quantity,
    share,
    signed,
    thousands,
    whole_points,
)
from siptrack.school.groups import SmallNumbers
from siptrack.school.rounding import half_up

_MEASURED = {Measure.AT_ARE: "are at age-related expectations", Measure.INSUFFICIENT: "make insufficient progress"}
_MEASURED_OF_A_CHILD = {
    Measure.AT_ARE: "is at age-related expectations",
    Measure.INSUFFICIENT: "makes insufficient progress",
}
_MEANS = {
    Measure.MEAN_DISTANCE: "a mean distance from the reference line",
    Measure.MEAN_PROGRESS: "a mean progress since the start of the key stage",
}
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
_WITHIN = {
    Within.YEAR_GROUP: (
        "year groups",
        "how many of them are in each of the year groups, and not from the group itself",
    ),
    Within.START: ("bands of equal start", "where they started, and not from what became of them since"),
}
_NOT_WELL = {Measure.AT_ARE: "are below expectations", Measure.INSUFFICIENT: "make insufficient progress"}
COUNTED = frozenset(_MEASURED)
_PERCENT = 100
_OTHERS = "other children"  # what a sentence calls those who are in no group of their own
_SIDES = (
    ("group", "peers"),
    ("group_children", "peers_children"),
    ("n", "peers_n"),
    ("count", "peers_count"),
    ("value", "peers_value"),
)


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
    points, `index` its gap index; `like` is the gap, if it can be told, among children of equal start: `like_n` of the
    group and `like_peers_n` of the peers. `together` is a gap in several subjects at once.
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
    like_peers_n: int = 0
    together: bool = False

    @property
    def subject_inside(self) -> str:
        """The subject within a sentence: `reading`, `reading, writing and maths together`."""
        return f"{inside(self.subject)}{' together' if self.together else ''}"

    @property
    def points(self) -> float | Fraction:
        """The gap in percentage points or points; exact where it is of counts."""
        if self.measure not in COUNTED or not self.peers_n:
            return self.exact
        return Fraction(_PERCENT * self.count, self.n) - Fraction(_PERCENT * self.peers_count, self.peers_n)

    @property
    def size(self) -> float | Fraction:
        """How large the gap is, whichever side is ahead."""
        return self.points if self.points > 0 else -self.points


def gap_sentence(gap: Comparison, small: SmallNumbers) -> str:
    """`Writing: 14 of 30 boys (47 %) are at age-related expectations and 24 of 30 girls (80 %): a gap of ..`."""
    apart = _of_counts(gap, small) if gap.measure in COUNTED else _of_points(gap, small)
    like = f" {_like_sentence(gap)}" if gap.like is not None else ""
    return f"{gap.subject}{f', {gap.among}' if gap.among else ''}: {apart}.{like}"


def _of_counts(gap: Comparison, small: SmallNumbers) -> str:
    verb = (_MEASURED_OF_A_CHILD if gap.count == 1 else _MEASURED)[gap.measure]
    beside = _children(gap.peers_count, gap.peers_n, peers_of(gap), small) if gap.peers_n else f"beside {gap.peers}"
    return (
        f"{_children(gap.count, gap.n, group_of(gap), small)} {verb}{' and' if gap.peers_n else ','} {beside}: "
        f"a gap of {percentage_points(gap.size)} "
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
    number: Callable[[float], str] = whole_points if counted else plain_number
    sign = 1 if gap.points > 0 else -1
    low, high = sorted((sign * like.low, sign * like.high))
    sides = (f"{thousands(gap.like_n)} {group_of(gap)}", f"{thousands(gap.like_peers_n)} {peers_of(gap)}")
    among, interval_ends = f"Among {listed(sides)} of equal start", f"({number(low)} to {number(high)})"
    if sign * like.gap <= 0:
        return f"{among} none of it is left {interval_ends}."
    unit = "percentage points" if counted else "points"
    left = "so the grades at the start do not account for all of it" if low > 0 else "which may be none"
    return f"{among} it is {number(sign * like.gap)} {unit} {interval_ends}, {left}."


def _ends(gap: Comparison, *, whole: bool = True) -> str:
    low, high = sorted((gap.low, gap.high)) if gap.points >= 0 else sorted((-gap.low, -gap.high))
    number = whole_points if whole else plain_number
    return f"{number(low)} to {number(high)}"


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


def cause_sentence(
    gaps: Sequence[Comparison], within: Sequence[Sequence[str]], small: SmallNumbers, same: Sequence[str] = ()
) -> str:
    """`Children with SEN behind children without SEN. Reading: 26 of 50 (52 %) and 119 of 157 (76 %) are at ..`."""
    of_each = " ".join(_of_subject(gap, there, small) for gap, there in zip(gaps, within, strict=True))
    return f"{sides_line(gaps[0])}. {of_each}{_same_children(same)}"


def _same_children(same: Sequence[str]) -> str:
    """` The same children, and no others, are children with EAL: results cannot tell which of these it is.`."""
    if not same:
        return ""
    return f" The same children, and no others, are {listed(same)}: results cannot tell which of these it is."


def sides_line(gap: Comparison) -> str:
    """`Children with SEN behind children without SEN`."""
    group, peers = group_of(gap), peers_of(gap) if gap.peers_n else gap.peers
    return f"{group[:1].upper()}{group[1:]} {'behind' if is_behind(gap) else 'ahead of'} {peers}"


def is_behind(gap: Comparison) -> bool:
    """Whether the group is behind: fewer at expectations, or more who make insufficient progress."""
    return (gap.exact > 0) == (gap.measure is Measure.INSUFFICIENT)


def from_other_side(gap: Comparison) -> Comparison:
    """The same gap with the peers as the group."""
    children = 0
    if gap.measure in COUNTED:
        difference = gap.peers_count * gap.n - gap.count * gap.peers_n
        children = (1 if difference > 0 else -1) * (abs(difference) // gap.n)
    return replace(
        gap,
        **{mine: getattr(gap, theirs) for pair in _SIDES for mine, theirs in (pair, pair[::-1])},
        exact=-gap.exact,
        low=-gap.high,
        high=-gap.low,
        children=children,
        index=None if gap.index is None else -gap.index,
        like=None if gap.like is None else Interval(-gap.like.gap, -gap.like.high, -gap.like.low),
    )


def _of_subject(gap: Comparison, within: Sequence[str], small: SmallNumbers) -> str:
    """`Reading: 26 of 50 (52 %) and 119 of 157 (76 %) are at ..: 24 percentage points apart (..), or 11 children.`."""
    if gap.measure in COUNTED:
        few = small.percentages_from
        sides = [share(gap.count, gap.n, few), *([share(gap.peers_count, gap.peers_n, few)] if gap.peers_n else [])]
        verb = _MEASURED_OF_A_CHILD if len(sides) == 1 and gap.count == 1 else _MEASURED
        apart = (
            f"{' and '.join(sides)} {verb[gap.measure]}: {percentage_points(gap.size)} "
            f"apart ({small.confidence:g} % interval {_ends(gap)}), or "
            f"{quantity(abs(gap.children), 'child', 'children')}"
        )
    else:
        apart = (
            f"{_MEANS[gap.measure]} of {_signed_points(gap.value)} and {_signed_points(gap.peers_value)} points "
            f"({small.confidence:g} % interval of the gap {_ends(gap, whole=False)})"
        )
    lies = f"; clear there in {listed(within)}" if within else ""
    return f"{gap.subject}: {apart}{lies}."


def far_behind_sentence(gaps: Sequence[Comparison], same: Sequence[str] = ()) -> str:
    """`Of children on FSM 10 of 10 are below expectations in writing (0 of 50 others): too few to judge; ..`."""
    parts = []
    behind = is_behind(gaps[0])
    for gap in gaps:
        below = _NOT_WELL[gap.measure]
        sides = [(gap.count, gap.n), (gap.peers_count, gap.peers_n)]
        if gap.measure is Measure.AT_ARE:
            sides = [(n - count, n) for count, n in sides]
        (count, n), (others, of) = sides if behind else sides[::-1]
        parts.append(
            f"{thousands(count)} of {thousands(n)} {below} in {gap.subject_inside} "
            f"({thousands(others)} of {thousands(of)} others)"
        )
    group = group_of(gaps[0]) if behind else peers_of(gaps[0])
    if group == _OTHERS:
        group = f"children other than {group_of(gaps[0])}"
    return f"Of {group} {listed(parts)}: too few to judge; look at them by name.{_same_children(same)}"


def _whom(*, chosen: bool) -> str:
    """Of whom comparisons are that were held together: the whole school, or those who were chosen by name."""
    return "all these children" if chosen else "the whole school"


def not_clear_sentence(count: int, *, others: bool, few: int, small: SmallNumbers, chosen: bool = False) -> str:
    """What is said, once, of the gaps of the whole school which may be nothing, and of those that nobody can judge."""
    more = "more" if count else plural(few, "comparison", "comparisons")
    has = plural(few, "has", "have")
    too_few = f" {thousands(few)} {more} {has} fewer than {small.compared_from} children on a side." if few else ""
    if not count:
        return too_few.strip()
    made = quantity(count, "other comparison" if others else "comparison")
    return (
        f"{made} of {_whom(chosen=chosen)} {plural(count, 'is', 'are')} not clear: chance could make as much.{too_few}"
    )


def held_together_sentence(held: int, there: int, alarms: float, *, chosen: bool = False) -> str:
    """How many comparisons were made, and how seldom one of them is called clear where no group differs."""
    parts = (
        f" {quantity(there, 'more comparison')}, within key stages, year groups and classes, "
        f"{plural(there, 'says', 'say')} where a gap lies and {plural(there, 'stands', 'stand')} in the tables."
        if there
        else ""
    )
    were = plural(held, "was", "were")
    return (
        f"{quantity(held, 'comparison')} of {_whom(chosen=chosen)} {were} judged together (Holm): "
        f"of 100 schools in which no group differs, at most {plain_number(alarms)} would be told of a clear gap.{parts}"
    )


@dataclass(frozen=True)
class Paradox:
    """A gap that turns round within parts of the school: the children of both sides in a sentence, `n` and `peers_n`.

    `gap` is over everybody and `pooled` within the `parts`, in percentage points.
    """

    subject: str
    group: str
    peers: str
    gap: float
    pooled: float
    n: int
    peers_n: int
    parts: int
    within: Within


def paradox_sentence(found: Paradox) -> str:
    """That a gap turns round within the parts of the school, so that the parts and not the group make it."""
    of, why = _WITHIN[found.within]
    over, inside = ("ahead", "behind") if found.gap > 0 else ("behind", "ahead")
    sides = f"{thousands(found.n)} {found.group} and {thousands(found.peers_n)} {found.peers}"
    return (
        f"{found.subject}: {found.group} are {over} over the whole school, but within {found.parts} {of} ({sides}) "
        f"they are {percentage_points(abs(found.pooled))} {inside}. This gap comes from {why} (Simpson's paradox)."
    )


def not_recorded_sentence(missing: Sequence[tuple[str, int]], n: int) -> str:
    """Whose groups are not known, and so in no comparison: `Ethnic group is not recorded for 12 of 210 children`."""
    parts = [f"{label} for {thousands(count)}" for label, count in missing]
    children = quantity(n, "child", "children")
    return (
        f"Not recorded, of {children}: {listed(parts)}. They are left out of these comparisons and never counted as no."
    )


def interval(gap: Comparison) -> tuple[str, str]:
    """`-33` and `(-52 to -9)`: the gap and its interval for a table, in percentage points or points."""
    if gap.measure in COUNTED:
        return signed(gap.points), f"({signed(gap.low)} to {signed(gap.high)})"
    return _signed_points(gap.points), f"({_signed_points(gap.low)} to {_signed_points(gap.high)})"


def chance(gap: Comparison) -> str:
    """How often chance makes such a gap, for a table headed `1 in`: `40`, `over 1,000`."""
    if gap.placebo is None:
        return "-"
    if gap.placebo < 1 / 1000:
        return "over 1,000"
    return thousands(half_up(1 / gap.placebo))


def mean(value: float) -> str:
    """A mean in points for a table."""
    return _signed_points(value)


def _signed_points(value: float | Fraction) -> str:
    plain = plain_number(float(value))
    return plain if plain == "0" or plain.startswith("-") else f"+{plain}"


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
    return "; ".join(_cause_words(gaps, behind=behind) for gaps, behind in causes)


def _cause_words(gaps: Sequence[Comparison], *, behind: bool) -> str:
    """`boys behind girls in reading and writing, and in progress in maths`."""
    gap = gaps[0]
    peers = peers_of(gap) if gap.peers_n else gap.peers
    standing, moving = (
        listed(list(dict.fromkeys(gap.subject_inside for gap in gaps if (gap.measure in OF_PROGRESS) == progress)))
        for progress in (False, True)
    )
    parts = [*([f"in {standing}"] if standing else []), *([f"in progress in {moving}"] if moving else [])]
    return f"{group_of(gap)} {'behind' if behind else 'ahead of'} {peers} {', and '.join(parts)}"
