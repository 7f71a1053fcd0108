"""The report in the README, made from the sample school: `python tests/documents/readme_report.py` writes it anew."""

from __future__ import annotations

from pathlib import Path

from siptrack.analysis.analyse import Filters, analyse
from siptrack.reading.read import read
from siptrack.reports.terminal import render
from siptrack.rules.load import load

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- report:begin -->\n", "<!-- report:end -->\n"
COMMAND = "siptrack analyse sample_data/levels --class 3K --subject writing"
LINES = 39


def rendered(*, width: int, colour: bool) -> str:
    """The report that the command prints on a screen."""
    rules = load()
    register = read([ROOT / "sample_data" / "levels"], rules)
    filters = Filters(classes=frozenset({"3K"}), subjects=frozenset({"writing"}))
    return render(analyse(register, rules, filters=filters), rules, width=width, colour=colour)


def report() -> str:
    """The first lines of the report, as they stand in the README."""
    lines = rendered(width=110, colour=False).splitlines()
    shown = "\n".join(line.rstrip() for line in lines[:LINES])
    return f"The beginning of `{COMMAND}`:\n\n```text\n{shown}\n...\n```\n"


def with_report(readme: str) -> str:
    """The README with the report of today."""
    before, _, rest = readme.partition(BEGIN)
    return before + BEGIN + report() + END + rest.partition(END)[2]


if __name__ == "__main__":
    README.write_text(with_report(README.read_text(encoding="utf-8")), encoding="utf-8")
