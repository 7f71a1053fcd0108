"""A priority in words: its title, whose it is, and who is meant by each of its outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from siptrack.analysis.model import Analysis
from siptrack.analysis.tally import EVERYBODY
from siptrack.cycle.plan import Plan
from siptrack.cycle.plan_came import tables_of
from siptrack.cycle.plan_tables import PRIORITIES, PrioritySource
from siptrack.cycle.priorities import Priority
from siptrack.documents.labels import among_label, children_of, subject_label
from siptrack.documents.registry import SENTENCE
from siptrack.documents.written import Written, rows_but
from siptrack.rendering.numbers import listed
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, text
from siptrack.school.frame import Frame
from siptrack.school.plan_record import BETWEEN_SCOPES
from siptrack.school.texts import Texts

Row = Mapping[str, Cell]
_WORDS = "plan/words.jinja"


def title_of(priority: Priority, analysis: Analysis, rules: Rules) -> str:
    """The priority as the guidance for School Improvement Partners words its examples."""
    alike = {aim.scopes for aim in priority.aims}
    scopes = priority.aims[0].scopes if len(alike) == 1 else (EVERYBODY,)
    where = scope_of(scopes, analysis, rules)
    groups = [children(pair, analysis) for pair in priority.groups]
    subjects = subjects_of(priority.subjects, rules)
    if priority.kind is PrioritySource.PROGRESS:
        stage = where in {known.label for known in rules.years.key_stages}
        return sentence("to_improve", subjects, where, stage, groups, template=_WORDS)
    return sentence("to_close", groups[0], subjects, where if len(alike) == 1 else "", template=_WORDS)


def of_a_plan(drafted: Plan, rules: Rules) -> Written:
    """The draft of a plan, each priority in words too."""

    def priorities() -> Frame:
        titles = [title_of(priority, drafted.analysis, rules) for priority in drafted.priorities]
        return drafted.table().having({SENTENCE.name: Texts.of(titles)})

    besides = {"terms": [term.label for term in drafted.reach.terms], "leaving": drafted.reach.leaving}
    came = tables_of(drafted.came)
    rows = rows_but(lambda name: came[name] if name in came else drafted.frame(name), {PRIORITIES.name: priorities})
    return Written("plan", rules, drafted.analysis, rows, besides=besides)


def subjects_of(keys: Sequence[str], rules: Rules) -> str:
    """Subjects inside a sentence, a combined one apart from those that it is made of."""
    combined = [key for key in keys if key in rules.columns.combined]
    single = [key for key in keys if key not in combined]
    together = combined[0] if combined else ""
    whole = bool(together) and set(rules.columns.combined[together]) <= set(single)
    labels = [subject_label(key, rules) for key in single]
    return sentence("subjects", labels, subject_label(together, rules) if together else "", whole, template=_WORDS)


def scope_of(scopes: Sequence[str], analysis: Analysis, rules: Rules) -> str:
    """Whose a priority is; nothing for the whole of a school that has more than one key stage."""
    year_group = analysis.children.pupils["year_group"]
    years = sorted(set(map(int, year_group[~np.isnan(year_group)].tolist())))
    stages = {rules.years.key_stage(year) for year in years}
    if EVERYBODY not in scopes:
        names = {stage.name for stage in stages if stage is not None}
        every = len(names) > 1 and names <= set(scopes)
        return "" if every else listed([among_label(scope, rules) for scope in scopes])
    if len(years) == 1:
        return rules.years.label(years[0])
    (stage, *others) = stages or {None}
    return stage.label if stage is not None and not others else ""


def children(pair: tuple[str, str], analysis: Analysis) -> str:
    """The children of a group inside a sentence."""
    return children_of(analysis.characteristics[pair[0]], pair[1])


def who_of(row: Row, analysis: Analysis) -> str:
    """The children whom an outcome is about."""
    if not row["group"]:
        return "children"
    return children((text(row["characteristic"]), text(row["group"])), analysis)


def outcome_of(row: Row, analysis: Analysis, rules: Rules, *, short: bool) -> str:
    """Who and what an outcome counts; unless `short` whose too."""
    where = "" if short else scope_of(text(row["among"]).split(BETWEEN_SCOPES), analysis, rules)
    subjects = subjects_of([text(row["subject"])], rules)
    return sentence("who_and_what", who_of(row, analysis), text(row["outcome"]), subjects, where, template=_WORDS)
