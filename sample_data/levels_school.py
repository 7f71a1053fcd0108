"""Hollybank, a school of 2007 to 2009: National Curriculum sub-levels, one workbook a term, one sheet a class."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from books import Book, Cell
from children import SUBJECTS, Child, Seat, term_label, weighted
from levels_stories import FIRST, LAST, MOVES, NEW_YEAR, STORIES, TWINS
from roll import Plan, School, enrol
from truth import Gap, Ruler

if TYPE_CHECKING:
    import random
    from pathlib import Path

NAME = "Hollybank Primary School (invented)"
TERMS = tuple(range(FIRST, LAST + 1))

LADDER = ["W", *(f"{level}{part}" for level in range(1, 6) for part in "cba")]
POINTS = {"W": 3} | {grade: 7 + 2 * step for step, grade in enumerate(LADDER[1:])}
LINE = {1: (4, 7, 9), 2: (11, 13, 15), 3: (16, 17, 18), 4: (19, 20, 21), 5: (22, 23, 24), 6: (25, 26, 27)}
WIDE = {"W": (3, 4)}
RULER = Ruler(
    POINTS,
    lambda year_group, season: LINE[year_group][season],
    at_within=1,
    tolerance=1,
    accelerated=2,
    wide=WIDE,
)

_SIZES = {1: 30, 2: 30, 3: 31, 4: 43, 5: 43, 6: 33, 7: 31}  # by age; those of 7 left for secondary school in July 2008
_CLASSES = {1: "1H", 2: "2B", 3: "3K", 4: "4T", 5: "5R", 6: "6W"}
_SHARED = 13  # the oldest of one year group and the youngest of the next, in one class

_ETHNICITY = {"WBRI": 70, "WENG": 45, "WIRI": 3, "WEEU": 7, "WOTH": 3, "APKN": 12, "AKPA": 6, "AIND": 7, "ABAN": 6}
_ETHNICITY |= {"BSOM": 6, "BCRB": 6, "BNGN": 5, "MWBC": 7, "MWAS": 5, "MOTH": 4, "CHNE": 4, "OOTH": 3, "OKRD": 2}
_ETHNICITY |= {"NOBT": 2, "REFU": 3, "": 2}
_LANGUAGES = {"APKN": "URD", "AKPA": "PNJ", "AIND": "GUJ", "ABAN": "BNG", "BSOM": "SOM", "WEEU": "POL", "CHNE": "CHI"}
_LANGUAGES |= {"OKRD": "KUR", "OOTH": "OTB", "WOTH": "OTH"}
_WHO = ("UPN", "Surname", "Forename")
_FACTS = ("FSM", "Ethnicity", "First language", "SEN")


def describe(chance: random.Random) -> dict[str, str]:
    """What the school has recorded about a child."""
    ethnicity = weighted(chance, _ETHNICITY)
    home = _LANGUAGES.get(ethnicity, "ENG")
    language = weighted(chance, {"": 90, "ENG": 4, "ENB": 3, "REF": 1, "_": 2})
    language = {"": home, "_": ""}.get(language, language)
    fsm = weighted(chance, {"N": 77, "Y": 20, "": 3})
    sen = weighted(chance, {"N": 79, "A": 11, "P": 7, "S": 2, "": 1})
    return {"FSM": fsm, "Ethnicity": ethnicity, "First language": language, "SEN": sen}


def seats(cohort: int, place: int, size: int) -> dict[int, Seat]:
    """The child's class in every term; the mixed one is 3/4M in the first year and 4/5M in the second."""
    shared = {4: place < _SHARED, 5: place >= size - _SHARED}.get(cohort, False)
    found = {}
    for term in TERMS:
        year_group = cohort - (term < NEW_YEAR)
        mixed = "3/4M" if term < NEW_YEAR else "4/5M"
        if year_group in _CLASSES:
            found[term] = Seat(year_group, mixed if shared else _CLASSES[year_group])
    return found


def assess(chance: random.Random, child: Child) -> None:
    """Judgements that follow the line as real ones do: in whole sub-levels, rarely downwards, sometimes not made."""
    ability = chance.gauss(2.0, 2.2) - (3.5 if child.facts["SEN"] in "APS" and child.facts["SEN"] else 0)
    for subject in SUBJECTS:
        level = ability + chance.gauss(0, 1.3) + _writing_of_boys(child, subject)
        change = _change(chance, child)
        best = 0.0
        for term, seat in sorted(child.seats.items()):
            this_year = max(0, term - NEW_YEAR + 1) / 3
            line = LINE[seat.year_group][term % 3]
            heard = line + level + change * this_year + chance.gauss(0, 0.25)
            best = heard if chance.random() < 0.05 else max(best, heard)
            child.grades[term, subject] = _written(chance, best)


