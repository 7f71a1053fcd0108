"""The national figures in the manual, from the rules: `python tests/documents/national_page.py` writes them anew."""

from __future__ import annotations

from pathlib import Path

from siptrack.documents.rules.manual import as_markdown
from siptrack.documents.rules.national import manual_blocks
from siptrack.rules.load import load

PAGE = Path(__file__).parents[2] / "docs" / "national.md"
BEGIN, END = "<!-- figures:begin -->\n", "<!-- figures:end -->\n"
MADE = (
    "<!-- Made by tests/documents/national_page.py from config/national.yaml. Change the rules, not this list. -->\n\n"
)


def with_figures(page: str) -> str:
    """The page with the figures of today."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + MADE + as_markdown(manual_blocks(load())) + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
