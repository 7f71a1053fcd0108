"""Who has what: the flagged who have nothing, the many things of one child, and what nobody attends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siptrack.cycle.provision_tables import WHO, Who

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules

_PERCENT = 100


def find_who(spells: DataFrame, flagged: DataFrame, interventions: DataFrame, rules: Rules) -> DataFrame:
    """The findings in order of importance; `flagged` are the pupils and subjects with insufficient progress."""
    now = spells[spells["this_year"]]
    has = {pupil: of["intervention"] for pupil, of in now.groupby("pupil")}
    counted = flagged.assign(
        count=[has[pupil].nunique() if pupil in has else 0 for pupil in flagged["pupil"]],
        intervention=[_names(has[pupil]) if pupil in has else "" for pupil in flagged["pupil"]],
    )
    served = _served(now, counted)
    nothing, much = counted["count"] == 0, counted["count"] >= rules.provision.much
    parts = [
        counted[nothing].assign(code=Who.NOTHING.value),
        counted[much].assign(code=Who.MUCH.value),
        _many_at_once(spells, rules),
        counted[~nothing & ~much & ~served].assign(code=Who.ANOTHER_SUBJECT.value),
        _not_attended(interventions, rules),
    ]
    whole = pd.concat([part for part in parts if len(part)] or [WHO.empty()], ignore_index=True)
    return whole.reindex(columns=WHO.names)


def _served(now: DataFrame, flagged: DataFrame) -> Series[bool]:
    """Whether each flagged pupil has something in that subject, or something that names no subject."""
    pairs = pd.MultiIndex.from_frame(now[["pupil", "subject"]])
    without = set(now.loc[now["subject"] == "", "pupil"])
    inside = pd.MultiIndex.from_frame(flagged[["pupil", "subject"]]).isin(pairs)
    return flagged["pupil"].isin(without) | inside


def _many_at_once(spells: DataFrame, rules: Rules) -> DataFrame:
    running = spells[spells["now"]].groupby("pupil")["intervention"].agg(["nunique", _names]).reset_index()
    many = running[running["nunique"] >= rules.provision.many_at_once]
    return many.rename(columns={"nunique": "count", "_names": "intervention"}).assign(code=Who.MANY_AT_ONCE.value)


def _not_attended(interventions: DataFrame, rules: Rules) -> DataFrame:
    share = _PERCENT * interventions["attended"] / interventions["planned"]
    few = interventions[(share < rules.provision.attendance).astype(bool)]
    found = few[["intervention", "attended", "planned"]].rename(columns={"attended": "count", "planned": "of"})
    return found.assign(code=Who.NOBODY_ATTENDS.value)


def _names(interventions: Series[str]) -> str:
    return "; ".join(sorted(set(interventions)))
