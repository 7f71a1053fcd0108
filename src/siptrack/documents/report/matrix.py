"""Where children were at the start and where they are now, by name, in a table for each year group and subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.vocabulary import Window
from siptrack.documents.labels import subject_label
from siptrack.school.cells import records, text
from siptrack.school.scale import Attainment

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.children import Child
    from siptrack.rules.model import Rules

LADDER = (Attainment.WELL_BELOW, Attainment.BELOW, Attainment.AT, Attainment.ABOVE)


class MatrixCell(NamedTuple):
    """The children who moved from one place to another: how many places up, and who they are."""

    steps: int
    children: Sequence[Child]


class Matrix(NamedTuple):
    """One table: from where (a row) to where (a column)."""

    year: str
    subject: str
    children: int
    rows: Sequence[tuple[Attainment, Sequence[MatrixCell]]]


def matrices(analysis: Analysis, rules: Rules, children: Mapping[str, Child]) -> list[Matrix]:
    """The tables by year group and subject, since the start of the key stage; none where nobody's start is known."""
    moved: dict[tuple[int | None, str], dict[tuple[str, str], list[Child]]] = {}
    for row in records(analysis.children.progress, ["pupil", "subject", "window", "start_attainment", "attainment"]):
        places = text(row["start_attainment"]), text(row["attainment"])
        if row["window"] == Window.KEY_STAGE and set(places) <= set(LADDER):
            child = children[text(row["pupil"])]
            of = moved.setdefault((child.year_group, text(row["subject"])), {})
            of.setdefault(places, []).append(child)
    order = {key: at for at, key in enumerate(children)}
    years = list(dict.fromkeys(child.year_group for child in children.values()))
    return [
        Matrix(
            rules.years.label(year),
            subject_label(subject, rules),
            sum(map(len, moved[year, subject].values())),
            _rows(moved[year, subject], order),
        )
        for year in years
        for subject in analysis.subjects
        if (year, subject) in moved
    ]


def _rows(
    moved: Mapping[tuple[str, str], Sequence[Child]], order: Mapping[str, int]
) -> list[tuple[Attainment, Sequence[MatrixCell]]]:
    """A row a place at the start, a cell a place now, the children of each in the order of the register."""

    def cell(at: int, to: int) -> MatrixCell:
        there = moved.get((LADDER[at], LADDER[to]), ())
        return MatrixCell(to - at, sorted(there, key=lambda child: order[child.pupil]))

    return [(start, [cell(at, to) for to in range(len(LADDER))]) for at, start in enumerate(LADDER)]
