"""A table with its title, as it is printed and as it stands in the manual."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """`name` is what the manual calls the place where the table stands, if it has one."""

    name: str
    title: str
    table: str
    note: str = ""

    @property
    def printed(self) -> str:
        """The table under its title."""
        note = f"{self.note}\n\n" if self.note else ""
        return f"\n## {self.title}\n\n{note}{self.table}"
