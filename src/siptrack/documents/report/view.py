"""The facts of the report with names, and the page that they make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.children import every_child
from siptrack.documents.evidence import First, HowSure
from siptrack.documents.read import Read
from siptrack.documents.report.class_lists import class_lists
from siptrack.documents.report.every_child import every_child_of
from siptrack.documents.report.figures import Share, a_year_ago, figures_of
from siptrack.documents.report.heat import heat
from siptrack.documents.report.journeys import journeys
from siptrack.documents.report.matrix import LADDER, matrices
from siptrack.documents.report.overlap import overlaps
from siptrack.documents.report.terms import largest_change, lines_over_terms
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.html.pages import page
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import sections, sentence

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.children import Child, Sections
    from siptrack.documents.findings import Finding
    from siptrack.rendering.model import Section
    from siptrack.rules.model import Rules

_DOCUMENTS = Path(__file__).parents[1]
_OVER_TIME, _EVIDENCE = "trends.jinja", "evidence.jinja"
CountGaps = Callable[["Analysis"], Share]


class ListedChildren(NamedTuple):
    """The findings of an analysis, the children in their lists, and how sure the first list is."""

    findings: Sequence[Finding]
    lists: Sections
    sure: HowSure


def report_page(
    analysis: Analysis,
    rules: Rules,
    pages: Mapping[str, str],
    listed: ListedChildren,
    count_gaps: CountGaps,
    **sentences: object,
) -> bytes:
    """The page; `pages` are the addresses of children's own pages by key.

    `count_gaps` says how many gaps of an analysis are clear, and `sentences` are what is not made in a template yet.
    """
    sure, named = listed.sure, listed.lists.insufficient
    children = {child.pupil: child for child in every_child(analysis, listed.findings)}
    everybody = every_child_of(analysis, rules, children.values())
    drawn = lines_over_terms(analysis, rules)
    then = a_year_ago(analysis, rules)
    return page(
        "report/page.html",
        _DOCUMENTS,
        term=analysis.term,
        small=rules.groups.small,
        figures=figures_of(analysis, rules, count_gaps(analysis)),
        then=figures_of(then, rules, count_gaps(then)) if then else None,
        heat=heat(analysis, rules, named),
        sure=sure,
        first=sure.first,
        journeys=_journeys(analysis, sure.first),
        slipping=_slipping(sure, children.values()),
        lists=class_lists(named, rules),
        counts=_counts(listed.lists),
        everybody=everybody,
        links={**everybody.rows, **pages},
        pages=pages,
        lines=drawn,
        change=largest_change(drawn),
        ladder=LADDER,
        matrices=matrices(analysis, rules, children),
        overlaps=overlaps(analysis, rules, children),
        ruler=ruler_line(rules.ruler),
        **_read(analysis),
        **_over_time(analysis, rules),
        **_evidence(sure),
        **sentences,
    )


def _journeys(analysis: Analysis, first: Collection[First]) -> Mapping[str, object]:
    """The journey of each child to talk about first, by the child's key."""
    found = journeys(analysis, {(child.row.pupil, child.row.subject) for child in first})
    return {pupil: journey for (pupil, _), journey in found.items()}


def _slipping(sure: HowSure, children: Iterable[Child]) -> list[tuple[Child, Sequence[tuple[str, float]]]]:
    """The children who are not named and have likely fallen, each with its subjects."""
    by_name = {(child.name, child.class_name): child for child in children}
    return [(by_name[slips.name, slips.class_name], slips.subjects) for slips in sure.slipping]


def _counts(lists: Sections) -> Mapping[str, int]:
    """How many children are in each of the three lists."""
    return {name: sum(len(of.children) for of in classes) for name, classes in lists._asdict().items()}


def _read(analysis: Analysis) -> Mapping[str, tuple[Section, ...]]:
    """What nobody may overlook, what was read, and what is odd in it."""
    on_roll = len(analysis.children.pupils)
    read = Read(analysis.register, analysis.begun, on_roll, analysis.leavers, analysis.filters)
    return {
        "alarms": (*sections("alarms", read), *sections("begun", analysis.begun), *sections("only", read)),
        "problems": sections("problems", read),
        "read": sections("ledger", read),
        "unused": sections("unused", read),
    }


def _over_time(analysis: Analysis, rules: Rules) -> Mapping[str, object]:
    """What became of gaps: those that changed, how many were followed, and what several years show."""
    small = rules.groups.small
    gaps = gaps_over_time(analysis.over_time.trends, analysis.over_time.pooled, analysis.characteristics, rules)
    together = gaps._replace(changed=(), followed=())
    return {
        "changed_gaps": [sentence("changed", gap, small, template=_OVER_TIME) for gap in gaps.changed],
        "followed_gaps": [sentence("followed", these, small, template=_OVER_TIME) for these in gaps.followed],
        "years_together": sections("over_time", together, small, rules.years, template=_OVER_TIME),
    }


def _evidence(sure: HowSure) -> Mapping[str, object]:
    """What is said of how sure the numbers are."""
    return {
        "bases": sections("bases", sure, template=_EVIDENCE),
        "hardly": sentence("hardly", template=_EVIDENCE),
    }
