"""What the evidence about each child calls for asking at the pupil progress meeting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.consistency import lower
from siptrack.cycle.on_the_list import WHAT, Lists
from siptrack.school.actions import ActionStatus
from siptrack.school.codes import FlagCode
from siptrack.school.frame import Frame, numbered
from siptrack.school.meeting import Called, Prompt
from siptrack.school.scale import Attainment
from siptrack.school.tables import Column, Table
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

CALLED = Table(
    "called",
    "A row for each child, prompt and subject whose evidence is there.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("prompt", "text", "the prompt's key", always=True),
        Column("subject", "text", "the subject's key; empty where the evidence is about none"),
        Column("start", "text", "the term from which progress was insufficient"),
        Column("terms", "number", "terms in a row on the list, or without movement", unit="terms"),
        Column("intervention", "text", "the intervention that the child hardly attended"),
        Column("attended", "number", "sessions of it attended", unit="sessions"),
        Column("planned", "number", "sessions of it planned", unit="sessions"),
    ),
)
_PERCENT = 100  # of a whole
_SEVERAL = 2  # subjects, below which there is neither all nor one of several
_BELOW = (Attainment.WELL_BELOW.value, Attainment.BELOW.value)


def call_prompts(analysis: Analysis, rules: Rules) -> Frame:
    """The table CALLED by child, of each child those prompts that come first in the rules, as many as these allow."""
    evidence, prompts = _Evidence(analysis, rules), rules.meeting.prompts
    rows = Frame.stacked(
        [CALLED.no_rows(), *(_asked(evidence.of(prompt.called), prompt, analysis) for prompt in prompts)]
    )
    place = rows["prompt"].in_words([prompt.key for prompt in prompts])
    rows = rows.having(place=place, at=rows["subject"].in_words(analysis.subjects)).sorted_by("pupil", "place", "at")
    so_far = np.cumsum(rows.first_of("pupil", "place"))  # prompts, of this child and all before
    child, first = numbered([rows["pupil"]])
    are_first = so_far - so_far[first][child] < rules.meeting.most
    return rows[np.asarray(are_first)][CALLED.names]


def _asked(rows: Frame, prompt: Prompt, analysis: Analysis) -> Frame:
    """The rows about children spoken of, and in the prompt's group if it has one."""
    pupils = analysis.children.pupils
    if prompt.group is not None:
        characteristic, group = prompt.group
        pupils = pupils[pupils[characteristic] == group] if characteristic in pupils else pupils[:0]
    return CALLED.completed(rows[rows.found_in(pupils, "pupil") != NONE].having(prompt=prompt.key))


