"""The invented school that the benchmarks measure: a tracker of 420 pupils by 46 columns."""

from __future__ import annotations

import os
import random
from pathlib import Path

import xlsxwriter

PUPILS = 420
SUBJECTS = ("Reading", "Writing", "Maths")
TERMS = [f"{season} {year}" for year in (2022, 2023, 2024, 2025) for season in ("Spring", "Summer", "Autumn")]
GRADES = ("WTS", "EXS", "EXS", "EXS", "GDS")
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def make_workbook(path: Path, first: int = 0) -> None:
    """An invented school's tracker: ten columns about the pupil, and three subjects in twelve terms.

    Its UPNs count from `first`.
    """
    chance = random.Random(1 + first)
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet("Tracker")
    about = ["UPN", "Surname", "Forename", "Year group", "Class", "Gender", "FSM", "EAL", "SEN", "Ethnicity"]
    sheet.write_row(0, 0, [*about, *(f"{subject} {term}" for subject in SUBJECTS for term in TERMS)])
    for pupil in range(PUPILS):
        year = 1 + pupil % 6
        who = [f"X{first + pupil:012d}", f"Surname{pupil}", f"Forename{pupil}", str(year), f"{year}A"]
        groups = [chance.choice(text) for text in ("FM", "YN", "YN", "NKE")]
        results = [chance.choice(GRADES) for _ in SUBJECTS for _ in TERMS]
        sheet.write_row(pupil + 1, 0, [*who, *groups, chance.choice(["WBRI", "APKN", "BAFR"]), *results])
    book.close()
