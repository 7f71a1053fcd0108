"""The facts of the whole report of an analysis: every section in sentences, and on request the cells behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.documents.at_a_glance import at_a_glance
from siptrack.documents.child_lists import child_lists
from siptrack.documents.children import list_children
from siptrack.documents.clauses import STANDING
from siptrack.documents.evidence import sureness
from siptrack.documents.findings import list_findings
from siptrack.documents.groups import groups_found
from siptrack.documents.in_short import in_short, untold, warnings_of
from siptrack.documents.national import national
from siptrack.documents.read import read_of, sources_alike
from siptrack.documents.scales import scales_of
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rendering.model import Document
    from siptrack.rules.model import Rules


def whole_report(analysis: Analysis, rules: Rules, *, detail: bool = False, once: bool = False) -> Document:
    """The report; `once`: in a table a year group is named in its first row alone, which is easier on the eye.

    With `detail`, each sentence is followed by the cells that it rests on, and no list of problems is shortened.
    """
    sure, over = sureness(analysis, rules), analysis.over_time
    lists = list_children(analysis, rules, list_findings(analysis, rules), frozenset(STANDING))
    return document(
        "analyse/whole.jinja",
        ruler_line(rules.ruler),
        analysis=analysis,
        rules=rules,
        read=read_of(analysis),
        warnings=warnings_of(analysis, rules),
        in_short=in_short(analysis, rules, sure),
        sure=sure,
        scales=scales_of(analysis, rules),
        rows=at_a_glance(analysis, rules),
        lists=child_lists(lists, rules),
        untold=untold(analysis),
        found=groups_found(analysis, rules, every=detail),
        over=gaps_over_time(over.trends, over.pooled, analysis.characteristics, rules),
        beside=national(analysis.compared.national, rules),
        sources=sources_alike(analysis.register.sources),
        detail=detail,
        once=once,
    )
