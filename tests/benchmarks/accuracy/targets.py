"""What must be so, and what of it is missed: at six terms and a reliability of 0.9 that siptrack is told.

Found: of children who fall since the first result, two years before. Said: true within 3 points and two standard errors
in every tenth of 400 children and more. What must be so of gaps stands in gap_targets.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration import TENTHS, tenths
from detection import SINCE, found
from gap_targets import missed as missed_of_gaps
from tables import markdown

if TYPE_CHECKING:
    from pandas import DataFrame
    from samples import Samples

FOUND = {"nc-levels": 50, "teacher-assessment": 70, "point-in-time": 95, "steps": 65, "standardised-score": 88}
WITHIN, ENOUGH, ERRORS = 3, 400, 2  # points, children in a tenth, standard errors


def outside(table: DataFrame) -> list[str]:
    """The tenths in which said is further from true than it may be."""
    told = dict(zip(TENTHS, tenths(table), strict=True))
    return [
        f"{name}: {one.shown}"
        for name, one in told.items()
        if one.over.count >= ENOUGH and abs(one.over.value) > WITHIN + ERRORS * one.over.error
    ]


def missed(samples: Samples) -> list[str]:
    """A line for each target that is missed."""
    lines = []
    for scale, least in FOUND.items():
        at = found(samples.for_targets[scale])[0]
        if at.value < least:
            lines.append(f"{scale}: {at.shown} found, of {least} that should be")
        lines += [f"{scale}, said {one}" for one in outside(samples.for_targets[scale])]
    return lines + missed_of_gaps(samples.rules, samples.seed)


def table(samples: Samples) -> str:
    """By scale: the target and what is found since each time, and the tenth in which said is furthest from true."""
    rows = []
    for scale, least in FOUND.items():
        told = samples.for_targets[scale]
        figures = found(told)
        enough = [one for one in tenths(told) if one.over.count >= ENOUGH]
        furthest = max(enough, key=lambda one: abs(one.over.value))
        held = "yes" if figures[0].value >= least and not outside(told) else "**no**"
        rows.append([scale, str(least), *(one.shown for one in figures), furthest.shown, str(len(enough)), held])
    return markdown(["scale", "target", *SINCE, "furthest tenth", "tenths", "held"], rows)
