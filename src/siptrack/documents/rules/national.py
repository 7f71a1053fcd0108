"""The national figures in force, for the page of the rules and for the manual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from siptrack.documents import national_words as wording
from siptrack.documents.labels import subject_label
from siptrack.documents.national import group_name
from siptrack.documents.rules.manual import Block
from siptrack.rules.model import Rules
from siptrack.school.national import Figure, Standard

_HEADINGS = ("year", "subject", "percent", "source")


def rules_blocks(rules: Rules) -> list[Block]:
    """Every figure in one table, for the page of the rules."""
    standards = rules.national.standards.values()
    rows = tuple((standard.key, *row) for standard in standards for row in figure_rows(standard, rules))
    count = sum(len(standard.figures) for standard in standards)
    return [Block(wording.count_of_figures(count)), Block(headings=("standard", *_HEADINGS), rows=rows)]


def manual_blocks(rules: Rules) -> list[Block]:
    """Every standard with its figures, for the manual."""
    return [block for standard in rules.national.standards.values() for block in _of_standard(standard, rules)]


def _of_standard(standard: Standard, rules: Rules) -> Iterator[Block]:
    yield Block(wording.standard_heading(standard, rules.years), level=3)
    yield Block(wording.about_standard(standard))
    yield Block(items=tuple(wording.facts_of_standard(standard, _subjects(standard, rules), rules.scales)))
    yield Block(headings=_HEADINGS, rows=tuple(figure_rows(standard, rules)))


def _subjects(standard: Standard, rules: Rules) -> dict[bool, list[str]]:
    """The subjects whose national figures are of tests (True), and of teachers' judgements, by label."""
    return {
        kind: [subject_label(subject, rules) for subject, by_test in standard.by_test.items() if by_test is kind]
        for kind in (True, False)
    }


def figure_rows(standard: Standard, rules: Rules) -> list[tuple[str, str, str, str]]:
    """The figures of a standard, the newest first: year, subject, percentages by group, and their sources."""
    order = list(standard.by_test)
    ordered = sorted(standard.figures, key=lambda figure: (-figure.academic_year, order.index(figure.subject)))
    cells = groupby(ordered, key=lambda figure: (figure.year, figure.subject))
    return [_row(year, subject, list(figures), rules) for (year, subject), figures in cells]


def _row(year: str, subject: str, figures: Sequence[Figure], rules: Rules) -> tuple[str, str, str, str]:
    percents = [
        wording.figure_label(figure, group_name(figure.characteristic, figure.group, rules), rules.national)
        for figure in figures
    ]
    return year, subject_label(subject, rules), "; ".join(percents), wording.sources_of(figures, rules.national)
