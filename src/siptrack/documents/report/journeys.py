"""A child's journey in a subject as a small line: how far from the line of expectations it stood in each term."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from siptrack.rendering.html.axes import Axis, points_of
from siptrack.school.cells import number, records, text, whole
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale

_WHAT = ("pupil", "subject")
_TWO = 2  # one result makes no journey
_ROOM = 5  # so that a dot at an edge is whole


class DrawnGrade(NamedTuple):
    """A grade in a term, and how far its points are from the line."""

    term: int
    grade: str
    distance: float


class Journey:
    """The drawing of a journey, and its grades in words."""

    width: ClassVar[int] = 132
    height: ClassVar[int] = 28

    def __init__(self, grades: Sequence[DrawnGrade], within: float = 0) -> None:
        """The grades of one scale, the oldest first; so far under the line is still at expectations."""
        self.grades = grades
        distances = [-within, *(grade.distance for grade in grades)]
        across = Axis(_ROOM, self.width - _ROOM, grades[0].term, grades[-1].term)
        down = Axis(self.height - _ROOM, _ROOM, min(distances), max(distances))
        self.dots = [(across.at(grade.term), down.at(grade.distance)) for grade in grades]
        self.line = down.at(-within)

    @property
    def points(self) -> str:
        """The corners of the line."""
        return points_of(self.dots)

    @property
    def first(self) -> str:
        """The first grade."""
        return self.grades[0].grade

    @property
    def last(self) -> str:
        """The newest grade."""
        return self.grades[-1].grade

    @property
    def terms(self) -> list[tuple[str, str]]:
        """Each term with its grade."""
        return [(Term.numbered(grade.term).label, grade.grade) for grade in self.grades]


def journeys(analysis: Analysis, rules: Rules, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Journey]:
    """The journeys of these pupils and subjects on the scale of the newest result; none where there are not two.

    The line is drawn where the verdict draws it: a little under the reference line where that still counts as at it.
    """
    judged = analysis.children.judged
    rows = judged[judged["pupil"].isin({pupil for pupil, _ in wanted}) & (judged["term"] <= analysis.term.number)]
    found: dict[tuple[str, str], dict[str, list[DrawnGrade]]] = {}
    within: dict[tuple[str, str], float] = {}
    for row in records(rows.sorted_by("term"), [*_WHAT, "term", "scale", "grade", "distance", "year_group"]):
        of, distance = (text(row["pupil"]), text(row["subject"])), number(row["distance"])
        if of in wanted and distance is not None:
            scales = found.setdefault(of, {})
            grades = scales.pop(text(row["scale"]), [])  # the scale of the newest result stands last
            within[of] = _within(rules.scales.get(text(row["scale"])), number(row["year_group"]))
            scales[text(row["scale"])] = [
                *grades,
                DrawnGrade(whole(row["term"]), text(row["grade"]), distance),
            ]
    newest = {of: list(scales.values())[-1] for of, scales in found.items()}
    return {of: Journey(grades, within[of]) for of, grades in newest.items() if len(grades) >= _TWO}


def _within(scale: Scale | None, year_group: float | None) -> float:
    """How far under the reference line a year group is still at expectations."""
    if scale is None or year_group is None:
        return 0
    return scale.at_within.at(int(year_group)) or 0
