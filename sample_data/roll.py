"""Fills an invented school: who is in it, who came and went, and what the stories say of some of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from children import Child, Seat, Story, birthday, upn
from names import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Twins = tuple[str, tuple[str, str], tuple[str, str]]  # surname, then forename and gender of each
Told = list[tuple[Story, Child]]


@dataclass(frozen=True)
class Move:
    """A child who was not here all the time: the first and the last term in which there is a row."""

    cohort: int
    first: int
    last: int
    temporary: bool = False  # came from abroad, and has a temporary UPN


@dataclass(frozen=True)
class Plan:
    """What makes one school different from another."""

    seed: int
    autumn: int  # the calendar year in which the current school year began
    terms: Sequence[int]
    sizes: Mapping[int, int]  # children on roll by age
    stories: Sequence[Story]
    twins: Mapping[int, Twins]
    moves: Sequence[Move]
    describe: Callable[[random.Random], dict[str, str]]
    seats: Callable[[int, int, int], dict[int, Seat]]  # cohort, place by age, children of that age
    assess: Callable[[random.Random, Child], None]


@dataclass(frozen=True)
class School:
    """The children of a school, and those whose stories were written by hand."""

    children: list[Child]
    told: Told

    @property
    def on_roll(self) -> list[Child]:
        """Those in the pupil list."""
        return [child for child in self.children if child.on_roll]

    @property
    def leavers(self) -> list[Child]:
        """Those with results and no place in the pupil list."""
        return [child for child in self.children if not child.on_roll]


def enrol(plan: Plan) -> School:
    """The whole school, youngest first and by name."""
    chance = random.Random(plan.seed)
    names = Register(chance)
    for story in plan.stories:
        names.keep(story.surname, story.forename)
    for surname, *both in plan.twins.values():
        for forename, _ in both:
            names.keep(surname, forename)
    school = School([], [])
    for cohort in plan.sizes:
        entered, told = _enter(plan, cohort, chance, names)
        school.children.extend(entered)
        school.told.extend(told)
    school.children.sort(key=lambda child: (child.cohort, child.name, child.upn))
    return school


def _enter(plan: Plan, cohort: int, chance: random.Random, names: Register) -> tuple[list[Child], Told]:
    """All children of one age, and those of them who have a story."""
    stories = [story for story in plan.stories if story.cohort == cohort]
    moves = [move for move in plan.moves if move.cohort == cohort]
    written = [_child(plan, chance, cohort, (story.surname, story.forename), story.gender) for story in stories]
    twins = _twins(plan, chance, cohort)
    left = sum(story.leaves for story in stories) + sum(move.last < plan.terms[-1] for move in moves)
    others = []
    for _ in range(plan.sizes[cohort] + left - len(written) - len(twins)):
        gender = chance.choice("FM")
        others.append(_child(plan, chance, cohort, names.draw(gender), gender))
    entered = [*written, *twins, *others]
    told, moved = list(zip(stories, written, strict=True)), list(zip(moves, others, strict=False))
    _seat(plan, entered)
    _come_and_go(plan, told, moved)
    _number(plan, chance, entered, {child.name for move, child in moved if move.temporary})
    for child in entered:
        child.on_roll = plan.terms[-1] in child.seats
        plan.assess(chance, child)
    _mark(plan, told)
    return entered, told


def _child(plan: Plan, chance: random.Random, cohort: int, name: tuple[str, str], gender: str) -> Child:
    """One child of this age, with everything but a seat, a number and results."""
    surname, forename = name
    born = birthday(chance, cohort, plan.autumn)
    return Child(surname, forename, gender, born, cohort, facts=plan.describe(chance))


def _twins(plan: Plan, chance: random.Random, cohort: int) -> list[Child]:
    """Two children of one family, born on one day."""
    if cohort not in plan.twins:
        return []
    surname, *both = plan.twins[cohort]
    first, second = (_child(plan, chance, cohort, (surname, forename), gender) for forename, gender in both)
    second.born, second.facts = first.born, dict(first.facts)
    return [first, second]


def _seat(plan: Plan, entered: list[Child]) -> None:
    """Put the children of one age into classes, oldest first."""
    for place, child in enumerate(sorted(entered, key=lambda child: child.born)):
        child.seats = plan.seats(child.cohort, place, len(entered))


def _come_and_go(plan: Plan, told: Told, moved: list[tuple[Move, Child]]) -> None:
    """Take away the terms in which a child was not there, and hold back one who repeats a year."""
    for story, child in told:
        if story.repeats_in:
            child.seats = dict.fromkeys(child.seats, Seat(child.cohort - 1, story.repeats_in))
        child.stay(story.written(plan.terms))
        child.facts |= dict(story.facts)
    for move, child in moved:
        child.stay(range(move.first, move.last + 1))


def _number(plan: Plan, chance: random.Random, entered: list[Child], temporary: set[str]) -> None:
    """Give everyone a UPN: our own for those who began school here, another school's for those who came later."""
    nameless = {(story.surname, story.forename) for story in plan.stories if not story.has_upn}
    began = min(min(child.seats) for child in entered)
    serials = sorted(chance.sample(range(1, 100), len(entered)))
    for child, serial in zip(entered, serials, strict=True):
        if (child.surname, child.forename) not in nameless:
            started = plan.autumn - child.cohort  # the autumn of the Reception year
            late = min(child.seats) > began
            child.upn = upn(started, serial, elsewhere=late, temporary=child.name in temporary)


def _mark(plan: Plan, told: Told) -> None:
    """Write the results of the stories over those that were drawn."""
    for story, child in told:
        child.courses[story.subject] = story.course
        for term, text in story.written(plan.terms).items():
            child.grades[term, story.subject] = text
