"""Pupils' characteristics as they were in a term, where they changed over time."""

from __future__ import annotations

import numpy as np

from siptrack.school.frame import Frame
from siptrack.school.register import Register
from siptrack.school.term import Term


def characteristics_in(term: Term, register: Register) -> Frame:
    """The pupils with their characteristics as known in that term.

    In the newest term that is what the pupils table holds. In an earlier one it is the last thing said up to then,
    else the first thing said later.
    """
    pupils, said = register.frame("pupils"), register.optional_frame("histories")
    if said is None or said.empty or term.number >= register.frame("results")["term"].max():
        return pupils
    away = said["term"] - term.number
    said = said.having(later=away > 0, nearness=np.abs(away)).sorted_by("later", "nearness")
    then = said[said.first_of("pupil", "characteristic")]
    changed = {}
    for characteristic in then["characteristic"].distinct():
        of_it = then[then["characteristic"] == characteristic]
        group = of_it["group"].take(pupils["pupil"].in_words(of_it["pupil"].tolist()))
        changed[characteristic] = group.where(group.known, pupils[characteristic])
    return pupils.having(changed)
