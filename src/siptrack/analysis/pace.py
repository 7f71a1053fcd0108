"""What a child must gain from here: to reach the line by the end of the year or key stage, and to meet a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.ahead_tables import PACE, TARGETS
from siptrack.analysis.judged import DECIMALS, limit, reference, threshold
from siptrack.analysis.progress import cells, term_labels
from siptrack.analysis.vocabulary import Course, Measured, Reason, Window
from siptrack.school.frame import Frame
from siptrack.school.scale import Scale
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules, YearRules

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]


def measure_pace(progress: Frame, term: Term, rules: Rules) -> Frame:
    """The pace table: what each child with points needs a term to reach the line, by each horizon, and has made."""
    parts = []
    for window in Window:
        rows = _of_window(progress, window)
        scale, by = rows["scale"], horizon(rows["year_group"], window, term, rules.years)
        later = rows["year_group"] + by // SEASONS_IN_A_YEAR - term.academic_year
        line = reference(scale, later, by, rules.scales) - limit("at_within", scale, later, rules.scales)
        short = np.maximum((line - rows["points"]).round(DECIMALS), 0)
        left = by - term.number
        table = rows.having(
            horizon=window.value,
            by_term=term_labels(by),
            line=line,
            short=short,
            terms=left,
            needed=_a_term(short, left),
        )
        parts.append(table[~np.isnan(table["points"]) & ~np.isnan(line)])
    return Frame.stacked(parts).sorted_by("who", "subject_at")[PACE.names]


def _a_term(amount: Numbers, terms: Whole) -> Numbers:
    """So much in each of the terms that are left; missing where none is."""
    return np.divide(amount, terms, out=np.full(len(amount), np.nan), where=terms > 0).round(DECIMALS)


def measure_targets(progress: Frame, targets: Frame, term: Term, rules: Rules) -> Frame:
    """The targets table: each target of this term or later, how far off it is, and whether the child is on course."""
    ahead = targets[(targets["term"] >= term.number) & ~np.isnan(targets["points"])]
    now, since = (_at(_of_window(progress, window), ahead) for window in Window)
    target, left = ahead["points"], ahead["term"] - term.number
    known = ~np.isnan(now["made"])
    made = np.where(known, now["made"], since["made"])
    spread = _error(ahead["scale"], rules.scales) / np.where(known, now["span"], since["span"])
    on_scale = now["scale"] == ahead["scale"]
    points = np.where(on_scale, now["points"], np.nan)
    distance = (points - target).round(DECIMALS)
    low, high = (
        np.where(left > 0, points + rate * left, points).round(DECIMALS) for rate in (made - spread, made + spread)
    )
    course, reason = _course(
        _Ahead(target, points, left, made, low, high), ~on_scale, no_result=np.isnan(now["points"])
    )
    table = ahead[["pupil", "subject", "scale"]].having(
        target_term=term_labels(ahead["term"]),
        target_grade=ahead["grade"],
        target_points=target,
        grade=now["grade"],
        points=points,
        terms=left,
        made=made,
        distance=distance,
        needed=_a_term(-np.minimum(distance, 0), left),
        low=low,
        high=high,
        course=course,
        reason=reason,
        target_file=ahead["file"],
        target_sheet=ahead["sheet"],
        target_cell=cells(ahead),
    )
    return table[TARGETS.names]


def _at(rows: Frame, targets: Frame) -> Frame:
    """The progress of each target's child and subject; missing where there is none."""
    keys = ("who", "subject")
    return rows.take(targets.found_in(rows, *keys))


def _of_window(progress: Frame, window: Window) -> Frame:
    """The rows of a window, with what was `made` a term over its `span` of terms; missing where that tells nothing."""
    rows = progress[progress["window"] == window.value]
    on_line = (rows["reason"] == "") & (rows["measured"] == Measured.LINE.value)
    made = np.divide(rows["gain"], rows["span"], out=np.full(len(rows), np.nan), where=on_line)
    return rows.having(made=made.round(DECIMALS))


def horizon(year_group: Numbers, window: Window, term: Term, years: YearRules) -> Whole:
    """The number of the last term of this year, or of the last year of each child's key stage."""
    end = np.full(len(year_group), Term(term.academic_year, Season.SUMMER).number, dtype=np.int64)
    if window is Window.YEAR:
        return end
    for stage in years.key_stages:
        within = (year_group >= stage.years.start) & (year_group < stage.years.stop)
        ahead = (stage.years.stop - 1 - year_group[within]) * SEASONS_IN_A_YEAR
        end[within] += ahead.astype(np.int64)
    return end


def _error(scale: Texts, scales: Mapping[str, Scale]) -> Numbers:
    """How far a gain may be off by the scale's own width: its tolerance, and at least half a step."""
    return np.maximum(threshold("tolerance", scale, scales), threshold("step", scale, scales) / 2)


class _Ahead(NamedTuple):
    """Targets: their points, the child's now, the terms left, what is made a term, and where that leads, at least."""

    target: Numbers
    points: Numbers
    left: Whole
    made: Numbers
    low: Numbers
    high: Numbers


def _course(ahead: _Ahead, other_scale: Flags, *, no_result: Flags) -> tuple[Texts, Texts]:
    """Whether each child is on course for the target at the present rate, and why that cannot be told."""
    no_rate = np.isnan(ahead.made) & (ahead.left > 0)
    why = Texts.chosen(
        [no_result, other_scale, no_rate],
        [Reason.NO_RESULT.value, Reason.OTHER_SCALE.value, Reason.NO_RATE.value],
        "",
    )
    course = Texts.chosen(
        [
            (ahead.points >= ahead.target) & ~other_scale,
            why != "",
            ahead.left == 0,
            ahead.low >= ahead.target,
            ahead.high < ahead.target,
        ],
        [
            Course.MET.value,
            Course.CANNOT_TELL.value,
            Course.NOT_MET.value,
            Course.ON_COURSE.value,
            Course.NOT_ON_COURSE.value,
        ],
        Course.CANNOT_TELL.value,
    )
    cannot_tell = course == Course.CANNOT_TELL.value
    return course, why.where(cannot_tell, "").where(~cannot_tell | (why != ""), Reason.EITHER_WAY.value)
