"""Where comparable children of earlier years ended, as a run of grades; no forecast from too few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.ahead_tables import FORECASTS
from siptrack.analysis.judged import DECIMALS, reference, threshold
from siptrack.analysis.narrowest import narrowest_run
from siptrack.analysis.pace import horizon
from siptrack.analysis.progress import term_labels
from siptrack.analysis.vocabulary import Reason, Window
from siptrack.school.frame import Frame, numbered, positions
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR, Term
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import ForecastRules, Rules, YearRules

    Numbers = NDArray[np.float64]

_MET = (Attainment.AT.value, Attainment.ABOVE.value)
_KEY = ("subject", "scale", "year_group", "terms")


class _Found(NamedTuple):
    """What is found of comparable children; `counted` are those on whom the chance is counted."""

    comparable: float
    low: float
    high: float
    met: float
    chance: float
    counted: float


def forecast(progress: Frame, past: Frame, term: Term, rules: Rules) -> Frame:
    """The forecasts table: for each child with a distance from the line, by the end of the year and of the key stage.

    Comparable are children of earlier years in the same subject, on the same scale, in the same term of the same year
    group, about as far from the line. `past` are the judged results of everybody in the files, leavers too.
    """
    children = _children(progress, term, rules.years)
    if children.empty:
        return FORECASTS.no_rows()
    return _as_table(_runs(children, _journeys(children, past, term), rules), term, rules)


def _children(progress: Frame, term: Term, years: YearRules) -> Frame:
    """The children to be forecast, once for each horizon that lies ahead, with the number of `terms` until then."""
    parts = []
    for window in Window:
        rows = progress[(progress["window"] == window.value) & ~np.isnan(progress["distance"])]
        by = horizon(rows["year_group"], window, term, years)
        parts.append(rows.having(horizon=window.value, by=by, terms=by - term.number)[by > term.number])
    return Frame.stacked(parts)


def _journeys(children: Frame, past: Frame, term: Term) -> Frame:
    """Where earlier children ended who were in the same term of a year group: `start` and `end` are distances.

    A child who is in that year group now, for the second time, is no earlier child.
    """
    known = past[~np.isnan(past["distance"]) & (past["term"] <= term.number)]
    starts = known[(known["term"] % SEASONS_IN_A_YEAR == int(term.season)) & (known["term"] < term.number)]
    now = starts.found_in(children, "pupil", "year_group")
    starts = starts[now == NONE]
    cell = ("pupil", "subject", "scale")
    parts = []
    for terms in sorted(set(children["terms"].tolist())):
        later = [*(starts[name] for name in cell), starts["term"] + terms]
        end = positions(later, [known[name] for name in (*cell, "term")])
        ends = known.take(end)
        whole = starts.having(terms=terms, end=ends["distance"], met=ends["attainment"].isin(_MET))
        parts.append(whole[end != NONE])
    return Frame.stacked(parts).renamed({"distance": "start"})[[*_KEY, "start", "end", "met"]]


def _runs(children: Frame, journeys: Frame, rules: Rules) -> Frame:
    """For each child how many were `comparable`, in which run most ended, the `chance` of it, how many at ARE.

    Worked out once for each distance from which a child of a year group starts in a subject.
    """
    number, first = numbered([children[name] for name in (*_KEY, "distance")])
    once = children[first]
    kind = _numbered_alike(once, journeys)
    steps = threshold("step", once["scale"], rules.scales) * rules.forecasts.similar
    found = np.zeros((len(first), len(_Found._fields)))
    found[:, 1:] = np.nan
    for at, (rows_alike, step) in enumerate(zip(kind, steps.tolist(), strict=True)):
        away = np.abs(journeys["start"][rows_alike] - once["distance"][at]).round(DECIMALS)
        near = away <= _far_enough(away, step, rules.forecasts.comparable)
        found[at] = _run_of(journeys[rows_alike[near]], away[near], rules.forecasts)
    comparable, low, high, met, chance, counted = found.T
    chance = _drawn_together(once, chance, counted, rules.forecasts)
    return children.having(
        comparable=comparable[number], low=low[number], high=high[number], met=met[number], chance=chance[number]
    )


def _far_enough(away: Numbers, most: float, enough: int) -> float:
    """How far off the starts lie that are taken in: no farther than is needed for enough children, or than `most`."""
    nearest = np.sort(away)[:enough]
    return min(most, float(nearest[-1])) if len(nearest) == enough else most


def _run_of(near: Frame, away: Numbers, rules: ForecastRules) -> _Found:
    """What is found of comparable children, whose starts lie so far off; of too few how many they are, and no more.

    Those who stood just here tell the chance, where there are any: from farther off fewer come to the same end.
    """
    if len(near) < rules.comparable:
        return _Found(len(near), np.nan, np.nan, np.nan, np.nan, np.nan)
    counted = away == 0 if (away == 0).any() else away >= 0
    run = narrowest_run(near["end"].round(DECIMALS), rules.holds / 100, counted)
    return _Found(len(near), run.low, run.high, near["met"].sum(), 100 * run.chance, counted.sum())


def _drawn_together(children: Frame, chance: Numbers, counted: Numbers, rules: ForecastRules) -> Numbers:
    """The chances, in whole percent, drawn towards the mean of the school's on the same scale, over as many terms.

    A chance told by few children is itself unsure: it is told as if so many of the school's were among them.
    """
    given = ~np.isnan(chance)
    number, first = numbered([children["scale"], children["terms"]])
    children_in, met = (
        np.bincount(number[given], weights=weights[given], minlength=len(first))
        for weights in (counted, counted * chance)
    )
    mean = (met / np.maximum(children_in, 1))[number]
    drawn: Numbers = (counted * chance + rules.drawn * mean) / (counted + rules.drawn)
    return drawn.round()


def _numbered_alike(wanted: Frame, journeys: Frame) -> list[NDArray[np.int64]]:
    """For each of these children the rows of the journeys in the same subject, scale, year group and terms ahead."""
    number, first = numbered([journeys[name] for name in _KEY])
    order = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number, minlength=len(first)))
    rows = np.split(order, ends[:-1]) if len(first) else []
    at = positions([wanted[name] for name in _KEY], [journeys[name][first] for name in _KEY])
    none = np.zeros(0, dtype=np.int64)
    return [none if place == NONE else rows[place] for place in at.tolist()]


def _as_table(children: Frame, term: Term, rules: Rules) -> Frame:
    """The forecasts with their grades; where too few children are comparable there is none, and the reason."""
    enough = children["comparable"] >= rules.forecasts.comparable
    scale, by = children["scale"], children["by"]
    later = children["year_group"] + by // SEASONS_IN_A_YEAR - term.academic_year
    line = reference(scale, later, by, rules.scales)
    low, high = ((line + children[end]).round(DECIMALS) for end in ("low", "high"))
    table = children.having(
        by_term=term_labels(by),
        low=low,
        high=high,
        low_grade=grades_at(low, scale, later, rules),
        high_grade=grades_at(high, scale, later, rules),
        reason=Texts.chosen([enough], [""], Reason.TOO_FEW_ALIKE.value),
    )
    return table.sorted_by("who", "subject_at")[FORECASTS.names]


def grades_at(points: Numbers, scale: Texts, year_group: Numbers, rules: Rules) -> Texts:
    """The highest grade that is worth no more than these points; missing on a scale of scores.

    Where that is a band of another year group than the child's, the grade names it, as in 3At.
    """
    found = Texts.every("", len(points)).where(np.zeros(len(points), dtype=np.bool_), None)
    for name in scale.distinct():
        known = rules.scales.get(name)
        if known is None or not known.grades:
            continue
        codes = {grade.points: grade.code for grade in reversed(known.grades) if grade.points is not None}
        levels = sorted(codes)  # of grades with the same points, such as 2b and 2, the first
        here = (scale == name) & ~np.isnan(points) & ~np.isnan(year_group)
        own = points[here] - known.points_a_year * year_group[here]
        years = np.floor((own - levels[0]) / known.points_a_year) if known.points_a_year else 0 * own
        at = np.searchsorted(levels, own - years * known.points_a_year, side="right") - 1
        rows = zip(at.tolist(), year_group[here].tolist(), years.tolist(), strict=True)
        named = Texts.of(
            None if index < 0 else _named(codes[levels[index]], int(year), int(away), rules)
            for index, year, away in rows
        )
        place = np.full(len(points), NONE, dtype=np.int64)
        place[here] = np.arange(len(named))
        found = found.where(~here, named.take(place))
    return found


def _named(code: str, year_group: int, away: int, rules: Rules) -> str:
    """A grade of the child's own year group as it is; one of another with that year group's number."""
    return rules.years.named_grade(year_group + away, code) if away else code
