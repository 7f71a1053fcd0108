"""The facts of the report with names, and the page that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.vocabulary import Measure
from siptrack.documents.at_a_glance import at_a_glance
from siptrack.documents.child_lines import class_lists
from siptrack.documents.child_lists import child_lists
from siptrack.documents.children import every_child, list_children
from siptrack.documents.clauses import STANDING
from siptrack.documents.comparisons import count_made, list_causes
from siptrack.documents.evidence import sureness
from siptrack.documents.findings import list_findings
from siptrack.documents.gaps import COUNTED
from siptrack.documents.groups import groups_found
from siptrack.documents.in_short import in_short, untold, warnings_of
from siptrack.documents.national import national
from siptrack.documents.read import read_of
from siptrack.documents.report.drawn_gaps import drawn_gaps, gap_picture
from siptrack.documents.report.every_child import every_child_of
from siptrack.documents.report.figures import Share, a_year_ago, figures_of
from siptrack.documents.report.heat import heat
from siptrack.documents.report.journeys import journeys
from siptrack.documents.report.matrix import LADDER, matrices
from siptrack.documents.report.overlap import overlaps
from siptrack.documents.report.terms import largest_change, lines_over_terms
from siptrack.documents.scales import scales_of
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.html.pages import page
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import sections, sentence

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.children import Child, Sections
    from siptrack.documents.evidence import HowSure
    from siptrack.documents.in_short import InShort
    from siptrack.documents.report.figures import Figures
    from siptrack.rules.model import Rules

_DOCUMENTS = Path(__file__).parents[1]
_OVER_TIME, _EVIDENCE, _SCHOOL = "trends.jinja", "evidence.jinja", "school.jinja"
_COUNT = re.compile(r"(\d[\d,]* of \d[\d,]*(?: children)?)")  # of a sentence: what leads to the names behind it
Facts = Mapping[str, object]


class Linked(NamedTuple):
    """A sentence in parts, every second of them a count; its counts lead to `about`."""

    about: str
    parts: Sequence[str]


def report_page(analysis: Analysis, rules: Rules, pages: Mapping[str, str]) -> bytes:
    """The page; `pages` are the addresses of children's own pages by key, none where there are no such pages."""
    findings = list_findings(analysis, rules)
    lists, sure = list_children(analysis, rules, findings, frozenset(STANDING)), sureness(analysis, rules)
    children = {child.pupil: child for child in every_child(analysis, findings)}
    return page(
        "report/page.html",
        _DOCUMENTS,
        term=analysis.term,
        rules=rules,
        small=rules.groups.small,
        warnings=warnings_of(analysis, rules),
        ruler=ruler_line(rules.ruler),
        **_first_screen(analysis, rules, lists, sure),
        **_by_name(analysis, rules, lists, sure, children, pages),
        **_gaps(analysis, rules),
        **_over_time(analysis, rules),
        **_where_from(analysis, rules, sure),
    )


def _first_screen(analysis: Analysis, rules: Rules, lists: Sections, sure: HowSure) -> Facts:
    """The figures beside those of a year ago, the sentences, and the year groups by subjects."""
    then = a_year_ago(analysis, rules)
    glance = at_a_glance(analysis, rules)
    return {
        "figures": _figures(analysis, rules),
        "then": _figures(then, rules) if then else None,
        "in_short": [_linked(line) for line in in_short(analysis, rules, sure)],
        "heat": heat(glance, lists.insufficient),
        "glance": sections("glance", glance, True, False, template=_SCHOOL),  # noqa: FBT003  # as the macro takes them
    }


def _figures(analysis: Analysis, rules: Rules) -> Figures:
    """The three figures; of gaps how many are clear, of so many that could be judged."""
    gaps = Share(0, 0)
    if not analysis.compared.found.empty:
        clear = sum(len(cause.gaps) for cause in list_causes(analysis, rules))
        gaps = Share(clear, count_made(analysis, rules).held)
    return figures_of(analysis, rules, gaps)


def _linked(line: InShort) -> Linked:
    return Linked(line.about, _COUNT.split(line.words))


