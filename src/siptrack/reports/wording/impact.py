"""What is said of what became of the children in an intervention; never that it was proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siptrack.cycle.provision_tables import Impact, Lack
from siptrack.rendering.numbers import plain_number, plural, quantity, thousands, whole_percent
from siptrack.school.groups import SmallNumbers
from siptrack.school.provision import ProvisionRules
from siptrack.school.rounding import half_up

_PERCENT = 100
_LEAST_CHANCE = 0.001
IMPACT = "What became of the children"
PAIRS = "Each child beside a comparable one"


@dataclass(frozen=True)
class Compared:
    """One intervention ready for words; means are points against the line."""

    intervention: str
    subject: str
    unit: str
    verdict: str
    reason: str
    whole: Mapping[str, int]
    means: Mapping[str, float | None]

    def count(self, name: str) -> int:
        """A count of the table, such as `pairs`."""
        return self.whole[name]

    def mean(self, name: str) -> float:
        """A mean of the table, such as `during`; 0 where it is missing."""
        return self.means[name] or 0.0

    def points(self, name: str) -> str:
        """A mean with its unit: `+0.5 points`."""
        return _points(self.mean(name), self.unit)

    @property
    def name(self) -> str:
        """`Springboard, maths`."""
        return (
            f"{self.intervention}, {self.subject[:1].lower()}{self.subject[1:]}" if self.subject else self.intervention
        )


def compared_lines(one: Compared, small: SmallNumbers) -> list[str]:
    """What can be said of an intervention that was compared, a sentence a line, the answer first."""
    lines = [
        f"{one.name}: {_ANSWER[Impact(one.verdict)]}.",
        _moved(one, small),
        f"Before it they had moved {one.points('before')}, the comparable children {one.points('peers_before')}.",
        _regression(one),
    ]
    if after := one.count("after_pairs"):
        lines.append(
            f"Afterwards ({quantity(after, 'pair')}) they moved {one.points('after')}, the comparable children "
            f"{one.points('peers_after')}."
        )
    if left := one.count("measured") - one.count("pairs"):
        lines.append(
            f"{quantity(left, 'child', 'children')} with results {plural(left, 'stands', 'stand')} in no pair: "
            "there was no earlier result, or no comparable child was left."
        )
    return lines


_ANSWER: Mapping[Impact, str] = {
    Impact.MORE: "its children moved more than comparable children, by more than chance shows",
    Impact.LESS: "its children moved less than comparable children, by more than chance shows",
    Impact.CANNOT_TELL: "whether it made a difference could not be told",
}


def _moved(one: Compared, small: SmallNumbers) -> str:
    """How both sides moved, how sure the difference is, and how often chance shows as much."""
    told = (
        f"{quantity(one.count('pairs'), 'child', 'children')} moved {one.points('during')} against the line, as many "
        f"comparable children {one.points('peers_during')}: a difference of {_signed(one.mean('difference'))}"
    )
    low, high = one.mean("low"), one.mean("high")
    interval = f" ({small.confidence:g} % interval {_signed(low)} to {_signed(high)})"
    if low == high:
        interval = ", the same in every pair"
    return f"{told}{interval}. Changing places within the pairs at random shows as much {_often(one.mean('chance'))}."


def _often(chance: float) -> str:
    if chance < _LEAST_CHANCE:
        return "less than 1 time in 1,000"
    percent = chance * _PERCENT
    return f"{whole_percent(percent) if percent >= 1 else plain_number(percent)} % of the time"


def _regression(one: Compared) -> str:
    """What such children show without help: the school's own estimate of regression to the mean, and on how many."""
    by_itself = _points(one.mean("alike_moved") - one.mean("others_moved"), one.unit)
    return (
        f"Children in nothing for this subject who started alike and had moved alike moved "
        f"{one.points('alike_moved')} ({thousands(one.count('alike'))} of them); all in nothing in these year groups "
        f"{one.points('others_moved')} ({thousands(one.count('others'))}). So about {by_itself} comes of such a start "
        "by itself (regression to the mean)."
    )


def _points(value: float, unit: str) -> str:
    return f"{_signed(value)} {plural(abs(float(plain_number(value))), unit)}"


def _signed(value: float) -> str:
    plain = plain_number(value)
    return f"+{plain}" if float(plain) > 0 else plain


def not_compared(one: Compared, rules: ProvisionRules) -> str:
    """Why an intervention cannot be compared fairly."""
    why = one.reason
    if why == Lack.TOO_FEW.value:
        pairs = quantity(one.count("pairs"), "child", "children")
        why = f"{pairs} with a comparable child, and {rules.fewest} are needed"
    seen = ""
    if (measured := one.count("measured")) and one.means["moved"] is not None:
        moved = f"{quantity(measured, 'child', 'children')} moved {one.points('moved')} against the line"
        seen = f" What was seen, compared with nobody: {moved}."
    return f"{one.name} ({quantity(one.count('children'), 'child', 'children')}): {why}.{seen}"


def no_fair_comparison() -> str:
    """What leads the interventions that cannot be compared."""
    return "No fair comparison possible:"


def how_compared(compared: int, small: SmallNumbers) -> str:
    """What a comparison is, how many were made, and what it can never say."""
    if not compared:
        return "No intervention can be compared with children who were in none."
    lucky = compared * small.false_alarms / _PERCENT
    luck = f"about {half_up(lucky)}" if half_up(lucky) else "fewer than one"
    return (
        f"{quantity(compared, 'intervention')} {plural(compared, 'was', 'were')} compared; if none made a difference, "
        f"{luck} would seem to by luck. Each child stands beside one in nothing for that subject, of the same year "
        "group, scale and terms, who started alike and had moved alike ('--detail' names them). Why a child was chosen "
        "and what else changed is in no spreadsheet: this is not proof."
    )


def pair_sentence(name: str, peer: str, during: float, peer_during: float, terms: str, unit: str) -> str:
    """One child beside a comparable one."""
    return f"{name}: {_points(during, unit)}; beside {peer}: {_points(peer_during, unit)} ({terms})."


def unpaired_sentence(names: Sequence[str], reason: str) -> str:
    """The children who stand in no pair for one reason."""
    return f"{reason[:1].upper()}{reason[1:]}: {'; '.join(names)}."
