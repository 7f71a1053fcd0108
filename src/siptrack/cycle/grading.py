"""In which classes results are written this term, in which none are, and in which in broad grades alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.frame import Frame, numbered
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

    Flags = NDArray[np.bool_]

_HALF = 2  # most: more than one in two
_OF = ("class", "subject")


class Graded(NamedTuple):
    """A class in a subject that it is judged in.

    Of its `children` so many have a grade this term, a `broad` one that holds several finer ones, a `fine` one of a
    scale that has broad ones too, and a code that says there is too little to judge by (`lacking`).
    """

    class_name: str
    subject: str
    children: int
    graded: int
    broad: int
    fine: int
    lacking: int


def classes_graded(analysis: Analysis, rules: Rules) -> list[Graded]:
    """The classes by year group and name, in each subject that any class has a grade in this term.

    A class is judged in a subject in which most of its children have a grade in this term or in the year before it.
    """
    pupils = analysis.children.pupils
    pupils = pupils[pupils["class"] != ""]
    judged = analysis.children.judged
    terms = analysis.term.number - judged["term"]
    judged = judged[(terms >= 0) & (terms <= SEASONS_IN_A_YEAR) & ~judged["scale"].isin(_taken_once(rules))]
    child = judged.found_in(pupils, "pupil")
    judged = judged[child != NONE].having({"class": pupils["class"].take(child[child != NONE])})
    now = judged[judged["term"] == analysis.term.number]
    kinds = {"all": now["graded"], **_kinds(now, rules), "lacking": now["grade"].isin(rules.enquiry.page.lacking)}
    counted = {kind: _children(now[here]) for kind, here in kinds.items()}
    judged_in = _children(judged[judged["graded"]])
    on_roll = _counted(pupils, ("class",))
    order: dict[str, float] = dict(pupils.sorted_by("year_group").in_rows("class", "year_group"))
    subjects = [subject for subject in analysis.subjects if any(subject == of for _, of in counted["all"])]
    return [
        Graded(name, subject, on_roll[name,], *(counted[kind].get((name, subject), 0) for kind in kinds))
        for name in sorted(order, key=lambda name: (np.nan_to_num(order[name], nan=np.inf), name))
        for subject in subjects
        if _HALF * judged_in.get((name, subject), 0) > on_roll[name,]
    ]


def _taken_once(rules: Rules) -> set[str]:
    return {name for name, scale in rules.scales.items() if not scale.measures_progress}


def _kinds(now: Frame, rules: Rules) -> Mapping[str, Flags]:
    """Which grades are broad, and which are fine ones of such a scale."""
    broad, of_scale = np.zeros(len(now), dtype=np.bool_), np.zeros(len(now), dtype=np.bool_)
    for name, held in rules.evidence.broad.items():
        here = now["scale"] == name
        of_scale |= here
        broad |= here & now["grade"].isin(held.grades)
    return {"broad": broad & now["graded"], "fine": of_scale & ~broad & now["graded"]}


def _children(rows: Frame) -> dict[tuple[str, ...], int]:
    """How many children there are of each class and subject."""
    return _counted(rows[rows.first_of("pupil", "subject")], _OF)


def _counted(rows: Frame, names: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    number, first = numbered([rows[name] for name in names])
    counts = np.bincount(number, minlength=len(first)).tolist()
    return dict(zip(rows.take(first).in_rows(*names), counts, strict=True))
