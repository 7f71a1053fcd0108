"""The national figures in the manual, from the rules: `python tests/documents/national_page.py` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_table import listing, table

from siptrack.documents.labels import subject_label
from siptrack.documents.rules.national import figures_of
from siptrack.rules.load import load
from siptrack.rules.model import Rules
from siptrack.school.national import Standard

PAGE = Path(__file__).parents[2] / "docs" / "national.md"
BEGIN, END = "<!-- figures:begin -->\n", "<!-- figures:end -->\n"
MADE = (
    "<!-- Made by tests/documents/national_page.py from config/national.yaml. Change the rules, not this list. -->\n\n"
)


def with_figures(page: str) -> str:
    """The page with the figures of today."""
    before, _, rest = page.partition(BEGIN)
    rules = load()
    blocks = [block for standard in rules.national.standards.values() for block in blocks_of(standard, rules)]
    return before + BEGIN + MADE + "\n".join(blocks) + "\n" + END + rest.partition(END)[2]


def blocks_of(standard: Standard, rules: Rules) -> Iterator[str]:
    """A standard with its figures, from which grade on it is met, and in which subjects the figures are of tests."""
    yield f"### {standard.label} ({rules.years.label(standard.year_group)})\n"
    of = f"{standard.population}, each {standard.season.label}"
    yield f"`{standard.key}`: the percentage of {of}. {standard.source}.\n"
    met = [
        f"Met on {rules.scales[name].label} (`{name}`): from {lowest.grade} on"
        for name, lowest in standard.met_from.items()
    ]
    for kind, words in ((True, "tests"), (False, "teachers' judgements")):
        subjects = [subject_label(subject, rules) for subject, by_test in standard.by_test.items() if by_test is kind]
        met += [f"National figures of {words}: {'; '.join(subjects)}"] if subjects else []
    yield listing(met)
    yield table(("year", "subject", "percent", "source"), figures_of(standard, rules))


if __name__ == "__main__":
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
