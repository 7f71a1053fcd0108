"""The provision of a term: the map, who has what, what it takes, what became of it, and what the catalogue offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.cycle.catalogue import suggest
from siptrack.cycle.impact import measure_impact
from siptrack.cycle.provision_tables import CHILDREN, INTERVENTIONS, MAP, SPELLS
from siptrack.cycle.who_has_what import find_who
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.in_pandas import from_pandas, to_pandas
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.analysis.model import Analysis
    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.term import Term

_MINUTES = 60
_PERCENT = 100
_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Provided:
    """All that is said of provision in a term; the tables have the columns declared in `provision_tables`."""

    analysis: Analysis
    spells: DataFrame
    map: DataFrame
    who: DataFrame
    children: DataFrame
    interventions: DataFrame
    impact: DataFrame
    pairs: DataFrame
    suggestions: DataFrame


def provide(analysis: Analysis, rules: Rules, filters: Filters = EVERYBODY) -> Provided:
    """The provision of the pupils and subjects that the analysis speaks of; comparable children may be any others.

    Raises NothingToJudgeError where the files hold no sheet of provision.
    """
    register = analysis.register
    if register.provision is None:
        raise NothingToJudgeError(
            "No sheet of provision was found. It has a row for each child and intervention, with headings such as "
            "UPN, Intervention, Start date, End date, Sessions planned and Sessions attended."
        )
    opened = open_register(register, rules, analysis.term, filters)
    provision = register.provision
    if not analysis.term.dated:
        provision = provision.assign(start_term=np.nan, end_term=np.nan)
    here = provision["pupil"].isin(analysis.pupils["pupil"])
    wanted = provision["subject"].isin([*filters.subjects, ""]) if filters.subjects else here | True
    asked = (here if filters.words(rules.years) else here | True) & wanted
    spells = _spells(provision[here & wanted], opened)
    measured = measure_impact(opened, provision, asked, rules)
    interventions = _interventions(_spells(provision[asked], opened))
    flagged = _flagged(analysis, rules)
    return Provided(
        analysis=analysis,
        spells=spells[SPELLS.names],
        map=_map(spells),
        who=find_who(spells, flagged, interventions, rules),
        children=_children(spells, flagged, analysis.pupils),
        interventions=interventions,
        impact=measured.impact,
        pairs=measured.pairs,
        suggestions=to_pandas(suggest(analysis, opened, from_pandas(flagged), from_pandas(spells), rules)),
    )


def _flagged(analysis: Analysis, rules: Rules) -> DataFrame:
    """The pupils and subjects flagged for insufficient progress, each once."""
    flags = analysis.flags[analysis.flags["code"].isin(rules.flags.counting)]
    return flags[["pupil", "subject"]].drop_duplicates(ignore_index=True)


def _spells(provision: DataFrame, opened: Opened) -> DataFrame:
    """The provision with the school year and year group of its start, and whether it runs this year and now."""
    term, roll = opened.term, opened.roll
    found = provision.reset_index(drop=True)
    year = found["start_term"] // SEASONS_IN_A_YEAR
    column = (year - roll.years.start).clip(0, len(roll.years) - 1).fillna(term.academic_year - roll.years.start)
    who = pd.Index(roll.everyone).get_indexer(pd.Index(found["pupil"]))
    group = roll.cohorts[who, column.to_numpy(dtype=np.int64)] + year.fillna(term.academic_year)
    return found.assign(
        academic_year=year,
        year_group=group,
        this_year=_this_year(found, term),
        now=((found["start_term"] <= term.number) & ~(found["end_term"] < term.number)).astype(bool),
        hours=found["attended"] * found["minutes"] / _MINUTES,
    )


def _this_year(spells: DataFrame, term: Term) -> Series[bool]:
    """Whether each is not known to be over before the school year, so that nobody is said to have nothing wrongly."""
    return ~(spells["end_term"] < term.academic_year * SEASONS_IN_A_YEAR).astype(bool)


_SUMS = {
    "planned": ("planned_known", "sum"),
    "attended": ("attended_known", "sum"),
    "hours": ("hours", "sum"),
    "cost": ("cost", "sum"),
}


def _summed(spells: DataFrame, by: list[str], **more: tuple[str, str]) -> DataFrame:
    """Sessions, hours and cost by these columns; a sum of what nothing is known of is missing, and never nothing."""
    both = spells["planned"].notna() & spells["attended"].notna()
    known = spells.assign(
        planned_known=spells["planned"].where(both),
        attended_known=spells["attended"].where(both),
        now_pupil=spells["pupil"].where(spells["now"]),
    )
    grouped = known.groupby(by, dropna=False, sort=True)
    table = grouped.agg(children=("pupil", "nunique"), now=("now_pupil", "nunique"), **more)
    for name, (column, _) in _SUMS.items():
        table[name] = grouped[column].sum(min_count=1)
    return table.reset_index()


def _map(spells: DataFrame) -> DataFrame:
    """The provision map."""
    by = ["academic_year", "year_group", "need", "subject", "wave", "intervention"]
    return _summed(spells, by)[MAP.names] if len(spells) else MAP.empty()


def _children(spells: DataFrame, flagged: DataFrame, pupils: DataFrame) -> DataFrame:
    """What each child has this year, and what it takes; children with nothing are there where they are flagged."""
    now = spells[spells["this_year"]]
    had = _summed(now, ["pupil"], interventions=("intervention", "nunique")) if len(now) else None
    running = now[now["now"]].groupby("pupil")["intervention"].nunique()
    insufficient = flagged.groupby("pupil").size()
    table = pupils[["pupil", "year_group", "class"]]
    table = table[table["pupil"].isin([*now["pupil"], *flagged["pupil"]])]
    if had is not None:
        table = table.merge(had.drop(columns="now"), on="pupil", how="left")
    table = table.assign(
        now=table["pupil"].map(running).fillna(0).astype("int64"),
        insufficient=table["pupil"].map(insufficient).fillna(0).astype("int64"),
    ).reindex(columns=CHILDREN.names)
    return table.assign(interventions=table["interventions"].fillna(0).astype("int64"))


def _interventions(spells: DataFrame) -> DataFrame:
    """Each intervention over all its years, with its ratio gain."""
    if spells.empty:
        return INTERVENTIONS.empty()
    table = _summed(_with_ages(spells), ["intervention"], rows=("pupil", "size"), wave=("wave", "min"))
    ages = (
        _with_ages(spells)
        .groupby("intervention")
        .agg(ages=("gained", "count"), months_gained=("gained", "mean"), months=("lasted", "mean"))
    )
    costed = spells[spells["cost"].notna()].groupby("intervention")["pupil"].nunique()
    table = table.merge(ages.reset_index(), on="intervention")
    table["attendance"] = _PERCENT * table["attended"] / table["planned"].where(table["planned"] > 0)
    table["cost_a_child"] = table["cost"] / table["intervention"].map(costed)
    table["ratio_gain"] = table["months_gained"] / table["months"].where(table["months"] > 0)
    return table[INTERVENTIONS.names]


def _with_ages(spells: DataFrame) -> DataFrame:
    """The spells with the months of age gained and the months that they lasted, where both are known."""
    start, end = (pd.to_datetime(spells[name].replace("", None)) for name in ("start", "end"))
    gained = spells["exit_months"] - spells["entry_months"]
    lasted = (end - start).dt.days / _DAYS_A_MONTH
    known = gained.notna() & (lasted > 0)
    return spells.assign(gained=gained.where(known), lasted=lasted.where(known))
