"""The facts of the page of provision: who has none, who has much, and what each intervention takes and came to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.cycle.catalogue import calendar_years
from siptrack.cycle.provision_tables import SPELLS, Impact, Who
from siptrack.documents.analysis import ledger_object
from siptrack.documents.child_lines import ChildLine, class_lists
from siptrack.documents.children import SchoolClass, list_children
from siptrack.documents.findings import list_findings
from siptrack.documents.in_short import untold
from siptrack.documents.labels import subject_label
from siptrack.documents.provision.catalogue import list_offered
from siptrack.documents.provision.impact import ImpactBeside, list_compared
from siptrack.documents.pupil_names import PupilNames, names_of
from siptrack.documents.read import read_of
from siptrack.documents.written import Written, rows_but
from siptrack.rendering.numbers import inside
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.school.provision import OfferedTo
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from siptrack.cycle.provision import Provided
    from siptrack.rendering.model import Document
    from siptrack.rules.model import Rules
    from siptrack.school.provision import Material


class WhoRow(NamedTuple):
    """A row of the table of who has what; `count_` are interventions of a child, or sessions attended of `of`."""

    code: str
    pupil: str
    subject: str
    intervention: str
    count_: float
    of: float | None


class Takes(NamedTuple):
    """A row of the table of interventions: what it takes, and the gain in ages where there are ages."""

    intervention: str
    children: int
    planned: float | None
    attended: float | None
    cost_a_child: float | None
    ages: int
    months_gained: float | None
    months: float | None
    ratio_gain: float | None


class MapRow(NamedTuple):
    """A row of the provision map."""

    academic_year: float | None
    year_group: float | None
    need: str
    subject: str
    wave: float | None
    intervention: str
    children: int
    now: int
    planned: float | None
    attended: float | None
    hours: float | None
    cost: float | None


class HasRow(NamedTuple):
    """A child's provision this school year, and in how many subjects its progress is insufficient."""

    pupil: str
    class_: str
    interventions: int
    insufficient: int
    planned: float | None
    attended: float | None
    hours: float | None
    cost: float | None


class ComparedRow(NamedTuple):
    """A child of an intervention beside the comparable ones, or why beside nobody."""

    intervention: str
    subject: str
    scale: str
    pupil: str
    before_term: str
    after_term: str
    comparable: int
    during: float | None
    peers_during: float | None
    reason: str


class ClassWithout(NamedTuple):
    """The children of a class of a year group, the strongest marks first, in the subjects that are spoken of.

    Their marks name those in `sure`, and hardly do those in `hardly`.
    """

    name: str
    year_group: int | None
    sure: Sequence[ChildLine]
    hardly: Sequence[ChildLine]

    @property
    def children(self) -> list[ChildLine]:
        """All of them."""
        return [*self.sure, *self.hardly]


class HasMuch(NamedTuple):
    """A child with much provision, or in much at once, and the subjects in which progress is insufficient still."""

    name: str
    has: Sequence[str]
    subjects: Sequence[str]


class InterventionLine(NamedTuple):
    """An intervention, what it takes, what came of it in each subject, and the programme of the term's time it is."""

    takes: Takes
    beside: Sequence[ImpactBeside]
    programme: Material | None

    @property
    def advised_against(self) -> bool:
        """Whether the latest trial of the programme shows no gain."""
        return self.programme is not None and self.programme.offered_to is OfferedTo.NOBODY


class ProvisionPage(NamedTuple):
    """What stands on the page.

    `slow` children make insufficient progress, `untold` whether progress can be told of nobody; `nothing` and `other`
    are those without provision and with some for another subject only, by class.
    """

    rows: int
    children: int
    slow: int
    untold: bool
    nothing: Sequence[ClassWithout]
    other: Sequence[ClassWithout]
    much: Sequence[HasMuch]
    many: Sequence[HasMuch]
    hardly: Sequence[WhoRow]
    lines: Sequence[InterventionLine]

    @property
    def beside(self) -> list[ImpactBeside]:
        """Every intervention in every subject."""
        return [found for line in self.lines for found in line.beside]


class ProvisionDetail(NamedTuple):
    """What is on the page on request: the map of the school year, each child's provision, and each child compared."""

    map: Sequence[MapRow]
    other_years: int
    has: Sequence[HasRow]
    compared: Mapping[str, Sequence[ComparedRow]]
    names: PupilNames


def provision_document(provided: Provided, rules: Rules, *, suggest: bool, detail: bool) -> Document:
    """The page; `suggest` adds what the catalogue offers, `detail` the map and each child."""
    analysis, names = provided.analysis, names_of(provided.analysis)
    return document(
        "provision/page.jinja",
        ruler_line(rules.ruler),
        wide=True,
        page=_page(provided, names, rules),
        offered=list_offered(provided, names, rules) if suggest else None,
        detail=_detail(provided, names, rules) if detail else None,
        term=analysis.term,
        read=read_of(analysis),
        rules=rules,
        label=lambda subject: inside(subject_label(subject, rules)),
        Impact=Impact,
    )


