"""What a run found, as the tables that its document is made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from siptrack.analysis.across.beside import set_beside
from siptrack.analysis.across.found import ManySchools
from siptrack.analysis.across.hiding import hidden_schools
from siptrack.analysis.across.tables import SCHOOLS, SchoolLine
from siptrack.many.kept import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.many.run import JudgedSchools
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharingMode

_NOTHING: dict[str, Any] = {
    "term": "",
    **dict.fromkeys(("on_roll", "named", "strong", "came", "left", "in_two", "errors", "files", "results")),
}


def facts_of(judged: JudgedSchools, unread: Sequence[str], rules: Rules, mode: SharingMode) -> ManySchools:
    """The schools beside each other, with small numbers hidden."""
    cells = (cells_of(school.kept) for school in judged.schools if school.kept is not None)
    below, followed = mode.hide_below, judged.movers.followed
    return ManySchools(
        judged.term,
        SCHOOLS.of(_lines(judged, mode)),
        set_beside(judged.counts, cells, rules, mode),
        {subject: of for subject, of in followed.items() if min(of[1], of[0] - of[1], of[2], of[0] - of[2]) >= below},
        unread,
        mode,
    )


def _lines(judged: JudgedSchools, mode: SharingMode) -> list[SchoolLine]:
    """A line for each school that was asked for."""
    rulers = Counter(school.ruler for school in judged.schools if school.counts is not None)
    usual = max(rulers, key=lambda ruler: rulers[ruler], default="")
    hidden = {name: _hidden(judged, name, mode) for name in ("named", "strong")}
    movers, lines = judged.movers, []
    for school in judged.schools:
        message = " ".join(school.messages)
        line = SchoolLine(school.name, school.exit_code, own_rules=False, message=message, **_NOTHING)
        if counts := school.counts:
            line = line._replace(
                term=counts.term.label,
                own_rules=school.ruler != usual,
                on_roll=counts.on_roll,
                named=None if school.name in hidden["named"] else counts.named,
                strong=None if school.name in hidden["strong"] else counts.strong,
                came=movers.came.get(school.name, 0),
                left=movers.left.get(school.name, 0),
                in_two=len(movers.same.get(school.name, ())),
                errors=school.errors,
                files=school.files,
                results=school.results,
            )
        lines.append(line)
    return lines


def _hidden(judged: JudgedSchools, name: str, mode: SharingMode) -> set[str]:
    """The schools of which such a count of children is not shown."""
    counts = judged.counts
    n = np.array([[school.on_roll] for school in counts.values()], dtype=np.int64).reshape(-1, 1)
    count = np.array([[getattr(school, name)] for school in counts.values()], dtype=np.int64).reshape(-1, 1)
    hide = hidden_schools(n, count, mode.hide_below)
    return {school for school, is_hidden in zip(counts, hide.tolist(), strict=True) if is_hidden}
