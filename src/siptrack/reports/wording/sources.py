"""What is said of how files find each other's children."""

from __future__ import annotations

from siptrack.reports.wording.numbers import listed, quantity, thousands
from siptrack.school.sources import SourceFound

SOURCES_HEADING = "How the files find each other's children"


def source_line(found: SourceFound) -> str:
    """`Tracker.xlsx: 24 of 24 children are in Roll.csv: 20 by UPN, 4 by name`."""
    by = (
        (found.by_upn, "by UPN"),
        (found.by_number, "by number"),
        (found.by_birth, "by name and date of birth"),
        (found.by_name, "by name"),
        (found.by_likeness, "by another file, a name much alike or siptrack.yaml"),
    )
    how = listed([f"{thousands(count)} {what}" for count, what in by if count])
    found_there = (
        f"{thousands(found.found)} of {quantity(found.children, 'child', 'children')} found in {found.found_in}"
    )
    return f"{found.source}: {found_there}{f': {how}' if how else ''}." + (" Too few." if found.apart else "")
