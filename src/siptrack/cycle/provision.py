"""The provision of a term: the map, who has what, what it takes, what became of it, and what the catalogue offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.summary import sums
from siptrack.cycle.catalogue import suggest
from siptrack.cycle.impact import measure_impact
from siptrack.cycle.provision_tables import CHILDREN, INTERVENTIONS, MAP, SPELLS
from siptrack.cycle.who_has_what import find_who
from siptrack.school.ages import DAYS_A_MONTH
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame, numbered
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.term import Term

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

_MINUTES = 60  # of an hour
_PERCENT = 100  # of a whole


@dataclass(frozen=True, kw_only=True)
class Provided(HasTables):
    """All findings on provision in a term; the tables have the columns declared in `provision_tables`."""

    analysis: Analysis
    spells: PandasTable = PandasTable()
    map: PandasTable = PandasTable()
    who: PandasTable = PandasTable()
    children: PandasTable = PandasTable()
    interventions: PandasTable = PandasTable()
    impact: PandasTable = PandasTable()
    compared: PandasTable = PandasTable()
    suggestions: PandasTable = PandasTable()


def provide(analysis: Analysis, rules: Rules, filters: Filters = EVERYBODY) -> Provided:
    """The provision of the pupils and subjects that the analysis speaks of; comparable children may be any others.

    Raises NothingToJudgeError where the files hold no sheet of provision.
    """
    register = analysis.register
    provision = register.optional_frame("provision")
    if provision is None:
        raise NothingToJudgeError(
            "No sheet of provision was found. It has a row for each child and intervention, with headings such as "
            "UPN, Intervention, Start date, End date, Sessions planned and Sessions attended."
        )
    opened = open_register(register, rules, analysis.term, filters)
    if not analysis.term.dated:
        provision = provision.having(start_term=np.nan, end_term=np.nan)
    pupils, everybody = analysis.children.pupils, np.ones(len(provision), dtype=np.bool_)
    here = provision.found_in(pupils, "pupil") >= 0
    wanted = provision["subject"].isin({*filters.subjects, ""}) if filters.subjects else everybody
    asked = (here if filters.words(rules.years) else everybody) & wanted
    spells = _spells(provision[here & wanted], opened)
    measured = measure_impact(opened, provision, asked, rules)
    interventions = _interventions(_spells(provision[asked], opened))
    flagged = _flagged(analysis, rules)
    return Provided(
        analysis=analysis,
        spells=spells[SPELLS.names],
        map=_map(spells),
        who=find_who(spells, flagged, interventions, rules),
        children=_children(spells, flagged, pupils),
        interventions=interventions,
        impact=measured.impact,
        compared=measured.compared,
        suggestions=suggest(analysis, opened, flagged, spells, rules),
    )


def _flagged(analysis: Analysis, rules: Rules) -> Frame:
    """The pupils and subjects flagged for insufficient progress, each once."""
    flags = analysis.children.flags
    flags = flags[flags["code"].isin(rules.flags.counting)]
    return flags[flags.first_of("pupil", "subject")][["pupil", "subject"]]


def _spells(provision: Frame, opened: Opened) -> Frame:
    """The provision with the school year and year group of its start, and whether it runs this year and now."""
    term, roll = opened.term, opened.roll
    year = np.floor(provision["start_term"] / SEASONS_IN_A_YEAR)
    known = np.where(np.isnan(year), term.academic_year, year)
    column = np.clip(known - roll.years.start, 0, len(roll.years) - 1).astype(np.int64)
    who = provision["pupil"].in_words(roll.everyone)
    return provision.having(
        academic_year=year,
        year_group=roll.cohorts[who, column] + known,
        this_year=_this_year(provision, term),
        now=(provision["start_term"] <= term.number) & ~(provision["end_term"] < term.number),
        hours=provision["attended"] * provision["minutes"] / _MINUTES,
    )


def _this_year(spells: Frame, term: Term) -> Flags:
    """Whether each is not known to be over before the school year, so that nobody is listed as without any wrongly."""
    over: Flags = spells["end_term"] < term.academic_year * SEASONS_IN_A_YEAR
    return ~over


def _summed(spells: Frame, *by: str) -> Frame:
    """Children, sessions, hours and cost by these columns.

    A sum of what nothing is known of is missing, and never nothing.
    """
    row, first = numbered([spells[name] for name in by])
    both = ~np.isnan(spells["planned"]) & ~np.isnan(spells["attended"])
    known = {
        **{name: np.where(both, spells[name], np.nan) for name in ("planned", "attended")},
        **{name: spells[name] for name in ("hours", "cost")},
    }
    now = spells["now"]
    return (
        spells[list(by)]
        .take(first)
        .having(
            {name: sums(values, row, len(first)) for name, values in known.items()},
            children=_different(spells, "pupil", row, len(first)),
            now=_different(spells[now], "pupil", row[now], len(first)),
        )
    )


def _different(spells: Frame, name: str, group: Whole, groups: int) -> Whole:
    """How many different values of a column each group of rows has."""
    first = numbered([group, spells[name]])[1]
    return np.bincount(group[first], minlength=groups)


def _map(spells: Frame) -> Frame:
    """The provision map."""
    by = ("academic_year", "year_group", "need", "subject", "wave", "intervention")
    return _summed(spells, *by)[MAP.names]


def _children(spells: Frame, flagged: Frame, pupils: Frame) -> Frame:
    """What each child has this year, and what it takes; children with nothing are there where they are flagged."""
    now = spells[spells["this_year"]]
    running = now[now["now"]]
    keys = pupils["pupil"].tolist()
    had, has, insufficient = (rows["pupil"].in_words(keys) for rows in (now, running, flagged))
    takes = _summed(now, "pupil")
    table = takes.take(pupils.found_in(takes, "pupil")).having(
        {name: pupils[name] for name in ("pupil", "year_group", "class")},
        interventions=_different(now, "intervention", had, len(keys)),
        now=_different(running, "intervention", has, len(keys)),
        insufficient=np.bincount(insufficient, minlength=len(keys)),
    )
    return table[(table["interventions"] > 0) | (table["insufficient"] > 0)][CHILDREN.names]


def _interventions(spells: Frame) -> Frame:
    """Each intervention over all its years, with its ratio gain."""
    row, first = numbered([spells["intervention"]])
    size = len(first)
    table = _summed(spells, "intervention")
    wave = np.full(size, np.nan)
    np.fmin.at(wave, row, spells["wave"])  # the least that is known
    costed = ~np.isnan(spells["cost"])
    gained, lasted = _ages(spells)
    ages = np.bincount(row[~np.isnan(gained)], minlength=size)
    months_gained, months = (_divided(sums(measure, row, size), ages) for measure in (gained, lasted))
    return table.having(
        wave=wave,
        rows=np.bincount(row, minlength=size),
        attendance=_divided(_PERCENT * table["attended"], table["planned"]),
        cost_a_child=_divided(table["cost"], _different(spells[costed], "pupil", row[costed], size)),
        ages=ages,
        months_gained=months_gained,
        months=months,
        ratio_gain=_divided(months_gained, months),
    )[INTERVENTIONS.names]


def _ages(spells: Frame) -> tuple[Numbers, Numbers]:
    """The months of age gained and the months that each lasted, where both are known."""
    start, end = (
        spells[name].looked_up({day: date.fromisoformat(day).toordinal() for day in spells[name].words if day})
        for name in ("start", "end")
    )
    gained, lasted = spells["exit_months"] - spells["entry_months"], (end - start) / DAYS_A_MONTH
    known = ~np.isnan(gained) & (lasted > 0)
    return np.where(known, gained, np.nan), np.where(known, lasted, np.nan)


def _divided(part: Numbers, whole: Numbers | Whole) -> Numbers:
    """One divided by the other; missing where that is nothing, or not known."""
    found: Numbers = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return found
