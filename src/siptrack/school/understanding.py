"""How a sheet was understood, so that a person can check it and put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnUnderstanding:
    """One column: its letter and heading, what it is taken for and how that is known, and a few of its cells.

    `kind` and `name` are what siptrack.yaml would say of it; `term` is what the heading itself says of the term. For
    results, `scale` is the scale found, from `evidence` of `cells` cells. `examples` are masked unless asked for.
    `decided`: it is used, or known to be of no use.
    """

    letter: str
    heading: str
    kind: str
    name: str
    how: str
    term: str
    scale: str
    evidence: int
    cells: int
    examples: tuple[str, ...]
    decided: bool = True


@dataclass(frozen=True)
class TableUnderstanding:
    """One table of a sheet: its known export (empty when none), its headings' row, and its columns.

    `term` and `class_name` are what its surroundings say; `note` says why a sheet was not used.
    """

    file: str
    sheet: str
    export: str
    heading_row: int
    rows: int
    term: str
    class_name: str
    columns: tuple[ColumnUnderstanding, ...]
    note: str = ""
