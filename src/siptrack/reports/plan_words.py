"""A priority in words: its title, whose it is, and who is meant by each of its outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from siptrack.analysis.tally import EVERYBODY
from siptrack.cycle.plan import PLUS, Plan
from siptrack.cycle.plan_tables import Outcome, PrioritySource
from siptrack.cycle.priorities import Priority
from siptrack.documents.labels import children_of, subject_label
from siptrack.reports.comparisons import among_label
from siptrack.reports.wording import plan as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, text

Row = Mapping[str, Cell]


def title_of(priority: Priority, plan: Plan, rules: Rules) -> str:
    """The priority as the guidance for School Improvement Partners words its examples."""
    alike = {aim.scopes for aim in priority.aims}
    scopes = priority.aims[0].scopes if len(alike) == 1 else (EVERYBODY,)
    where = scope_of(scopes, plan, rules)
    groups = [children(pair, plan) for pair in priority.groups]
    subjects = subjects_of(priority.subjects, rules)
    if priority.kind is PrioritySource.PROGRESS:
        stage = where in {one.label for one in rules.years.key_stages}
        return wording.to_improve(subjects, where, stage=stage, groups=groups)
    return wording.to_close(groups[0], subjects, where if len(alike) == 1 else "")


def subjects_of(keys: Sequence[str], rules: Rules) -> str:
    """Subjects inside a sentence, a combined one apart from those that it is made of."""
    combined = [key for key in keys if key in rules.columns.combined]
    single = [key for key in keys if key not in combined]
    whole = combined[0] if combined else ""
    parts = bool(whole) and set(rules.columns.combined[whole]) <= set(single)
    together = subject_label(whole, rules) if whole else ""
    return wording.subjects([subject_label(key, rules) for key in single], together, parts=parts)


def scope_of(scopes: Sequence[str], plan: Plan, rules: Rules) -> str:
    """Whose a priority is; nothing for the whole of a school that has more than one key stage."""
    year_group = plan.analysis.children.pupils["year_group"]
    years = sorted(set(map(int, year_group[~np.isnan(year_group)].tolist())))
    stages = {rules.years.key_stage(year) for year in years}
    if EVERYBODY not in scopes:
        told = {one.name for one in stages if one is not None}
        return (
            "" if len(told) > 1 and told <= set(scopes) else wording.scope([among_label(one, rules) for one in scopes])
        )
    if len(years) == 1:
        return rules.years.label(years[0])
    (stage, *others) = stages or {None}
    return stage.label if stage is not None and not others else ""


def children(pair: tuple[str, str], plan: Plan) -> str:
    """The children of a group inside a sentence."""
    return children_of(plan.analysis.characteristics[pair[0]], pair[1])


def who_of(row: Row, plan: Plan) -> str:
    """The children whom an outcome is about."""
    if not row["group"]:
        return wording.CHILDREN
    return children((text(row["characteristic"]), text(row["group"])), plan)


def outcome_of(row: Row, plan: Plan, rules: Rules, *, short: bool) -> str:
    """Who and what an outcome counts; unless `short` whose too."""
    where = "" if short else scope_of(text(row["among"]).split(PLUS), plan, rules)
    return wording.who_and_what(
        Outcome(text(row["outcome"])), who_of(row, plan), subjects_of([text(row["subject"])], rules), where
    )