def _change(chance: random.Random, child: Child) -> float:
    """Points by which this year differs from the line: a few children stall, a few surge."""
    kind = weighted(chance, {"stall": 10, "surge": 8, "keep": 82})
    if kind == "stall":
        return -chance.uniform(2, 4)
    return chance.uniform(1, 3) if kind == "surge" else chance.gauss(0.2 if child.cohort > 2 else 0.9, 0.3)


def _writing_of_boys(child: Child, subject: str) -> float:
    """The gap that is really there: boys lag in writing, most of all from Year 3 on."""
    if subject != "Writing":
        return 0
    return (1.3 if child.gender == "F" else -2.0) * (1 if child.cohort >= 3 else 0.6)


def _written(chance: random.Random, points: float) -> str:
    """The highest sub-level reached; now and then the child was away."""
    if chance.random() < 0.015:
        return chance.choice(("", "A"))
    return max((grade for grade in LADDER if POINTS[grade] <= max(points, 3)), key=POINTS.__getitem__)


def school() -> School:
    """Hollybank with all its children."""
    return enrol(Plan(20090622, 2008, TERMS, _SIZES, STORIES, TWINS, MOVES, describe, seats, assess))


def write(folder: Path, hollybank: School) -> None:
    """Six termly workbooks and the pupil list."""
    for term in TERMS:
        with Book(folder / f"{term_label(term)}.xlsx") as book:
            _write_term(book, term, hollybank.children)
    rows: list[tuple[Cell, ...]] = []
    for child in hollybank.on_roll:
        seat = child.seats[LAST]
        who = (child.upn, child.surname, child.forename, child.born, child.gender, seat.year_group, seat.class_name)
        rows.append((*who, *(child.facts[fact] for fact in _FACTS)))
    headings = (*_WHO, "Date of birth", "Gender", "Year group", "Class", *_FACTS)
    with Book(folder / "Pupil list.xlsx") as book:
        book.sheet("Pupil list", (), headings, rows)


def _write_term(book: Book, term: int, children: list[Child]) -> None:
    """A sheet for each class of the term."""
    present = sorted((child for child in children if term in child.seats), key=lambda child: child.name)
    for name in sorted({child.seats[term].class_name for child in present}):
        rows: list[tuple[Cell, ...]] = []
        for child in present:
            seat = child.seats[term]
            if seat.class_name == name:
                who = (child.upn, child.surname, child.forename, seat.year_group, seat.class_name)
                rows.append((*who, *(child.grades[term, subject] for subject in SUBJECTS)))
        above = (NAME, f"Class {name} - {term_label(term)}", "")
        book.sheet(name, above, (*_WHO, "Year group", "Class", *SUBJECTS), rows)


def _ethnicity(letter: str, child: Child) -> bool | None:
    """Whether a child belongs to the major group that the code's first letter names."""
    code = child.facts["Ethnicity"]
    return None if code in ("", "NOBT", "REFU") else code.startswith(letter)


def _additional_language(child: Child) -> bool | None:
    """Whether English is an additional language."""
    language = child.facts["First language"]
    return None if language in ("", "NOT", "REF", "ZZZ") else language not in ("ENG", "ENB")


def _everyone(_: Child) -> bool:
    """The whole school."""
    return True


def _key_stage_2(child: Child) -> bool:
    """Years 3 to 6 now."""
    return child.seats[LAST].year_group >= 3


def _boy(child: Child) -> bool:
    """Whether a boy."""
    return child.gender == "M"


GAPS = (
    Gap("Writing", "gender", "M", "F", _boy, "key stage 2", _key_stage_2, "clear",
        "Planted: boys in Key Stage 2 are behind in writing, by far more than chance."),
    Gap("Writing", "gender", "M", "F", _boy, "whole school", _everyone, "clear",
        "The planted gap over the whole school; in Years 1 and 2 it is smaller."),
    Gap("Maths", "ethnicity", "Black", "all others recorded", partial(_ethnicity, "B"), "whole school", _everyone,
        "not_clear", "Luck: nothing was planted, and so many points between groups of this size are within chance."),
    Gap("Reading", "eal", "EAL", "English", _additional_language, "whole school", _everyone, "not_clear",
        "Nothing was planted here."),
    Gap("Reading", "ethnicity", "Other", "all others recorded", partial(_ethnicity, "O"), "whole school", _everyone,
        "too_few", "So few children: names may be acted on, a percentage says nothing."),
)  # fmt: skip
