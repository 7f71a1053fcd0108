"""The year groups by subjects, each cell shaded by how many are at expectations."""

from __future__ import annotations

from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.documents.labels import subject_label
from siptrack.reports.wording.pages import heat_cell
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text

STEPS = 5  # shades from none at expectations to all
_ALL = 100


@dataclass(frozen=True)
class Shade:
    """One cell: its percentage and count in words, and which of the STEPS shades it has; None without a percentage."""

    percent: str
    counted: str
    step: int | None


@dataclass(frozen=True)
class Heat:
    """The table: subjects across, and for each year group its cells; None where nobody is assessed."""

    subjects: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shade | None, ...]], ...]


def heat(analysis: Analysis, rules: Rules) -> Heat:
    """How each year group stands in each subject."""
    cells = {
        (number(row["year_group"]), text(row["subject"])): row
        for row in records(analysis.compared.summary, SUMMARY.names)
    }
    subjects = list(dict.fromkeys(subject for _, subject in cells))
    years = list(dict.fromkeys(year for year, _ in cells))
    rows = tuple(
        (
            rules.years.label(None if year is None else int(year)),
            tuple(_shade(cells.get((year, subject)), rules) for subject in subjects),
        )
        for year in years
    )
    assessed = any(cell for _, cells_of_year in rows for cell in cells_of_year)
    return Heat(tuple(subject_label(subject, rules) for subject in subjects), rows if assessed else ())


def _shade(row: dict[str, Cell] | None, rules: Rules) -> Shade | None:
    n = int(number(row["assessed"]) or 0) if row else 0
    if row is None or not n:
        return None
    count = int(number(row["at_are"]) or 0)
    few = rules.groups.small.percentages_from
    percent, counted = heat_cell(count, n, few)
    return Shade(percent, counted, shade_step(100 * count / n) if percent else None)


def shade_step(percent: float) -> int:
    """Which shade a percentage has: 0 for under a fifth, up to STEPS - 1."""
    return min(int(percent * STEPS // _ALL), STEPS - 1)
