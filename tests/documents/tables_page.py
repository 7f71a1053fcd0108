"""The manual's page about the tables, made from how they are declared: `python tests/documents/tables_page.py`."""

from __future__ import annotations

from pathlib import Path

from siptrack.reports.columns import tables_page
from siptrack.reports.manual import as_markdown

TABLES_PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
MADE = "<!-- Made by tests/documents/tables_page.py from the tables as declared. Change those, not this page. -->\n\n"


def page() -> str:
    """The text of the page as the tables are declared today."""
    return MADE + as_markdown(tables_page())


if __name__ == "__main__":
    TABLES_PAGE.write_text(page(), encoding="utf-8")
