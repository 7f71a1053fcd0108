"""The subjects over the terms: what percentage was at expectations, a line a subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.rendering.html.axes import Axis, named_terms, points_of, pushed_apart
from siptrack.rendering.html.texts import escaped
from siptrack.rendering.model import Drawing
from siptrack.rendering.numbers import percentage

if TYPE_CHECKING:
    from siptrack.analysis.shared_terms import Side
    from siptrack.school.term import Term

_WIDTH, _HEIGHT = 760, 250
_ACROSS = (64, _WIDTH - 274)
_LETTER = 15  # the height of a label
_LEVELS = (0, 25, 50, 75, 100)
_DOWN = Axis(_HEIGHT - 50, 12, _LEVELS[0], _LEVELS[-1])


class TermLine(NamedTuple):
    """A subject and its terms, each with children assessed and of these at expectations."""

    subject: str
    terms: Sequence[tuple[Term, Side]]


def drawing_of(lines: Sequence[TermLine]) -> Drawing:
    """The drawing of the lines, of which there is at least one."""
    return Drawing(_WIDTH, _HEIGHT, "\n".join(_shapes(lines)))


def _shapes(lines: Sequence[TermLine]) -> Iterator[str]:
    """The scale, the terms beneath, and a line a subject with its name at the end."""
    terms = sorted({(term.number, term.label) for line in lines for term, _ in line.terms})
    across = Axis(*_ACROSS, terms[0][0], terms[-1][0])
    for level in _LEVELS:
        y = _DOWN.at(level)
        yield f'<line class="edge" x1="{_ACROSS[0]}" x2="{_ACROSS[1]}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{_ACROSS[0] - 12}" y="{y + 4}" text-anchor="end">{level} %</text>'
    for x, season, year in named_terms(across, terms):
        yield f'<text x="{x}" y="{_HEIGHT - 22}" text-anchor="middle">{escaped(season)}</text>'
        yield f'<text x="{x}" y="{_HEIGHT - 6}" text-anchor="middle">{escaped(year)}</text>'
    dots = [[(across.at(term.number), _DOWN.at(100 * met / n)) for term, (n, met) in line.terms] for line in lines]
    heights = pushed_apart([places[-1][1] + 4 for places in dots], _LETTER, _DOWN.start + 4)
    for series, (line, places, height) in enumerate(zip(lines, dots, heights, strict=True)):
        kind = f"series-{series % 4}"
        yield f'<polyline class="series {kind}" points="{points_of(places)}"/>'
        yield from (f'<circle class="dot {kind}" cx="{x}" cy="{y}" r="3"/>' for x, y in places)
        n, met = line.terms[-1][1]
        name = escaped(f"{line.subject} {percentage(met, n)} %")
        yield f'<text class="label" x="{places[-1][0] + 12}" y="{height}">{name}</text>'
