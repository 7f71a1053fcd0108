"""Who counts in what: one row a pupil and subject, from which every count in every table is a sum."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import DECIMALS, is_assessed
from siptrack.analysis.model import Warned
from siptrack.analysis.progress import overall
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import Measured, Verdict, Window
from siptrack.school.frame import Frame, numbered, positions
from siptrack.school.scale import MET, Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELL = ("who", "subject")
_COUNTED = ("assessed", "at_are", "insufficient", "accelerated", "cannot_tell")


def standings(
    progress: Frame, judged_now: Frame, combined: Mapping[str, tuple[str, ...]], scales: Mapping[str, Scale]
) -> Frame:
    """One row a pupil and subject, with each thing that is counted (`assessed`, `at_are` and the rest) as 0 or 1.

    `distance`, `progress` and `start` are those of `_measures`, and `order` is what puts children in order: the
    distance. A combined subject has a row where its parts are all in the data and it is not; there, and where they are
    not known, these and the columns of progress are missing, and `order` is in how many of the parts a child is at ARE.
    """
    standing = stand(progress, judged_now)
    measures = _measures(progress, scales)
    at = standing.found_in(measures, *_CELL)
    measured = measures[["distance", "progress", "start"]].take(at)
    standing = standing.having({name: measured[name] for name in measured}, order=measured["distance"])
    return with_combined(standing, combined, standing["subject"].distinct())


def stand(progress: Frame, judged_now: Frame) -> Frame:
    """One row a pupil and subject, with each thing that is counted as 0 or 1."""
    rows = overall(progress)
    result = rows.found_in(judged_now, *_CELL)
    assessed = np.zeros(len(rows))
    assessed[result >= 0] = is_assessed(judged_now)[result[result >= 0]]
    verdict = rows["verdict"]
    return rows[["who", "pupil", "subject"]].having(
        assessed=assessed,
        at_are=rows["attainment"].isin(MET).astype(np.float64),
        judged=(verdict != Verdict.CANNOT_TELL.value).astype(np.float64),
        insufficient=(verdict == Verdict.INSUFFICIENT.value).astype(np.float64),
        accelerated=(verdict == Verdict.ACCELERATED.value).astype(np.float64),
        cannot_tell=(verdict == Verdict.CANNOT_TELL.value).astype(np.float64),
    )


def with_combined(standing: Frame, combined: Mapping[str, tuple[str, ...]], present: Collection[str]) -> Frame:
    """The same with the combined subjects beneath whose parts are all `present`, and that are not so themselves."""
    whole = [
        _combined(standing, subject, parts)
        for subject, parts in combined.items()
        if subject not in present and set(parts).issubset(present)
    ]
    return Frame.stacked([standing, *whole])


def _measures(progress: Frame, scales: Mapping[str, Scale]) -> Frame:
    """Distance now, progress since the start of the key stage, and the band of equal start, of each pupil and subject.

    Points on two scales are not compared, so a subject has these only for the pupils on its commonest scale. A band is
    one step of the scale wide, counted from the reference line.
    """
    rows = progress[(progress["window"] == Window.KEY_STAGE.value) & ~np.isnan(progress["distance"])]
    rows = rows[_on_the_commonest_scale(rows)]
    on_line = rows["measured"] == Measured.LINE.value
    made = np.where(on_line, rows["progress"], np.nan)
    step = rows["scale"].looked_up({name: scale.step for name, scale in scales.items()})
    start = ((rows["distance"] - made) / step).round(DECIMALS).round()
    return rows[["who", "subject", "distance"]].having(progress=made, start=start)


def _on_the_commonest_scale(rows: Frame) -> NDArray[np.bool_]:
    """Which rows are on the commonest scale of their subject; of two as common, the first by name."""
    pair, first = numbered([rows["subject"], rows["scale"]])
    subject = numbered([rows["subject"]])[0]
    size = np.bincount(pair, minlength=len(first))
    commonest_first = np.argsort(-size, kind="stable")
    at = np.unique(subject[first][commonest_first], return_index=True)[1]
    commonest = np.zeros(len(first), dtype=np.bool_)
    commonest[commonest_first[at]] = True
    on_it: NDArray[np.bool_] = commonest[pair]
    return on_it


def _combined(standing: Frame, subject: str, parts: Sequence[str]) -> Frame:
    """At ARE in every part, among the pupils assessed in every part."""
    of_parts = standing[standing["subject"].isin(parts)]
    child, first = numbered([of_parts["who"]])
    met = np.bincount(child, of_parts["at_are"], len(first))
    assessed, at_are = np.bincount(child, of_parts["assessed"], len(first)) == len(parts), met == len(parts)
    missing = ("insufficient", "accelerated", "cannot_tell", "distance", "progress", "start")
    whole = of_parts[["who", "pupil"]].take(first)
    return whole.having(
        dict.fromkeys(missing, np.nan),
        subject=subject,
        assessed=assessed.astype(np.float64),
        at_are=(assessed & at_are).astype(np.float64),
        judged=0.0,
        order=np.where(assessed, met, np.nan),
    )[standing.columns]


def summarise(standing: Frame, pupils: Frame, subjects: Sequence[str]) -> Frame:
    """The summary table, by year group and subject."""
    return with_bounds(count_standing(standing, pupils, subjects))[SUMMARY.names]


def count_standing(standing: Frame, pupils: Frame, subjects: Sequence[str]) -> Frame:
    """How many pupils stand how, by year group and subject."""
    rows = standing.having(year_group=pupils["year_group"][standing["who"]], n=1.0)
    return _added(rows, subjects)


def add_counts(parts: Sequence[Frame], subjects: Sequence[str]) -> Frame:
    """The summary table of all of whom these are the counts."""
    return with_bounds(_added(Frame.stacked(parts), subjects))[SUMMARY.names]


def _added(rows: Frame, subjects: Sequence[str]) -> Frame:
    """The sums of what is counted, by year group and subject."""
    group, first = numbered([rows["year_group"], rows["subject"].in_words(subjects)])
    n = np.bincount(group, rows["n"], len(first)).astype(np.int64)
    counted = {name: sums(rows[name], group, len(first)) for name in _COUNTED}
    return rows[["subject", "year_group"]].take(first).having(counted, n=n)


def sums(values: NDArray[np.float64], group: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """The sum of each group's values; missing where none is known."""
    known = ~np.isnan(values)
    total = np.bincount(group[known], values[known], size)
    return np.where(np.bincount(group[known], minlength=size) > 0, total, np.nan)


