"""What the evidence about each child calls for asking at the pupil progress meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.consistency import lower
from siptrack.cycle.on_the_list import WHAT, Lists
from siptrack.school.actions import ActionStatus
from siptrack.school.codes import FlagCode
from siptrack.school.in_pandas import from_pandas
from siptrack.school.meeting import Called, Prompt
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

COLUMNS = ("pupil", "prompt", "subject", "terms", "intervention", "attended", "planned")
_PERCENT = 100
_SEVERAL = 2  # subjects, below which there is neither all nor one of several
_BELOW = (Attainment.WELL_BELOW.value, Attainment.BELOW.value)


def call_prompts(analysis: Analysis, rules: Rules) -> DataFrame:
    """A row for each child, prompt and subject whose evidence is there, with the columns COLUMNS; most first.

    `subject` is empty where the evidence is about none; `terms` counts those on the list or without movement.
    """
    evidence = _Evidence(analysis, rules)
    parts = [_asked(evidence.of(prompt.called), prompt, analysis) for prompt in rules.meeting.prompts]
    rows = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)
    order = {prompt.key: at for at, prompt in enumerate(rules.meeting.prompts)}
    rows["subject_at"] = pd.Index(analysis.subjects).get_indexer(pd.Index(rows["subject"]))
    rows = rows.assign(at=rows["prompt"].map(order)).sort_values(["pupil", "at", "subject_at"], kind="stable")
    first = rows.groupby("pupil")["at"].rank("dense") <= rules.meeting.most
    return rows[first].reindex(columns=list(COLUMNS)).reset_index(drop=True)


def _asked(rows: DataFrame, prompt: Prompt, analysis: Analysis) -> DataFrame:
    """The rows about children spoken of, and in the prompt's group if it has one."""
    pupils = analysis.pupils
    if prompt.group is not None:
        characteristic, group = prompt.group
        pupils = pupils[pupils[characteristic] == group] if characteristic in pupils else pupils.iloc[:0]
    return rows[rows["pupil"].isin(pupils["pupil"])].assign(prompt=prompt.key)


class _Evidence:
    """The children and subjects of each kind of evidence, found when a prompt asks for them."""

    def __init__(self, analysis: Analysis, rules: Rules) -> None:
        self.analysis, self.rules, self.term = analysis, rules, analysis.term
        self.known: dict[str, DataFrame] = {}

    def of(self, called: Called) -> DataFrame:
        """The rows of evidence of a kind: pupil and subject, and what else COLUMNS has."""
        finders: Mapping[Called, Callable[[], DataFrame]] = {
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
            Called.BELOW_IN_ONE: lambda: self.below(every=False),
            Called.BELOW: self.below_in_any,
        }
        if called not in self.known:
            self.known[called] = finders[called]()
        return self.known[called]

    def flagged(self, codes: Iterable[str]) -> DataFrame:
        """Who has a flag of these codes, and in which subject."""
        flags = self.analysis.flags
        return flags.loc[flags["code"].isin(list(codes)), WHAT].drop_duplicates()

    def insufficient(self) -> DataFrame:
        """Who is on the list of insufficient progress."""
        return self.flagged(self.rules.flags.counting)

    def no_movement(self) -> DataFrame:
        """Who has had the same grade for so many terms as the flag asks for."""
        rule = self.rules.flags.flags.get(FlagCode.NO_MOVEMENT)
        return self.flagged([FlagCode.NO_MOVEMENT]).assign(terms=rule.terms if rule else 0)

    def fell_back(self) -> DataFrame:
        """Who is lower than last term; not where it was on entering the year group, of which another prompt speaks."""
        rows = self.flagged([FlagCode.FELL_BACK])
        if self.term.season is not Season.AUTUMN:
            return rows
        entered = pd.MultiIndex.from_frame(self.of(Called.FELL_ON_ENTRY)[WHAT])
        return rows[~pd.MultiIndex.from_frame(rows).isin(entered)]

    def open_action(self) -> DataFrame:
        """For whom an action was agreed earlier of which the record does not say what came."""
        actions = self.analysis.register.actions
        closed = actions["status"].isin([ActionStatus.DONE.value, ActionStatus.STOPPED.value])
        still = (actions["term"] < self.term.number) & ~closed & (actions["outcome"] == "")
        return actions.loc[still, ["pupil"]].drop_duplicates().assign(subject="")

    def listed(self, *, with_action: bool) -> DataFrame:
        """Who is long on the list, with an action on record or without; nobody where the school keeps no record."""
        actions, listed = self.analysis.register.actions, self.of(Called.INSUFFICIENT)
        if actions.empty or listed.empty:
            return pd.DataFrame(columns=[*WHAT, "terms"])
        if "runs" not in self.known:
            lists = Lists(self.analysis.register, self.rules, frozenset())
            self.known["runs"] = lists.runs(pd.MultiIndex.from_frame(listed), self.term).reset_index(names=WHAT)
        runs: DataFrame = self.known["runs"]
        long: DataFrame = runs[runs["terms"] >= self.rules.actions.long]
        return long[long["pupil"].isin(actions["pupil"]) == with_action]

    def not_attended(self) -> DataFrame:
        """Who came to few of the sessions of an intervention that ran this year."""
        given = self.analysis.register.provision
        if given is None:
            return pd.DataFrame(columns=list(COLUMNS))
        began = self.term.academic_year * SEASONS_IN_A_YEAR
        here = (given["start_term"] <= self.term.number) & ~(given["end_term"] < began)
        few = _PERCENT * given["attended"] < self.rules.provision.attendance * given["planned"]
        rows = given.loc[here & few, ["pupil", "intervention", "attended", "planned"]]
        return rows.drop_duplicates("pupil").assign(subject="")

    def fell_on_entry(self) -> DataFrame:
        """Who was lower in this year's Autumn than in the Summer before, on the same scale."""
        year = self.term.academic_year
        summer, autumn = Term(year - 1, Season.SUMMER).number, Term(year, Season.AUTUMN).number
        judged = self.analysis.judged
        if autumn > self.term.number or judged.empty:
            return pd.DataFrame(columns=WHAT)
        rows = judged[judged["points"].notna() & judged["year_group"].notna()]
        later = rows.loc[rows["term"] == autumn, [*WHAT, "scale", "points", "distance"]]
        both = rows[rows["term"] == summer].merge(later, on=[*WHAT, "scale"], suffixes=("", "_later"))
        return both.loc[lower(from_pandas(both), self.rules), WHAT]

    def below(self, *, every: bool) -> DataFrame:
        """Who is below in every subject where it is known how the child stands, or in one of several."""
        known = self.standing()
        counts = known.groupby("pupil")["below"].agg(["size", "sum"]).reindex(known["pupil"])
        several = (counts["size"] >= _SEVERAL).to_numpy()
        wanted = counts["sum"] == (counts["size"] if every else 1)
        found: DataFrame = known.loc[several & wanted.to_numpy() & known["below"].to_numpy(), WHAT]
        return found

    def below_in_any(self) -> DataFrame:
        """Who is below in which subject."""
        known = self.standing()
        return known.loc[known["below"], WHAT]

    def standing(self) -> DataFrame:
        """Each child and subject where it is known how the child stands, and whether that is below."""
        rows = self.analysis.progress.drop_duplicates(WHAT)
        rows = rows[rows["attainment"] != Attainment.NOT_KNOWN.value]
        return rows[WHAT].assign(below=np.isin(rows["attainment"].to_numpy(dtype=str), _BELOW))
