"""How many of one source's children are found in another, and by which evidence."""

from __future__ import annotations

from typing import NamedTuple

from siptrack.school.tables import Column, Table


def _children(name: str, meaning: str) -> Column:
    return Column(name, "integer", meaning, always=True, unit="children")


SOURCES = Table(
    "sources",
    "How files, or the sheets of one, find each other's children: a row for two that are of the same school years.",
    (
        Column("source", "text", "the smaller of two: a file, or its sheets with one kind of number", always=True),
        Column("found_in", "text", "the larger", always=True),
        _children("children", "children of the source in school years that both are of"),
        _children("found", "how many of them are found in the other"),
        _children("by_upn", "of these, how many by the UPN"),
        _children("by_number", "how many by another number of one kind"),
        _children("by_birth", "how many by name and date of birth"),
        _children("by_name", "how many by a name that both give"),
        _children("by_likeness", "how many by another file, by names much alike, or as siptrack.yaml has it"),
        Column("apart", "flag", "whether too few are found, which the first lines say", always=True),
    ),
)


class SourceFound(NamedTuple):
    """Of one source's children in the school years of another, how many are found there, and by which evidence.

    The fields are the columns of SOURCES.
    """

    source: str
    found_in: str
    children: int
    found: int
    by_upn: int
    by_number: int
    by_birth: int
    by_name: int
    by_likeness: int
    apart: bool
