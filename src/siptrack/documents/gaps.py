"""What is said of groups: gaps with their counts, their uncertainty and what they come to in children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from siptrack.analysis.vocabulary import OF_PROGRESS, Measure, Within
from siptrack.documents.labels import children_named
from siptrack.rendering.numbers import inside, signed, signed_plain, thousands
from siptrack.rendering.template import sentence
from siptrack.school.groups import SmallNumbers
from siptrack.school.rounding import half_up

HEADINGS = {
    Measure.AT_ARE: "At age-related expectations",
    Measure.INSUFFICIENT: "Insufficient progress",
    Measure.MEAN_DISTANCE: "Mean distance from the reference line",
    Measure.MEAN_PROGRESS: "Mean progress since the start of the key stage",
}
COUNTED = frozenset({Measure.AT_ARE, Measure.INSUFFICIENT})
_PERCENT = 100
_said = partial(sentence, template="gaps.jinja")
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
    def counted(self) -> bool:
        """Whether it is of counts of children, and not of means in points."""
        return self.measure in COUNTED

    @property
    def of_progress(self) -> bool:
        """Whether it is a gap in progress, and not in attainment."""
        return self.measure in OF_PROGRESS

    @property
    def of_group(self) -> str:
        """The children of the group in a sentence."""
        return self.group_children or children_named(self.group)

    @property
    def of_peers(self) -> str:
        """The children compared with in a sentence."""
        return self.peers_children or children_named(self.peers)

    @property
    def behind(self) -> bool:
        """Whether the group is behind: fewer at expectations, or more who make insufficient progress."""
        return (self.exact > 0) == (self.measure is Measure.INSUFFICIENT)

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

    @property
    def ends(self) -> list[float]:
        """The ends of the interval, from the side that is ahead."""
        return sorted((self.low, self.high)) if self.points >= 0 else sorted((-self.low, -self.high))

    @property
    def like_from_ahead(self) -> Interval | None:
        """The gap among children of equal start, from the side that is ahead among all."""
        like = self.like
        return like if like is None or self.points > 0 else Interval(-like.gap, *sorted((-like.low, -like.high)))

    @property
    def not_well(self) -> list[tuple[int, int]]:
        """Of each side how many, of how many, are below expectations or make insufficient progress."""
        sides = [(self.count, self.n), (self.peers_count, self.peers_n)]
        return [(n - count, n) for count, n in sides] if self.measure is Measure.AT_ARE else sides


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


def interval(gap: Comparison) -> tuple[str, str]:
    """`-33` and `(-52 to -9)`: the gap and its interval for a table, in percentage points or points."""
    if gap.measure in COUNTED:
        return signed(gap.points), f"({signed(gap.low)} to {signed(gap.high)})"
    return signed_plain(gap.points), f"({signed_plain(gap.low)} to {signed_plain(gap.high)})"


def chance(gap: Comparison) -> str:
    """How often chance makes such a gap, for a table headed `1 in`: `40`, `over 1,000`."""
    if gap.placebo is None:
        return "-"
    if gap.placebo < 1 / 1000:
        return "over 1,000"
    return thousands(half_up(1 / gap.placebo))


def gap_sentence(gap: Comparison, small: SmallNumbers) -> str:
    """`Writing: 14 of 30 boys (47 %) are at age-related expectations and 24 of 30 girls (80 %): a gap of ..`."""
    return _said("gap_sentence", gap, small)


def cause_sentence(
    gaps: Sequence[Comparison], within: Sequence[Sequence[str]], small: SmallNumbers, same: Sequence[str] = ()
) -> str:
    """`Children with SEN behind children without SEN. Reading: 26 of 50 (52 %) and 119 of 157 (76 %) are at ..`.

    `within` are the parts of the school in which each gap is clear too, `same` groups of the very same children.
    """
    return _said("cause_sentence", gaps, within, small, same)


def sides_line(gap: Comparison) -> str:
    """`Children with SEN behind children without SEN`."""
    return _said("sides_line", gap)


def far_behind_sentence(gaps: Sequence[Comparison], same: Sequence[str] = ()) -> str:
    """`Of children on FSM 10 of 10 are below expectations in writing (0 of 50 others): too few to judge; ..`."""
    return _said("far_behind_sentence", gaps, same)


def not_clear_sentence(count: int, *, others: bool, few: int, small: SmallNumbers, chosen: bool = False) -> str:
    """What is said, once, of the gaps of the whole school which may be nothing, and of those that nobody can judge."""
    return _said("not_clear_sentence", count, others, few, small, chosen)


def held_together_sentence(held: int, there: int, alarms: float, *, chosen: bool = False) -> str:
    """How many comparisons were made, and how seldom one of them is called clear where no group differs."""
    return _said("held_together_sentence", held, there, alarms, chosen)


def paradox_sentence(found: Paradox) -> str:
    """That a gap turns round within the parts of the school, so that the parts and not the group make it."""
    return _said("paradox_sentence", found)


def not_recorded_sentence(missing: Sequence[tuple[str, int]], n: int) -> str:
    """Whose groups are not known, and so in no comparison: each characteristic with how many children."""
    return _said("not_recorded_sentence", missing, n)


def gaps_line(causes: Sequence[tuple[Sequence[Comparison], bool]], count: int, judged: int, few: int) -> str:
    """`Clear gaps between groups: boys behind girls in writing; ...`: each cause with whether its group is behind.

    `count` is how many causes there are, `judged` how many comparisons could be judged and `few` how many could not.
    """
    return _said("gaps_line", causes, count, judged, few)


def causes_words(causes: Sequence[tuple[Sequence[Comparison], bool]]) -> str:
    """`boys behind girls in reading and writing; SEN children behind ..`: each cause, and whether its group is."""
    return _said("causes_words", causes)
