"""The school's own results beside the national ones: each group, the same group in England, and the others there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.membership import group_of
from siptrack.analysis.national_table import NATIONAL, NoComparison
from siptrack.analysis.statistics import critical_value, wilson
from siptrack.school.frame import Frame, numbered, ordered
from siptrack.school.national import EVERYBODY
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.groups import GroupRules
    from siptrack.school.national import National, Standard
    from siptrack.school.term import Term


_CELL = ("subject", "characteristic", "group")
_PUPIL = ("who", "subject")
_COUNTS = ("assessed", "met", "unlike")


def compare_with_national(opened: Opened, rules: Rules) -> Frame:
    """The table of comparisons with national results, in the columns of NATIONAL."""
    results = _results(opened, rules)
    groups = _groups(opened.chosen.pupils, rules.groups)
    tables = [
        _of_standard(standard, results, groups, opened.term, rules) for standard in rules.national.standards.values()
    ]
    tables = [table for table in tables if len(table)]
    if not tables:
        return NATIONAL.no_rows()
    return _in_order(_most_alike(Frame.stacked(tables), rules.national), rules)


def _results(opened: Opened, rules: Rules) -> Frame:
    """The results of the term in the subjects spoken of, judgements and tests beside each other."""
    other, now = opened.histories.other, opened.term.number
    beside = opened.judge(other[other["term"] == now], rules)
    rows = Frame.stacked([opened.judged[opened.judged["term"] == now], beside])
    rows = rows[rows["subject"].isin(set(opened.subjects))]
    return rows[rows.first_of(*_PUPIL, "test")]


def _groups(pupils: Frame, rules: GroupRules) -> Frame:
    """The group of each pupil in every characteristic, compared among themselves or not, and everybody's own."""
    compared = group_of(pupils, rules)
    recorded = {name: pupils[name] for name in rules.characteristics if name in pupils and name not in compared}
    return Frame(recorded, len(pupils)).having({name: compared[name] for name in compared}, **{EVERYBODY: EVERYBODY})


def _of_standard(standard: Standard, results: Frame, groups: Frame, term: Term, rules: Rules) -> Frame:
    """The comparisons with one standard; why there is none, where there are results; nothing where there are not."""
    rows = results[
        (results["year_group"] == standard.year_group)
        & results["scale"].isin(set(standard.met_from))
        & results["subject"].isin(set(standard.by_test))
    ]
    if rows.empty:
        return NATIONAL.no_rows()
    figures = _figures(standard, term, rules.national)
    if reason := _why_none(standard, term, figures):
        n = len(set(rows["who"][rows["counts"]].tolist()))
        return _no_comparison(standard, n, reason)
    meeting = _meeting(rows, standard, rules.columns.combined)
    counted = _counted(meeting, groups)
    at = counted.found_in(figures, *_CELL)
    figure = figures.take(at)
    beside = counted.having({name: figure[name] for name in figure if name not in _CELL})[at != NONE]
    return _with_gaps(beside, rules).having(standard=standard.key, reason="")[NATIONAL.names]


def _no_comparison(standard: Standard, n: int, reason: NoComparison) -> Frame:
    """The one row that says why the results are compared with no figure."""
    texts = {"characteristic": EVERYBODY, "group": EVERYBODY, "standard": standard.key, "reason": reason.value}
    kinds = {column.name: "" if column.kind == "text" else np.nan for column in NATIONAL.columns}
    return Frame({}, 1).having({**kinds, **texts, "n": n, "unlike": 0})[NATIONAL.names]


def _why_none(standard: Standard, term: Term, figures: Frame) -> NoComparison | None:
    if term.season is not standard.season:
        return NoComparison.SEASON
    if not term.dated:
        return NoComparison.YEAR
    return NoComparison.FIGURE if figures.empty else None


def _figures(standard: Standard, term: Term, national: National) -> Frame:
    """The newest national figure of each subject and group up to the term's year, and that of the others that year."""
    known = [figure for figure in standard.figures if figure.academic_year <= term.academic_year]
    percent = {
        (figure.academic_year, figure.subject, figure.characteristic, figure.group): figure.percent for figure in known
    }
    newest = {
        (figure.subject, figure.characteristic, figure.group): figure for figure in known
    }.values()  # they stand oldest first
    others = [
        (
            figure.academic_year,
            figure.subject,
            figure.characteristic,
            national.others.get((figure.characteristic, figure.group), ""),
        )
        for figure in newest
    ]
    return Frame(
        {
            "subject": Texts.of(figure.subject for figure in newest),
            "characteristic": Texts.of(figure.characteristic for figure in newest),
            "group": Texts.of(figure.group for figure in newest),
            "year": Texts.of(figure.year for figure in newest),
            "same": np.array([figure.percent for figure in newest], dtype=np.float64),
            "other": np.array([percent.get(other, np.nan) for other in others], dtype=np.float64),
            "sure": Texts.of(figure.sure for figure in newest),
        }
    )


