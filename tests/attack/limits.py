"""Large and cruel files: what is read, what is refused, and alike where the system limits neither memory nor time.

Run it with `python tests/attack/limits.py`. The cost is in times of a school's workbook of 420 children.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from string import ascii_uppercase

import xlsxwriter

sys.path += [str(Path(__file__).parents[1] / name) for name in ("robustness", "benchmarks")]
import hostile
from school import make_workbook

REFUSED = "refused"
MOST_KILOBYTES = 600_000
PROGRAM = """
import resource, sys
from pathlib import Path
from siptrack.reading.files import read_files
from siptrack.reading.formats import apart
if sys.argv[2] == "unlimited":
    apart._PROGRAM = f"import sys; sys.modules['resource'] = None; {apart._PROGRAM}"
found = read_files([Path(sys.argv[1])])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = sum(one.ru_utime + one.ru_stime for one in used)
print(seconds, max(one.ru_maxrss for one in used), sum(len(sheet.rows) for sheet in found.sheets))
print(*(reason for _, _, reason, _ in found.oddities))
"""


def many_sheets(count: int = 1_900) -> bytes:
    """A workbook of so many sheets."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for number in range(count):
            book.add_worksheet(f"Sheet {number}").write_row(0, 0, ["Name", "Reading Autumn 2025"])
    return held.getvalue()


def all_columns() -> bytes:
    """Thirty rows of as many columns as Excel has."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(30):
            sheet.write_row(row, 0, ["x"] * 16_384)
    return held.getvalue()


def full(rows: int = 100_000) -> bytes:
    """Nearly as many cells as are read."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, [f"Ash {row}", *[row % 97] * 47])
    return held.getvalue()


FILES = {  # how many rows are read of each, or that it is refused
    "stray-cell.xlsx": (hostile.stray_cell, 1_048_576),
    "million-formatted-rows.xlsx": (lambda: hostile.formatted_rows(1_000_000), 1),
    "million-formatted-blanks.xlsx": (lambda: hostile.formatted_blanks(1_000_000), 1),
    "six-million-formatted-blanks.xlsx": (lambda: hostile.formatted_blanks(600_000, ascii_uppercase[:10]), 1),
    "sheets-1900.xlsx": (many_sheets, 1_900),
    "columns-16384.xlsx": (all_columns, 30),
    "five-million-cells.xlsx": (full, 100_000),
    "repeated-texts.xlsx": (lambda: hostile.repeated_text(1_000_000), REFUSED),
    "repeated-texts.ods": (hostile.repeated_text_ods, REFUSED),
    "cells-without-end.ods": (hostile.cells_without_end, REFUSED),
    "spans-without-end.xls": (hostile.spans_without_end, REFUSED),
    "commas.csv": (lambda: b"," * 98_000_000, REFUSED),
    "quotes.csv": (lambda: b'"' * 98_000_000, REFUSED),
    "newlines.csv": (lambda: b"a" + b"\n" * 98_000_000, REFUSED),
    "one-line.csv": (lambda: b"x" * 98_000_000, REFUSED),
    "row-over-many-lines.csv": (lambda: b"a,b\n" + b',,,,,,,,"\n"' * 8_900_000, REFUSED),
}


def main() -> int:
    """Print each file's cost and verdict."""
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        school = Path(folder) / "school.xlsx"
        make_workbook(school)
        unit = read(school, "limited")[0]
        for name, (_, expected) in FILES.items():
            path = Path(folder) / name
            subprocess.run([sys.executable, __file__, name, str(path)], check=True)  # so that this process stays small
            (seconds, kilobytes, *said), (_, _, *free) = read(path, "limited"), read(path, "unlimited")
            sound = (
                said == free
                and kilobytes < MOST_KILOBYTES
                and (bool(said[1]) if expected == REFUSED else said == [expected, ""])
            )
            faults += not sound
            verdict = said[1] or f"{said[0]:,} rows"
            print(f"{'' if sound else 'WRONG: '}{name}: {seconds / unit:.1f} x, {kilobytes // 1_000} MB, {verdict}")
    print(f"{len(FILES)} files: {faults} with another verdict than they should have, or too much memory")
    return int(bool(faults))


def read(path: Path, how: str) -> tuple[float, int, int, str]:
    """Processor seconds, the most memory of one process, the rows, and why it is refused."""
    ran = subprocess.run([sys.executable, "-c", PROGRAM, str(path), how], capture_output=True, check=True, text=True)
    figures, why = ran.stdout.splitlines()
    seconds, kilobytes, rows = figures.split()
    return float(seconds), int(kilobytes), int(rows), why


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[2]).write_bytes(FILES[sys.argv[1]][0]())
    else:
        sys.exit(main())
