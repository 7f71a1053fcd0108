"""What the catalogue offers: by material and by group behind, and to how many children nothing is offered, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.cycle.catalogue import calendar_years, list_on_offer
from siptrack.cycle.provision_tables import NoMaterial
from siptrack.documents.labels import children_of, subject_label
from siptrack.rendering.numbers import inside
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siptrack.cycle.provision import Provided
    from siptrack.documents.pupil_names import PupilNames
    from siptrack.rules.model import Rules
    from siptrack.school.provision import Material


class OfferRow(NamedTuple):
    """A row of the table of suggestions."""

    pupil: str
    subject: str
    characteristic: str
    group: str
    material: str
    title: str
    years: str
    entry_grade: str
    entry_term: str
    reason: str


class OfferedChild(NamedTuple):
    """A child whom a material fits, with its class, its subjects, and what lets it in."""

    name: str
    class_name: str
    subjects: Sequence[str]
    by: str


class OfferedMaterial(NamedTuple):
    """A material, the year groups it is for, and the children whom it fits."""

    material: Material
    years: str
    children: Sequence[OfferedChild]


class OfferedGroup(NamedTuple):
    """A group whose gap is clear in these subjects, and the materials for it."""

    children: str
    subjects: Sequence[str]
    titles: Sequence[str]


class OfferedProgramme(NamedTuple):
    """A programme, the year groups it is for, and to how many children it is offered; `lowest` are those by name."""

    material: Material
    years: str
    children: int
    lowest: Sequence[str]


class OfferedSubject(NamedTuple):
    """The children by class to whom programmes of a subject are offered, and these, those without a caution first."""

    subject: str
    classes: Sequence[tuple[str, Sequence[str]]]
    programmes: Sequence[OfferedProgramme]


class Never(NamedTuple):
    """The last calendar year before a term in which any of the catalogue was to be had, and the first after it."""

    until: int | None
    since: int | None


class Offered(NamedTuple):
    """What the catalogue offers.

    `never` is when it has nothing, where that is the term. `historical` is whether what is offered is. `programmes`
    ask for a condition that no result tells, and `materials` for none. `without` are groups for which there is none, by
    what is said of them. `unsure` are children by the title of what is for the lowest part of their year group. Of the
    others so many stand `at_expectations`, of so many that is `untold`, and nothing fits the rest.
    """

    never: Never | None
    historical: bool
    programmes: Sequence[OfferedSubject]
    materials: Sequence[OfferedMaterial]
    groups: Sequence[OfferedGroup]
    without: Mapping[str, str]
    unsure: Mapping[str, Sequence[str]]
    at_expectations: int
    untold: int
    none_fits: Sequence[str]


def none_on_offer(provided: Provided, rules: Rules) -> Never | None:
    """When the catalogue's materials were and will be to be had, where none is in the term."""
    analysis, every = provided.analysis, rules.provision.catalogue.values()
    years = calendar_years(analysis, rules)
    if not years or not every or list_on_offer(analysis, rules):
        return None
    ends = [material.until for material in every if material.until is not None and material.until < years[0]]
    starts = [material.since for material in every if material.since is not None and material.since > years[-1]]
    return Never(max(ends, default=None), min(starts, default=None))


