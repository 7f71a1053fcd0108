"""What is said of provision: what there is, who has what, what it takes, and what the catalogue offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.provision_tables import Who
from siptrack.rendering.numbers import listed, percentage, plain_number, quantity, thousands
from siptrack.school.provision import RatioGain
from siptrack.school.rounding import half_up
from siptrack.school.term import Term

_PERCENT = 100
MAP = "What there is this school year"
WHO = "Who has what"
TAKES = "What each intervention takes"
SUGGESTIONS = "What the catalogue offers"


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
    return f"{plain_number(attended)} of {plain_number(planned)} ({percentage(attended, planned)} %)"


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


def nobody_to_name(*, with_progress: bool, slow: bool) -> str:
    """That there is nothing to say of who has what: with progress known or not, and insufficient of some or none."""
    if not with_progress:
        return "No child's progress can be told, so who needs provision and has none is not known."
    if not slow:
        return "No child whose progress can be told makes insufficient progress, and nobody has very much."
    return "Every child with insufficient progress has provision for that subject, and nobody has very much."


def with_subjects(name: str, subjects: Sequence[str]) -> str:
    """`Billhook, Jamal (writing, maths)`."""
    return f"{name} ({', '.join(subject[:1].lower() + subject[1:] for subject in subjects)})"


def has_many(name: str, interventions: Sequence[str], subjects: Sequence[str]) -> str:
    """What a child has, and in which subjects progress is insufficient all the same."""
    still = listed([subject[:1].lower() + subject[1:] for subject in subjects])
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


def material_line(cited: str, number: float | None, years: str, entry: str) -> str:
    """What a material is, for whom, and at which level one enters."""
    about = [f"Wave {plain_number(number)}" if number is not None else "", years, f"entry {entry}" if entry else ""]
    remarks = "; ".join(filter(None, about))
    return f"{cited} ({remarks})" if remarks else cited


def fits_child(name: str, subject: str, grade: str, term: str, group: str) -> str:
    """A child whom a material fits, with what lets it in."""
    by = [f"{grade} in {term}" if grade else "", group]
    why = ", ".join(filter(None, (subject[:1].lower() + subject[1:], *by)))
    return f"{name} ({why})"


def fits_gap(children: str, subject: str) -> str:
    """A group whose gap in a subject is clear."""
    return f"{children[:1].upper()}{children[1:]}, whose gap is clear in {subject[:1].lower()}{subject[1:]}"


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
