"""A school's sheet of provision: its rows, and the arithmetic by which children are put into an intervention."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truth import readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from children import Child
    from truth import Answer, Ruler


@dataclass(frozen=True)
class Given:
    """An intervention as it is given to a group: everything but the child."""

    name: str
    need: str
    wave: int
    start: dt.date
    end: dt.date | None
    planned: int
    minutes: int
    group: int
    staff: str
    cost: int


@dataclass(frozen=True)
class Spell:
    """One row of the sheet: a child in an intervention."""

    child: Child
    given: Given
    attended: int
    entry: str = ""
    exit: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Moved:
    """A child's progress before and during a stretch of terms, in points against the line."""

    child: Child
    year_group: int
    start: int
    earlier: int
    during: int


@dataclass(frozen=True)
class Planted:
    """One truth about provision, and why it is so."""

    intervention: str
    says: str
    why: str

    def answer(self, spells: Iterable[Spell]) -> Answer:
        """How it is written down, with the children who had it."""
        had = sorted({spell.child.key for spell in spells if spell.given.name == self.intervention})
        return {"intervention": self.intervention, "says": self.says, "children": len(had), "why": self.why}


def moved(children: Iterable[Child], subject: str, terms: tuple[int, int, int], ruler: Ruler) -> list[Moved]:
    """The children with a result in all three terms: the earlier, the one before, and the one at the end."""
    found = []
    for child in children:
        by_term = {reading.term: reading for reading in readings(child, subject, ruler)}
        if all(term in by_term for term in terms):
            then, before, after = (by_term[term].distance for term in terms)
            found.append(Moved(child, by_term[terms[1]].year_group, before, before - then, after - before))
    return found


def attended(given: Given, place: int) -> int:
    """Most of the sessions: a child is away now and then."""
    return max(given.planned - place % 4, 0)


def spells(given: Given, children: Iterable[Child], came: Callable[[Given, int], int] = attended) -> list[Spell]:
    """A row for each child of a group."""
    return [Spell(child, given, came(given, place)) for place, child in enumerate(children)]
