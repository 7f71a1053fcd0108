"""Whom to talk about first: strong marks, long on the list, and nothing recorded that anybody does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.once import once
from siptrack.cycle.first_tables import FIRST, WhyFirst
from siptrack.cycle.on_the_list import Lists
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
_PLACE = ("reasons", "marks")
_BETWEEN = "; "


def first_to_talk_about(analysis: Analysis, rules: Rules) -> Frame:
    """The table FIRST: as many children as the rules say, of those who are named or slip slowly and have a reason.

    Those of whom most reasons hold come first, then those with the strongest marks; each child once, in the subject
    that would come first. Without those whom the rule names and whose marks hardly do: others need the meeting's time
    more.
    """
    listed, long = rules.evidence.listed, rules.actions.long
    rows = to_talk_of(analysis, rules)
    rows = rows[~rows["named"] | ~(rows["behind_in_100"] < listed.hardly)]
    if rows.empty:
        return FIRST.no_rows()
    reasons = {
        WhyFirst.STRONG: rows["behind_in_100"] >= listed.slipping,
        WhyFirst.LONG: rows["terms"] >= long,
        WhyFirst.NOTHING: rows["nothing"],
    }
    count = np.sum(list(reasons.values()), axis=0)
    ranked = rows.having(why=_in_words(reasons), reasons=-count, marks=-np.nan_to_num(rows["behind_in_100"]))
    ranked = ranked[count > 0].sorted_by("pupil", *_PLACE)
    children = ranked[ranked.first_of("pupil")]
    who = analysis.children.pupils[["pupil", "surname", "forename", "year_group", "class"]]
    children = children.having({name: who.take(children.found_in(who, "pupil"))[name] for name in who})
    chosen = children.sorted_by(*_PLACE, "year_group", "class", "surname", "forename", "pupil")[: listed.first]
    return FIRST.completed(chosen.having(rank=np.arange(1, len(chosen) + 1)))


@once
def to_talk_of(analysis: Analysis, rules: Rules) -> Frame:
    """The pupils and subjects that are named, or not named and slipping, with the number of each.

    `terms` is for how many in a row each was named, and `since` the first of them; `nothing` whether nothing is
    recorded for the child.
    """
    flags = analysis.children.flags
    named = flags[flags["code"].isin(rules.flags.counting)][list(_WHAT)]
    evidence = analysis.children.evidence[[*_WHAT, "behind_in_100"]]
    rows = evidence.having(named=evidence.found_in(named, *_WHAT) >= 0)
    rows = rows[rows["named"] | (rows["behind_in_100"] >= rules.evidence.listed.slipping)]
    runs = Lists(analysis.register, rules, analysis.asked.subjects).runs(rows, analysis.term, rows["named"])
    since = runs.labels.where(runs.terms > 0, "")
    nothing = _nothing_recorded(rows, analysis.register, analysis.term)
    return rows.having(terms=runs.terms, since=since, nothing=nothing)


def _nothing_recorded(rows: Frame, register: Register, term: Term) -> Flags:
    """Whether the school's records hold neither provision nor an action for a child this school year.

    Of nobody where the school has given no such record: then nothing is known.
    """
    provision, actions = register.optional_frame("provision"), register.frame("actions")
    if provision is None and actions.empty:
        return np.zeros(len(rows), dtype=np.bool_)
    began = term.academic_year * SEASONS_IN_A_YEAR
    has = rows["pupil"].isin(set(actions["pupil"][~(actions["term"] < began)].distinct()))
    if provision is not None:
        has |= rows["pupil"].isin(set(provision["pupil"][~(provision["end_term"] < began)].distinct()))
    nothing: Flags = ~has
    return nothing


def _in_words(reasons: dict[WhyFirst, Flags]) -> Texts:
    """The reasons that hold, in their order."""
    rows = zip(*(holds.tolist() for holds in reasons.values()), strict=True)
    return Texts.of(_BETWEEN.join(why.value for why, is_so in zip(reasons, row, strict=True) if is_so) for row in rows)
