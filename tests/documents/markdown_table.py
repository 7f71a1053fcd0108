"""A table of the manual, in which no cell means anything but itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siptrack.rendering.safe_text import markdown_cell


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table, a line for each row."""
    lines = (headings, ["---"] * len(headings), *(map(markdown_cell, row) for row in rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def listing(items: Iterable[str]) -> str:
    """A line for each item."""
    return "".join(f"- {item}\n" for item in items)
