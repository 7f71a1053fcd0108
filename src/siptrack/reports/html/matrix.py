"""Where children were at the start and where they are now, by name, in a table for each year group and subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Window
from siptrack.documents.labels import subject_label
from siptrack.reports.children import Child
from siptrack.reports.wording import pages as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import records, text
from siptrack.school.scale import Attainment

LADDER = (Attainment.WELL_BELOW, Attainment.BELOW, Attainment.AT, Attainment.ABOVE)


@dataclass(frozen=True)
class MatrixCell:
    """The children who moved from one place to another: how many places up, its sign, and who they are."""

    steps: int
    direction: str
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Matrix:
    """One table: from where (a row) to where (a column)."""

    caption: str
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]


def matrices(analysis: Analysis, rules: Rules, children: Mapping[str, Child]) -> tuple[Matrix, ...]:
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
    return tuple(
        _matrix(year, subject, moved[year, subject], rules, order)
        for year in years
        for subject in analysis.subjects
        if (year, subject) in moved
    )


def _matrix(
    year: int | None,
    subject: str,
    moved: Mapping[tuple[str, str], list[Child]],
    rules: Rules,
    order: Mapping[str, int],
) -> Matrix:
    count = sum(map(len, moved.values()))
    caption = wording.matrix_caption(rules.years.label(year), subject_label(subject, rules), count)
    rows = tuple(
        (
            wording.attainment(start),
            tuple(
                MatrixCell(
                    steps=to - at,
                    direction=wording.direction(to - at),
                    children=tuple(sorted(moved.get((start, now), ()), key=lambda child: order[child.pupil])),
                )
                for to, now in enumerate(LADDER)
            ),
        )
        for at, start in enumerate(LADDER)
    )
    return Matrix(caption, rows)
