"""The manual's pages about scales, made from the rules: `python tests/documents/manual_pages.py` writes them anew.

A new scale gets its line in the list of scales too, to go on from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from siptrack.documents.rules.view import scale_page
from siptrack.rendering.markdown import as_markdown
from siptrack.rules.load import load

SCALES = Path(__file__).parents[2] / "docs" / "scales"
LIST = SCALES / "README.md"
MADE = "<!-- Made by tests/documents/manual_pages.py from config/scales. Change the rules, not this page. -->\n\n"


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    rules = load()
    return {f"{name}.md": MADE + as_markdown(scale_page(scale, rules)) for name, scale in rules.scales.items()}


def listing(readme: str, labels: Mapping[str, str]) -> str:
    """The page that lists the scales, with a line for each that it lacks."""
    missing = [f"| [{name}]({name}.md) | {label} |\n" for name, label in labels.items() if f"({name}.md)" not in readme]
    *_, last = re.finditer(r"^\| \[.*\n", readme, re.MULTILINE)
    return readme[: last.end()] + "".join(missing) + readme[last.end() :]


if __name__ == "__main__":
    for name, text in pages().items():
        (SCALES / name).write_text(text, encoding="utf-8")
    every = {name: scale.label for name, scale in load().scales.items()}
    LIST.write_text(listing(LIST.read_text(encoding="utf-8"), every), encoding="utf-8")
