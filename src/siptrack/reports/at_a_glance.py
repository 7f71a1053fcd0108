"""The table that shows a whole school at a glance: each year group in each subject."""

from __future__ import annotations

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.page import Heading, Page
from siptrack.reports.wording.numbers import percent_after, thousands
from siptrack.reports.wording.overall import NOT_APPLICABLE, not_applicable_note
from siptrack.rules.model import Rules

_HEADINGS = (
    Heading("Year"),
    Heading("Subject"),
    Heading(("On", "roll"), numbers=True),
    Heading("Assessed", numbers=True),
    Heading("At ARE", numbers=True),
    Heading("Insufficient", numbers=True),
    Heading("Accelerated", numbers=True),
    Heading(("Cannot", "tell"), numbers=True),
)
_COUNTS = ("insufficient", "accelerated", "cannot_tell")


def put_at_a_glance(page: Page, analysis: Analysis, rules: Rules) -> None:
    """How many children are on roll, assessed, at expectations and behind, by year group and subject."""
    page.heading("At a glance")
    lines = [_line(row, rules) for row in records(analysis.summary, SUMMARY.names)]
    page.table(_HEADINGS, lines if page.width is None else _years_once(lines))
    page.say("ARE: age-related expectations; the percentage is of those assessed. The rest is about progress.")
    if any(NOT_APPLICABLE in line for line in lines):
        page.say(not_applicable_note())


def _line(row: dict[str, Cell], rules: Rules) -> list[str]:
    year, n, assessed = number(row["year_group"]), _count(row["n"]), _count(row["assessed"])
    at_are = _count(row["at_are"])
    percent = percent_after(at_are, assessed, rules.groups.small.percentages_from)
    return [
        rules.years.label(None if year is None else int(year)),
        subject_label(text(row["subject"]), rules),
        thousands(n),
        thousands(assessed),
        f"{thousands(at_are)}{percent}",
        *(NOT_APPLICABLE if row[name] is None else thousands(_count(row[name])) for name in _COUNTS),
    ]


def _count(cell: Cell) -> int:
    return int(number(cell) or 0)


def _years_once(lines: list[list[str]]) -> list[list[str]]:
    """On a screen a year group is named in its first line only, which is easier on the eye."""
    before = [""] + [line[0] for line in lines]
    return [["" if line[0] == above else line[0], *line[1:]] for line, above in zip(lines, before, strict=False)]
