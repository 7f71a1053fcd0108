"""Whom to talk about first: strong marks, long on the list, and nothing recorded that anybody does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.cycle.first_tables import FIRST, WhyFirst
from siptrack.cycle.on_the_list import Lists, Runs
from siptrack.school.frame import Frame
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.term import Term

    Flags = NDArray[np.bool_]

_WHAT = ("pupil", "subject")
_BETWEEN = "; "


def first_to_talk_about(analysis: Analysis, rules: Rules) -> Frame:
    """The table FIRST: as many children as the rules say, of those who are named or slip slowly and have a reason.

    Those of whom most reasons hold come first, then those with the strongest marks.
    """
    listed = rules.evidence.listed
    rows = _candidates(analysis, rules)
    if rows.empty:
        return FIRST.no_rows()
    lists = Lists(analysis.register, rules, analysis.asked.subjects)
    runs = lists.runs(rows, analysis.term, rows["named"], most=rules.actions.long)
    children = _each_child_once(_with_run(rows, runs))
    long = children["terms"] >= rules.actions.long
    hardly = children["behind_in_100"] < listed.hardly  # whom marks hardly name nobody need act for
    reasons = {
        WhyFirst.STRONG: children["behind_in_100"] >= listed.slipping,
        WhyFirst.LONG: long,
        WhyFirst.NOTHING: _nothing_recorded(children, analysis.register, analysis.term) & (long | ~hardly),
    }
    count = np.sum(list(reasons.values()), axis=0)
    ranked = children.having(why=_in_words(reasons), reasons=-count, marks=-np.nan_to_num(children["behind_in_100"]))
    who = analysis.children.pupils[["pupil", "surname", "forename", "year_group", "class"]]
    ranked = ranked.having({name: who.take(ranked.found_in(who, "pupil"))[name] for name in who})
    ranked = ranked[count > 0].sorted_by("reasons", "marks", "year_group", "class", "surname", "forename", "pupil")
    chosen = ranked[: listed.first]
    theirs = rows[rows["pupil"].isin(set(chosen["pupil"].distinct()))]
    longest = _each_child_once(_with_run(theirs, lists.runs(theirs, analysis.term, theirs["named"])))
    whole = longest.take(chosen.found_in(longest, "pupil"))[["terms", "since"]]
    return FIRST.completed(chosen.having({name: whole[name] for name in whole}, rank=np.arange(1, len(chosen) + 1)))


def _with_run(rows: Frame, runs: Runs) -> Frame:
    """For how many terms in a row each is on the list, and since which; 0 and none for one who is not."""
    return rows.having(terms=runs.terms, since=runs.labels.where(runs.terms > 0, ""))


def _candidates(analysis: Analysis, rules: Rules) -> Frame:
    """The pupils and subjects that are named, or not named and slipping, with the number of each."""
    flags = analysis.children.flags
    named = flags[flags["code"].isin(rules.flags.counting)][list(_WHAT)]
    evidence = analysis.children.evidence[[*_WHAT, "behind_in_100"]]
    is_named = evidence.found_in(named, *_WHAT) >= 0
    slipping = evidence["behind_in_100"] >= rules.evidence.listed.slipping
    return evidence.having(named=is_named)[is_named | slipping]


def _each_child_once(rows: Frame) -> Frame:
    """Each child once, in the subject with the strongest marks; the longest run of any subject stands beside."""
    by_run = rows.having(minus=-rows["terms"]).sorted_by("pupil", "minus")
    since = by_run[by_run.first_of("pupil")]
    by_marks = rows.having(minus=-np.nan_to_num(rows["behind_in_100"], nan=-1.0)).sorted_by("pupil", "minus")
    children = by_marks[by_marks.first_of("pupil")]
    at = children.found_in(since, "pupil")
    return children.having(terms=since["terms"][at], since=since["since"].take(at))


def _nothing_recorded(children: Frame, register: Register, term: Term) -> Flags:
    """Whether the school's records hold neither provision nor an action for a child this school year.

    Of nobody where the school has given no such record: then nothing is known.
    """
    provision, actions = register.optional_frame("provision"), register.frame("actions")
    if provision is None and actions.empty:
        return np.zeros(len(children), dtype=np.bool_)
    began = term.academic_year * SEASONS_IN_A_YEAR
    has = children["pupil"].isin(set(actions["pupil"][~(actions["term"] < began)].distinct()))
    if provision is not None:
        has |= children["pupil"].isin(set(provision["pupil"][~(provision["end_term"] < began)].distinct()))
    nothing: Flags = ~has
    return nothing


def _in_words(reasons: dict[WhyFirst, Flags]) -> Texts:
    """The reasons that hold, in their order."""
    rows = zip(*(holds.tolist() for holds in reasons.values()), strict=True)
    return Texts.of(_BETWEEN.join(why.value for why, is_so in zip(reasons, row, strict=True) if is_so) for row in rows)
