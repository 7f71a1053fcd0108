"""A school's records of teaching and CPD, and what must stand beside them, without siptrack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from children import term_label
from since_truth import ELSEWHERE, ON, UNTOLD, state
from truth import at_are

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from children import Child
    from roll import School
    from truth import Answer, Ruler


@dataclass(frozen=True)
class Seen:
    """One record of a lesson, of books or of a walk through the school."""

    when: dt.date
    about: str
    subject: str
    kind: str
    judgement: str
    by: str
    notes: str


@dataclass(frozen=True)
class Trained:
    """One row of the record of CPD."""

    when: dt.date | str
    focus: str
    subject: str
    staff: str
    hours: str
    provider: str
    intended: str
    evaluation: str = ""


@dataclass(frozen=True)
class PlantedClass:
    """A class and subject, the terms before and after, and what must be asked; a class without records has none."""

    class_name: str
    subject: str
    then: int
    now: int
    asks: str
    why: str

    def answer(self, school: School, seen: Iterable[Seen], ruler: Ruler) -> Answer:
        """How it is written down."""
        begins = dt.date(self.now // 3, 9, 1)
        here = [one for one in seen if one.about == self.class_name and one.when >= begins]
        records = [one for one in here if one.subject == self.subject]
        children = [
            child
            for child in school.children
            if self.now in child.seats and child.seats[self.now].class_name == self.class_name
        ]
        counted = counts(children, self.subject, (self.then, self.now), ruler)
        named: Answer = {"class": self.class_name, "subject": self.subject.lower(), "records": len(records)}
        return named | counted | {"asks": self.asks, "why": self.why}


@dataclass(frozen=True)
class PlantedCpd:
    """CPD in a subject, the terms before and after, and the year groups in which more children were at ARE after."""

    subject: str
    when: int
    then: int
    now: int
    moved: tuple[int, ...]
    least: int  # so many more children at ARE is called movement
    why: str

    def answer(self, school: School, ruler: Ruler) -> Answer:
        """How it is written down. Raises ValueError where other year groups moved than the author foresaw."""
        of_year: dict[int, list[Child]] = {}
        for child in school.children:
            if self.now in child.seats:
                of_year.setdefault(child.seats[self.now].year_group, []).append(child)
        terms = (self.then, self.now)
        counted = {year: counts(children, self.subject, terms, ruler) for year, children in sorted(of_year.items())}
        told = {year: one for year, one in counted.items() if one["assessed_then"]}
        moved = tuple(year for year, one in told.items() if one["at_are"] - one["at_are_then"] >= self.least)
        if moved != self.moved:
            raise ValueError(f"after CPD in {self.subject} the year groups that moved are {moved}")
        rows = [{"year_group": year, **one} for year, one in told.items()]
        named: Answer = {"subject": self.subject.lower(), "term": term_label(self.when)}
        named |= {"from_term": term_label(self.then), "to_term": term_label(self.now)}
        return named | {"moved": list(self.moved), "why": self.why, "years": rows}


def counts(children: Sequence[Child], subject: str, terms: tuple[int, int], ruler: Ruler) -> dict[str, int]:
    """The same children in two terms: of whom progress can be told and is insufficient, who is assessed and at ARE."""
    here = [child for child in children if all(state(child, subject, term, ruler) != ELSEWHERE for term in terms)]
    found = {"children": len(here)}
    for term, suffix in zip(terms, ("_then", ""), strict=True):
        states = [state(child, subject, term, ruler) for child in here]
        met, assessed = at_are(here, subject, term, ruler)
        found |= {f"told{suffix}": sum(one != UNTOLD for one in states), f"insufficient{suffix}": states.count(ON)}
        found |= {f"assessed{suffix}": assessed, f"at_are{suffix}": met}
    return found


def answers(
    school: School,
    seen: Sequence[Seen],
    trained: Sequence[Trained],
    planted: tuple[Sequence[PlantedClass], Sequence[PlantedCpd], str],
    ruler: Ruler,
) -> Answer:
    """All that is true of one school's records of teaching."""
    classes, cpd, without = planted
    return {
        "observations": len(seen),
        "cpd": len(trained),
        "without_any_record": without,
        "classes": [one.answer(school, seen, ruler) for one in classes],
        "cpd_followed_by": [one.answer(school, ruler) for one in cpd],
    }
