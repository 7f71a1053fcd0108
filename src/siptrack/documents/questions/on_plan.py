"""What the plan that came back filled in says to the questions: its priorities, their reviews, and CPD for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from siptrack.analysis.model import Analysis
from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.plan_in_force import InForce, PlanInForce
from siptrack.cycle.returned_plans import term_of
from siptrack.documents.labels import subject_label
from siptrack.documents.questions.evidence import EvidenceText, few_of, silent, words
from siptrack.documents.questions.on_record import about, cpd_of_the_year
from siptrack.rendering.numbers import share
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.term import Term

Row = Mapping[str, Cell]
_REVIEWS = ("mid", "final")


def tell_priorities(plan: PlanInForce | None) -> EvidenceText:
    """The plan's priorities: what is written of each, and whether the data still support it."""
    if plan is None:
        return silent(words("no_plan"))
    lines = [
        words(
            "priority",
            _title(priority),
            [what for what in ("objective", "target") if not priority.written[what]],
            len(priority.doing),
            sum(bool(row["who"] and row["by_when"]) for row in priority.doing),
            priority.supported,
        )
        for priority in plan.priorities
    ]
    return EvidenceText(words("priorities", len(plan.priorities), plan.term), tuple(lines))


def _title(priority: InForce) -> str:
    numbered = "" if priority.head.number is None else f"{priority.head.number}. "
    return f"{numbered}{priority.head.title}"


def _numbered(priority: InForce) -> str:
    """The priority by its number, of which question 17 says what it is; else by its title."""
    number_of = priority.head.number
    return priority.head.title if number_of is None else words("priority_number", number_of)


def tell_monitoring(plan: PlanInForce | None) -> EvidenceText:
    """How each priority's actions are monitored, and which dates of monitoring and of review are past."""
    if plan is None:
        return silent(words("no_plan"))
    lines = []
    for priority in plan.priorities:
        doing = priority.doing
        dates = [(text(row["monitored_by"]), term_of(row["monitoring_due"])) for row in priority.actions]
        past = list(dict.fromkeys(written for written, due in dates if written and _is_past(due, plan.now)))
        reviews = {at: _review(at, priority, plan.now) for at in _REVIEWS}
        lines.append(words("monitored", _numbered(priority), len(doing), _monitored(doing), past, reviews))
    every = [row for priority in plan.priorities for row in priority.doing]
    return EvidenceText(words("monitoring", _monitored(every), len(every), plan.term), tuple(lines))


def _monitored(rows: Sequence[Row]) -> int:
    return sum(bool(row["monitoring"] or row["monitored_by"]) for row in rows)


def _review(at: str, priority: InForce, now: Term) -> tuple[str, bool]:
    """When a review is, as written, and whether that is past."""
    due = priority.head.mid_due if at == "mid" else priority.head.final_due
    return text(priority.written[f"{at}_review"]), _is_past(due, now)


def _is_past(due: Term | None, now: Term) -> bool:
    return due is not None and due <= now


def tell_served(enquiry: Enquiry, rules: Rules) -> EvidenceText:
    """Which staff development serves each priority, which CPD serves none, and where progress slowed without any."""
    plan = enquiry.plan
    if plan is None:
        return silent(words("no_plan"))
    trained = [
        (text(row["focus"]), set(about(row)))
        for row in cpd_of_the_year(enquiry.taught, rules)
        if _could_serve(plan, term_of(row["term"]))
    ]
    planned = [priority for priority in plan.priorities if any(row["learn"] for row in priority.training)]
    aims = {subject for priority in plan.priorities for subject in priority.head.subjects}
    lines = [_served(priority, trained, rules) for priority in plan.priorities]
    if none := [focus for focus, subjects in trained if subjects.isdisjoint(aims)]:
        lines.append(words("serves_none", few_of(list(dict.fromkeys(none)), rules)))
    covered = {subject for priority in planned for subject in priority.head.subjects}
    slowed = _slowed(enquiry.analysis, covered.union(*(subjects for _, subjects in trained)), rules)
    served = [
        priority
        for priority in plan.priorities
        if priority in planned or any(not subjects.isdisjoint(priority.head.subjects) for _, subjects in trained)
    ]
    return EvidenceText(words("serving", len(served), len(plan.priorities)), (*lines, *slowed))


def _could_serve(plan: PlanInForce, held: Term | None) -> bool:
    """Whether CPD of a term may be for a plan: what was over before the plan was drafted serves no priority of it."""
    return plan.term is None or held is None or held > plan.term


def _served(priority: InForce, trained: Sequence[tuple[str, set[str]]], rules: Rules) -> str:
    planned = dict.fromkeys(text(row["learn"]) for row in priority.training if row["learn"])
    held = dict.fromkeys(focus for focus, subjects in trained if not subjects.isdisjoint(priority.head.subjects))
    return words("served", _numbered(priority), few_of(list(planned), rules), few_of(list(held), rules))


def _slowed(analysis: Analysis, covered: Collection[str], rules: Rules) -> list[str]:
    """The subject without any CPD in which progress is insufficient most often."""
    counts: dict[str, list[int]] = {}
    for row in records(analysis.compared.summary, ("subject", "insufficient", "n", "cannot_tell")):
        judged = int(number(row["n"]) or 0) - int(number(row["cannot_tell"]) or 0)
        if row["subject"] not in covered and row["insufficient"] is not None and judged > 0:
            so_far = counts.setdefault(text(row["subject"]), [0, 0])
            so_far[0], so_far[1] = so_far[0] + whole(row["insufficient"]), so_far[1] + judged
    worst = max(counts, key=lambda subject: counts[subject][0] / counts[subject][1], default="")
    if not worst or not counts[worst][0]:
        return []
    count, n = counts[worst]
    return [words("slowed", subject_label(worst, rules), share(count, n, rules.groups.small.percentages_from))]
