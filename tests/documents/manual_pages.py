"""The manual's pages about scales, made from the rules: `python tests/documents/manual_pages.py` writes them anew."""

from __future__ import annotations

from pathlib import Path

from siptrack.reports.manual import as_markdown, scale_page
from siptrack.rules.load import load

SCALES = Path(__file__).parents[2] / "docs" / "scales"
MADE = "<!-- Made by tests/documents/manual_pages.py from config/scales. Change the rules, not this page. -->\n\n"


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    rules = load()
    return {f"{name}.md": MADE + as_markdown(scale_page(scale, rules)) for name, scale in rules.scales.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (SCALES / name).write_text(text, encoding="utf-8")
