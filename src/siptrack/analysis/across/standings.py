"""How each school stands in each subject, beside what chance allows a school of its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.across.funnel import limits
from siptrack.analysis.across.tables import ALL, STANDINGS, Across, Position
from siptrack.school.frame import Frame
from siptrack.school.rounding import percentages_of, to_multiple
from siptrack.school.sharing import Status
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.across.laid import Laid
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharingMode

    Counts = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_PERCENT = 100


def standings_of(laid: Laid, rules: Rules, mode: SharingMode) -> Frame:
    """Each school and all of them in each subject, with the limits of a funnel about the rate of all."""
    parts = [STANDINGS.no_rows()]
    for measure in Across:
        places = laid.places(ALL, measure)
        hide = laid.hidden(ALL, measure)
        totals = laid.small()[places]
        for place, total in zip(places, totals.tolist(), strict=True):
            there = laid.n[:, place] > 0
            n, count = laid.n[there, place], laid.count[there, place]
            known = Texts.of([*np.array(laid.names)[there].tolist(), ALL])
            n, count = np.append(n, n.sum()), np.append(count, count.sum())
            rows = _with_limits(n, count, np.append(hide[there], total), rules, mode)
            parts.append(rows.having(school=known, subject=laid.of[place][2], measure=measure.value)[STANDINGS.names])
    return Frame.stacked(parts)


def _with_limits(n: Counts, count: Counts, hide: Flags, rules: Rules, mode: SharingMode) -> Frame:
    """Rows with these counts as they are shown, the last being all schools, and the limits that they leave chance."""
    n, count = (to_multiple(each, mode.round_to).astype(np.int64) for each in (n, count))
    rate = count[-1] / n[-1] if n[-1] else 0.0
    of_some = ~hide & (n >= mode.percentages_from)
    share = np.where(n > 0, count / np.maximum(n, 1), np.nan)
    inner, outer = (limits(n, float(rate), within) for within in rules.schools.limits)
    known = of_some.copy()
    known[-1] = False
    if hide[-1] or len(n) - 1 < rules.schools.together_from:
        known[:] = False
    position = Texts.chosen(
        [~known, outer.below(share), outer.above(share), inner.below(share), inner.above(share)],
        [*map(str, (Position.NOT_KNOWN, Position.FAR_BELOW, Position.FAR_ABOVE, Position.BELOW, Position.ABOVE))],
        Position.WITHIN.value,
    )
    ends = {"low": inner.low, "high": inner.high, "lowest": outer.low, "highest": outer.high}
    return Frame(
        {
            "n": np.where(hide, np.nan, n),
            "count": np.where(hide, np.nan, count),
            "percent": percentages_of(count, n, of_some),
            **{name: np.where(known, _PERCENT * end, np.nan) for name, end in ends.items()},
            "position": position,
            "status": Texts.chosen(
                [hide, ~of_some], [Status.SUPPRESSED.value, Status.LOW_RELIABILITY.value], Status.SHOWN.value
            ),
        }
    )
