"""The sheets and measures in the manual, from their declarations: `python tests/documents/workbook_page.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from siptrack.analysis.group_tables import GROUPS
from siptrack.analysis.tables import SUMMARY
from siptrack.documents.template.addresses import measures
from siptrack.documents.workbook.sheets import SHEETS
from siptrack.school.tables import Table

PAGE = Path(__file__).parents[2] / "docs" / "workbook.md"
BEGIN, END = "<!-- made:begin -->\n", "<!-- made:end -->\n"
MADE = "<!-- Made by tests/documents/workbook_page.py from the sheets and tables. Change these, not this list. -->\n\n"
PERCENTAGES = {
    "at_are_percent": "`at_are` of `assessed`",
    "insufficient_percent": "`insufficient` of those whose progress can be judged",
}


def with_tables(page: str) -> str:
    """The page with the sheets and measures of today."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + MADE + "\n".join(_lines()) + "\n" + END + rest.partition(END)[2]


def _lines() -> Iterator[str]:
    for usual, lead in ((True, "sheet"), (False, "with `--all` also")):
        yield from (f"| {lead} | its name for a template | what it holds |", "| --- | --- | --- |")
        for key, declared in SHEETS.items():
            if declared.usual is usual:
                yield f"| {declared.name} | `{{{{ table:{key} }}}}` | {declared.about} |"
        yield ""
    yield from _measures("of a year group or the school", SUMMARY)
    yield from _measures("of a group", GROUPS)


def _measures(whose: str, table: Table) -> Iterator[str]:
    meanings = {column.name: column.meaning for column in table.columns} | PERCENTAGES
    yield from (f"| measure {whose} | what it counts |", "| --- | --- |")
    yield from (f"| `{name}` | {meanings[name]} |" for name in measures(table))
    yield ""


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
