"""A child's journey in a subject drawn: the grades by term beside the line of expectations, and the next target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from siptrack.documents.child.facts import SubjectJourney, TermResult
from siptrack.rendering.html.axes import Axis, named_terms, points_of
from siptrack.rendering.html.texts import escaped
from siptrack.rendering.model import Drawing
from siptrack.school.scale import MET

_WIDTH, _HEIGHT = 340, 136  # so that it is whole on the narrowest screen
_ACROSS, _DOWN = (30, _WIDTH - 30), (_HEIGHT - 50, 24)
_TWO = 2  # one result makes no journey
_ROOM = 0.5  # so that a flat journey lies in the middle


class DrawnTarget(NamedTuple):
    """A target on the scale that is drawn: the number of its term, its points and its grade."""

    order: int
    points: float
    grade: str


def drawn_results(subject: SubjectJourney, most: int) -> Sequence[TermResult]:
    """The results that a drawing shows, on the scale of the newest; none where there are fewer than two, or no line."""
    there = [result for result in subject.results if result.told and result.scale == subject.scale][-most:]
    drawn = sum(result.points is not None for result in there)
    return there if drawn >= _TWO and any(result.line is not None for result in there) else ()


def drawing_of(there: Sequence[TermResult], targets: Sequence[DrawnTarget]) -> Drawing:
    """The drawing of these results and targets."""
    dots = [(result.order, result.points) for result in there if result.points is not None]
    line = [(result.order, result.line) for result in there if result.line is not None]
    orders, values = zip(*dots, *line, *((target.order, target.points) for target in targets), strict=True)
    across = Axis(*_ACROSS, min(orders), max(orders))
    down = Axis(*_DOWN, min(values) - _ROOM, max(values) + _ROOM)
    return Drawing(_WIDTH, _HEIGHT, "\n".join(_shapes(there, targets, across, down)))


def _shapes(there: Sequence[TermResult], targets: Sequence[DrawnTarget], across: Axis, down: Axis) -> Iterator[str]:
    """The line of expectations, the results and the targets, and the terms beneath.

    A grade stands where it is another than before, and at the end, on the side away from the line.
    """
    line = [(across.at(result.order), down.at(result.line)) for result in there if result.line is not None]
    yield f'<polyline class="reference" points="{points_of(line)}"/>'
    dots = [(result, across.at(result.order), down.at(result.points)) for result in there if result.points is not None]
    yield f'<polyline class="series series-0" points="{points_of([(x, y) for _, x, y in dots])}"/>'
    last, before, over = dots[-1][0], "", True
    for result, x, y in dots:
        over = result.distance is None or result.distance >= 0
        yield f'<circle class="{"clear" if result.attainment in MET else "unclear"}" cx="{x}" cy="{y}" r="5"/>'
        if result.grade != before or result is last:
            yield _text(x, _beside(y, over=over), result.grade, kind=' class="label"')
        before = result.grade
    for target in targets:
        x, y = across.at(target.order), down.at(target.points)
        yield f'<path class="target" d="M{x - 6:g} {y:g}h12M{x:g} {y - 6:g}v12"/>'
        yield _text(x + 12, _beside(y, over=not over), f"target {target.grade}", "end")
    for x, season, year in named_terms(across, [(result.order, result.term) for result in there]):
        yield _text(x, _HEIGHT - 17, season)
        yield _text(x, _HEIGHT - 3, year)


def _beside(y: float, *, over: bool) -> float:
    return round(y - 10 if over else y + 20, 1)


def _text(x: float, y: float, words: str, anchor: str = "middle", kind: str = "") -> str:
    return f'<text{kind} x="{x}" y="{y}" text-anchor="{anchor}">{escaped(words)}</text>'