def _by_name(
    analysis: Analysis,
    rules: Rules,
    lists: Sections,
    sure: HowSure,
    children: Mapping[str, Child],
    pages: Mapping[str, str],
) -> Facts:
    """Whom to talk about first, who is named, and every child."""
    everybody = every_child_of(analysis, rules, children.values())
    classes = class_lists(lists.insufficient, rules, sure.since)
    return {
        "sure": sure,
        "first": sure.first,
        "journeys": _journeys(analysis, rules, sure),
        "slipping": _slipping(sure, children.values()),
        "lists": classes,
        "class_of": {of.year: of.key for of in reversed(classes)},
        "counts": {name: sum(len(of.children) for of in classes) for name, classes in lists._asdict().items()},
        "untold": untold(analysis),
        "child_lists": child_lists(lists, rules),
        "everybody": everybody,
        "links": {**everybody.rows, **pages},
        "pages": pages,
        "ladder": LADDER,
        "matrices": matrices(analysis, rules, children),
        "overlaps": overlaps(analysis, rules, children),
    }


def _journeys(analysis: Analysis, rules: Rules, sure: HowSure) -> Facts:
    """The journey of each child to talk about first, by the child's key."""
    found = journeys(analysis, rules, {(child.row.pupil, child.row.subject) for child in sure.first})
    return {pupil: journey for (pupil, _), journey in found.items()}


def _slipping(sure: HowSure, children: Iterable[Child]) -> list[tuple[Child, Sequence[tuple[str, float]]]]:
    """The children who are not named and have likely fallen, each with its subjects."""
    by_name = {(child.name, child.class_name): child for child in children}
    return [(by_name[slips.name, slips.class_name], slips.subjects) for slips in sure.slipping]


def _gaps(analysis: Analysis, rules: Rules) -> Facts:
    """The clear gaps in a picture, and every gap; in tables those of means, which no picture has."""
    in_points = [measure for measure in Measure if measure not in COUNTED]
    found = groups_found(analysis, rules, measures=in_points)
    return {
        "gaps": found,
        "picture": gap_picture(analysis, rules),
        "drawn": drawn_gaps(analysis, rules),
        "of_means": sections("gap_tables", found.tables, template=_SCHOOL) if found else (),
        "closers": sections("closers", found, template=_SCHOOL) if found else (),
        "national": sections(
            "national", national(analysis.compared.national, rules), rules.groups.small, template=_SCHOOL
        ),
    }


def _over_time(analysis: Analysis, rules: Rules) -> Facts:
    """The terms so far, and what became of gaps: those that changed, how many were followed, and several years."""
    drawn, small = lines_over_terms(analysis, rules), rules.groups.small
    gaps = gaps_over_time(analysis.over_time.trends, analysis.over_time.pooled, analysis.characteristics, rules)
    together = gaps._replace(changed=(), followed=())
    return {
        "lines": drawn,
        "change": largest_change(drawn),
        "changed_gaps": [(gap.closed, sentence("changed", gap, small, template=_OVER_TIME)) for gap in gaps.changed],
        "followed_gaps": [sentence("followed", these, small, template=_OVER_TIME) for these in gaps.followed],
        "years_together": sections("over_time", together, small, rules.years, template=_OVER_TIME),
    }


def _where_from(analysis: Analysis, rules: Rules, sure: HowSure) -> Facts:
    """What nobody may overlook, what was read and what is odd in it, and how sure the numbers are."""
    read = read_of(analysis)
    scales = scales_of(analysis, rules)
    return {
        "alarms": (*sections("alarms", read), *sections("begun", analysis.begun), *sections("only", read)),
        "problems": (*sections("problems", read), *sections("unused", read)),
        "read": (*sections("ledger", read), *sections("exports", analysis.register, template=_SCHOOL)),
        "about_scales": (*sections("crossed", scales, template=_SCHOOL), *sections("notes", scales, template=_SCHOOL)),
        "bases": sections("bases", sure, template=_EVIDENCE),
        "hardly": sentence("hardly", template=_EVIDENCE),
    }
