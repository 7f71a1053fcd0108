"""What truly becomes of an invented child in a subject over the years, whatever is written down of it.

Each child stands so far over the line, and mostly stays there: whoever keeps up. A fall is a band a year, or the step a
year of a child below the bands not made; a rise is half as much, a step more. What is written is the truth after an
error, so large that two judgements of the same children, made apart, would correlate by `RELIABILITY`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from children import SUBJECTS, term_label, weighted

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from children import Child
    from truth import Answer

KEEPS_UP, RISES = "keeps up", "rises"
FALLS, FALLS_SINCE_SUMMER = "falls since the first result", "falls since last summer"
RELIABILITY = 0.9
_CHILDREN = {KEEPS_UP: 66, RISES: 12, FALLS: 11, FALLS_SINCE_SUMMER: 11}
_IN_A_SUBJECT = 0.7  # of a child who falls or rises: in how many of the subjects
_A_YEAR = {KEEPS_UP: 0.0, RISES: 0.5, FALLS: -1.0, FALLS_SINCE_SUMMER: -1.0}  # bands
_TERMS_A_YEAR = 3


def draw(chance: random.Random) -> dict[str, str]:
    """The course of a child in each subject: who falls or rises does so in most of them, seldom in one alone."""
    kind = weighted(chance, _CHILDREN)
    return {subject: kind if chance.random() < _IN_A_SUBJECT else KEEPS_UP for subject in SUBJECTS}


def moved(course: str, term: int, first: int, last_summer: int) -> float:
    """By how many bands a child has moved from the line by a term, since the first result or since last summer."""
    begins = max(first, last_summer) if course == FALLS_SINCE_SUMMER else first
    return _A_YEAR[course] * max(0, term - begins) / _TERMS_A_YEAR


def small_steps(course: str, term: int, first: int, last_summer: int) -> float:
    """How many small steps a child below the bands has made: one a year is what is expected."""
    return (term - first) / _TERMS_A_YEAR + moved(course, term, first, last_summer)


def answer(children: Iterable[Child]) -> list[Answer]:
    """Every child and subject with another course than keeping up."""
    return [
        _said(child, subject)
        for child in children
        for subject in SUBJECTS
        if child.courses[subject] not in ("", KEEPS_UP)
    ]


def _said(child: Child, subject: str) -> Answer:
    named: Answer = {"pupil": child.key, "name": child.name, "subject": subject.lower()}
    return named | {"course": child.courses[subject], "first_term": term_label(min(child.seats))}
