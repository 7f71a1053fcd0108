"""A register judged by the rules in one term: the only path from what was read to what is reported."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from siptrack.analysis.causes import explain
from siptrack.analysis.cells import count_cells
from siptrack.analysis.closers import find_closers
from siptrack.analysis.consistency import Judgements, check_judgements, unchanged
from siptrack.analysis.everybody import Everybody, everybody_in
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.forecast import forecast
from siptrack.analysis.gaps import among_equal_starts, compare_all, count_groups
from siptrack.analysis.history import beside, crossings
from siptrack.analysis.in_term import InTerm, judge_term
from siptrack.analysis.left_out import count_left_out
from siptrack.analysis.membership import Membership, members_of
from siptrack.analysis.model import Ahead, Analysis, Checked, Children, Compared, OverTime
from siptrack.analysis.national import compare_with_national
from siptrack.analysis.newer_marks import with_newer_marks
from siptrack.analysis.opened import Opened, open_register, subjects_asked
from siptrack.analysis.over_time import LaidOverTime, lay_over_time
from siptrack.analysis.pace import measure_pace, measure_targets
from siptrack.analysis.paradox import find_paradoxes
from siptrack.analysis.pooled import pool_years
from siptrack.analysis.progress import with_cells
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.summary import standings, summarise, warn
from siptrack.analysis.tally import USUAL, Peers, Tally
from siptrack.analysis.tally import lay_out as tally_of
from siptrack.analysis.trends import measure_trends
from siptrack.school.frame import Frame
from siptrack.school.register import Register
from siptrack.school.term import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from siptrack.rules.model import Rules
    from siptrack.school.begun import Begun

__all__ = ["Filters", "analyse", "check", "check_analysed", "compare_groups"]


def analyse(
    register: Register,
    rules: Rules,
    term: Term | None = None,
    filters: Filters = EVERYBODY,
    peers: Peers = USUAL,
    found: InTerm | None = None,
) -> Analysis:
    """The analysis of a term, that which the school has come to unless one is named; with these peers of groups.

    `found` is the term judged with these filters, where that is done already.
    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    judged = found or judge_term(register, rules, term, filters)
    opened, progress, members = judged.opened, judged.progress, members_of(judged.opened.chosen.pupils, rules)
    standing = standings(progress, _now(opened), rules.columns.combined, rules.scales)
    order = _subjects(standing, rules)
    compared = _compared(opened, standing, order, members, rules, peers)
    return Analysis(
        term=opened.term,
        begun=opened.begun,
        register=register,
        filters=filters.words(rules.years),
        asked=filters,
        peers=peers,
        subjects=order,
        characteristics=members.characteristics,
        leavers=opened.roll.leavers,
        children=_children(judged, standing, compared, rules),
        compared=compared,
        over_time=_over_time(opened, lambda: everybody_in(register, opened, members, filters, rules, peers), rules),
        ahead=Ahead(
            pace=lambda: measure_pace(progress, opened.term, rules),
            targets=lambda: measure_targets(progress, judged.targets, opened.term, rules),
            forecasts=lambda: forecast(progress, opened.past, opened.term, rules),
        ),
    )


def _children(judged: InTerm, standing: Frame, compared: Compared, rules: Rules) -> Children:
    """What is found of each child; most of it when it is first asked for."""
    opened, pupils = judged.opened, judged.opened.chosen.pupils
    judgements = _judgements(opened, judged.register, rules)
    children: Children = Children(
        pupils=pupils,
        judged=opened.judged,
        standing=standing,
        set_beside=judgements.other,
        progress=lambda: with_cells(judged.progress),
        flags=lambda: with_newer_marks(judged, judged.register, rules),
        evidence=lambda: weigh_evidence(judged),
        ages=lambda: judged.ages,
        copied=lambda: unchanged(judgements),
        warned=lambda: warn(children.flags, pupils, compared.summary, rules.flags.counting, rules.flags.too_many),
        beside=beside(opened.histories, opened.chosen.keys, opened.term),
        crossings=crossings(opened.histories, opened.chosen.keys, opened.term, rules),
    )
    return children


