"""Pupils' characteristics as they were in a term, where they changed over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.school.register import Register
from siptrack.school.term import Term

if TYPE_CHECKING:
    from pandas import DataFrame


def characteristics_in(term: Term, register: Register) -> DataFrame:
    """The pupils with their characteristics as known in that term.

    In the newest term that is what the pupils table holds. In an earlier one it is the last thing said up to then,
    else the first thing said later.
    """
    histories, pupils = register.histories, register.pupils
    if histories is None or histories.empty or term.number >= register.results["term"].max():
        return pupils
    later = histories["term"] > term.number
    nearness = (histories["term"] - term.number).abs()
    ordered = histories.assign(later=later, nearness=nearness).sort_values(["later", "nearness"], kind="stable")
    then = ordered.drop_duplicates(["pupil", "characteristic"])
    changed = pupils.copy()
    for characteristic, said in then.groupby("characteristic"):
        values = said.set_index("pupil")["group"]
        changed[characteristic] = changed["pupil"].map(values).fillna(changed[characteristic])
    return changed
