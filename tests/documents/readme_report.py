"""The report in the README, made from the sample school: `python tests/documents/readme_report.py` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from siptrack.reports.terminal import render

from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.selection import EVERYBODY
from siptrack.reading.read import read
from siptrack.rules.load import load

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- report:begin -->\n", "<!-- report:end -->\n"
LEFT_OUT, NUMBERED = (
    "  4. ",
    " in 100)",
)  # how the first line begins that is not shown, and what stands by a named child
OF_A_CHILD = 2  # lines


def rendered(*, width: int, colour: bool, filters: Filters = EVERYBODY) -> str:
    """The report on the sample school as `siptrack analyse` prints it on a screen."""
    rules = load()
    register = read([ROOT / "sample_data" / "today"], rules)
    return render(analyse(register, rules, filters=filters), rules, width=width, colour=colour)


def report() -> str:
    """The first lines of the report and the first of its children, as they stand in the README."""
    lines = [line.rstrip() for line in rendered(width=150, colour=False).splitlines()]
    left_out = next(at for at, line in enumerate(lines) if line.startswith(LEFT_OUT))
    numbered = next(at for at, line in enumerate(lines) if NUMBERED in line)
    child = max(at for at in range(numbered) if re.match("  [^ ]", lines[at]))
    shown = "\n".join([*lines[:left_out], "...", *lines[child : child + OF_A_CHILD], "..."])
    return f"The beginning of what it prints, and one of the children:\n\n```text\n{shown}\n```\n"


def with_report(readme: str) -> str:
    """The README with the report of today."""
    before, _, rest = readme.partition(BEGIN)
    return before + BEGIN + report() + END + rest.partition(END)[2]


if __name__ == "__main__":
    README.write_text(with_report(README.read_text(encoding="utf-8")), encoding="utf-8")
