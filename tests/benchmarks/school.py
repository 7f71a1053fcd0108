"""How long one school takes, as a ratio: 420 pupils by 46 columns to the full report, against pandas reading that file.

Run it with `python tests/benchmarks/school.py`. It prints a ratio and asserts nothing; a slow machine slows both alike.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

PUPILS = 420
SUBJECTS = ("Reading", "Writing", "Maths")
TERMS = [f"{season} {year}" for year in (2022, 2023, 2024, 2025) for season in ("Spring", "Summer", "Autumn")]
GRADES = ("WTS", "EXS", "EXS", "EXS", "GDS")
RUNS = 5
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def make_workbook(path: Path) -> None:
    """An invented school's tracker: ten columns about the pupil, and three subjects in twelve terms."""
    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet("Tracker")
    about = ["UPN", "Surname", "Forename", "Year group", "Class", "Gender", "FSM", "EAL", "SEN", "Ethnicity"]
    sheet.write_row(0, 0, [*about, *(f"{subject} {term}" for subject in SUBJECTS for term in TERMS)])
    for pupil in range(PUPILS):
        year = 1 + pupil % 6
        who = [f"X{pupil:012d}", f"Surname{pupil}", f"Forename{pupil}", str(year), f"{year}A"]
        groups = [chance.choice(text) for text in ("FM", "YN", "YN", "NKE")]
        results = [chance.choice(GRADES) for _ in SUBJECTS for _ in TERMS]
        sheet.write_row(pupil + 1, 0, [*who, *groups, chance.choice(["WBRI", "APKN", "BAFR"]), *results])
    book.close()


def seconds(command: list[str]) -> float:
    """Wall time of a whole process, with its modules compiled, as an installed program's are."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=COMPILED)
    return time.perf_counter() - began


def main() -> None:
    """Time both in turn and print the median of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.xlsx"
        make_workbook(path)
        engine = sys.argv[1] if len(sys.argv) > 1 else "calamine"
        floor = [sys.executable, "-c", f"import pandas; pandas.read_excel({str(path)!r}, engine={engine!r})"]
        ours = [sys.executable, "-m", "siptrack", "analyse", str(path)]
        seconds(floor), seconds(ours)
        ratios = [seconds(ours) / seconds(floor) for _ in range(RUNS)]
        print(f"analyse / (import pandas + read_excel with {engine}): {statistics.median(ratios):.2f}")
        print(f"  lowest {min(ratios):.2f}, highest {max(ratios):.2f}, of {RUNS} pairs; goal 1.25, fails above 1.5")


if __name__ == "__main__":
    main()