def _compared(
    opened: Opened, standing: Frame, order: Sequence[str], members: Membership, rules: Rules, peers: Peers
) -> Compared:
    """How year groups and groups stand; the groups beside their peers when that is first asked for."""
    pupils, combined = opened.chosen.pupils, rules.columns.combined
    return Compared(
        summary=summarise(standing, pupils, order),
        left_out=count_left_out(standing, _now(opened), pupils, combined, rules.scales),
        national=compare_with_national(opened, rules),
        **compare_groups(standing, members, pupils, rules, peers),
    )


def check(register: Register, rules: Rules, term: Term | None = None, filters: Filters = EVERYBODY) -> Checked:
    """Whether the judgements of a term, that which the school has come to unless one is named, hang together.

    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    opened = open_register(register, rules, term, filters)
    return _checked(_judgements(opened, register, rules), opened.begun, register, filters)


def check_analysed(analysis: Analysis, rules: Rules) -> Checked:
    """The same of what was judged for an analysis."""
    judged, register = analysis.children.judged, analysis.register
    judgements = Judgements(
        judged=judged[judged["subject"].isin(subjects_asked(register, analysis.asked))],
        other=analysis.children.set_beside,
        pupils=analysis.children.pupils,
        placements=register.frame("placements"),
        term=analysis.term,
        rules=rules,
    )
    return _checked(judgements, analysis.begun, register, analysis.asked)


def _checked(judgements: Judgements, begun: tuple[Begun, ...], register: Register, filters: Filters) -> Checked:
    found = check_judgements(judgements)
    return Checked(
        term=judgements.term,
        begun=begun,
        register=register,
        pupils=judgements.pupils,
        checks=found.rows,
        behind=found.hits,
        filters=filters.words(judgements.rules.years),
    )


def _judgements(opened: Opened, register: Register, rules: Rules) -> Judgements:
    """What questions about judgements are looked for in: the subjects chosen, and the tests beside them."""
    judged, other = opened.judged, opened.histories.other
    return Judgements(
        judged=judged[judged["subject"].isin(opened.subjects)],
        other=opened.judge(other[other["subject"].isin(opened.subjects)], rules),
        pupils=opened.chosen.pupils,
        placements=register.frame("placements"),
        term=opened.term,
        rules=rules,
    )


def compare_groups(standing: Frame, members: Membership, pupils: Frame, rules: Rules, peers: Peers) -> dict[str, Any]:
    """Every comparison of a group with its peers, all of them sums over the standings, each worked out when asked for.

    `unlike` are the gaps without what is left of them among children of equal start.
    """

    @cache
    def tallied() -> tuple[Frame, Tally]:
        cells = count_cells(standing, members.groups, pupils["year_group"])
        return cells, tally_of(cells, members.characteristics, _subjects(standing, rules), rules.years, peers)

    @cache
    def unlike() -> Frame:
        gaps = compare_all(tallied()[1], rules, peers.rate)
        return gaps if peers.rate is not None else explain(gaps, standing, members.groups, rules.groups)

    def gaps() -> Frame:
        return unlike() if peers.rate is not None else among_equal_starts(unlike(), tallied()[1], rules.groups.small)

    of_children = standing, members.groups, pupils, rules.columns.combined, members.characteristics
    return {
        "cells": lambda: tallied()[0],
        "groups": lambda: count_groups(tallied()[1]),
        "unlike": unlike,
        "gaps": gaps,
        "closers": lambda: find_closers(unlike(), *of_children),
        "paradoxes": lambda: find_paradoxes(tallied()[1], unlike(), rules.groups.small),
    }


def _over_time(opened: Opened, find_everybody: Callable[[], Everybody], rules: Rules) -> OverTime:
    """What became of the gaps among the same children, and what several years of a year group show together."""

    @cache
    def laid() -> tuple[LaidOverTime, Everybody]:
        everybody = find_everybody()
        return lay_over_time(opened, everybody, rules), everybody

    return OverTime(trends=lambda: measure_trends(*laid(), rules), pooled=lambda: pool_years(*laid(), rules))


def _now(opened: Opened) -> Frame:
    """The results of the term judged."""
    return opened.judged[opened.judged["term"] == opened.term.number]


def _subjects(standing: Frame, rules: Rules) -> list[str]:
    """The subjects in which anybody stands, in the order of the rules."""
    return [subject for subject in rules.columns.subjects if subject in set(standing["subject"].tolist())]