def _meeting(rows: Frame, standard: Standard, combined: Mapping[str, tuple[str, ...]]) -> Frame:
    """One row a pupil and subject, with `assessed`, `met` and `unlike` as 0 or 1.

    A result of the kind that the national figure is of comes first, test or judgement, and the other in its absence.
    """
    by_test = rows["subject"].isin({subject for subject, tested in dict(standard.by_test).items() if tested})
    lowest = rows["scale"].looked_up({name: grade.points for name, grade in standard.met_from.items()})
    counts = rows["counts"]
    single = rows[["who", "subject"]].having(
        assessed=counts.astype(np.int64),
        met=(counts & (rows["points"].round(DECIMALS) >= lowest)).astype(np.int64),
        unlike=(by_test != rows["test"]).astype(np.int64),
    )
    single = single.sorted_by("unlike")
    single = single[single.first_of(*_PUPIL)]
    present = set(single["subject"].distinct())
    whole = [
        _combined(single, subject, parts)
        for subject, parts in combined.items()
        if subject in standard.by_test and subject not in present and present.issuperset(parts)
    ]
    return Frame.stacked([single, *whole])


def _combined(single: Frame, subject: str, parts: tuple[str, ...]) -> Frame:
    """Met in every part, among the pupils assessed in every part."""
    of_parts = single[single["subject"].isin(parts)]
    child, first = numbered([of_parts["who"]])
    assessed, met, unlike = (np.bincount(child, of_parts[name], len(first)) for name in _COUNTS)
    whole = (
        of_parts[["who"]]
        .take(first)
        .having(
            subject=subject,
            assessed=1,
            met=(met == len(parts)).astype(np.int64),
            unlike=(unlike > 0).astype(np.int64),
        )
    )
    return whole[assessed == len(parts)]


def _counted(meeting: Frame, groups: Frame) -> Frame:
    """How many of each group are assessed, and of these meet the standard, by subject."""
    rows = meeting[meeting["assessed"] == 1]
    tables = []
    for characteristic in groups:
        group = groups[characteristic][rows["who"]]
        number, first = numbered([rows["subject"], group])
        n, count, unlike = (np.bincount(number, rows[name], len(first)).astype(np.int64) for name in _COUNTS)
        named = rows[["subject"]].having(characteristic=characteristic, group=group).take(first)
        tables.append(named.having(n=n, count=count, unlike=unlike))
    return Frame.stacked(tables)


def _with_gaps(rows: Frame, rules: Rules) -> Frame:
    """The percentage, both gaps, the interval and the children; no percentage or gap where there are too few."""
    small = rules.groups.small
    count, n = rows["count"], rows["n"]
    low, high = wilson(count, n, critical_value(small.confidence))
    value = np.where(n >= small.percentages_from, 100 * count / n, np.nan)
    few = np.isnan(value)
    short = count - rows["same"] * n / 100  # in children; rounded, so that exactly 4 of them is never 3.999
    return rows.having(
        value=value,
        gap_to_same=value - rows["same"],
        gap_to_other=value - rows["other"],
        low=np.where(few, np.nan, 100 * low - rows["same"]),
        high=np.where(few, np.nan, 100 * high - rows["same"]),
        children=np.trunc(short.round(DECIMALS)).astype(np.int64),
    )


def _most_alike(rows: Frame, national: National) -> Frame:
    """Of standards that the same grades of the same pupils meet, only those whose national figures are most alike.

    So level 4 by teacher assessment is set beside teacher assessment, and beside tests only where there is no such
    figure.
    """
    kinds: dict[object, int] = {}
    kind = {
        key: float(
            kinds.setdefault((standard.year_group, standard.season, tuple(sorted(_grades(standard)))), len(kinds))
        )
        for key, standard in national.standards.items()
    }
    number, first = numbered([rows["standard"].looked_up(kind), *(rows[name] for name in _CELL)])
    least = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(least, number, rows["unlike"])
    return rows[rows["unlike"] == least[number]]


def _grades(standard: Standard) -> list[tuple[str, float]]:
    return [(name, lowest.points) for name, lowest in standard.met_from.items()]


def _in_order(rows: Frame, rules: Rules) -> Frame:
    """By standard, subject, characteristic and group as the rules have them, everybody first."""
    every = rules.groups.all()
    places = {
        (key, group): at for key, characteristic in every.items() for at, group in enumerate(characteristic.groups)
    }
    pairs = rows.in_rows("characteristic", "group")
    group: NDArray[np.int64] = np.array([places.get(pair, -1) for pair in pairs], dtype=np.int64)
    orders = {"standard": rules.national.standards, "subject": rules.columns.subjects, "characteristic": every}
    return rows.take(ordered([*(rows[name].in_words(list(order)) for name, order in orders.items()), group]))
