"""The whole report as one page, with names, for the people who teach the children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass

from siptrack.analysis.causes import own_findings
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Measure
from siptrack.documents.evidence import HowSure, sureness
from siptrack.documents.findings import list_findings
from siptrack.rendering.model import Section
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.terminal import print_sections
from siptrack.reports.at_a_glance import put_at_a_glance
from siptrack.reports.children import Child, SchoolClass, by_class, class_sizes, every_child, list_children
from siptrack.reports.comparisons import comparisons_of
from siptrack.reports.data_problems import put_problems
from siptrack.reports.group_gaps import (
    anything_of_groups,
    put_closers,
    put_gap_sentences,
    put_gap_table,
)
from siptrack.reports.html.child_lists import ChildList, child_lists
from siptrack.reports.html.drawn_gaps import drawn_gaps
from siptrack.reports.html.heat import heat
from siptrack.reports.html.matrix import LADDER, matrices
from siptrack.reports.html.overlap import overlaps
from siptrack.reports.html.pages import page
from siptrack.reports.html.terms import lines_over_terms
from siptrack.reports.named_children import about_numbers, evidence_sections, put_untold
from siptrack.reports.national import print_national
from siptrack.reports.outline import Outline, outlined
from siptrack.reports.terminal import put_head
from siptrack.reports.trends import put_trends
from siptrack.reports.wording import overall
from siptrack.reports.wording import pages as wording
from siptrack.reports.wording.clauses import STANDING
from siptrack.reports.wording.gaps import COUNTED
from siptrack.reports.wording.national import HEADING as NATIONAL
from siptrack.rules.model import Rules


@dataclass(frozen=True)
class Content:
    """A line of the list of what is on the page."""

    key: str
    title: str


def named_report(analysis: Analysis, rules: Rules, links: Mapping[str, str]) -> bytes:
    """The page; `links` are the addresses of the children's own pages by key, for those who have one.

    A child without one is led to in the list of every child.
    """
    findings = list_findings(analysis, rules)
    children = {child.pupil: child for child in every_child(analysis, findings)}
    sure = sureness(analysis, rules)
    lists = child_lists(list_children(analysis, rules, findings, frozenset(STANDING)), rules, about_numbers(sure))
    drawn_lines = lines_over_terms(analysis, rules)
    tables = matrices(analysis, rules, children)
    circles = overlaps(analysis, rules, children)
    groups = _groups(analysis, rules)
    last = _last(analysis, rules, sure)
    there = {"groups": groups, "lines": drawn_lines, "matrices": tables, "overlaps": circles}
    rows = {pupil: f"child-{at}" for at, pupil in enumerate(children, 1)}
    return page(
        "report.jinja",
        title=overall.title(analysis.term),
        contents=_contents(lists, there, last),
        head=outlined(lambda on: put_head(on, analysis, rules, sure)),
        glance=outlined(lambda on: put_at_a_glance(on, analysis, rules, every=True)),
        heat=heat(analysis, rules),
        heat_note=wording.heat_note(rules.groups.small.percentages_from),
        lists=lists,
        untold=outlined(lambda on: _put_after_named(on, analysis, sure)),
        ladder=[wording.attainment(one) for one in LADDER],
        lines=drawn_lines,
        lines_note=wording.lines_note(rules.groups.small.percentages_from),
        matrices=tables,
        overlaps=circles,
        groups=groups,
        drawn=drawn_gaps(analysis, rules),
        small=rules.groups.small,
        last=last,
        everybody=_classes(tuple(children.values()), rules),
        everybody_note=wording.every_child_note(len(links), len(children)),
        pages=links,
        rows=rows,
        links={pupil: links.get(pupil, f"#{row}") for pupil, row in rows.items()},
        ruler=ruler_line(rules.ruler),
    )


def _put_after_named(outline: Outline, analysis: Analysis, sure: HowSure) -> None:
    """Who cannot be among the named, and who is not and has likely fallen."""
    put_untold(outline, analysis)
    print_sections(outline, evidence_sections("slipping", sure))


def _contents(lists: Sequence[ChildList], there: Mapping[str, Sized], last: Sequence[Section]) -> list[Content]:
    """What is on the page, in its order; of the parts in `there` those that hold anything."""
    titles = {
        "groups": wording.GROUPS,
        "lines": wording.LINES,
        "matrices": wording.MATRICES,
        "overlaps": wording.OVERLAPS,
    }
    return [
        Content("glance", wording.AT_A_GLANCE),
        *(Content(one.key, one.title) for one in lists),
        *(Content(key, title) for key, title in titles.items() if there[key]),
        *(Content(f"part-{at}", one.title) for at, one in enumerate(last)),
        Content("everybody", wording.EVERY_CHILD),
    ]


def _groups(analysis: Analysis, rules: Rules) -> tuple[Section, ...]:
    """What is said of groups, the clear gaps of means, and who would close the clear gaps."""
    if not anything_of_groups(analysis, rules):
        return ()

    def put(outline: Outline) -> None:
        put_gap_sentences(outline, analysis, rules)
        gaps = analysis.compared.gaps
        clear = comparisons_of(gaps[own_findings(gaps)], analysis, rules)
        for measure in Measure:
            if measure not in COUNTED:
                put_gap_table(outline, measure, [gap for gap in clear if gap.measure == measure], rules, every=False)
        put_closers(outline, analysis, rules)

    return outlined(put)


def _last(analysis: Analysis, rules: Rules, sure: HowSure) -> tuple[Section, ...]:
    """What comes after the children and the groups: gaps over time, national results, and problems of the data."""

    def put(outline: Outline) -> None:
        put_trends(outline, analysis.over_time.trends, analysis.over_time.pooled, analysis.characteristics, rules)
        print_national(outline, analysis.compared.national, rules)
        print_sections(outline, evidence_sections("bases", sure))
        put_problems(outline, analysis.register, every=False)

    return tuple(section if section.title else Section(NATIONAL, section.parts) for section in outlined(put))


def _classes(children: Sequence[Child], rules: Rules) -> list[tuple[str, SchoolClass]]:
    """Every child, by class."""
    classes = by_class(children, class_sizes(children))
    return [(wording.class_label(one.name, rules.years.label(one.year_group), one.size), one) for one in classes]
