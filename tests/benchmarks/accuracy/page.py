"""The tables in the manual and the sentence in the README: `python tests/benchmarks/accuracy --write` writes them anew.

A place is between `<!-- name:begin -->` and `<!-- name:end -->`. A table stands in lines of its own there, a sentence
within its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sections import Section

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "docs" / "accuracy.md", ROOT / "README.md")
_PLACE = re.compile(r"<!-- ([a-z-]+):begin -->(.*?)<!-- \1:end -->", re.DOTALL)


def places(page: str) -> list[str]:
    """The names of all places of a page."""
    return [found[1] for found in _PLACE.finditer(page)]


def with_tables(page: str, sections: Iterable[Section]) -> str:
    """The page with the tables of this run; a place of something else stays as it is."""
    made = {section.name: section.table for section in sections if section.name}

    def anew(found: re.Match[str]) -> str:
        name, old = found[1], found[2]
        table = made.get(name)
        if table is None:
            return found[0]
        text = f"\n{table}\n" if "\n" in old else table
        return f"<!-- {name}:begin -->{text}<!-- {name}:end -->"

    return _PLACE.sub(anew, page)


def write(sections: Iterable[Section]) -> None:
    """Write every table that has a place on a page."""
    made = list(sections)
    for path in PAGES:
        path.write_text(with_tables(path.read_text(encoding="utf-8"), made), encoding="utf-8")
