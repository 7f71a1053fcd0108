"""A child's journey in a subject: the grades by term beside the reference line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from siptrack.reports.child_model import SubjectJourney, TermResult
from siptrack.reports.html.axes import Axis, Named, NamedTerm, named_terms, points_of
from siptrack.reports.wording import pages as wording
from siptrack.school.scale import MET

_TWO = 2  # one result makes no journey
_ROOM = 0.5  # so that a flat journey lies in the middle


class GradeDot(NamedTuple):
    """A result on the drawing, its grade beside it, and whether it is at expectations."""

    x: float
    y: float
    label: Named
    met: bool


@dataclass(frozen=True)
class JourneyChart:
    """The drawing of one subject."""

    width: ClassVar[int] = 640
    height: ClassVar[int] = 228
    title: str
    described: str
    line: str
    line_label: Named
    points: str
    dots: tuple[GradeDot, ...]
    terms: tuple[NamedTerm, ...]


_ACROSS = (56, JourneyChart.width - 130)
_DOWN = (JourneyChart.height - 70, 32)


def journey_chart(subject: SubjectJourney) -> JourneyChart | None:
    """The drawing of a journey on the scale of its newest grade; None where there are fewer than two results."""
    there = [one for one in subject.results if one.told and one.scale == subject.scale]
    results = [one for one in there if one.points is not None]
    lines = [(one.order, one.line) for one in there if one.line is not None]
    if len(results) < _TWO or not lines:
        return None
    values = [*(one.points for one in results if one.points is not None), *(line for _, line in lines)]
    orders = [*(one.order for one in results), *(order for order, _ in lines)]
    across = Axis(*_ACROSS, min(orders), max(orders))
    down = Axis(*_DOWN, min(values) - _ROOM, max(values) + _ROOM)
    line = [(across.at(order), down.at(value)) for order, value in lines]
    dots = tuple(_dot(one, across, down) for one in results)
    return JourneyChart(
        title=wording.journey_title(subject.label),
        described=wording.journey_described([(one.term, one.grade, one.attainment) for one in results]),
        line=points_of(line),
        line_label=Named(line[-1][0] + 12, line[-1][1] + 5, wording.LINE),
        points=points_of([(dot.x, dot.y) for dot in dots]),
        dots=dots,
        terms=named_terms(across, [(one.order, one.term) for one in there]),
    )


def _dot(one: TermResult, across: Axis, down: Axis) -> GradeDot:
    """A result; its grade stands on the side away from the line."""
    x, y = across.at(one.order), down.at(one.points or 0)
    over = one.distance is None or one.distance >= 0
    return GradeDot(x, y, Named(x, y - 12 if over else y + 24, one.grade), one.attainment in MET)
