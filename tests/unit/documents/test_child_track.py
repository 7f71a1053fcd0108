"""A journey in plain characters: the line, the child, and how far apart they are."""

from __future__ import annotations

import pytest

from siptrack.documents.child.facts import TermResult
from siptrack.documents.child.track import track_of

NARROW, WIDE = 80, 120


def result(distance: float | None) -> TermResult:
    return TermResult(
        term="Summer 2009",
        order=6026,
        year_group=4,
        year="Year 4",
        told=True,
        scale="levels",
        crossed_from="",
        grade="2a",
        points=17,
        line=18,
        distance=distance,
        attainment="at",
        written=None,
    )


def drawn(distances: list[float | None], width: int | None = NARROW) -> list[str]:
    track = track_of([result(distance) for distance in distances], width)
    assert track is not None
    return [track.drawn(distance) for distance in distances]


def test_the_line_stands_at_one_place_and_the_child_left_or_right_of_it():
    assert drawn([-2, -1, 0, 1, None]) == ["o-----|...", "...o--|...", "......o...", "......|--o", "......|..."]


def test_a_child_who_is_always_on_the_line_is_drawn_on_it():
    assert drawn([0, 0]) == ["o", "o"]


@pytest.mark.parametrize("width", [NARROW, WIDE, None])
def test_a_drawing_never_takes_more_than_its_room(width):
    lines = drawn([-40, 0.1, 37], width)

    assert {len(line) for line in lines} <= set(range(2, 17 if width == NARROW else 41))
    assert lines[0].startswith("o")
    assert lines[2].endswith("o")


@pytest.mark.parametrize("pair", [(-3, -2), (1, 4), (-5, 5)])
def test_who_is_further_from_the_line_is_drawn_further_from_it(pair):
    track = track_of([result(distance) for distance in pair], NARROW)
    first, second = (track.drawn(distance).index("o") for distance in pair)

    assert first < second


def test_nothing_is_drawn_where_nothing_is_set_against_a_line():
    assert track_of([result(None)], NARROW) is None