def with_bounds(table: Frame) -> Frame:
    """A table of counts with the percentages at ARE had those left out been in: none of them at ARE, and all of them.

    Only for everybody on roll; those left out are on roll and not assessed.
    """
    n, out = table["n"], table["n"] - table["assessed"]
    share = np.divide(100.0, n, out=np.full(len(table), np.nan), where=n > 0)
    return table.having(at_are_low=table["at_are"] * share, at_are_high=(table["at_are"] + out) * share)


def warn(flags: Frame, pupils: Frame, summary: Frame, codes: Collection[str], too_many: float) -> tuple[Warned, ...]:
    """The year groups and subjects in which more than that percentage of children carry a flag of these codes."""
    counted = flags[flags["code"].isin(codes)]
    counted = counted[counted.first_of("pupil", "subject")]
    year_group = pupils["year_group"][counted["pupil"].in_words(pupils["pupil"].tolist())]
    at = positions([year_group, counted["subject"]], [summary["year_group"], summary["subject"]])
    flagged = np.bincount(at[at >= 0], minlength=len(summary))
    rows = summary.having(flagged=flagged)
    rows = rows[(flagged > 0) & (flagged * 100 > too_many * rows["n"])]
    return tuple(
        Warned(None if np.isnan(year) else int(year), subject, flagged, n)
        for year, subject, flagged, n in rows.in_rows("year_group", "subject", "flagged", "n")
    )
