"""A few invented schools as files: a folder each, or one file with a column that names the school."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from stdnum.gb import upn as check_letters

TERMS = ("Autumn 2024", "Spring 2025", "Summer 2025")
HEADINGS = ("UPN", "Surname", "Forename", "Year group", "Class", "Gender", "Disadvantaged", "SEN")
SUBJECTS = ("Reading", "Maths")
Rows = list[list[str]]


def upn(number: int) -> str:
    """A UPN with its right check letter."""
    digits = f"801{number:09d}"
    return f"{check_letters.calc_check_digit('X' + digits)}{digits}"


def school_rows(first: int, children: int, *, lift: float = 0.0, seed: int = 1) -> Rows:
    """The rows of a school whose children's UPNs count from `first`; with more `lift` more are at expectations."""
    chance = random.Random(f"{seed} {first}")  # noqa: S311  # invented children
    rows = []
    for number in range(first, first + children):
        disadvantaged = number % 4 == 0
        level = chance.gauss(lift - 0.6 * disadvantaged, 1)
        about = [upn(number), f"Zurname{number}", f"Vorname{number}", str(3 + number % 3), f"{3 + number % 3}Z"]
        groups = ["FM"[number % 2], "Y" if disadvantaged else "N", "K" if number % 7 == 0 else "N"]
        marks = [level + chance.gauss(0, 0.3) for _ in range(len(SUBJECTS) * len(TERMS))]
        rows.append([*about, *groups, *("GDS" if mark > 1 else "EXS" if mark > -0.6 else "WTS" for mark in marks)])
    return rows


def headings(*before: str) -> list[str]:
    """The headings of a tracker."""
    return [*before, *HEADINGS, *(f"{subject} {term}" for subject in SUBJECTS for term in TERMS)]


def write_csv(path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])


def write_schools(folder: Path, schools: dict[str, Rows], *, one_file: bool = False) -> Path:
    """The schools: a folder each, or all in one file."""
    if one_file:
        rows = [[name, *row] for name, of_school in schools.items() for row in of_school]
        write_csv(folder / "All schools.csv", headings("School"), rows)
        return folder
    for name, of_school in schools.items():
        write_csv(folder / name / "Tracker.csv", headings(), of_school)
    return folder


def moved(rows: Rows, number: int) -> list[str]:
    """Take a child's newest results out of a school's rows; what comes back is the child's row in the next school."""
    row = next(row for row in rows if row[0] == upn(number))
    at = [len(HEADINGS) + len(TERMS) * subject + len(TERMS) - 1 for subject in range(len(SUBJECTS))]
    came = [text if place < len(HEADINGS) or place in at else "" for place, text in enumerate(row)]
    for place in at:
        row[place] = ""
    return came
