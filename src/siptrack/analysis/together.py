"""Several schools as if they were one: their cells added together, and the groups of all their children compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.cells import add_cells
from siptrack.analysis.gaps import compare
from siptrack.analysis.membership import as_found
from siptrack.analysis.model import Analysis
from siptrack.analysis.tally import lay_out
from siptrack.school.frame import Frame
from siptrack.school.in_pandas import to_pandas

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.rules.model import Rules

_ON_A_SCALE = ("order", "distance", "progress", "start")  # of the cells


def compare_together(schools: Sequence[Analysis], rules: Rules) -> DataFrame:
    """The gaps table of the children of these schools taken together.

    How each school divides its children, such as classes, is not compared. Means are, and children of equal start, in
    the subjects that all of the schools judge on one scale.
    """
    several = _on_several_scales(schools)
    cells = add_cells(_comparable(school.frame("cells"), several) for school in schools)
    every, subjects = rules.groups.all(), cells["subject"].distinct()
    keys = cells["characteristic"].distinct()
    groups = {key: cells["group"][cells["characteristic"] == key].distinct() for key in keys}
    characteristics = {
        key: as_found(every[key], groups[key], rules)
        for key in dict.fromkeys((*rules.groups.compared, *rules.groups.pairs))
        if key in groups and not every[key].organisation
    }
    compared = cells[cells["characteristic"].isin(list(characteristics))]
    known = [subject for subject in rules.columns.subjects if subject in subjects]
    return to_pandas(compare(lay_out(compared, characteristics, known, rules.years), rules))


def _on_several_scales(schools: Sequence[Analysis]) -> list[str]:
    """The subjects whose results of this term are on more than one scale in these schools."""
    scales: dict[str, set[str]] = {}
    for school in schools:
        progress = school.frame("progress")
        pairs = progress[(progress["scale"] != "") & progress.first_of("subject", "scale")]
        for subject, scale in pairs.in_rows("subject", "scale"):
            scales.setdefault(subject, set()).add(scale)
    return [subject for subject, found in scales.items() if len(found) > 1]


def _comparable(cells: Frame, on_several_scales: Sequence[str]) -> Frame:
    """The cells, without what is measured on a scale in these subjects."""
    several = cells["subject"].isin(on_several_scales)
    return cells.having({name: np.where(several, np.nan, cells[name]) for name in _ON_A_SCALE})
