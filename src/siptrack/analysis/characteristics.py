"""Pupils' characteristics as they were in a term, where they changed over time."""

from __future__ import annotations

import numpy as np

from siptrack.school.frame import Frame
from siptrack.school.register import Register
from siptrack.school.term import Term


def characteristics_in(term: Term, register: Register) -> Frame:
    """The pupils with their characteristics as known in that term.

    In the newest term that is what the pupils table holds. In an earlier one it is the last value up to then,
    else the first later.
    """
    pupils, histories = register.frame("pupils"), register.optional_frame("histories")
    if histories is None or histories.empty or term.number >= register.frame("results")["term"].max():
        return pupils
    away = histories["term"] - term.number
    histories = histories.having(later=away > 0, nearness=np.abs(away)).sorted_by("later", "nearness")
    then = histories[histories.first_of("pupil", "characteristic")]
    changed = {}
    for characteristic in then["characteristic"].distinct():
        of_it = then[then["characteristic"] == characteristic]
        group = of_it["group"].take(pupils["pupil"].in_words(of_it["pupil"].tolist()))
        changed[characteristic] = group.where(group.known, pupils[characteristic])
    return pupils.having(changed)
