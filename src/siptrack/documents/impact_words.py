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
COMPARED = "Each child beside comparable ones"


@dataclass(frozen=True)
class ImpactBeside:
    """One intervention ready for words; means are points against the line."""

    intervention: str
    subject: str
    unit: str
    verdict: str
    reason: str
    whole: Mapping[str, int]
    means: Mapping[str, float | None]

    def count(self, name: str) -> int:
        """A count of the table, such as `compared`."""
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


def compared_lines(beside: ImpactBeside, small: SmallNumbers) -> list[str]:
    """What can be said of an intervention that was compared, a sentence a line, the answer first."""
    lines = [
        f"{beside.name}: {_ANSWER[Impact(beside.verdict)]}.",
        _moved(beside),
        _difference(beside, small),
        f"Before it they had moved {beside.points('before')}, the comparable children {beside.points('peers_before')}.",
        _regression(beside),
    ]
    if after := beside.count("after_compared"):
        lines.append(
            f"Afterwards ({quantity(after, 'child', 'children')}) they moved {beside.points('after')}, the comparable "
            f"children {beside.points('peers_after')}."
        )
    if left := beside.count("measured") - beside.count("compared"):
        lines.append(
            f"{quantity(left, 'child', 'children')} with results {plural(left, 'is', 'are')} not compared "
            "('--detail' says why)."
        )
    return lines


_ANSWER: Mapping[Impact, str] = {
    Impact.MORE: "its children moved more than comparable children, by more than chance shows",
    Impact.LESS: "its children moved less than comparable children, by more than chance shows",
    Impact.CANNOT_TELL: "whether it made a difference could not be told",
}


def _moved(beside: ImpactBeside) -> str:
    """How both sides moved, and what their marks before let expect."""
    return (
        f"{quantity(beside.count('compared'), 'child', 'children')} moved {beside.points('during')} against the line; "
        f"their marks before let expect {_signed(beside.mean('expected'))}. "
        f"{_upper(quantity(beside.count('comparable'), 'comparable child', 'comparable children'))} moved "
        f"{beside.points('peers_during')}; theirs let expect {_signed(beside.mean('peers_expected'))}."
    )


def _difference(beside: ImpactBeside, small: SmallNumbers) -> str:
    """How much further they came, how sure that is, and how often chance shows as much."""
    far = beside.mean("difference")
    way = "no further than" if not float(plain_number(far)) else "further than" if far > 0 else "less far than"
    by = "" if way == "no further than" else f", by {_points(abs(far), beside.unit).removeprefix('+')}"
    return (
        f"So they came {way} expected beside the comparable children{by} ({small.confidence:g} % interval "
        f"{_signed(beside.mean('low'))} to {_signed(beside.mean('high'))}). Chance alone shows as much "
        f"{_often(beside.mean('chance'))}."
    )


def _often(chance: float) -> str:
    if chance < _LEAST_CHANCE:
        return "less than 1 time in 1,000"
    percent = chance * _PERCENT
    return f"{whole_percent(percent) if percent >= 1 else plain_number(percent)} % of the time"


def _regression(beside: ImpactBeside) -> str:
    """What such children show without help: the school's own estimate of regression to the mean, and on how many."""
    by_itself = _points(beside.mean("peers_during") - beside.mean("others_moved"), beside.unit)
    return (
        f"All in nothing in these year groups moved {beside.points('others_moved')} "
        f"({thousands(beside.count('others'))} of them). So about {by_itself} comes of such a start by itself "
        "(regression to the mean)."
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _points(value: float, unit: str) -> str:
    return f"{_signed(value)} {plural(abs(float(plain_number(value))), unit)}"


def _signed(value: float) -> str:
    plain = plain_number(value)
    return f"+{plain}" if float(plain) > 0 else plain


def not_compared(beside: ImpactBeside, rules: ProvisionRules) -> str:
    """Why an intervention cannot be compared fairly."""
    why = beside.reason
    if why == Lack.TOO_FEW.value:
        found = quantity(beside.count("compared"), "child", "children")
        why = f"{found} with comparable children, and {rules.fewest} are needed"
    if why == Lack.OTHER_COURSES.value:
        why = _other_courses(beside)
    seen = ""
    if (measured := beside.count("measured")) and beside.means["moved"] is not None:
        moved = f"{quantity(measured, 'child', 'children')} moved {beside.points('moved')} against the line"
        seen = f" What was seen, compared with nobody: {moved}."
    return f"{beside.name} ({quantity(beside.count('children'), 'child', 'children')}): {why}.{seen}"


def _other_courses(beside: ImpactBeside) -> str:
    """That the answer would hang on how the children were chosen, which marks do not tell."""
    return (
        f"before it they had gone another way than other children. If they were chosen for their marks, "
        f"{beside.points('expected_alone')} was to be expected of them meanwhile; if because they were known to be "
        f"going that way, {beside.points('expected_together')}. Marks do not tell which; comparable children moved "
        f"{beside.points('peers_during')}"
    )


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
        f"{luck} would seem to by luck. Each child stands beside all children in nothing for that subject, of the same "
        "year group, scale and terms, whose marks had gone the same way and who stood as high ('--detail' says beside "
        "how many). What is left of a difference in what their marks let expect is taken out. Why a child was chosen "
        "and what else changed is in no spreadsheet: this is not proof."
    )


def child_sentence(name: str, during: float, comparable: int, peers_during: float, terms: str, unit: str) -> str:
    """One child beside the comparable ones."""
    beside = quantity(comparable, "comparable child", "comparable children")
    return f"{name}: {_points(during, unit)}; {beside}: {_points(peers_during, unit)} ({terms})."


def alone_sentence(names: Sequence[str], reason: str) -> str:
    """The children who are beside nobody for one reason."""
    return f"{_upper(reason)}: {'; '.join(names)}."
