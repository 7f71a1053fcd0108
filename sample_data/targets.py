"""The targets that the invented schools have set, and what must be said of each: met, on course, not, cannot tell."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from books import Book, Cell
from children import SUBJECTS, Child, term_label, term_number
from truth import Answer, Ruler, readings, window_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from roll import School

LEVELS_TERM, TODAY_TERM = term_number("Summer 2010"), term_number("Summer 2027")
LEVELS_CLASSES, TODAY_CLASSES = ("3K", "4T", "5R"), ("5G", "5/6P")
LEVELS_STEP, TODAY_STEP = 2, 1  # points between two grades
_AMBITIOUS = ("5R", "Maths")  # where two sub-levels are to be gained by next summer, and elsewhere one
_LOWEST = "W"
_SHORTEST = 2  # terms
_YEAR_GROUP = 5  # which has targets for the end of Year 6


@dataclass(frozen=True)
class Planted:
    """A target written by hand, and what its author foresaw."""

    surname: str
    forename: str
    class_name: str
    subject: str
    grade: str
    course: str
    why: str


LEVELS = (
    Planted("Billhook", "Jamal", "4T", "Writing", "3a", "not on course",
            "Out of reach at the present rate: no points made this year, six needed."),
    Planted("Al-Zaytun", "Rayyan", "3K", "Reading", "3b", "on course",
            "Two points needed in a year, six made in the last."),
    Planted("Wheatear", "Idris", "5R", "Maths", "3a", "met", "Has the grade already."),
    Planted("Okonkwo-Fern", "Kezia", "5R", "Reading", "5b", "cannot tell",
            "Joined in Spring 2009: one term is too short to have a rate."),
)  # fmt: skip
TODAY = (
    Planted("Gimlet", "Connor", "5G", "Maths", "EXS", "not on course",
            "At the expected standard last summer and below it now: going on like this does not lead back."),
    Planted("Finch", "Oliver", "5/6P", "Reading", "GDS", "cannot tell",
            "Gained a band in a year: at that rate the next may come by Summer 2027, or may not."),
    Planted("Łopata-Green", "Łucja", "5G", "Writing", "EXS", "not on course", "Has no UPN, and has slipped this year."),
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """The target of a child in a subject."""

    child: Child
    subject: str
    grade: str


def levels(hollybank: School) -> list[Target]:
    """A sub-level or two more by Summer 2010 for those in three classes; the others have none."""
    ladder = ["W", *(f"{level}{part}" for level in range(1, 6) for part in "cba")]
    last = term_number("Summer 2009")

    def usual(child: Child, subject: str) -> str:
        grade = child.grades.get((last, subject), "")
        ahead = 2 if (child.seats[last].class_name, subject) == _AMBITIOUS else 1
        known = grade in ladder and grade != _LOWEST
        return ladder[min(ladder.index(grade) + ahead, len(ladder) - 1)] if known else ""

    children = [child for child in hollybank.on_roll if child.seats[last].class_name in LEVELS_CLASSES]
    return _with_planted(children, usual, LEVELS, last)


def today(larkrise: School) -> list[Target]:
    """The expected standard by Summer 2027 for Year 5, greater depth for those who had it; the others have none."""
    first, last = term_number("Summer 2025"), term_number("Summer 2026")

    def usual(child: Child, subject: str) -> str:
        then = child.grades.get((first, subject), "")
        return "" if then.startswith("PK") else "GDS" if then == "GDS" else "EXS"

    children = [child for child in larkrise.on_roll if child.seats[last].year_group == _YEAR_GROUP]
    return _with_planted(children, usual, TODAY, last)


def _with_planted(
    children: Sequence[Child], usual: Callable[[Child, str], str], planted: Sequence[Planted], last: int
) -> list[Target]:
    """The usual targets, those written by hand in place of them."""
    own = {(f"{one.surname}, {one.forename}", one.class_name, one.subject): one.grade for one in planted}
    found = []
    for child in sorted(children, key=lambda child: (child.seats[last].class_name, child.name)):
        for subject in SUBJECTS:
            grade = own.pop((child.name, child.seats[last].class_name, subject), None) or usual(child, subject)
            if grade:
                found.append(Target(child, subject, grade))
    if own:
        raise ValueError(f"no child for the targets of {sorted(own)}")
    return found


def write_levels(folder: Path, targets: Sequence[Target], name: str) -> None:
    """A workbook with a sheet a class, as it was agreed in July 2009."""
    last = term_number("Summer 2009")
    headings = ("UPN", "Surname", "Forename", "Class", *(f"{one} target {term_label(LEVELS_TERM)}" for one in SUBJECTS))
    with Book(folder / "Targets.xlsx") as book:
        for class_name in LEVELS_CLASSES:
            rows: list[tuple[Cell, ...]] = []
            for child, grades in _by_child(targets):
                if child.seats[last].class_name == class_name:
                    cells = (grades.get(subject, "") for subject in SUBJECTS)
                    rows.append((child.upn, child.surname, child.forename, class_name, *cells))
            book.sheet(class_name, (name, f"Class {class_name} - targets agreed in July 2009", ""), headings, rows)


def write_today(folder: Path, targets: Sequence[Target]) -> None:
    """A CSV file: where Year 5 should be at the end of Year 6."""
    last = term_number("Summer 2026")
    with (folder / "Targets.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("UPN", "Name", "Class", *(f"{one} target {term_label(TODAY_TERM)}" for one in SUBJECTS)))
        for child, grades in _by_child(targets):
            cells = (grades.get(subject, "") for subject in SUBJECTS)
            writer.writerow((child.upn, child.name, child.seats[last].class_name, *cells))


def _by_child(targets: Sequence[Target]) -> list[tuple[Child, Mapping[str, str]]]:
    """Each child with the targets by subject, in the order of the targets."""
    found: dict[int, tuple[Child, dict[str, str]]] = {}
    for one in targets:
        found.setdefault(id(one.child), (one.child, {}))[1][one.subject] = one.grade
    return list(found.values())


def answer(
    targets: Sequence[Target], planted: Sequence[Planted], current: int, term: int, ruler: Ruler, step: int
) -> Answer:
    """Every target with what must be said of it, those written by hand held to what their author foresaw."""
    told = {(one.child.name, one.child.seats[current].class_name, one.subject): one for one in targets}
    written: list[Answer] = []
    for one in planted:
        target = told[f"{one.surname}, {one.forename}", one.class_name, one.subject]
        found = course(target, current, term, ruler, step)
        if found != one.course:
            raise ValueError(f"{one.forename} {one.surname}'s target comes out as {found}, foreseen was {one.course}")
        written.append({"name": target.child.name, **_said(target, found), "why": one.why})
    every = [_said(one, course(one, current, term, ruler, step)) for one in targets]
    return {"term": term_label(term), "planted": written, "every": every}


def _said(target: Target, found: str) -> Answer:
    return {
        "pupil": target.child.key,
        "subject": target.subject.lower(),
        "target": target.grade,
        "course": found,
    }


def course(target: Target, current: int, term: int, ruler: Ruler, step: int) -> str:
    """Whether the target is met, or would be at the rate of this year, or else of the key stage."""
    now = [one for one in readings(target.child, target.subject, ruler) if one.term == current]
    if not now:
        return "cannot tell"
    points, wanted = now[0].points, ruler.points[target.grade]
    if points >= wanted:
        return "met"
    for window in ("year", "key_stage"):
        found = window_of(target.child, target.subject, window, current, ruler)
        start = found.start
        if start is None or current - start.term < _SHORTEST or {start.grade, now[0].grade} <= ruler.small_steps:
            continue
        span, left = current - start.term, term - current
        rate, spread = (points - start.points) / span, max(ruler.tolerance, step / 2) / span
        if points + (rate - spread) * left >= wanted:
            return "on course"
        return "not on course" if points + (rate + spread) * left < wanted else "cannot tell"
    return "cannot tell"
