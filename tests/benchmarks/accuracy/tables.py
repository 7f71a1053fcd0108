"""Tables as Markdown."""

from __future__ import annotations

from collections.abc import Sequence


def percent(share: float | None) -> str:
    """A share to one decimal of a percent; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f}"  # noqa: RUF001  # a dash, as in a printed table


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that reads well as plain text too: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(cells, widths) for cells in (headings, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    figures = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return f"| {' | '.join([cells[0].ljust(widths[0]), *figures])} |"
