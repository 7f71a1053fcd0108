"""The facts of the first page of an analysis: what a head takes in in five minutes, each child on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.at_a_glance import at_a_glance
from siptrack.documents.child_lines import NamedInClass, class_lists
from siptrack.documents.children import list_children
from siptrack.documents.clauses import STANDING
from siptrack.documents.evidence import sureness
from siptrack.documents.findings import list_findings
from siptrack.documents.groups import cause_sentences, paradox_sentences, untold_sentences
from siptrack.documents.in_short import in_short, untold, warnings_of
from siptrack.documents.read import read_of
from siptrack.documents.scales import scales_of
from siptrack.documents.trends import gaps_that_changed
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.school.codes import FlagCode

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.at_a_glance import Glance, StandingAtAGlance
    from siptrack.documents.children import SchoolClass
    from siptrack.documents.evidence import HowSure
    from siptrack.documents.findings import Finding
    from siptrack.documents.in_short import InShort
    from siptrack.documents.trends import ChangedGap
    from siptrack.rendering.model import Document
    from siptrack.rules.model import Rules
    from siptrack.school.scale import Choice

_WIDEST = 28  # letters of a name, beyond which what is said of a child begins further on


class SubjectColumn(NamedTuple):
    """A subject over its columns; of a combined one, which stands behind its `parts`, how many these are.

    `slow` is whether anybody's progress in it is judged.
    """

    label: str
    parts: int
    slow: bool


class YearLine(NamedTuple):
    """A year group: its label, the children on roll, and how it stands in each subject; None where in none."""

    label: str
    on_roll: int
    subjects: Sequence[StandingAtAGlance | None]


class Years(NamedTuple):
    """The year groups by subjects; `others` are the subjects that only the whole report has.

    So many judgements are `missing` from the percentages.
    """

    columns: Sequence[SubjectColumn]
    lines: Sequence[YearLine]
    others: Sequence[str]
    missing: int = 0


class FirstPage(NamedTuple):
    """What stands on the first page, beside what the shared macros say.

    `warnings` nobody may overlook; `gaps` are sentences, and `changed` gaps have changed over time.
    `below` children are below expectations and keep up; a reading or spelling age of `behind_own_age` children is far
    behind their own; `recovered` are those not named whose newer result shows more.
    """

    warnings: Sequence[str]
    in_short: Sequence[InShort]
    years: Years
    classes: Sequence[NamedInClass]
    below: int
    behind_own_age: int
    recovered: Sequence[tuple[str, Finding]]
    gaps: Sequence[str]
    changed: Sequence[ChangedGap]
    untold: Sequence[str]
    choices: Sequence[Choice]

    @property
    def longest_name(self) -> int:
        """How wide a column of these children's names is."""
        names = (len(line.child.name) for of_class in self.classes for line in of_class.sure)
        return min(max(names, default=0), _WIDEST)

    @property
    def dropped(self) -> bool:
        """Whether a named child is lower than last term."""
        return any(move.dropped for of_class in self.classes for line in of_class.lines for move in line.moves)

    @property
    def named(self) -> int:
        """How many children are named."""
        return sum(len(of_class.lines) for of_class in self.classes)


def first_page(analysis: Analysis, rules: Rules, paths: str) -> Document:
    """The first page of an analysis of what lies at `paths`."""
    sure = sureness(analysis, rules)
    findings = list_findings(analysis, rules)
    listed = list_children(analysis, rules, findings, frozenset(STANDING))
    most = rules.pages
    page = FirstPage(
        warnings=warnings_of(analysis, rules),
        in_short=[line for line in in_short(analysis, rules, sure) if line.about != "problems"][: most.in_short],
        years=year_lines(at_a_glance(analysis, rules), rules),
        classes=class_lists(listed.insufficient, rules, sure.since),
        below=sum(len(of_class.children) for of_class in listed.below),
        behind_own_age=len({finding.pupil for finding in findings if finding.code == FlagCode.BEHIND_OWN_AGE}),
        recovered=_recovered((*listed.below, *listed.others)),
        gaps=[
            *cause_sentences(analysis, rules)[: most.causes],
            *paradox_sentences(analysis, rules)[: most.changes],
        ],
        changed=gaps_that_changed(analysis.over_time.trends, analysis.characteristics, rules)[: most.changes],
        untold=untold_sentences(analysis, rules, others=True),
        choices=scales_of(analysis, rules).choices,
    )
    return page_of(page, analysis, rules, sure, paths)


def page_of(page: FirstPage, analysis: Analysis, rules: Rules, sure: HowSure, paths: str) -> Document:
    """These facts as a document."""
    read = read_of(analysis)
    return document(
        "analyse/page.jinja",
        ruler_line(rules.ruler),
        page=page,
        analysis=analysis,
        read=read,
        rules=rules,
        sure=sure,
        paths=paths,
        judged=untold(analysis) < len(analysis.children.pupils),
    )


def _recovered(classes: Sequence[SchoolClass]) -> list[tuple[str, Finding]]:
    """The children of these classes whose newer result shows more, each with it once a subject."""
    children = (child for listed in classes for child in listed.children)
    found = {
        (child.pupil, finding.label): (child.name, finding)
        for child in sorted(children, key=lambda child: child.pupil)
        for finding in child.findings
        if finding.newer_grade
    }
    return list(found.values())


def year_lines(glance: Glance, rules: Rules) -> Years:
    """A line a year group: side by side the subjects that make up a combined one and that one, if there is one."""
    combined = rules.columns.combined
    present = {row.subject: row.label for row in glance.rows}
    core = [subject for subject in present if subject in combined or any(subject in of for of in combined.values())]
    subjects = core or list(present)
    lines = []
    for label in dict.fromkeys(row.year for row in glance.rows):
        of_year = {row.subject: row for row in glance.rows if row.year == label}
        standings = [row if (row := of_year.get(subject)) and row.assessed else None for subject in subjects]
        lines.append(YearLine(label, max(row.n for row in of_year.values()), standings))
    judged = {row.subject for row in glance.rows if row.assessed and row.insufficient is not None}
    columns = [
        SubjectColumn(present[subject], len(combined.get(subject, ())), subject in judged) for subject in subjects
    ]
    others = [label for subject, label in present.items() if subject not in subjects]
    return Years(columns, lines, others, sum(count for _, count in glance.left_out))
