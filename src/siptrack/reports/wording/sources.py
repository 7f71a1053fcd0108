"""What is said of how files find each other's children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from siptrack.rendering.numbers import listed, quantity, thousands
from siptrack.school.sources import SourceFound

SOURCES_HEADING = "How the files find each other's children"


def source_lines(sources: Sequence[SourceFound]) -> Iterator[str]:
    """A line for each file, and one more for each other file in which it is found otherwise.

    `Tracker.xlsx: 24 of 24 children found in Roll.csv and Spring.csv: 20 by UPN and 4 by name.`
    """
    for _, alike in groupby(sorted(sources, key=_said), key=_said):
        yield _line(list(alike))


def _said(found: SourceFound) -> tuple[object, ...]:
    """What a line says but for the other file."""
    by = (found.by_upn, found.by_number, found.by_birth, found.by_name, found.by_likeness)
    return found.source, found.children, found.found, *by, found.apart


def _line(alike: Sequence[SourceFound]) -> str:
    found = alike[0]
    by = (
        (found.by_upn, "by UPN"),
        (found.by_number, "by number"),
        (found.by_birth, "by name and date of birth"),
        (found.by_name, "by name"),
        (found.by_likeness, "by another file, a name much alike or siptrack.yaml"),
    )
    how = listed([f"{thousands(count)} {what}" for count, what in by if count])
    where = listed([one.found_in for one in alike])
    found_there = f"{thousands(found.found)} of {quantity(found.children, 'child', 'children')} found in {where}"
    return f"{found.source}: {found_there}{f': {how}' if how else ''}." + (" Too few." if found.apart else "")
