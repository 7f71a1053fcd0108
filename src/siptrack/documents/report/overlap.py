"""Who is at expectations in which of three subjects: circles with counts, and the names by region."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from siptrack.documents.labels import subject_label
from siptrack.school.cells import records, text
from siptrack.school.scale import MET, Attainment

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.children import Child
    from siptrack.rules.model import Rules

_RADIUS = 95
_APART = 62  # how far each circle's middle lies from the middle of all
_OUT = {
    1: 112,
    2: -72,
    3: 0,
}  # how far out the count of a region of so many circles stands; of two, away from the third
_CIRCLES = 3


@dataclass(frozen=True)
class Circle:
    """A subject's circle, and where its name stands."""

    x: float
    y: float
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Region:
    """The children at expectations in just these subjects, and where their count stands in the picture."""

    subjects: Sequence[str]
    x: float
    y: float
    children: Sequence[Child]


@dataclass(frozen=True)
class Overlap:
    """The picture of one year group. Without `circles` there is none to draw, and the regions are told all the same."""

    width: ClassVar[int] = 360
    height: ClassVar[int] = 364
    radius: ClassVar[int] = _RADIUS
    year: str
    subjects: Sequence[str]
    circles: Sequence[Circle]
    regions: Sequence[Region]


_CENTRE = (Overlap.width / 2, 180)


def overlaps(analysis: Analysis, rules: Rules, children: Mapping[str, Child]) -> list[Overlap]:
    """A picture for each combined subject and year group in which children were assessed in every part of it."""
    where = {
        (text(row["pupil"]), text(row["subject"])): text(row["attainment"])
        for row in records(analysis.children.progress, ["pupil", "subject", "attainment"])
    }
    return [
        picture
        for parts in rules.columns.combined.values()
        for year in dict.fromkeys(child.year_group for child in children.values())
        for picture in _of_year(parts, year, where, children.values(), rules)
    ]


def _of_year(
    parts: Sequence[str],
    year: int | None,
    where: Mapping[tuple[str, str], str],
    children: Iterable[Child],
    rules: Rules,
) -> Iterator[Overlap]:
    met: dict[frozenset[int], list[Child]] = {}
    for child in children:
        places = [where.get((child.pupil, part), Attainment.NOT_KNOWN.value) for part in parts]
        if child.year_group == year and Attainment.NOT_KNOWN not in places:
            met.setdefault(frozenset(at for at, place in enumerate(places) if place in MET), []).append(child)
    if met:
        yield _overlap(rules.years.label(year), [subject_label(part, rules) for part in parts], met)


def _overlap(year: str, subjects: Sequence[str], met: Mapping[frozenset[int], Sequence[Child]]) -> Overlap:
    circles = [_circle(at, label) for at, label in enumerate(subjects)] if len(subjects) == _CIRCLES else []
    regions = [
        Region([subjects[at] for at in sorted(inside)], *_place(inside), met.get(inside, ()))
        for inside in _regions(len(subjects))
    ]
    return Overlap(year, subjects, circles, regions)


def _regions(subjects: int) -> list[frozenset[int]]:
    """Every choice of subjects, all of them first and none last."""
    every = [frozenset(at for at in range(subjects) if bits >> at & 1) for bits in range(2**subjects)]
    return sorted(every, key=lambda inside: (-len(inside), sorted(inside)))


def _direction(at: int) -> tuple[float, float]:
    """Which way a circle lies from the middle: the first up to the left, the second up to the right, the third down."""
    angle = math.radians((210, 330, 90)[at % _CIRCLES])
    return math.cos(angle), math.sin(angle)


def _circle(at: int, label: str) -> Circle:
    across, down = _direction(at)
    x, y = _CENTRE[0] + _APART * across, _CENTRE[1] + _APART * down
    above = down < 0
    return Circle(
        x=round(x, 1),
        y=round(y, 1),
        label=label,
        label_x=round(x, 1),
        label_y=round(y - _RADIUS - 8 if above else y + _RADIUS + 20, 1),
        anchor="middle",
    )


def _place(inside: frozenset[int]) -> tuple[float, float]:
    """Where the count of a region stands: towards its circle, between its two circles, in the middle, or outside."""
    if not inside:
        return Overlap.width - 24, Overlap.height - 40
    out = _OUT.get(len(inside), 0)
    of = inside if len(inside) == 1 else frozenset(range(_CIRCLES)) - inside
    across = sum(_direction(at)[0] for at in of)
    down = sum(_direction(at)[1] for at in of)
    return round(_CENTRE[0] + out * across, 1), round(_CENTRE[1] + out * down + 5, 1)