def list_offered(provided: Provided, names: PupilNames, rules: Rules) -> Offered:
    """What is offered to whom, in the order of the catalogue."""
    rows, catalogue = rows_of(OfferRow, provided.frame("suggestions")), rules.provision.catalogue
    offered = [row for row in rows if row.material]
    to_children: dict[str, list[OfferRow]] = {key: [] for key in catalogue}
    of_gaps: dict[tuple[str, str], list[OfferRow]] = {}
    for row in rows:
        if not row.pupil:
            of_gaps.setdefault((row.characteristic, row.group), []).append(row)
        elif row.material:
            to_children[row.material].append(row)

    def of_reason(reason: NoMaterial) -> list[OfferRow]:
        return [row for row in rows if row.pupil and row.reason == reason]

    unsure: dict[str, list[str]] = {}
    for row in of_reason(NoMaterial.LOWEST_UNTOLD):
        unsure.setdefault(row.title, []).append(names[row.pupil])
    asked = dict.fromkeys(provided.analysis.asked.groups, ())
    without = _without(provided, {**of_gaps, **asked}, rules)
    return Offered(
        none_on_offer(provided, rules),
        any(catalogue[row.material].until is not None for row in offered),
        _programmes([row for row in offered if row.pupil and catalogue[row.material].stated], names, rules),
        [
            OfferedMaterial(catalogue[key], of[0].years, _children(of, names, rules))
            for key, of in to_children.items()
            if of and not catalogue[key].stated
        ],
        [_group(*group, of, rules) for group, of in of_gaps.items() if group not in without],
        {children_of(rules.groups.all()[key], group): says for (key, group), says in without.items()},
        unsure,
        len({row.pupil for row in of_reason(NoMaterial.AT_EXPECTATIONS)}),
        len({row.pupil for row in of_reason(NoMaterial.STANDING_UNTOLD)}),
        [
            f"{child.name} ({', '.join(child.subjects)})"
            for child in _children(of_reason(NoMaterial.NONE_FITS), names, rules)
        ],
    )


def _programmes(rows: Sequence[OfferRow], names: PupilNames, rules: Rules) -> list[OfferedSubject]:
    """The programmes in the order of the subjects, and in each those without a caution first."""
    found = []
    catalogue = rules.provision.catalogue
    for subject in rules.columns.subjects:
        of_subject = [row for row in rows if row.subject == subject]
        if not of_subject:
            continue
        programmes = []
        for key, material in catalogue.items():
            of = [row for row in of_subject if row.material == key]
            if of:
                pupils = sorted((row.pupil for row in of), key=names.order)
                lowest = [names[pupil] for pupil in pupils] if material.lowest is not None else []
                programmes.append(OfferedProgramme(material, of[0].years, len(of), lowest))
        classes = names.by_class({row.pupil for row in of_subject}, rules)
        found.append(
            OfferedSubject(
                subject_label(subject, rules),
                [(label, [names[pupil] for pupil in pupils]) for label, pupils in classes],
                sorted(programmes, key=lambda programme: bool(programme.material.caution)),
            )
        )
    return found


def _without(
    provided: Provided, groups: Mapping[tuple[str, str], Sequence[OfferRow]], rules: Rules
) -> dict[tuple[str, str], str]:
    """What is said of those of these groups for which the catalogue has no programme."""
    years = calendar_years(provided.analysis, rules)
    says = {
        each.group: each.says for each in rules.provision.no_programme.values() if years and years[-1] >= each.since
    }
    return {group: says[group] for group, of in groups.items() if group in says and not any(row.material for row in of)}


def _children(rows: Iterable[OfferRow], names: PupilNames, rules: Rules) -> list[OfferedChild]:
    """The children of these rows in the order of a register, each once."""
    of_pupil: dict[str, list[OfferRow]] = {}
    for row in sorted(rows, key=lambda row: names.order(row.pupil)):
        of_pupil.setdefault(row.pupil, []).append(row)
    return [
        OfferedChild(
            names[pupil],
            names.seats[pupil][1],
            [inside(subject_label(row.subject, rules)) for row in of],
            ", ".join(filter(None, (_entry(of[0]), _in_group(of[0], rules)))),
        )
        for pupil, of in of_pupil.items()
    ]


def _entry(row: OfferRow) -> str:
    return f"{row.entry_grade} in {row.entry_term}" if row.entry_grade else ""


def _in_group(row: OfferRow, rules: Rules) -> str:
    return children_of(rules.groups.all()[row.characteristic], row.group) if row.group else ""


def _group(characteristic: str, group: str, rows: Sequence[OfferRow], rules: Rules) -> OfferedGroup:
    """A group behind; three subjects together only where none of the three is among its own."""
    subjects = {row.subject for row in rows}
    combined = rules.columns.combined
    single = [row for row in rows if not subjects.intersection(combined.get(row.subject, ()))]
    catalogue = rules.provision.catalogue
    return OfferedGroup(
        children_of(rules.groups.all()[characteristic], group),
        list(dict.fromkeys(inside(subject_label(row.subject, rules)) for row in single)),
        list(dict.fromkeys(catalogue[row.material].cited for row in single if row.material)),
    )
