"""The report in the README, made from the sample school: `python tests/documents/readme_report.py` writes it anew."""

from __future__ import annotations

from pathlib import Path

from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.selection import EVERYBODY
from siptrack.documents.analyse.view import first_page
from siptrack.reading.read import read
from siptrack.rendering.terminal import as_text
from siptrack.rules.load import load

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- report:begin -->\n", "<!-- report:end -->\n"
FIRST, CHILDREN = "  3. ", "2F, Year 2"  # how lines begin before which something is left out
SHOWN = 3  # lines of a class


def rendered(*, width: int, colour: bool, filters: Filters = EVERYBODY) -> str:
    """The report on the sample school as `siptrack analyse` prints it on a screen."""
    rules = load()
    register = read([ROOT / "sample_data" / "today"], rules)
    page = first_page(analyse(register, rules, filters=filters), rules, "sample_data/today")
    return as_text(page, width=width, colour=colour)


def report() -> str:
    """The first lines of the report and the first of a class, as they stand in the README."""
    lines = [line.rstrip() for line in rendered(width=100, colour=False).splitlines()]
    first, children = (
        next(at for at, line in enumerate(lines) if line.startswith(begin)) for begin in (FIRST, CHILDREN)
    )
    shown = "\n".join([*lines[:first], "  ...", "", *lines[children : children + SHOWN]])
    return f"The beginning of what it prints, and of one of the classes:\n\n```text\n{shown}\n  ...\n```\n"


def with_report(readme: str) -> str:
    """The README with the report of today."""
    before, _, rest = readme.partition(BEGIN)
    return before + BEGIN + report() + END + rest.partition(END)[2]


if __name__ == "__main__":
    README.write_text(with_report(README.read_text(encoding="utf-8")), encoding="utf-8")
