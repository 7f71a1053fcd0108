"""The reading ages of the school of today: a test in September and another in May, for Years 3 and 4."""

from __future__ import annotations

import csv
import datetime as dt
import random
from typing import TYPE_CHECKING

from children import term_number

if TYPE_CHECKING:
    from pathlib import Path

    from children import Child
    from roll import School
    from truth import Answer

FILE = "Reading ages.csv"
_SEED = 20261203  # of its own, so that nothing else about a child changes
_TESTED = (dt.date(2025, 9, 16), dt.date(2026, 5, 12))
_YEARS, _TERM = (3, 4), term_number("Summer 2026")
_BEHIND, _SPREAD = -1.0, 6.0  # months behind or ahead, as the children of a school may be
_KEEPING_PACE = 8  # months from one test to the other
_TOO_FAR = 12  # months behind the child's own age, and more
_DAYS_A_MONTH = 365.25 / 12
_NO_AGE_BELOW = 72  # the test has no age under 6:00
# How far each stood from the own age in September, and what it gained until May; None for a child who was away in May.
_STORIES: dict[str, tuple[int, int | None]] = {
    "Bobbin, Simran": (-16, 3),
    "Turnstone, Amina": (-20, 14),
    "Puffin, Aïcha": (-12, 8),
    "Al-Zaytun, Layla": (-30, 4),
    "Avocet, Maisie": (-15, None),
}


def _own_age(child: Child, on: dt.date) -> int:
    """The child's own age in whole months."""
    return (on.year - child.born.year) * 12 + on.month - child.born.month - (on.day < child.born.day)


def _of(school: School) -> dict[str, list[tuple[dt.date, int]]]:
    """The tests of each child: the day, and the months of age that it gave."""
    chance, found = random.Random(_SEED), {}
    for child in school.on_roll:
        if child.seats[_TERM].year_group not in _YEARS or min(child.seats) > _TERM - 2:
            continue
        away, gain = round(chance.gauss(_BEHIND, _SPREAD)), round(chance.gauss(_KEEPING_PACE, 3))
        away, gained = _STORIES.get(child.name, (max(away, 1 - _TOO_FAR), max(gain, 5)))
        first = _own_age(child, _TESTED[0]) + away
        ages = [first] if gained is None else [first, first + gained]
        found[child.key] = list(zip(_TESTED, ages, strict=False))
    return found


def write(folder: Path, school: School) -> None:
    """A row for each test."""
    tests = _of(school)
    with (folder / FILE).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("UPN", "Name", "Class", "Test date", "Salford reading age"))
        for child in school.on_roll:
            for tested, months in tests.get(child.key, ()):
                age = f"<{_in_years(_NO_AGE_BELOW)}" if months < _NO_AGE_BELOW else _in_years(months)
                writer.writerow((child.upn, child.name, child.seats[_TERM].class_name, f"{tested:%d/%m/%Y}", age))


def _in_years(months: int) -> str:
    return f"{months // 12}:{months % 12:02d}"


def answer(school: School) -> Answer:
    """Each child's own age at each test, what it gained a month, and who is more than a year behind in the newest."""
    born, tests = {child.key: child for child in school.on_roll}, _of(school)
    rows, flagged = [], []
    for key, theirs in tests.items():
        for tested, months in theirs:
            own, is_limit = _own_age(born[key], tested), months < _NO_AGE_BELOW
            known = _NO_AGE_BELOW - 1 if is_limit else months
            (first, before), is_first = theirs[0], tested == theirs[0][0]
            gained = None if is_first or is_limit or before < _NO_AGE_BELOW else months - before
            since = (tested - first).days / _DAYS_A_MONTH
            rows.append(
                {
                    "pupil": key,
                    "tested": f"{tested:%Y-%m-%d}",
                    "own_age": own,
                    "difference": known - own,
                    "gain": gained,
                    "a_month": None if gained is None else round(gained / since, 2),
                }
            )
        if known - own < -_TOO_FAR:
            flagged.append(key)
    return {"tests": rows, "behind": sorted(flagged)}
