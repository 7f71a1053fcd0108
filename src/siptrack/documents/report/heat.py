"""The year groups by subjects, each cell shaded by how many are at expectations, and how many are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.tables import SUMMARY
from siptrack.documents.labels import subject_label
from siptrack.school.cells import Cell, number, records, text

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.children import SchoolClass
    from siptrack.rules.model import Rules

STEPS = 5  # shades from none at expectations to all
_ALL = 100


class Shade(NamedTuple):
    """A cell: how many of how many, and which of the STEPS shades it has; None where too few for a percentage."""

    met: int
    n: int
    step: int | None


class YearRow(NamedTuple):
    """A year group: how many are on roll, a cell a subject, None where nobody is assessed, and how many are named."""

    year: str
    on_roll: int
    cells: Sequence[Shade | None]
    named: int


class Heat(NamedTuple):
    """The table: subjects across, year groups down."""

    subjects: Sequence[str]
    rows: Sequence[YearRow]


def heat(analysis: Analysis, rules: Rules, named: Iterable[SchoolClass] = ()) -> Heat:
    """How each year group stands in each subject; no row where nobody is assessed."""
    cells = {
        (number(row["year_group"]), text(row["subject"])): row
        for row in records(analysis.compared.summary, SUMMARY.names)
    }
    subjects = list(dict.fromkeys(subject for _, subject in cells))
    years = dict.fromkeys(year for year, _ in cells)
    counted = Counter[float | None]()
    for of_class in named:
        counted[of_class.year_group] += len(of_class.children)
    rows = [
        YearRow(
            rules.years.label(None if year is None else int(year)),
            max(int(number(row["n"]) or 0) for (of, _), row in cells.items() if of == year),
            [_shade(cells.get((year, subject)), rules) for subject in subjects],
            counted[year],
        )
        for year in years
    ]
    assessed = any(cell for row in rows for cell in row.cells)
    return Heat([subject_label(subject, rules) for subject in subjects], rows if assessed else [])


def _shade(row: dict[str, Cell] | None, rules: Rules) -> Shade | None:
    n = int(number(row["assessed"]) or 0) if row else 0
    if row is None or not n:
        return None
    count = int(number(row["at_are"]) or 0)
    return Shade(count, n, shade_step(_ALL * count / n) if n >= rules.groups.small.percentages_from else None)


def shade_step(percent: float) -> int:
    """Which shade a percentage has: 0 for under a fifth, up to STEPS - 1."""
    return min(int(percent * STEPS // _ALL), STEPS - 1)
