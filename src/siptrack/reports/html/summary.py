"""The page that may leave the school: made of the shared tables alone, so that nothing else can get onto it."""

from __future__ import annotations

from siptrack.analysis.shareable import Shared
from siptrack.documents import pages as wording
from siptrack.rendering.html.pages import page
from siptrack.rendering.ruler import ruler_line
from siptrack.reports.outline import outlined
from siptrack.reports.shared import put_shared
from siptrack.rules.model import Rules
from siptrack.school.term import Term


def shareable_summary(shared: Shared, term: Term, rules: Rules) -> bytes:
    """A page or two: everybody, the year groups, and the groups of one characteristic."""
    short = _without_pairs(shared, rules)
    aside = len(shared.frame("rows")) - len(short.frame("rows"))
    return page(
        "document.jinja",
        kind="summary",
        title=wording.summary_title(term.label),
        notice=wording.SHAREABLE,
        sections=outlined(lambda on: put_shared(on, short, rules)),
        ending=wording.left_out_of_summary(aside, shared.mode.key) if aside else "",
        back="",
        ruler=ruler_line(rules.ruler),
    )


def _without_pairs(shared: Shared, rules: Rules) -> Shared:
    """What is shared, without the groups of several characteristics at once."""
    tables = {name: shared.frame(name) for name in ("rows", "gaps")}
    pairs = set(rules.groups.pairs)
    return shared.with_tables(**{name: table[~table["characteristic"].isin(pairs)] for name, table in tables.items()})
