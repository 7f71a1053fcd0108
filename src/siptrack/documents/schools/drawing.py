"""A funnel drawn: each school's percentage by its number of children, between the limits of what chance allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.across.funnel import limits
from siptrack.analysis.across.tables import Position
from siptrack.rendering.html.axes import Axis, points_of, pushed_apart
from siptrack.rendering.html.texts import escaped
from siptrack.rendering.model import Drawing
from siptrack.rendering.numbers import plain_number
from siptrack.school.rounding import half_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.across.tables import SchoolStanding

    Numbers = NDArray[np.float64]

_WIDTH, _HEIGHT = 760, 300
_ACROSS, _DOWN = (60, _WIDTH - 170), (_HEIGHT - 50, 12)
_PERCENT = 100
_MARKS = 4  # along a scale, at round numbers
_CORNERS = 60  # of a limit's line
_LETTER = 15  # the height of a label
FAR = (Position.FAR_BELOW.value, Position.FAR_ABOVE.value)


def drawn_schools(standings: Sequence[SchoolStanding]) -> Sequence[SchoolStanding]:
    """The schools of which the percentage may be shown, and what chance allows it is known."""
    return [standing for standing in standings if standing.percent is not None and standing.lowest is not None]


def stands_out(schools: Sequence[SchoolStanding]) -> bool:
    """Whether any of them lies beyond the outer limits."""
    return any(standing.position in FAR for standing in schools)


def drawing_of(schools: Sequence[SchoolStanding], together: SchoolStanding, within: Sequence[float]) -> Drawing:
    """The drawing of these schools about the percentage of all together; `within` are the inner and outer limits."""
    rate = (together.count_ or 0) / (together.n or 1)
    n, percent = zip(*((standing.n or 0, standing.percent or 0) for standing in schools), strict=True)
    step = _round_step(max(n) / _MARKS)
    across = Axis(*_ACROSS, step * (min(n) // (2 * step)), step * -(-max(n) // step))
    sizes = np.unique(np.linspace(max(across.low, min(n) / 2, 1), across.high, _CORNERS).astype(np.int64))
    lines = [(each, side) for each in within for side in limits(sizes, rate, each)]
    ends = [_PERCENT * end for _, side in lines for end in (side.min(), side.max())]
    low, high = min(*percent, *ends), max(*percent, *ends)
    level = _round_step((high - low) / _MARKS)
    down = Axis(*_DOWN, max(level * (low // level), 0), min(level * -(-high // level), _PERCENT))
    shapes = [*_scales(across, down, step, level), *_lines(lines, sizes, rate, across, down)]
    return Drawing(_WIDTH, _HEIGHT, "\n".join([*shapes, *_schools(schools, across, down)]))


def _round_step(least: float) -> int:
    """The first round number from there on."""
    power = 10 ** max(len(str(int(least))) - 1, 0)
    return next(power * step for step in (1, 2, 5, 10) if power * step >= least)


def _scales(across: Axis, down: Axis, step: int, level: int) -> Iterator[str]:
    """Percentages at the side, and numbers of children beneath."""
    for percent in range(int(down.low), int(down.high) + 1, level):
        y = down.at(percent)
        yield f'<line class="edge" x1="{_ACROSS[0]}" x2="{_ACROSS[1]}" y1="{y}" y2="{y}"/>'
        yield _text(_ACROSS[0] - 12, y + 4, f"{percent} %", "end")
    for children in range(int(across.low), int(across.high) + 1, step):
        yield _text(across.at(children), _HEIGHT - 30, str(children), "middle")
    yield _text((_ACROSS[0] + _ACROSS[1]) / 2, _HEIGHT - 10, "children", "middle")


def _lines(
    lines: Sequence[tuple[float, Numbers]], sizes: NDArray[np.int64], rate: float, across: Axis, down: Axis
) -> Iterator[str]:
    """The line of all schools and the limits, each with its name at the end."""
    middle = down.at(_PERCENT * rate)
    yield f'<line class="series series-0" x1="{_ACROSS[0]}" x2="{_ACROSS[1]}" y1="{middle}" y2="{middle}"/>'
    ends = [(middle, f"all {half_up(_PERCENT * rate)} %")]
    for percent, side in lines:
        places = [
            (across.at(n), down.at(_PERCENT * share)) for n, share in zip(sizes.tolist(), side.tolist(), strict=True)
        ]
        yield f'<polyline class="reference" points="{points_of(places)}"/>'
        ends.append((places[-1][1], f"{plain_number(percent)} % within"))
    heights = pushed_apart([y + 4 for y, _ in ends], _LETTER, _DOWN[0] + 4)
    for (_, words), height in zip(ends, heights, strict=True):
        yield _text(_ACROSS[1] + 8, height, words)


def _schools(schools: Sequence[SchoolStanding], across: Axis, down: Axis) -> Iterator[str]:
    """The schools; a name stands at those outside alone."""
    places = [(across.at(standing.n or 0), down.at(standing.percent or 0)) for standing in schools]
    outside = [at for at, standing in enumerate(schools) if standing.position in FAR]
    for at, (x, y) in enumerate(places):
        yield f'<circle class="{"clear" if at in outside else "unclear"}" cx="{x}" cy="{y}" r="5"/>'
    heights = pushed_apart([places[at][1] + 4 for at in outside], _LETTER, _DOWN[0])
    for at, height in zip(outside, heights, strict=True):
        x = places[at][0]
        right = x > (_ACROSS[0] + _ACROSS[1]) / 2
        words = schools[at].school
        yield _text(x - 10 if right else x + 10, height, words, "end" if right else "start", ' class="label"')


def _text(x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> str:
    return f'<text{kind} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escaped(words)}</text>'