def of_provision(provided: Provided, rules: Rules) -> Written:
    """Who has what provision, and what became of the children in it."""
    rows = rows_but(provided.frame, {SPELLS.name: lambda: provided.frame("spells")})
    besides = {"ledger": ledger_object(provided.analysis)}
    return Written("provision", rules, provided.analysis, rows, besides=besides)


def _page(provided: Provided, names: PupilNames, rules: Rules) -> ProvisionPage:
    analysis, spells = provided.analysis, provided.frame("spells")
    rows: dict[str, list[WhoRow]] = {code: [] for code in Who}
    for row in rows_of(WhoRow, provided.frame("who")):
        rows[row.code].append(row)
    classes = list_children(analysis, rules, list_findings(analysis, rules), frozenset()).insufficient
    much = has_much(rows[Who.MUCH], names, rules)
    named = {row.pupil for row in rows[Who.MUCH]}
    return ProvisionPage(
        rows=len(spells),
        children=len(spells["pupil"].distinct()),
        slow=sum(bool(row.insufficient) for row in rows_of(HasRow, provided.frame("children"))),
        untold=untold(analysis) == len(analysis.children.pupils),
        nothing=_without(classes, rows[Who.NOTHING], rules),
        other=_without(classes, rows[Who.ANOTHER_SUBJECT], rules),
        much=much,
        many=has_much([row for row in rows[Who.MANY_AT_ONCE] if row.pupil not in named], names, rules),
        hardly=rows[Who.NOBODY_ATTENDS],
        lines=_lines(provided, rules),
    )


def _without(classes: Sequence[SchoolClass], rows: Sequence[WhoRow], rules: Rules) -> list[ClassWithout]:
    """The children of these rows by class, each with the subjects of the rows alone."""
    spoken = {(row.pupil, subject_label(row.subject, rules)) for row in rows}
    found = []
    for of_class, named in zip(classes, class_lists(classes, rules, {}), strict=True):
        sure, hardly = (_spoken_of(lines, spoken) for lines in (named.sure, named.hardly))
        if sure or hardly:
            found.append(ClassWithout(of_class.name, of_class.year_group, sure, hardly))
    return found


def _spoken_of(lines: Sequence[ChildLine], spoken: Collection[tuple[str, str]]) -> list[ChildLine]:
    """The children who are spoken of in a subject, each in these subjects alone."""
    kept = [
        line._replace(moves=[move for move in line.moves if (line.child.pupil, move.subject) in spoken])
        for line in lines
    ]
    return [line for line in kept if line.moves]


def has_much(rows: Sequence[WhoRow], names: PupilNames, rules: Rules) -> list[HasMuch]:
    """The children of these rows in the order of a register."""
    of_pupil: dict[str, list[WhoRow]] = {}
    for row in sorted(rows, key=lambda row: names.order(row.pupil)):
        of_pupil.setdefault(row.pupil, []).append(row)
    return [
        HasMuch(
            names[pupil],
            of[0].intervention.split("; "),
            [inside(subject_label(row.subject, rules)) for row in of if row.subject],
        )
        for pupil, of in of_pupil.items()
    ]


def _lines(provided: Provided, rules: Rules) -> list[InterventionLine]:
    """Each intervention; those that made a difference first, then those of which it cannot be told."""
    takes = rows_of(Takes, provided.frame("interventions"))
    beside: dict[str, list[ImpactBeside]] = {row.intervention: [] for row in takes}
    for found in list_compared(provided.frame("impact"), rules):
        beside[found.row.intervention].append(found)
    programmes = _programmes(provided, rules)
    lines = [InterventionLine(row, beside[row.intervention], programmes.get(row.intervention)) for row in takes]
    return sorted(
        lines,
        key=lambda line: (
            not any(found.differs for found in line.beside),
            not any(found.judged for found in line.beside),
        ),
    )


def _programmes(provided: Provided, rules: Rules) -> dict[str, Material]:
    """The interventions that are a programme of the term's time of which its source states something."""
    years, catalogue = calendar_years(provided.analysis, rules), rules.provision.catalogue
    named = dict.fromkeys(provided.frame("spells").in_rows("intervention", "material"))
    found = {name: catalogue[key] for name, key in named if key in catalogue}
    return {name: material for name, material in found.items() if material.stated and material.to_be_had_in(years)}


def _detail(provided: Provided, names: PupilNames, rules: Rules) -> ProvisionDetail:
    year, rows = provided.analysis.term.academic_year, rows_of(MapRow, provided.frame("map"))
    here = [row for row in rows if row.academic_year in (None, year) or row.now]
    here.sort(key=lambda row: (row.year_group or 0, row.need, row.intervention))
    compared: dict[str, list[ComparedRow]] = {}
    for child in sorted(rows_of(ComparedRow, provided.frame("compared")), key=lambda child: names.order(child.pupil)):
        compared.setdefault(f"{child.intervention}, {inside(subject_label(child.subject, rules))}", []).append(child)
    has = [row for row in rows_of(HasRow, provided.frame("children")) if row.interventions]
    has.sort(key=lambda row: names.order(row.pupil))
    with_peers = {name: of for name, of in sorted(compared.items()) if any(not child.reason for child in of)}
    return ProvisionDetail(here, len(rows) - len(here), has, with_peers, names)
