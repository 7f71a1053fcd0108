"""What is said of provision: who has what, what it takes, and what became of the children; never that it was proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siptrack.cycle.provision_tables import Impact, Lack, Who
from siptrack.reports.wording.numbers import listed, plain_number, plural, quantity, thousands
from siptrack.school.groups import SmallNumbers
from siptrack.school.provision import ProvisionRules, RatioGain
from siptrack.school.rounding import half_up
from siptrack.school.term import Term

_PERCENT = 100
_LEAST_CHANCE = 0.001
MAP = "What there is this school year"
WHO = "Who has what"
TAKES = "What each intervention takes"
IMPACT = "What became of the children"
SUGGESTIONS = "What the catalogue offers"
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


def title(term: Term) -> str:
    """`Provision: Summer 2009 (school year 2008-09)`."""
    year = term.academic_year_label
    return f"Provision: {term.label}" + (f" (school year {year})" if year else "")


def held_line(rows: int, children: int, interventions: int) -> str:
    """How much provision was read."""
    return (
        f"{quantity(rows, 'row')} of provision: {quantity(children, 'child', 'children')} in "
        f"{quantity(interventions, 'intervention')}."
    )


def nothing_this_year(rows: int) -> str:
    """That the map of this year is empty."""
    if not rows:
        return "The sheet of provision has no row about these children."
    return f"Nothing of this school year stands in the sheet; of other years {quantity(rows, 'row')} ('--table map')."


def earlier_years(rows: int) -> str:
    """How many rows of the map are of other years."""
    return f"{quantity(rows, 'row')} of other school years: '--table map'."


def sessions(attended: float | None, planned: float | None) -> str:
    """`18 of 20 (90 %)`; a dash where it is not known."""
    if attended is None or not planned:
        return "-"
    return f"{plain_number(attended)} of {plain_number(planned)} ({half_up(_PERCENT * attended / planned)} %)"


def money(pounds: float | None) -> str:
    """`£1,200`; a dash where it is not known."""
    if pounds is None:
        return "-"
    return f"£{thousands(half_up(pounds))}"


def hours(value: float | None) -> str:
    """Hours in whole ones; a dash where they are not known."""
    return "-" if value is None else thousands(half_up(value))


def wave(number: float | None) -> str:
    """`2`; a dash where it is not known."""
    return "-" if number is None else plain_number(number)


def year_of(academic_year: int | None) -> str:
    """`2008-09`; `not known` for a row without dates."""
    return "not known" if academic_year is None else f"{academic_year}-{(academic_year + 1) % 100:02d}"


_WHO: Mapping[Who, str] = {
    Who.NOTHING: "Insufficient progress, and no provision this school year",
    Who.MUCH: "Much provision, and progress still insufficient",
    Who.MANY_AT_ONCE: "In many interventions at once",
    Who.ANOTHER_SUBJECT: "Insufficient progress, and provision for something else only",
    Who.NOBODY_ATTENDS: "Hardly attended",
}


def who_heading(code: str, children: int) -> str:
    """The heading of one list."""
    of = "" if code == Who.NOBODY_ATTENDS.value else f": {quantity(children, 'child', 'children')}"
    return f"{_WHO[Who(code)]}{of}"


def nobody_to_name() -> str:
    """That there is nothing to say of who has what."""
    return "Every child with insufficient progress has provision for that subject, and nobody has very much."


def with_subjects(name: str, subjects: Sequence[str]) -> str:
    """`Billhook, Jamal (writing, maths)`."""
    return f"{name} ({', '.join(one[:1].lower() + one[1:] for one in subjects)})"


def has_many(name: str, interventions: Sequence[str], subjects: Sequence[str]) -> str:
    """What a child has, and in which subjects progress is insufficient all the same."""
    still = listed([one[:1].lower() + one[1:] for one in subjects])
    end = f"; progress in {still} is insufficient" if subjects else ""
    return f"{name}: {quantity(len(interventions), 'intervention')} ({', '.join(interventions)}){end}."


def hardly_attended(intervention: str, attended: float, planned: float) -> str:
    """How many of an intervention's sessions were attended."""
    return f"{intervention}: {sessions(attended, planned)} sessions attended. What it does cannot be seen from this."


def ratio_sentence(intervention: str, rows: int, gained: float, lasted: float, ratio: float, rules: RatioGain) -> str:
    """The ratio gain of an intervention with its name, and how sure that name is."""
    unsure = (
        "" if rules.sure else " (the limits of these names are recalled, not read: do not rest anything on the name)"
    )
    return (
        f"{intervention}: reading or spelling ages of {quantity(rows, 'child', 'children')} rose by "
        f"{plain_number(gained)} months in {plain_number(lasted)} months, a ratio gain of {plain_number(ratio)}, which "
        f"Brooks would call {rules.called(ratio)}{unsure}. Ages rise without help too, by a month a month."
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
    Impact.NOT_TOLD: "whether it made a difference could not be told",
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
    return f"{half_up(percent) if percent >= 1 else plain_number(percent)} % of the time"


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


def material_line(cited: str, number: float | None, years: str, entry: str) -> str:
    """What a material is, for whom, and at which level one enters."""
    about = [f"Wave {plain_number(number)}" if number is not None else "", years, f"entry {entry}" if entry else ""]
    said = "; ".join(filter(None, about))
    return f"{cited} ({said})" if said else cited


def fits_child(name: str, subject: str, grade: str, term: str, group: str) -> str:
    """A child whom a material fits, with what lets it in."""
    by = [f"{grade} in {term}" if grade else "", group]
    why = ", ".join(filter(None, (subject[:1].lower() + subject[1:], *by)))
    return f"{name} ({why})"


def fits_gap(children: str, subject: str) -> str:
    """A group clearly behind in a subject."""
    return f"{children[:1].upper()}{children[1:]}, clearly behind in {subject[:1].lower()}{subject[1:]}"


def none_fits(children: int) -> str:
    """How many children the catalogue has nothing for."""
    return f"Nothing fits by subject, year group and entry level: {quantity(children, 'child', 'children')}"


def nothing_for_gap(gap: str) -> str:
    """That the catalogue has nothing for a group behind."""
    return f"{gap}: nothing in the catalogue fits."


def nothing_on_offer(until: int, term: Term) -> str:
    """That the catalogue's own materials are of another time."""
    return (
        f"The catalogue's materials were to be had until {until}, and {term.label} is later: none is offered. A school "
        "adds its own under provision in siptrack.yaml (docs/provision.md)."
    )


def historical() -> str:
    """That the materials are historical."""
    return (
        "These are the National Strategies' materials as listed in 2009, historical now. Each stands here because year "
        "group, subject and, where one is set, entry level fit; whether it is right for a child is for those who know "
        "the child. Social and emotional materials are never offered because of results."
    )
