"""A journey drawn in plain characters: each term's distance from the reference line, for screens, pipes and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from siptrack.documents.child.facts import TermResult
from siptrack.school.rounding import half_up

_WIDE = 120  # columns of a screen from which the track may be wider
_ROOM, _WIDE_ROOM = 16, 40
_LARGEST = 3  # characters for the smallest distance, so that one band does not look like a gulf


@dataclass(frozen=True)
class Track:
    """How far the track goes to either side of the line in characters, and how many characters a point is."""

    under: int
    over: int
    a_point: float

    def drawn(self, distance: float | None) -> str:
        """`..o--|..`: the line at its place, the child where the distance is; the line alone without one."""
        at = 0 if distance is None else half_up(abs(distance) * self.a_point) * (-1 if distance < 0 else 1)
        track = ["."] * (self.under + self.over + 1)
        track[self.under] = "|"
        if distance is None:
            return "".join(track)
        low, high = sorted((self.under, self.under + at))
        track[low:high] = "-" * (high - low)
        track[self.under] = "|"
        track[self.under + at] = "o"
        return "".join(track)


def track_of(results: Sequence[TermResult], width: int | None) -> Track | None:
    """The track of results on one scale, fitted to a screen; None where nothing is set against a line."""
    distances = [result.distance for result in results if result.distance is not None]
    if not distances:
        return None
    room = _WIDE_ROOM if width is None or width >= _WIDE else _ROOM
    under, over = max(0.0, -min(distances)), max(0.0, *distances)
    smallest = min((abs(distance) for distance in distances if distance), default=1.0)
    a_point = min(_LARGEST / smallest, (room - 1) / (under + over) if under + over else _LARGEST)
    return Track(half_up(under * a_point), half_up(over * a_point), a_point)
