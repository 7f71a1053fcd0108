"""A child's journey in a subject drawn: the grades by term beside the reference line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siptrack.documents.child.facts import SubjectJourney, TermResult
from siptrack.rendering.html.axes import Axis, named_terms, points_of
from siptrack.rendering.html.texts import escaped
from siptrack.rendering.model import Drawing
from siptrack.school.scale import MET

_WIDTH, _HEIGHT = 640, 228
_ACROSS = (56, _WIDTH - 130)
_DOWN = (_HEIGHT - 70, 32)
_TWO = 2  # one result makes no journey
_ROOM = 0.5  # so that a flat journey lies in the middle
_LINE = "Reference line"


def drawn_results(subject: SubjectJourney) -> Sequence[TermResult]:
    """The results that a drawing shows, on the scale of the newest; none where there are fewer than two, or no line."""
    there = _on_scale(subject)
    results = [result for result in there if result.points is not None]
    return results if len(results) >= _TWO and any(result.line is not None for result in there) else ()


def drawing_of(subject: SubjectJourney) -> Drawing:
    """The drawing of a journey of which there are results to draw."""
    there, results = _on_scale(subject), drawn_results(subject)
    lines = [(result.order, result.line) for result in there if result.line is not None]
    values = [*(result.points or 0 for result in results), *(line for _, line in lines)]
    orders = [*(result.order for result in results), *(order for order, _ in lines)]
    across = Axis(*_ACROSS, min(orders), max(orders))
    down = Axis(*_DOWN, min(values) - _ROOM, max(values) + _ROOM)
    return Drawing(_WIDTH, _HEIGHT, "\n".join(_shapes(there, results, lines, across, down)))


def _on_scale(subject: SubjectJourney) -> list[TermResult]:
    return [result for result in subject.results if result.told and result.scale == subject.scale]


def _shapes(
    there: Sequence[TermResult],
    results: Sequence[TermResult],
    lines: Sequence[tuple[int, float]],
    across: Axis,
    down: Axis,
) -> Iterator[str]:
    """The reference line with its name, the results, and the terms beneath."""
    line = [(across.at(order), down.at(value)) for order, value in lines]
    yield f'<polyline class="reference" points="{points_of(line)}"/>'
    yield f'<text x="{line[-1][0] + 12}" y="{line[-1][1] + 5}">{_LINE}</text>'
    dots = [(across.at(result.order), down.at(result.points or 0)) for result in results]
    yield f'<polyline class="series series-0" points="{points_of(dots)}"/>'
    for result, (x, y) in zip(results, dots, strict=True):
        over = result.distance is None or result.distance >= 0  # a grade stands on the side away from the line
        yield f'<circle class="{"clear" if result.attainment in MET else "unclear"}" cx="{x}" cy="{y}" r="5"/>'
        yield _text(x, y - 12 if over else y + 24, result.grade, ' class="label"')
    for x, season, year in named_terms(across, [(result.order, result.term) for result in there]):
        yield _text(x, _HEIGHT - 24, season)
        yield _text(x, _HEIGHT - 8, year)


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text{kind} x="{x}" y="{y}" text-anchor="middle">{escaped(words)}</text>'
