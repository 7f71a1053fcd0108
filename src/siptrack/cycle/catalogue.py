"""What the catalogue offers: by its time, subject, year group, entry level and group; nothing where nothing fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.causes import own_findings
from siptrack.analysis.membership import group_in
from siptrack.analysis.tally import REST
from siptrack.analysis.vocabulary import Measure
from siptrack.cycle.lowest import find_lowest
from siptrack.cycle.provision_tables import SUGGESTIONS, NoMaterial
from siptrack.school.provision import Material, OfferedTo
from siptrack.school.scale import MET, UNMET
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

_ANY_ERA = "any"
_EVERYBODY = "all"
_OFFERED = (OfferedTo.CHILDREN, OfferedTo.GROUPS)
SuggestionRow = dict[str, object]  # what a row of SUGGESTIONS has, by column


@dataclass(frozen=True)
class _Held:
    """A child's last result in a year group and subject."""

    scale: str
    grade: str
    term: int


def suggest(analysis: Analysis, opened: Opened, flagged: Frame, spells: Frame, rules: Rules) -> Frame:
    """A row for each material that fits a flagged child or a clear gap, and one for each that nothing fits."""
    offered = list_on_offer(analysis, rules)
    rows = [*_to_children(analysis, opened, flagged, spells, offered, rules), *_to_gaps(analysis, offered, rules)]
    return SUGGESTIONS.of([row.get(name) for name in SUGGESTIONS.names] for row in rows)


def list_on_offer(analysis: Analysis, rules: Rules) -> list[Material]:
    """The materials that may be offered to anybody because of results in the term judged."""
    years = calendar_years(analysis, rules)
    return [
        material
        for material in rules.provision.catalogue.values()
        if material.from_attainment and material.offered_to in _OFFERED and material.to_be_had_in(years)
    ]


def calendar_years(analysis: Analysis, rules: Rules) -> range:
    """The year of the term judged, or, where the results name none, those of the scales that they are on."""
    if analysis.term.dated:
        year = analysis.term.calendar_year
        return range(year, year + 1)
    eras = eras_of(analysis, rules)
    return range(min(era.start for era in eras), max(era.stop for era in eras)) if eras else range(0)


def eras_of(analysis: Analysis, rules: Rules) -> list[range]:
    """The calendar years of each scale on which there are results in the term judged, of those of one time."""
    judged, known = analysis.children.judged, rules.scales
    used = judged["scale"][judged["term"] == analysis.term.number].distinct()
    return [known[name].years for name in used if name in known and known[name].era != _ANY_ERA]


def fits_group(material: Material, subject: str, group: tuple[str, str]) -> bool:
    """Whether a material is for groups, of this subject and of this group."""
    of_subject = not material.subjects or subject in material.subjects
    return material.offered_to is OfferedTo.GROUPS and of_subject and (not material.groups or group in material.groups)


def years_of(material: Material, rules: Rules) -> str:
    """The year groups that a material is for, in words; empty where it is for all."""
    years = [rules.years.label(year) for year in material.years] if material.years else []
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}" if years else ""


def _of_material(material: Material, rules: Rules) -> SuggestionRow:
    return {
        "material": material.key,
        "title": material.title,
        "reference": material.reference,
        "wave": material.wave,
        "years": years_of(material, rules),
        **(material.stated._asdict() if material.stated else {}),
        "caution": material.caution,
    }


class _Known(NamedTuple):
    """What is known of the children: results of the term and the last in each year, their groups, what they have."""

    now: Frame
    years: Mapping[str, float]
    groups: set[tuple[str, str, str]]
    held: Mapping[tuple[str, str, int], _Held]
    has: set[tuple[str, str]]


def _to_children(
    analysis: Analysis,
    opened: Opened,
    flagged: Frame,
    spells: Frame,
    offered: list[Material],
    rules: Rules,
) -> Iterator[SuggestionRow]:
    """What is offered to each flagged child below expectations that it does not have already this year."""
    pupils = analysis.children.pupils
    now = opened.past[opened.past["term"] == opened.term.number]
    known = _Known(
        now=now,
        years=dict(pupils.in_rows("pupil", "year_group")),
        groups=_groups(pupils, offered, rules),
        held=_held(opened, set(flagged["pupil"].distinct())),
        has=set(spells[spells["this_year"]].in_rows("pupil", "material")),
    )
    met = set(now[now["attainment"].isin(MET)].in_rows("pupil", "subject"))
    below = set(now[now["attainment"].isin(UNMET)].in_rows("pupil", "subject"))
    for pupil, subject in flagged.in_rows("pupil", "subject"):
        here = {"pupil": pupil, "subject": subject}
        if (pupil, subject) in met:
            yield {**here, "reason": NoMaterial.AT_EXPECTATIONS.value}
            continue
        if (pupil, subject) not in below:
            yield {**here, "reason": NoMaterial.STANDING_UNTOLD.value}
            continue
        fitting = [row for material in offered if (row := _offer(material, pupil, subject, known, rules))]
        yield from ({**here, **row} for row in fitting if (pupil, row.get("material")) not in known.has)
        if not fitting:
            yield {**here, "reason": NoMaterial.NONE_FITS.value}


