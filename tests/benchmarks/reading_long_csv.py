"""How long reading a long CSV takes, as a ratio: 370,000 results, one a row, against the bare csv.reader on that file.

Run it with `python tests/benchmarks/reading_long_csv.py`. It prints ratios and asserts nothing.
"""

# a benchmark prints, and its children are invented
from __future__ import annotations

import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 370_000
RUNS = 5
SUBJECTS = ("Reading", "Writing", "Maths")
GRADES = ("WTS", "EXS", "GDS")
HEADINGS = ("UPN", "Surname", "Forename", "Year group", "Gender", "Subject", "Term", "Result")
BARE = "import csv, sys; rows = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8')))"
OURS = (
    "import sys; from pathlib import Path; from siptrack.reading.files import read_files; "
    "read_files([Path(sys.argv[1])])"
)
MEASURED = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def make_csv(path: Path) -> None:
    """Invented results: nine a pupil."""
    chance = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for row in range(ROWS):
            pupil, subject = row // 9, SUBJECTS[row % 3]
            who = [f"X{pupil:012d}", f"Surname{pupil % 900}", f"Forename{pupil % 700}", 1 + pupil % 6, "FM"[pupil % 2]]
            writer.writerow([*who, subject, f"Autumn {2023 + row // 3 % 3}", chance.choice(GRADES)])


def measured(program: str, path: Path) -> tuple[float, int]:
    """Wall time of a whole process, and its greatest memory in kB."""
    began = time.perf_counter()
    command = [sys.executable, "-c", program + MEASURED, str(path)]
    memory = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return time.perf_counter() - began, memory


def main() -> None:
    """Time both in turn and print the medians of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.csv"
        make_csv(path)
        pairs = [(measured(OURS, path), measured(BARE, path)) for _ in range(RUNS)]
        print(f"read_files / bare csv.reader, time:   {statistics.median(o[0] / b[0] for o, b in pairs):.2f}")
        print(f"read_files / bare csv.reader, memory: {statistics.median(o[1] / b[1] for o, b in pairs):.2f}")


if __name__ == "__main__":
    main()
