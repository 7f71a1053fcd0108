"""What a run found, as the tables that its document is made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from siptrack.analysis.across.beside import rounded, set_beside
from siptrack.analysis.across.found import ManySchools
from siptrack.analysis.across.hiding import hidden_schools
from siptrack.analysis.across.tables import SCHOOLS, Across, SchoolLine
from siptrack.many.kept import cells_of
from siptrack.school.sharing import Status

if TYPE_CHECKING:
    from siptrack.analysis.across.beside import SchoolsBeside
    from siptrack.many.found import SchoolsThere
    from siptrack.many.run import JudgedSchools
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharingMode

_NOTHING: dict[str, Any] = {
    "term": "",
    **dict.fromkeys(
        ("on_roll", "named", "strong", "came", "left", "in_two", "without_upn", "errors", "files", "results")
    ),
}


def facts_of(judged: JudgedSchools, there: SchoolsThere, rules: Rules, mode: SharingMode) -> ManySchools:
    """The schools beside each other, with small numbers hidden."""
    cells = (cells_of(school.kept) for school in judged.schools if school.kept is not None)
    below, followed = mode.hide_below, judged.movers.followed
    beside = set_beside(judged.counts, cells, rules, mode)
    return ManySchools(
        judged.term,
        SCHOOLS.of(_lines(judged, beside, mode)),
        beside,
        {subject: of for subject, of in followed.items() if min(of[1], of[0] - of[1], of[2], of[0] - of[2]) >= below},
        there.beside,
        there.without_data,
        there.of_none,
        mode,
    )


def _lines(judged: JudgedSchools, beside: SchoolsBeside, mode: SharingMode) -> list[SchoolLine]:
    """A line for each school that was asked for."""
    rulers = Counter(school.ruler for school in judged.schools if school.counts is not None)
    usual = max(rulers, key=lambda ruler: rulers[ruler], default="")
    hidden = {name: _hidden(judged, name, beside, mode) for name in ("named", "strong")}
    movers, lines = judged.movers, []
    for school in judged.schools:
        message = " ".join(school.messages)
        line = SchoolLine(school.name, school.exit_code, own_rules=False, message=message, **_NOTHING)
        if counts := school.counts:
            line = line._replace(
                term=counts.term.label,
                own_rules=school.ruler != usual,
                on_roll=counts.on_roll,
                named=None if school.name in hidden["named"] else _rounded(counts.named, mode),
                strong=None if school.name in hidden["strong"] else _rounded(counts.strong, mode),
                came=movers.came.get(school.name, 0),
                left=movers.left.get(school.name, 0),
                in_two=len(movers.same.get(school.name, ())),
                without_upn=counts.without_upn,
                errors=school.errors,
                files=school.files,
                results=school.results,
            )
        lines.append(line)
    return lines


def _rounded(count: int, mode: SharingMode) -> int:
    return int(rounded(np.array(count), mode))


def _hidden(judged: JudgedSchools, name: str, beside: SchoolsBeside, mode: SharingMode) -> set[str]:
    """The schools of which such a count of children is not shown; where there is one subject, it is that subject's."""
    counts = judged.counts
    n = np.array([[school.on_roll] for school in counts.values()], dtype=np.int64).reshape(-1, 1)
    count = np.array([[getattr(school, name)] for school in counts.values()], dtype=np.int64).reshape(-1, 1)
    rows = beside.standings
    of = rows[rows["measure"] == Across.INSUFFICIENT.value]
    subjects = Counter(of["school"].tolist())
    suppressed = of["school"][of["status"] == Status.SUPPRESSED.value].distinct()
    also = np.array([subjects[school] == 1 and school in suppressed for school in counts], dtype=np.bool_)
    hide = hidden_schools(n, count, mode.hide_below, also)
    return {school for school, is_hidden in zip(counts, hide.tolist(), strict=True) if is_hidden}
