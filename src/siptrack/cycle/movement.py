"""How far a child moved in a subject between two terms, whatever the verdict."""

from __future__ import annotations

import numpy as np

from siptrack.analysis.judged import DECIMALS
from siptrack.cycle.on_the_list import WHAT, ListInTerm
from siptrack.school.frame import Frame
from siptrack.school.texts import NONE

_OF_RESULT = [*WHAT, "scale", "grade", "points", "reference", "small"]


def with_movement(rows: Frame, then: ListInTerm, now: ListInTerm) -> Frame:
    """Rows about a child and subject with the grades of both terms, and the points gained and expected between them.

    Points stand where both results are on one scale with a reference line, and neither is a small step.
    """
    results_now, results_then = now.results(now.term), now.results(then.term)
    gone = then.results(then.term)  # who has left the school since is judged in the earlier term alone
    gone = gone[gone.found_in(results_now, *WHAT) == NONE]
    after = _beside(rows, results_now[_OF_RESULT])
    before = _beside(rows, Frame.stacked([results_then[_OF_RESULT], gone[_OF_RESULT]]))
    same = (before["scale"] == after["scale"]) & (after["scale"] != "")
    gain, expected = after["points"] - before["points"], after["reference"] - before["reference"]
    in_points = same & ~before["small"] & ~after["small"] & ~np.isnan(gain) & ~np.isnan(expected)
    return rows.having(
        scale=after["scale"].where(same, ""),
        from_grade=before["grade"].filled(""),
        grade=after["grade"].filled(""),
        gain=np.where(in_points, gain, np.nan).round(DECIMALS),
        expected_gain=np.where(in_points, expected, np.nan).round(DECIMALS),
    )


def _beside(rows: Frame, results: Frame) -> Frame:
    """The result of each child and subject; missing where there is none."""
    return results.take(rows.found_in(results, *WHAT))
