"""A page of text: headings, sentences and tables, folded to a screen or as plain lines for a pipe."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from siptrack.rendering import styles
from siptrack.rendering.columns_of_text import fitted, in_columns, joined, letters
from siptrack.rendering.model import Cell, ColumnHead
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from rich.console import Console

_ENDLESS = 1_000_000  # a pipe has no edge; rich would otherwise fold it at 80 columns
_NARROWEST = 20
_JOINT = "\ue000"  # of private use: stands for a blank at which no line may end


class Page:
    """Text being laid out. All that is printed on it is made harmless first; nothing on it is ever cut short."""

    def __init__(self, width: int | None, *, colour: bool) -> None:
        self.width = None if width is None else max(width, _NARROWEST)
        self._colour = colour
        self._written = io.StringIO()

    @cached_property
    def _console(self) -> Console:
        """What folds and colours for a screen. A pipe needs none: making it would cost more than the whole report."""
        from rich.console import Console

        return Console(
            file=self._written,
            width=self.width or _ENDLESS,
            force_terminal=self._colour,
            color_system="standard" if self._colour else None,
            no_color=not self._colour,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """All that was printed on the page, without blanks at the ends of lines."""
        lines = (line.rstrip() for line in self._written.getvalue().split("\n"))
        return "\n".join(lines).strip("\n") + "\n"

    def gap(self) -> None:
        """An empty line."""
        self._print("")

    def heading(self, words: str) -> None:
        """A section's name, underlined, with an empty line before it."""
        self.gap()
        self.say(words, hang=2, style=styles.STRONG)
        if self.width is not None:
            self._print("─" * min(self.width, letters(safe_text(words))), style=styles.QUIET)

    def say(self, words: str, *, indent: int = 0, hang: int = 0, style: str = "") -> None:
        """A sentence; where it is folded, its further lines stand `hang` columns further in."""
        plain = safe_text(words)
        if self.width is None:
            self._print(plain, indent, style)
            return
        first = self._folded(plain, self.width - indent)[:1]
        taken = len(first[0]) if first else 0
        self._print(plain[:taken], indent, style)
        rest, inside = plain[taken:].lstrip(" "), indent + hang
        for line in self._folded(rest, self.width - inside) if rest else ():
            self._print(line, inside, style)

    def line(self, words: str, *, indent: int = 0, style: str = "") -> None:
        """A line that is never folded, such as a command to be copied."""
        self._print(" " * indent + safe_text(words), style=style)

    def table(self, headings: Sequence[ColumnHead], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; on a screen its cells fold at words, in a pipe its columns are two blanks apart."""
        lines = [[heading.words for heading in headings], *rows]
        numbers = [heading.numbers for heading in headings]
        if self.width is None and not self._colour:
            for line in in_columns(lines, numbers):
                self._print(line)
        else:
            self._print_table(lines, numbers)

    def _print_table(self, lines: Sequence[Sequence[Cell]], numbers: Sequence[bool]) -> None:
        """A table with colour or for a screen, its headings the first of these lines."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        widths = fitted(lines, numbers, self.width)
        joint = " " if widths is None else "\n"
        table = Table(
            box=None if self.width is None else box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 2 if self.width is None else 1, 0, 0),
            header_style=styles.STRONG,
        )
        for at, (words, is_number) in enumerate(zip(lines[0], numbers, strict=True)):
            justify: Literal["left", "right"] = "right" if is_number else "left"
            width = widths[at] if widths else None
            table.add_column(Text(joined(words, joint)), justify=justify, overflow="fold", width=width)
        for row in lines[1:]:
            table.add_row(*(Text(joined(cell, joint)) for cell in row))
        self._console.print(table, soft_wrap=self.width is None)

    def _folded(self, plain: str, width: int) -> list[str]:
        """The lines of a text that is folded at words; a number and its percent sign stay together."""
        from rich.text import Text

        whole = Text(plain.replace(" %", f"{_JOINT}%"))
        return [line.plain.replace(_JOINT, " ") for line in whole.wrap(self._console, width, overflow="fold")]

    def _print(self, plain: str, indent: int = 0, style: str = "") -> None:
        """A line, its words in a style where there is colour."""
        if not self._colour:
            self._written.write(f"{' ' * indent}{plain}\n")
            return
        from rich.text import Text

        self._console.print(Text(" " * indent).append(plain, style or None), soft_wrap=True)
