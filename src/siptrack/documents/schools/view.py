"""The facts of the page of many schools."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.across.found import ManySchools
from siptrack.analysis.across.tables import (
    ACROSS,
    ALL,
    IN_SCHOOLS,
    SCHOOLS,
    STANDINGS,
    Across,
    AcrossGap,
    Position,
    SchoolGap,
    SchoolLine,
    SchoolStanding,
)
from siptrack.analysis.tally import year_key
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.schools.drawing import drawing_of, drawn_schools, stands_out
from siptrack.documents.written import Written, term_object
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rendering.workbook.sheets import SheetColumn, WorkbookSheet
from siptrack.school.errors import ChoiceError
from siptrack.school.near import instead
from siptrack.school.sharing import Status
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

TABLES = (SCHOOLS, STANDINGS, ACROSS, IN_SCHOOLS)
_FAR = (Position.FAR_BELOW, Position.FAR_ABOVE)
_BY_NAME, _BY_ROLL = "name", "on_roll"


class StandsOut(NamedTuple):
    """A school that stands out on a measure, on one side, in these subjects."""

    school: str
    measure: Across
    position: Position
    subjects: Sequence[SchoolStanding]


class Behind(NamedTuple):
    """A group that differs from its peers in all schools together, on a measure, in these subjects."""

    characteristic: str
    group: str
    peers: str
    measure: Across
    ahead: bool
    gaps: Sequence[AcrossGap]


class SchoolsPage(NamedTuple):
    """The schools in the order asked for, each with its standing by subject; what all come to; what to ask, and gaps.

    `far` are those beyond the outer limits, `near` how many figures lie beyond the inner ones alone, of `judged`.
    """

    schools: Sequence[SchoolLine]
    standing: Mapping[str, Mapping[tuple[str, str], SchoolStanding]]
    subjects: Sequence[str]
    far: Sequence[StandsOut]
    near: int
    judged: int
    gaps: Sequence[Behind]
    not_clear: int
    in_school: Mapping[str, Sequence[SchoolGap]]

    @property
    def counted(self) -> Sequence[SchoolLine]:
        """The schools that could be judged."""
        return [line for line in self.schools if line.term]

    @property
    def together(self) -> Mapping[tuple[str, str], SchoolStanding]:
        """How all schools together stand, by subject and measure."""
        return self.standing.get(ALL, {})

    @property
    def tested(self) -> Sequence[SchoolLine]:
        """The schools in which there are tests beside judgements."""
        with_tests = {name for name, of in self.standing.items() if any(key[1] == Across.TEST_BELOW for key in of)}
        return [line for line in self.counted if line.school in with_tests]

    @property
    def tests(self) -> Sequence[str]:
        """The subjects in which there are tests beside judgements."""
        return [subject for subject in self.subjects if (subject, Across.TEST_BELOW.value) in self.together]

    @property
    def drawn(self) -> Mapping[tuple[str, str], Sequence[SchoolStanding]]:
        """The schools that can be drawn in a funnel, by subject and measure, attainment first."""
        keys = [(subject, each.value) for each in Across for subject in self.subjects]
        found = {
            key: drawn_schools(
                [self.standing[line.school][key] for line in self.counted if key in self.standing[line.school]]
            )
            for key in keys
        }
        return {key: of for key, of in found.items() if of}


def page_of(found: ManySchools, rules: Rules, order: str) -> SchoolsPage:
    """The facts, the schools in that order: their names, on_roll, or a subject, whose lowest comes first."""
    every = rows_of(SchoolLine, found.lines)
    standing: dict[str, dict[tuple[str, str], SchoolStanding]] = {line.school: {} for line in every}
    for row in rows_of(SchoolStanding, found.beside.standings):
        standing.setdefault(row.school, {})[row.subject, row.measure] = row
    present = {subject for of in standing.values() for subject, _ in of}
    subjects = [subject for subject in rules.columns.subjects if subject in present]
    lines = _ordered(every, standing, order)
    judged = [row for of in standing.values() for row in of.values() if row.position != Position.NOT_KNOWN]
    in_school: dict[str, list[SchoolGap]] = {}
    for gap in rows_of(SchoolGap, found.beside.in_schools):
        if gap.verdict == GapVerdict.CLEAR:
            in_school.setdefault(gap.school, []).append(gap)
    gaps = rows_of(AcrossGap, found.beside.across)
    clear = [gap for gap in gaps if gap.verdict == GapVerdict.CLEAR and gap.gap is not None]
    return SchoolsPage(
        lines,
        standing,
        subjects,
        _far([line.school for line in lines], standing),
        sum(row.position in {Position.BELOW, Position.ABOVE} for row in judged),
        len(judged),
        _by_group(clear),
        sum(gap.verdict == GapVerdict.NOT_CLEAR for gap in gaps),
        in_school,
    )


def _ordered(
    lines: Sequence[SchoolLine],
    standing: Mapping[str, Mapping[tuple[str, str], SchoolStanding]],
    order: str,
) -> list[SchoolLine]:
    if order == _BY_NAME:
        return sorted(lines, key=lambda line: line.school.casefold())
    if order == _BY_ROLL:
        return sorted(lines, key=lambda line: line.on_roll or 0)

    def percent(line: SchoolLine) -> float:
        of = standing.get(line.school, {}).get((order, Across.AT_ARE.value))
        return 101.0 if of is None or of.percent is None else of.percent

    return sorted(lines, key=lambda line: (percent(line), line.school.casefold()))


def refuse_order(order: str, rules: Rules) -> None:
    """Refuse an order that is none, before anything is judged."""
    known = [_BY_NAME, _BY_ROLL, *rules.columns.subjects]
    if order not in known:
        raise ChoiceError(f"--sort '{order}' is not known. {instead(order, known)}")


def _far(schools: Sequence[str], standing: Mapping[str, Mapping[tuple[str, str], SchoolStanding]]) -> list[StandsOut]:
    """Which schools lie beyond the outer limits, on which measure and side, in the order of the schools."""
    found: dict[tuple[str, Across, Position], list[SchoolStanding]] = {}
    for school in schools:
        for row in standing.get(school, {}).values():
            if row.position in _FAR:
                found.setdefault((school, Across(row.measure), Position(row.position)), []).append(row)
    return [StandsOut(*key, rows) for key, rows in found.items()]


def _by_group(gaps: Sequence[AcrossGap]) -> list[Behind]:
    """The gaps of each group and measure together, attainment first."""
    found: dict[tuple[str, str, str, Across, bool], list[AcrossGap]] = {}
    for gap in gaps:
        measure = Across(gap.measure)
        ahead = ((gap.gap or 0) > 0) == (measure is Across.AT_ARE)
        found.setdefault((gap.characteristic, gap.group, gap.peers, measure, ahead), []).append(gap)
    made = [Behind(*key, rows) for key, rows in found.items()]
    return sorted(made, key=lambda behind: behind.measure is not Across.AT_ARE)


def chance_allows(standing: SchoolStanding) -> tuple[int, int]:
    """The whole percentages within the outer limits."""
    return math.ceil(standing.lowest or 0), math.floor(standing.highest or 0)


def schools_document(found: ManySchools, rules: Rules, *, order: str = _BY_NAME, folds: bool = False) -> Document:
    """The page; `folds` asks for a fold a school, with all of its figures."""
    page = page_of(found, rules, order)
    drawn = page.drawn if folds else {}
    every = rules.groups.all()

    def children(key: str, group: str) -> str:
        return children_of(every[key], group)

    return document(
        "schools/page.jinja",
        ruler_line(rules.ruler),
        found=found,
        page=page,
        rules=rules,
        label=lambda subject: subject_label(subject, rules),
        children=children,
        allows=chance_allows,
        folds=folds,
        drawn=drawn,
        shown=[key for key, of in drawn.items() if stands_out(of)],
        years=lambda gap: _years(gap, rules),
        drawings={
            f"{subject}-{measure}": drawing_of(of, page.together[subject, measure], rules.schools.limits)
            for (subject, measure), of in drawn.items()
        },
        Across=Across,
        Position=Position,
        Status=Status,
    )


def _years(gap: AcrossGap, rules: Rules) -> list[str]:
    """The year groups in which a gap is clear by itself."""
    years = range(rules.years.lowest, rules.years.highest + 1)
    return [rules.years.label(year) for year in years if year_key(year) in gap.lies_in.split()]


def of_schools(found: ManySchools, rules: Rules) -> Written:
    """The schools for other programs."""
    beside = found.beside
    tables = dict(zip((table.name for table in TABLES), (found.lines, *beside[:3]), strict=True))
    followed = [{"subject": subject, **of._asdict()} for subject, of in found.followed.items()]
    return Written(
        "schools",
        rules,
        rows=lambda name: tables[name],
        head={"term": term_object(found.term) if found.term else None, "mode": found.mode.key},
        besides={"several_scales": list(beside.several_scales), "moved": followed},
    )


def schools_sheets(found: ManySchools, rules: Rules) -> list[WorkbookSheet]:
    """The tables as sheets of a workbook, each under the names of its columns."""
    written = of_schools(found, rules)
    by_name = {table.name: table for table in TABLES}
    return [
        WorkbookSheet(
            key=made.name,
            name=made.name.replace("_", " ").capitalize(),
            title=by_name[made.name].meaning,
            about=by_name[made.name].meaning,
            headings=tuple(SheetColumn(column.name) for column in made.columns),
            rows=made.rows,
        )
        for made in written.tables()
    ]