def _offer(material: Material, pupil: str, subject: str, known: _Known, rules: Rules) -> SuggestionRow | None:
    """What is said of a material that fits a child, or of one for the lowest of whom it cannot be told; else None."""
    year = known.years.get(pupil)
    if material.offered_to is not OfferedTo.CHILDREN or not _fits(material, subject, year):
        return None
    group = next((group for group in material.groups if (pupil, *group) in known.groups), None)
    entry = _entered(material, pupil, subject, known.held)
    if (material.groups and group is None) or (material.entry is not None and entry is None):
        return None
    if material.lowest is not None and year is not None:
        lowest = find_lowest(known.now, subject, year, material.lowest, rules.groups.small.percentages_from)
        if pupil in lowest.unsure:
            return {"title": material.title, "reason": NoMaterial.LOWEST_UNTOLD.value}
        if pupil not in lowest.inside:
            return None
    return {
        **_of_material(material, rules),
        **dict(zip(("characteristic", "group"), group or ("", ""), strict=True)),
        **({"entry_grade": entry.grade, "entry_term": Term.numbered(entry.term).label} if entry else {}),
    }


def _fits(material: Material, subject: str, year: float | None) -> bool:
    """Whether subject and year group fit; a year group that is not known fits no material for some years only."""
    if material.subjects and subject not in material.subjects:
        return False
    return material.years is None or (year is not None and not np.isnan(year) and int(year) in material.years)


def _held(opened: Opened, pupils: set[str]) -> Mapping[tuple[str, str, int], _Held]:
    """The last result of each pupil in each subject and year group."""
    past = opened.past
    rows = past[past["pupil"].isin(pupils) & (past["term"] <= opened.term.number) & ~np.isnan(past["year_group"])]
    held = rows.sorted_by("term").in_rows("pupil", "subject", "year_group", "old", "grade", "term")
    return {  # of several the last, which overwrites those before
        (pupil, subject, int(year)): _Held(scale, grade, term) for pupil, subject, year, scale, grade, term in held
    }


def _entered(material: Material, pupil: str, subject: str, held: Mapping[tuple[str, str, int], _Held]) -> _Held | None:
    """The result by which a child enters a programme, if it has one."""
    if material.entry is None:
        return None
    found = held.get((pupil, subject, material.entry.year_group))
    fits = found is not None and found.scale == material.entry.scale and found.grade in material.entry.grades
    return found if fits else None


def _groups(pupils: Frame, offered: list[Material], rules: Rules) -> set[tuple[str, str, str]]:
    """Which pupils are in which of the groups that materials name."""
    found: set[tuple[str, str, str]] = set()
    for characteristic in dict.fromkeys(name for material in offered for name, _ in material.groups):
        groups = group_in(pupils, characteristic, rules.groups)
        if groups is not None:
            members = pupils.having(group=groups).in_rows("pupil", "group")
            found.update((pupil, characteristic, group) for pupil, group in members)
    return found


def _to_gaps(analysis: Analysis, offered: list[Material], rules: Rules) -> Iterator[SuggestionRow]:
    """What is offered to each group that is clearly behind at ARE in the whole school."""
    gaps = analysis.compared.gaps
    clear = gaps[own_findings(gaps) & (gaps["measure"] == Measure.AT_ARE.value) & (gaps["among"] == _EVERYBODY)]
    for subject, characteristic, group, peers, gap in clear.in_rows(
        "subject", "characteristic", "group", "peers", "gap"
    ):
        behind = group if gap < 0 else peers
        if behind == REST or rules.groups.is_complement(characteristic, behind):
            continue
        here = {"subject": subject, "characteristic": characteristic, "group": behind}
        fitting = [material for material in offered if fits_group(material, subject, (characteristic, behind))]
        yield from ({**here, **_of_material(material, rules)} for material in fitting)
        if not fitting:
            yield {**here, "reason": NoMaterial.NONE_FITS.value}
