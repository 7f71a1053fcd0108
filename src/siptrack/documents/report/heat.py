"""The year groups by subjects, each cell shaded by how many are at expectations, and how many are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from siptrack.documents.at_a_glance import Glance, StandingAtAGlance
    from siptrack.documents.children import SchoolClass

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


def heat(glance: Glance, named: Iterable[SchoolClass] = ()) -> Heat:
    """How each year group stands in each subject; no row where nobody is assessed."""
    cells = {(row.year, row.subject): row for row in glance.rows}
    subjects = {row.subject: row.label for row in glance.rows}
    counted = Counter[int | None]()
    for of_class in named:
        counted[of_class.year_group] += len(of_class.children)
    rows = [
        YearRow(
            year,
            max(row.n for row in glance.rows if row.year == year),
            [_shade(cells.get((year, subject)), glance.few) for subject in subjects],
            counted[year_group],
        )
        for year, year_group in {row.year: row.year_group for row in glance.rows}.items()
    ]
    assessed = any(cell for row in rows for cell in row.cells)
    return Heat(list(subjects.values()), rows if assessed else [])


def _shade(row: StandingAtAGlance | None, few: int) -> Shade | None:
    if row is None or not row.assessed:
        return None
    step = shade_step(_ALL * row.at_are / row.assessed) if row.assessed >= few else None
    return Shade(row.at_are, row.assessed, step)


def shade_step(percent: float) -> int:
    """Which shade a percentage has: 0 for under a fifth, up to STEPS - 1."""
    return min(int(percent * STEPS // _ALL), STEPS - 1)
