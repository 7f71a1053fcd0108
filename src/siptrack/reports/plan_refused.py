"""What is no priority of the plan, and why: beyond the most, not of many, not clear, of too few."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.plan import Plan
from siptrack.cycle.plan_tables import REFUSED, PrioritySource, Refusal
from siptrack.documents.comparisons import list_far_behind
from siptrack.documents.gaps import far_behind_sentence
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.plan.priorities import Row, scope_of, subjects_of, title_of
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.reports.wording import plan as wording
from siptrack.reports.wording import plan_refused as refused
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text

_MEASURES = (Measure.AT_ARE, Measure.INSUFFICIENT)
_NOT_CLEAR = (ColumnHead(wording.GROUP), ColumnHead(wording.ATTAINMENT), ColumnHead(wording.PROGRESS))


def put_refused(page: Page, plan: Plan, rules: Rules) -> None:
    """The section of what is refused; nothing where nothing is."""
    rows = records(plan.refused, REFUSED.names)
    if not rows:
        return
    page.heading(wording.REFUSED)
    page.say(refused.refused_lead(), hang=2)
    if plan.beyond:
        page.gap()
        page.say(refused.beyond(len(plan.beyond), rules.plan.most), style=styles.STRONG, hang=2)
        for one in plan.beyond:
            page.say(title_of(one, plan, rules), indent=2, hang=2)
    _put_progress(page, rows, plan, rules)
    gaps = [row for row in rows if row["source"] == PrioritySource.GAP.value]
    gone = [row for row in gaps if row["reason"] == Refusal.LEAVING.value]
    _put_groups(page, refused.HAVE_LEFT, refused.have_left, gone, plan, rules)
    unclear = [row for row in gaps if row["reason"] == Refusal.NOT_CLEAR.value]
    _put_groups(page, refused.NOT_CLEAR, refused.not_clear, unclear, plan, rules)
    _put_too_few(page, gaps, plan, rules)


def _put_too_few(page: Page, gaps: Sequence[Row], plan: Plan, rules: Rules) -> None:
    """The groups too small to judge that are far behind, and those of which nothing is said in any subject."""
    for one in list_far_behind(plan.analysis, rules):
        page.gap()
        page.say(far_behind_sentence(one.gaps, one.same), hang=2)
    few = _groups([row for row in gaps if row["reason"] == Refusal.TOO_FEW.value])
    told = _groups([row for row in gaps if row["reason"] != Refusal.TOO_FEW.value])
    gaps_found = plan.analysis.compared.gaps
    far_behind = gaps_found[gaps_found["verdict"] == GapVerdict.FAR_BEHIND.value]
    told |= dict.fromkeys(far_behind.in_rows("characteristic", "group"))
    labels = [group_label(plan.analysis.characteristics[pair[0]], pair[1]) for pair in few if pair not in told]
    if labels:
        page.gap()
        page.say(refused.too_few(list(dict.fromkeys(labels)), rules.groups.small.compared_from), hang=2)


def _put_progress(page: Page, rows: Sequence[Row], plan: Plan, rules: Rules) -> None:
    """Where children make insufficient progress, but not many."""
    mine = [
        row for row in rows if row["source"] == PrioritySource.PROGRESS.value and row["reason"] != Refusal.BEYOND.value
    ]
    if mine:
        page.gap()
        page.say(refused.not_many_heading(), style=styles.STRONG, hang=2)
    for row in mine:
        where = scope_of([text(row["among"])], plan, rules)
        n, count = int(number(row["n"]) or 0), int(number(row["count"]) or 0)
        label = subject_label(text(row["subject"]), rules)
        page.say(refused.not_many(label, where, n, count, Refusal(text(row["reason"])), rules), indent=2, hang=2)


def _groups(rows: Sequence[Row]) -> dict[tuple[str, str], None]:
    """The groups of these rows, each once."""
    return dict.fromkeys((text(row["characteristic"]), text(row["group"])) for row in rows)


def _put_groups(
    page: Page, heading: str, note: Callable[[int], str], rows: Sequence[Row], plan: Plan, rules: Rules
) -> None:
    """Each group and in what it is behind; two groups of one name are one."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        label = group_label(plan.analysis.characteristics[text(row["characteristic"])], text(row["group"]))
        groups.setdefault(label, []).append(row)
    if not groups:
        return
    page.gap()
    page.say(note(len(groups)), hang=2)
    page.say(heading, style=styles.STRONG, hang=2)
    page.table(
        _NOT_CLEAR,
        [(label, *(_subjects(mine, measure, rules) for measure in _MEASURES)) for label, mine in groups.items()],
    )


def _subjects(rows: Sequence[Row], measure: Measure, rules: Rules) -> str:
    keys = dict.fromkeys(text(row["subject"]) for row in rows if row["measure"] == measure.value)
    return subjects_of(list(keys), rules) if keys else "-"
