"""Results with the reference line beside them: distance and attainment of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.school.scale import Attainment, Scale
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.frame import Frame

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

DECIMALS = 6  # points are written with two at most; the rest is a computer's rounding, which must decide nothing


def cohorts(placements: Frame, pupils: Sequence[str], years: range) -> Numbers:
    """Year group minus academic year for each pupil (row) and academic year (column).

    A year without a placement takes that of the nearest year with one, the later of two; a pupil with none is NaN.
    """
    known = np.full((len(pupils), len(years)), np.nan)
    row = placements["pupil"].in_words(pupils)
    year = placements["academic_year"]
    here = row >= 0
    known[row[here], year[here] - years.start] = (placements["year_group"] - year)[here]
    nearest = known.copy()
    for away in range(1, len(years)):
        for target, source in ((nearest[:, :-away], known[:, away:]), (nearest[:, away:], known[:, :-away])):
            np.copyto(target, source, where=np.isnan(target))
    return nearest


def years_of(terms: Sequence[Whole], academic_years: Whole, academic_year: int) -> range:
    """The academic years from the first that anything is known of to the last: of these terms, and these years."""
    years = np.concatenate([[academic_year], *(numbers // SEASONS_IN_A_YEAR for numbers in terms), academic_years])
    return range(int(years.min()), int(years.max()) + 1)


def judge(results: Frame, cohort: Numbers, pupils: Sequence[str], years: range, scales: Mapping[str, Scale]) -> Frame:
    """The results of these pupils set against the line.

    Added columns: `who` (position), `year_group`, `reference`, `distance`, `attainment`, `graded` (whether it is a
    grade and no special code or mark), `rung` (the grade's place on its scale's ladder; missing for scores) and `small`
    (whether the grade is a small step, below the year group's own bands). On a scale whose grades may name a year
    group, `points` count from that year group's first band, or from the child's own where the grade names none. The
    reference is missing where the scale has no line for the year group, and then so are distance and attainment; a
    grade without points is well below.
    """
    who = results["pupil"].in_words(pupils)
    rows = results[who >= 0]
    who = who[who >= 0]
    scale, grade, term = rows["scale"], rows["grade"], rows["term"]
    year = term // SEASONS_IN_A_YEAR
    year_group = cohort[who, year - years.start] + year
    rung = rungs(scale, grade, scales)
    graded = ~np.isnan(rows["points"]) | ~np.isnan(rung)
    apart = np.nan_to_num(threshold("points_a_year", scale, scales))
    of_year = np.where(np.isnan(rows["of_year"]), year_group, rows["of_year"])
    points = rows["points"] + np.where(apart > 0, apart * of_year, 0)
    rung = np.where(apart == 0, rung, points)
    line = reference(scale, year_group, term, scales)
    distance = (points - line).round(DECIMALS)
    unnumbered = np.isnan(points) & ~np.isnan(rung) & ~np.isnan(line)
    return rows.having(
        points=points,
        who=who,
        year_group=year_group,
        graded=graded,
        rung=rung,
        small=_small(scale, grade, rows["of_year"] < year_group, scales),
        reference=line,
        distance=distance,
        attainment=attainment(distance, scale, year_group, scales).where(~unnumbered, Attainment.WELL_BELOW.value),
    )


def is_assessed(results: Frame) -> Flags:
    """Whether each judged result is in the denominator of a percentage at ARE: the one rule of the whole program.

    A grade with a reference line to be set against, or a special code that counts.
    """
    outside = results["graded"] & (results["attainment"] == Attainment.NOT_KNOWN.value)
    assessed: Flags = results["counts"] & ~outside
    return assessed


def rungs(scale: Texts, grade: Texts, scales: Mapping[str, Scale]) -> Numbers:
    """The place of each grade on its scale's ladder; missing for special codes, scores and marks."""
    return looked_up(scale, grade, scales, lambda entry: entry.rungs)


def _small(scale: Texts, grade: Texts, below: Flags, scales: Mapping[str, Scale]) -> Flags:
    """Whether each grade is a small step: one of the scale's own, or one that names a year group below the child's."""
    listed = looked_up(scale, grade, scales, _small_steps) == 1
    by_year = scale.isin(
        {name for name, entry in scales.items() if entry.small_steps is not None and entry.points_a_year}
    )
    small: Flags = listed | (by_year & below)
    return small


def _small_steps(scale: Scale) -> Mapping[str, float]:
    steps = scale.small_steps
    return {} if steps is None else dict.fromkeys(steps.grades | steps.any_of_them, 1.0)


def looked_up(
    scale: Texts, grade: Texts, scales: Mapping[str, Scale], of_scale: Callable[[Scale], Mapping[str, float]]
) -> Numbers:
    """The number that each result's scale has for its grade; missing where it has none."""
    column = {code: at for at, code in enumerate(grade.words)}
    table = np.full((len(scale.words) + 1, len(grade.words) + 1), np.nan)
    for row, name in enumerate(scale.words):
        values = of_scale(scales[name]) if name in scales else {}
        for code, value in values.items():
            if code in column:
                table[row, column[code]] = value
    return table[scale.codes, grade.codes]


def reference(scale: Texts, year_group: Numbers, term: Whole, scales: Mapping[str, Scale]) -> Numbers:
    """Points at age-related expectations for each scale, year group and term."""
    lines = {row: scales[name].reference for row, name in enumerate(scale.words) if name in scales}
    years = sorted({year for line in lines.values() for year, _ in line})
    table = np.full((len(scale.words) + 1, len(years) + 1, SEASONS_IN_A_YEAR), np.nan)
    for row, line in lines.items():
        for (year, season), points in line.items():
            table[row, years.index(year), season] = points
    return table[scale.codes, _placed(year_group, years), term % SEASONS_IN_A_YEAR]


def _placed(year_group: Numbers, years: Sequence[int]) -> Whole:
    """The place of each year group in a list of them, which ascends; NONE where it is not there or not known."""
    if not years:
        return np.full(len(year_group), NONE, dtype=np.int64)
    known = np.array(years, dtype=np.float64)
    at = np.minimum(np.searchsorted(known, year_group), len(years) - 1)
    return np.where(known[at] == year_group, at, NONE)


def threshold(name: str, scale: Texts, scales: Mapping[str, Scale]) -> Numbers:
    """That number of each result's scale; missing where there is no scale."""
    return scale.looked_up({key: getattr(scales[key], name) for key in scale.words if key in scales})


def within_year(rows: Frame, scales: Mapping[str, Scale]) -> Numbers:
    """The points of each grade within the bands of the child's own year group."""
    a_year = threshold("points_a_year", rows["scale"], scales)
    within: Numbers = rows["points"] - np.where(a_year > 0, a_year * rows["year_group"], 0)
    return within


def limit(name: str, scale: Texts, year_group: Numbers, scales: Mapping[str, Scale]) -> Numbers:
    """That threshold of each result's scale for its year group; missing where the scale has none."""
    limits = {row: getattr(scales[key], name) for row, key in enumerate(scale.words) if key in scales}
    years = sorted({year for bound in limits.values() for year in bound.by_year})
    table = np.full((len(scale.words) + 1, len(years) + 1), np.nan)
    for row, bound in limits.items():
        table[row] = np.nan if bound.usual is None else bound.usual
        for year, value in bound.by_year.items():
            table[row, years.index(year)] = value
    return table[scale.codes, _placed(year_group, years)]


def attainment(distance: Numbers, scale: Texts, year_group: Numbers, scales: Mapping[str, Scale]) -> Texts:
    """Where each distance lies: well below, below, at, above, or not known. A line that is not there is not crossed."""
    at_within = limit("at_within", scale, year_group, scales)
    return Texts.chosen(
        [
            np.isnan(distance) | np.isnan(at_within),
            distance >= limit("above", scale, year_group, scales),
            distance >= -at_within,
            distance <= -limit("well_below", scale, year_group, scales),
        ],
        [Attainment.NOT_KNOWN.value, Attainment.ABOVE.value, Attainment.AT.value, Attainment.WELL_BELOW.value],
        Attainment.BELOW.value,
    )
