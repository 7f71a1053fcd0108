"""The national figures in force, each with its source and how sure it is, for the page of the rules and the manual."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from siptrack.documents.labels import subject_label
from siptrack.documents.national import group_name
from siptrack.rendering.numbers import plain_number
from siptrack.rules.model import Rules
from siptrack.school.national import Figure, National, Standard


class FiguresOfYear(NamedTuple):
    """The figures of a standard in a subject in a year: the percentages by group, and their sources."""

    year: str
    subject: str
    percent: str
    source: str


def figures_of(standard: Standard, rules: Rules) -> list[FiguresOfYear]:
    """The figures of a standard, the newest first."""
    order = list(standard.by_test)
    ordered = sorted(standard.figures, key=lambda figure: (-figure.academic_year, order.index(figure.subject)))
    cells = groupby(ordered, key=lambda figure: (figure.year, figure.subject))
    return [_row(year, subject, list(figures), rules) for (year, subject), figures in cells]


def _row(year: str, subject: str, figures: Sequence[Figure], rules: Rules) -> FiguresOfYear:
    percents = [
        _label(figure, group_name(figure.characteristic, figure.group, rules), rules.national) for figure in figures
    ]
    return FiguresOfYear(year, subject_label(subject, rules), "; ".join(percents), sources_of(figures, rules.national))


def _label(figure: Figure, group: str, national: National) -> str:
    """`Girls 65`, with a question mark where the figure is in doubt."""
    return f"{group} {plain_number(figure.percent)}{'?' if national.doubt(figure.sure) else ''}"


def sources_of(figures: Sequence[Figure], national: National) -> str:
    """`EES; SON26 (read in the source named)`: each source once, and how sure its figures are."""
    by_sure: dict[str, dict[str, None]] = {}
    for figure in figures:
        known = national.sure.get(figure.sure)
        sources = by_sure.setdefault(known.says if known else "not said how sure", {})
        sources.update(dict.fromkeys(figure.source.split("; ")))
    return "; ".join(f"{'; '.join(sources)} ({says})" for says, sources in by_sure.items())
