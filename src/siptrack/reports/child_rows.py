"""What the tables hold of each child, each table looked through once for all children whose pages are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from siptrack.analysis.ahead_tables import FORECASTS, PACE, TARGETS
from siptrack.analysis.journeys import journeys
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import JOURNEYS, PROGRESS
from siptrack.documents.findings import Finding, list_findings
from siptrack.reports.cells import Cell, cells_of, text
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.problem import Problem

Row = Mapping[str, Cell]
_IN_A_CELL = ("file", "sheet", "row", "column", "text", "term")


class RowsOf:
    """The rows of a table by the pupil they are about, in the order in which they stand."""

    def __init__(self, table: Frame, names: Sequence[str], pupils: Sequence[str]) -> None:
        theirs = table[table["pupil"].isin(set(pupils))]
        self._names = names
        self._rows: dict[str | None, list[tuple[Cell, ...]]] = {}
        for pupil, row in zip(theirs["pupil"].tolist(), cells_of(theirs[list(names)]), strict=True):
            self._rows.setdefault(pupil, []).append(row)

    def __getitem__(self, pupil: str) -> list[dict[str, Cell]]:
        return [dict(zip(self._names, row, strict=True)) for row in self._rows.get(pupil, ())]


@dataclass(frozen=True)
class ChildRows:
    """The tables' rows by child. `pupils` are those of the children on roll, one each, and `names` count their names.

    `written` are the cells of a child's results and targets; `odd` are the problems by file, sheet and row.
    """

    analysis: Analysis
    rules: Rules
    pupils: RowsOf
    names: Mapping[tuple[str, str], int]
    journeys: RowsOf
    progress: RowsOf
    pace: RowsOf
    targets: RowsOf
    forecasts: RowsOf
    findings: Mapping[str, Sequence[Finding]]
    written: Sequence[RowsOf]
    odd: Mapping[tuple[str, str, int], Sequence[Problem]]


def child_rows(analysis: Analysis, rules: Rules, pupils: Sequence[str]) -> ChildRows:
    """The rows of the analysis's tables and its register's that are about these pupils."""
    every, register = analysis.children.pupils, analysis.register
    findings = groupby(list_findings(analysis, rules), lambda one: one.pupil)  # which come child by child
    return ChildRows(
        analysis=analysis,
        rules=rules,
        pupils=RowsOf(every, every.columns, pupils),
        names=Counter((text(surname), text(forename)) for surname, forename in every.in_rows("surname", "forename")),
        journeys=RowsOf(journeys(analysis, rules, pupils), JOURNEYS.names, pupils),
        progress=RowsOf(analysis.children.progress, PROGRESS.names, pupils),
        pace=RowsOf(analysis.ahead.pace, PACE.names, pupils),
        targets=RowsOf(analysis.ahead.targets, TARGETS.names, pupils),
        forecasts=RowsOf(analysis.ahead.forecasts, FORECASTS.names, pupils),
        findings={pupil: tuple(theirs) for pupil, theirs in findings},
        written=[RowsOf(register.frame(name), _IN_A_CELL, pupils) for name in ("results", "targets")],
        odd=_by_row(register.problems),
    )


def _by_row(problems: Iterable[Problem]) -> Mapping[tuple[str, str, int], Sequence[Problem]]:
    """The problems of cells and rows, by where the row is."""
    found: dict[tuple[str, str, int], list[Problem]] = {}
    for one in problems:
        if one.place.row:
            found.setdefault((one.place.file, one.place.sheet, one.place.row), []).append(one)
    return found
