"""What the catalogue offers: by material and by group behind, and to how many children nothing is offered, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.cycle.catalogue import on_offer
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


class Offered(NamedTuple):
    """What the catalogue offers.

    `over` is the last year in which any of it was to be had, where that has passed; `historical` whether what is
    offered is. `unsure` are children by the title of what is for the lowest part of their year group. Of the others so
    many stand `at_expectations`, and nothing fits these.
    """

    over: int | None
    historical: bool
    materials: Sequence[OfferedMaterial]
    groups: Sequence[OfferedGroup]
    unsure: Mapping[str, Sequence[str]]
    at_expectations: int
    none_fits: Sequence[str]


def none_on_offer(provided: Provided, rules: Rules) -> int | None:
    """The last year in which any of the catalogue's materials was to be had, where none is in the term."""
    every, term = rules.provision.catalogue.values(), provided.analysis.term
    ends = [material.until for material in every if material.until is not None]
    return max(ends) if ends and not any(on_offer(material, term) for material in every) else None


def list_offered(provided: Provided, names: PupilNames, rules: Rules) -> Offered:
    """What is offered to whom, in the order of the catalogue."""
    rows, catalogue = rows_of(OfferRow, provided.frame("suggestions")), rules.provision.catalogue
    offered = [row for row in rows if row.material]
    of_gaps: dict[tuple[str, str], list[OfferRow]] = {}
    for row in rows:
        if not row.pupil:
            of_gaps.setdefault((row.characteristic, row.group), []).append(row)
    materials = []
    for key, material in catalogue.items():
        fitting = [row for row in offered if row.material == key and row.pupil]
        if fitting:
            materials.append(OfferedMaterial(material, fitting[0].years, _children(fitting, names, rules)))

    def of_reason(reason: NoMaterial) -> list[OfferRow]:
        return [row for row in rows if row.pupil and row.reason == reason]

    unsure: dict[str, list[str]] = {}
    for row in of_reason(NoMaterial.LOWEST_UNTOLD):
        unsure.setdefault(row.title, []).append(names[row.pupil])
    return Offered(
        none_on_offer(provided, rules),
        any(catalogue[row.material].until is not None for row in offered),
        materials,
        [_group(*of, of_group, rules) for of, of_group in of_gaps.items()],
        unsure,
        len({row.pupil for row in of_reason(NoMaterial.AT_EXPECTATIONS)}),
        [
            f"{child.name} ({', '.join(child.subjects)})"
            for child in _children(of_reason(NoMaterial.NONE_FITS), names, rules)
        ],
    )


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
