"""What a run found, as the tables that its document is made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from siptrack.analysis.across.beside import set_beside
from siptrack.analysis.across.followed import follow
from siptrack.analysis.across.found import ManySchools
from siptrack.analysis.across.hiding import hidden_numbers, hidden_schools
from siptrack.analysis.across.tables import SCHOOLS, Across, SchoolLine
from siptrack.many.kept import table_of
from siptrack.many.moved import results_of_movers
from siptrack.school.rounding import to_multiple
from siptrack.school.sharing import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from siptrack.analysis.across.beside import SchoolsBeside
    from siptrack.many.found import SchoolsThere
    from siptrack.many.run import JudgedSchools
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharingMode

    Counts = NDArray[np.int64]

_OF_SHARES = ("named", "strong")  # of those on roll
_NUMBERS = ("on_roll", "came", "left", "in_two", "without_upn")  # of children, each by itself
_NOTHING: dict[str, Any] = {
    "term": "",
    **dict.fromkeys((*_NUMBERS, *_OF_SHARES, "errors", "files", "results")),
}


def facts_of(
    judged: JudgedSchools, there: SchoolsThere, rules: Rules, mode: SharingMode, config: Path | None = None
) -> ManySchools:
    """The schools beside each other, with small numbers hidden."""
    cells = (table_of(school.kept, "cells") for school in judged.schools if school.kept is not None)
    beside = set_beside(judged.counts, cells, rules, mode)
    moved = results_of_movers(judged, there.schools, rules, config)
    numbers = _numbers(judged)
    return ManySchools(
        judged.term,
        SCHOOLS.of(_lines(judged, beside, mode)),
        {name: _total(of, mode) for name, of in numbers.items()},
        beside,
        follow(judged.movers.followed, moved, rules, judged.term, mode),
        there.beside,
        there.without_data,
        there.of_none,
        mode,
    )


def _lines(judged: JudgedSchools, beside: SchoolsBeside, mode: SharingMode) -> list[SchoolLine]:
    """A line for each school that was asked for."""
    rulers = Counter(school.ruler for school in judged.schools if school.counts is not None)
    usual = max(rulers, key=lambda ruler: rulers[ruler], default="")
    shown = {name: _shown(of, hidden_numbers(of, mode.hide_below), mode) for name, of in _numbers(judged).items()}
    for name in _OF_SHARES:
        of = np.array([getattr(counts, name) for counts in judged.counts.values()], dtype=np.int64)
        shown[name] = _shown(of, _hidden(judged, of, beside, mode), mode)
    at = {name: place for place, name in enumerate(judged.counts)}
    lines = []
    for school in judged.schools:
        message = " ".join(school.messages)
        line = SchoolLine(school.name, school.exit_code, own_rules=False, message=message, **_NOTHING)
        if counts := school.counts:
            numbers: dict[str, Any] = {name: of[at[school.name]] for name, of in shown.items()}
            line = line._replace(
                **numbers,
                term=counts.term.label,
                own_rules=school.ruler != usual,
                errors=school.errors,
                files=school.files,
                results=school.results,
            )
        lines.append(line)
    return lines


def _numbers(judged: JudgedSchools) -> Mapping[str, Counts]:
    """Of each school that was judged, numbers of children that are no share of others."""
    movers = judged.movers
    of = {
        "on_roll": [counts.on_roll for counts in judged.counts.values()],
        "came": [movers.came.get(name, 0) for name in judged.counts],
        "left": [movers.left.get(name, 0) for name in judged.counts],
        "in_two": [len(movers.same.get(name, ())) for name in judged.counts],
        "without_upn": [counts.without_upn for counts in judged.counts.values()],
    }
    return {name: np.array(numbers, dtype=np.int64) for name, numbers in of.items()}


def _shown(numbers: Counts, hide: NDArray[np.bool_], mode: SharingMode) -> list[int | None]:
    rounded = to_multiple(numbers, mode.round_to).astype(np.int64)
    return [None if hidden else number for number, hidden in zip(rounded.tolist(), hide.tolist(), strict=True)]


def _total(numbers: Counts, mode: SharingMode) -> int | None:
    total = numbers.sum(keepdims=True)
    return _shown(total, hidden_numbers(total, mode.hide_below), mode)[0]


def _hidden(judged: JudgedSchools, count: Counts, beside: SchoolsBeside, mode: SharingMode) -> NDArray[np.bool_]:
    """The schools of which such a share of children is not shown; where there is one subject, it is that subject's."""
    n = np.array([school.on_roll for school in judged.counts.values()], dtype=np.int64)
    rows = beside.standings
    of = rows[rows["measure"] == Across.INSUFFICIENT.value]
    subjects = Counter(of["school"].tolist())
    suppressed = of["school"][of["status"] == Status.SUPPRESSED.value].distinct()
    also = np.array([subjects[school] == 1 and school in suppressed for school in judged.counts], dtype=np.bool_)
    return hidden_schools(n[:, np.newaxis], count[:, np.newaxis], mode.hide_below, also)
