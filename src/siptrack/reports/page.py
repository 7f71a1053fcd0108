"""A page of text: headings, sentences and tables, folded to a screen or as plain lines for a pipe."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from siptrack.reports import styles
from siptrack.reports.columns_of_text import Cell, fitted
from siptrack.school.safe_text import safe_text

_ENDLESS = 1_000_000  # a pipe has no edge; rich would otherwise fold it at 80 columns
_NARROWEST = 20


@dataclass(frozen=True)
class Heading:
    """A column of a printed table: its words, and whether it holds numbers.

    `room` is how many letters wide it is on paper at least, where people write in it.
    """

    words: Cell
    numbers: bool = False
    room: int = 0


class Page:
    """Text being laid out. Whatever is put on it is made harmless first; nothing on it is ever cut short."""

    def __init__(self, width: int | None, *, colour: bool) -> None:
        self.width = None if width is None else max(width, _NARROWEST)
        self._colour = colour
        self._written = io.StringIO()
        self._console = Console(
            file=self._written,
            width=self.width or _ENDLESS,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """All that was put on the page, without blanks at the ends of lines."""
        lines = (line.rstrip() for line in self._written.getvalue().split("\n"))
        return "\n".join(lines).strip("\n") + "\n"

    def gap(self) -> None:
        """An empty line."""
        self._put(Text(""))

    def heading(self, words: str) -> None:
        """A section's name, underlined, with an empty line before it."""
        self.gap()
        self.say(words, style=styles.STRONG)
        if self.width is not None:
            self._put(Text("─" * min(self.width, Text(safe_text(words)).cell_len), style=styles.QUIET))

    def say(self, words: str, *, indent: int = 0, hang: int = 0, style: str = "") -> None:
        """A sentence; where it is folded, its further lines stand `hang` columns further in."""
        body = Text(safe_text(words), style=style)
        if self.width is None:
            self._put(Text(" " * indent).append_text(body))
            return
        first = body.wrap(self._console, self.width - indent, overflow="fold")[:1]
        taken = len(first[0].plain) if first else 0
        self._put(Text(" " * indent).append_text(body[:taken]))
        rest = Text(body.plain[taken:].lstrip(" "), style=style)
        inside = indent + hang
        for line in rest.wrap(self._console, self.width - inside, overflow="fold") if rest.plain else ():
            self._put(Text(" " * inside).append_text(line))

    def line(self, words: str, *, indent: int = 0, style: str = "") -> None:
        """A line that is never folded, such as a command to be copied."""
        self._put(Text(" " * indent + safe_text(words), style=style))

    def table(self, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; on a screen its cells fold at words, in a pipe its columns are two blanks apart."""
        lines = [[heading.words for heading in headings], *rows]
        widths = fitted(lines, [heading.numbers for heading in headings], self.width)
        joint = " " if widths is None else "\n"
        table = Table(
            box=None if self.width is None else box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 2 if self.width is None else 1, 0, 0),
            header_style=styles.STRONG,
        )
        for at, heading in enumerate(headings):
            justify: Literal["left", "right"] = "right" if heading.numbers else "left"
            width = widths[at] if widths else None
            table.add_column(_joined(heading.words, joint), justify=justify, overflow="fold", width=width)
        for row in rows:
            table.add_row(*(_joined(cell, joint) for cell in row))
        self._console.print(table, soft_wrap=self.width is None)

    def _put(self, line: Text) -> None:
        if self._colour:
            self._console.print(line, soft_wrap=True)
        else:
            self._written.write(f"{line.plain}\n")  # the same text, without asking the console a thousand times


def _joined(cell: Cell, joint: str) -> Text:
    parts = (cell,) if isinstance(cell, str) else cell
    return Text(joint.join(safe_text(part) for part in parts))
