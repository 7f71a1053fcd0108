"""How many of one source's children are found in another, and by which evidence."""

from __future__ import annotations

from typing import Any, NamedTuple

from siptrack.school.tables import column, declared


def _children(meaning: str) -> Any:  # noqa: ANN401  # stands as the default of a cell
    return column(meaning, always=True, unit="children")


class SourceFound(NamedTuple):
    """Of one source's children in the school years of another, how many are found there, and by which evidence."""

    source: str = column("the smaller of two: a file, or its sheets with one kind of number", always=True)
    found_in: str = column("the larger", always=True)
    children: int = _children("children of the source in school years that both are of")
    found: int = _children("how many of them are found in the other")
    by_upn: int = _children("of these, how many by the UPN")
    by_number: int = _children("how many by another number of one kind")
    by_birth: int = _children("how many by name and date of birth")
    by_name: int = _children("how many by a name that both give")
    by_likeness: int = _children("how many by another file, by names much alike, or as siptrack.yaml has it")
    apart: bool = column("whether too few are found, which the first lines say", always=True)


SOURCES = declared(
    "sources",
    "How files, or the sheets of one, find each other's children: a row for two that are of the same school years.",
    SourceFound,
)