class _Evidence:
    """The children and subjects of each kind of evidence, found when a prompt asks for them."""

    def __init__(self, analysis: Analysis, rules: Rules) -> None:
        self.analysis, self.rules, self.term = analysis, rules, analysis.term
        self.known: dict[str, Frame] = {}

    def of(self, called: Called) -> Frame:
        """The rows of evidence of a kind: pupil and subject, and what else CALLED has."""
        finders: Mapping[Called, Callable[[], Frame]] = {
            Called.OPEN_ACTION: self.open_action,
            Called.LISTED_NO_ACTION: lambda: self.listed(with_action=False),
            Called.LISTED_LONG: lambda: self.listed(with_action=True),
            Called.NOT_ATTENDED: self.not_attended,
            Called.FELL_ON_ENTRY: self.fell_on_entry,
            Called.NO_MOVEMENT: self.no_movement,
            Called.FELL_BACK: self.fell_back,
            Called.BEHIND_TARGET: lambda: self.flagged([FlagCode.BEHIND_TARGET]),
            Called.NO_LONGER_ABOVE: lambda: self.flagged([FlagCode.NO_LONGER_ABOVE]),
            Called.NO_RESULT: lambda: self.flagged([FlagCode.NO_RESULT]),
            Called.INSUFFICIENT: self.insufficient,
            Called.BELOW_IN_ALL: lambda: self.below(every=True),
            Called.BELOW_IN_A_SUBJECT: lambda: self.below(every=False),
            Called.BELOW: self.below_in_any,
        }
        if called not in self.known:
            self.known[called] = finders[called]()
        return self.known[called]

    def flagged(self, codes: Collection[str]) -> Frame:
        """Who has a flag of these codes, and in which subject."""
        flags = self.analysis.children.flags
        rows = flags[flags["code"].isin(codes)][list(WHAT)]
        return rows[rows.first_of(*WHAT)]

    def insufficient(self) -> Frame:
        """Who is on the list of insufficient progress, and since when."""
        flags = self.analysis.children.flags
        rows = flags[flags["code"].isin(self.rules.flags.counting)]
        rows = rows[rows.first_of(*WHAT)]
        return rows[list(WHAT)].having(start=rows["from_term"])

    def no_movement(self) -> Frame:
        """Who has had the same grade for so many terms as the flag asks for."""
        rule = self.rules.flags.flags.get(FlagCode.NO_MOVEMENT)
        return self.flagged([FlagCode.NO_MOVEMENT]).having(terms=rule.terms if rule else 0)

    def fell_back(self) -> Frame:
        """Who is lower than last term; not where it was on entering the year group, of which another prompt speaks."""
        rows = self.flagged([FlagCode.FELL_BACK])
        if self.term.season is not Season.AUTUMN:
            return rows
        return rows[rows.found_in(self.of(Called.FELL_ON_ENTRY), *WHAT) == NONE]

    def open_action(self) -> Frame:
        """For whom an action was agreed earlier of which the record does not say what came."""
        actions = self.analysis.register.frame("actions")
        closed = actions["status"].isin((ActionStatus.DONE.value, ActionStatus.STOPPED.value))
        still = (actions["term"] < self.term.number) & ~closed & (actions["outcome"] == "")
        rows = actions[still][["pupil"]]
        return rows[rows.first_of("pupil")]

    def listed(self, *, with_action: bool) -> Frame:
        """Who is long on the list, with an action on record or without; nobody where the school keeps no record."""
        actions, listed = self.analysis.register.frame("actions"), self.of(Called.INSUFFICIENT)
        if actions.empty or listed.empty:
            return listed[:0]
        if "runs" not in self.known:
            lists = Lists(self.analysis.register, self.rules, frozenset())
            self.known["runs"] = listed.having(terms=lists.runs(listed, self.term).terms)
        runs = self.known["runs"]
        has_action = runs.found_in(actions, "pupil") != NONE
        return runs[(runs["terms"] >= self.rules.actions.long) & (has_action == with_action)]

    def not_attended(self) -> Frame:
        """Who came to few of the sessions of an intervention that ran this year."""
        given = self.analysis.register.optional_frame("provision")
        if given is None:
            return CALLED.no_rows()
        began = self.term.academic_year * SEASONS_IN_A_YEAR
        here = (given["start_term"] <= self.term.number) & ~(given["end_term"] < began)
        few = _PERCENT * given["attended"] < self.rules.provision.attendance * given["planned"]
        rows = given[here & few][["pupil", "intervention", "attended", "planned"]]
        return rows[rows.first_of("pupil")]

    def fell_on_entry(self) -> Frame:
        """Who was lower in this year's Autumn than in the Summer before, on the same scale."""
        year = self.term.academic_year
        summer, autumn = Term(year - 1, Season.SUMMER).number, Term(year, Season.AUTUMN).number
        judged = self.analysis.children.judged
        if autumn > self.term.number or judged.empty:
            return CALLED.no_rows()
        known = judged[~np.isnan(judged["points"]) & ~np.isnan(judged["year_group"])]
        rows, later = known[known["term"] == summer], known[known["term"] == autumn]
        at = rows.found_in(later, *WHAT, "scale")
        then, now = rows[at != NONE], later.take(at[at != NONE])
        fell = lower(then.having(points_later=now["points"], distance_later=now["distance"]), self.rules)
        return then[fell][list(WHAT)]

    def below(self, *, every: bool) -> Frame:
        """Who is below in every subject where it is known how the child stands, or in one of several."""
        known = self.standing()
        child = numbered([known["pupil"]])[0]
        subjects, below = np.bincount(child)[child], np.bincount(child, known["below"])[child]
        wanted = below == (subjects if every else 1)
        return known[(subjects >= _SEVERAL) & wanted & known["below"]][list(WHAT)]

    def below_in_any(self) -> Frame:
        """Who is below in which subject."""
        known = self.standing()
        return known[known["below"]][list(WHAT)]

    def standing(self) -> Frame:
        """Each child and subject where it is known how the child stands, and whether that is below."""
        progress = self.analysis.children.progress
        rows = progress[progress.first_of(*WHAT)]
        rows = rows[rows["attainment"] != Attainment.NOT_KNOWN.value]
        return rows[list(WHAT)].having(below=rows["attainment"].isin(_BELOW))
