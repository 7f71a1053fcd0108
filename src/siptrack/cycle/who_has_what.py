"""Who has what: the flagged who have nothing, the many things of one child, and what nobody attends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.cycle.provision_tables import WHO, Who

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

    Row = tuple[object, ...]  # of WHO

_PERCENT = 100  # of a whole


def find_who(spells: Frame, flagged: Frame, interventions: Frame, rules: Rules) -> Frame:
    """The findings in order of importance; `flagged` are the pupils and subjects with insufficient progress."""
    now = spells[spells["this_year"]]
    has = _interventions_of(now)
    served = _served(now, flagged).tolist()
    nothing: list[Row] = []
    much: list[Row] = []
    something_else: list[Row] = []
    for (pupil, subject), is_served in zip(flagged.in_rows("pupil", "subject"), served, strict=True):
        names = has.get(pupil, [])
        found = (pupil, subject, "; ".join(names), len(names), None)
        if not names:
            nothing.append((Who.NOTHING.value, *found))
        elif len(names) >= rules.provision.much:
            much.append((Who.MUCH.value, *found))
        elif not is_served:
            something_else.append((Who.ANOTHER_SUBJECT.value, *found))
    many_at_once = _many_at_once(spells[spells["now"]], rules)
    return WHO.of([*nothing, *much, *many_at_once, *something_else, *_not_attended(interventions, rules)])


def _interventions_of(spells: Frame) -> Mapping[str, list[str]]:
    """The names of what each pupil has, by the alphabet."""
    found: dict[str, set[str]] = {}
    for pupil, intervention in spells.in_rows("pupil", "intervention"):
        found.setdefault(pupil, set()).add(intervention)
    return {pupil: sorted(names) for pupil, names in found.items()}


def _served(now: Frame, flagged: Frame) -> NDArray[np.bool_]:
    """Whether each flagged pupil has something in that subject, or something that names no subject."""
    without = now["pupil"][now["subject"] == ""].distinct()
    served: NDArray[np.bool_] = flagged["pupil"].isin(without) | (flagged.found_in(now, "pupil", "subject") >= 0)
    return served


def _many_at_once(running: Frame, rules: Rules) -> Iterator[Row]:
    for pupil, names in sorted(_interventions_of(running).items()):
        if len(names) >= rules.provision.many_at_once:
            yield Who.MANY_AT_ONCE.value, pupil, None, "; ".join(names), len(names), None


def _not_attended(interventions: Frame, rules: Rules) -> Iterator[Row]:
    few = _PERCENT * interventions["attended"] < rules.provision.attendance * interventions["planned"]
    for intervention, attended, planned in interventions[few].in_rows("intervention", "attended", "planned"):
        yield Who.NOBODY_ATTENDS.value, None, None, intervention, attended, planned
