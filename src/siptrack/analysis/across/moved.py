"""Children of several schools, known by their UPN: who has moved, and who is in two schools at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.analysis.across.counting import SchoolCounts


class MovedPupils(NamedTuple):
    """Whom to leave out of each school: those on roll in two with results of the `same` term, or counted `elsewhere`.

    `came` are those who are counted in a school and have older results in another, `left` the same by where these are.
    `followed` is by subject of how many who came both schools' judgements are known, and how many stood at expectations
    in the old school and stand there in the new. `newcomers` are they, each with the school that they are counted in.
    """

    same: Mapping[str, frozenset[int]]
    elsewhere: Mapping[str, frozenset[int]]
    came: Mapping[str, int]
    left: Mapping[str, int]
    followed: Mapping[str, tuple[int, int, int]]
    newcomers: Mapping[int, str]


NOBODY = MovedPupils({}, {}, {}, {}, {}, {})


def find_movers(schools: Mapping[str, SchoolCounts]) -> MovedPupils:
    """Who is in the files of more than one school, by the newest results."""
    marks = _stacked(schools)
    names = list(schools)
    same, elsewhere = ({name: set[int]() for name in names} for _ in range(2))
    came, left = (dict.fromkeys(names, 0) for _ in range(2))
    newcomers: dict[int, tuple[str, set[str]]] = {}
    for who, rows in _by_child(marks).items():
        newest = max(term for _, term, _ in rows)
        now = {school for school, term, _ in rows if term == newest}
        on_roll = {school for school, _, is_here in rows if is_here}
        if len(now & on_roll) > 1:
            for school in now & on_roll:
                same[school].add(who)
            continue
        school = min(now & on_roll or now)
        others = {other for other, _, _ in rows} - {school}
        for other in others & on_roll:
            elsewhere[other].add(who)
        if school in on_roll:
            came[school] += 1
            newcomers[who] = school, others
            for other in others:
                left[other] += 1
    return MovedPupils(
        {name: frozenset(found) for name, found in same.items() if found},
        {name: frozenset(found) for name, found in elsewhere.items() if found},
        came,
        left,
        _followed(marks, newcomers),
        {who: school for who, (school, _) in newcomers.items()},
    )


def _stacked(schools: Mapping[str, SchoolCounts]) -> Frame:
    """The newest results of those who are in more than one school, each with its school."""
    parts = [counts.marks.having(school=name) for name, counts in schools.items()]
    marks = Frame.stacked(parts)
    who, where = np.unique(marks["who"], return_inverse=True)
    pairs = np.unique(np.stack([where, marks["school"].in_words(list(schools))], axis=1), axis=0)
    several = np.bincount(pairs[:, 0], minlength=len(who)) > 1
    return marks[several[where]]


def _by_child(marks: Frame) -> dict[int, list[tuple[str, int, bool]]]:
    """Of each child the schools, the newest term in each, and whether the child is on roll there."""
    found: dict[int, dict[str, tuple[int, bool]]] = {}
    for who, school, term, here in marks.in_rows("who", "school", "term", "here"):
        of = found.setdefault(int(who), {})
        of[str(school)] = max(of.get(str(school), (int(term), bool(here))), (int(term), bool(here)))
    return {who: [(school, *known) for school, known in of.items()] for who, of in found.items()}


def _followed(marks: Frame, newcomers: Mapping[int, tuple[str, set[str]]]) -> dict[str, tuple[int, int, int]]:
    """By subject, of how many who came both judgements are known, and how many were and are at expectations."""
    known: dict[tuple[int, str], dict[str, tuple[int, int]]] = {}
    for who, school, subject, term, at in marks.in_rows("who", "school", "subject", "term", "at"):
        if int(who) in newcomers and at >= 0:
            known.setdefault((int(who), str(subject)), {})[str(school)] = int(term), int(at)
    counts: dict[str, list[int]] = {}
    for (who, subject), of in known.items():
        school, others = newcomers[who]
        old = [of[other] for other in others if other in of]
        if school in of and old:
            line = counts.setdefault(subject, [0, 0, 0])
            for at, more in enumerate((1, max(old)[1], of[school][1])):
                line[at] += more
    return {subject: (n, before, now) for subject, (n, before, now) in counts.items()}
