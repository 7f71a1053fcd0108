"""How long reading one workbook takes, as ratios: 420 pupils by 46 columns, against the bare readers on that file.

Run it with `python tests/benchmarks/reading_workbook.py`. It prints ratios and asserts nothing.
"""

# a benchmark prints
from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook
from school import make_workbook

from siptrack.reading.files import read_files
from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.kinds import kind_of

RUNS = 15


def ours(path: Path) -> None:
    """The file to sheets, with a child process of its own."""
    assert read_files([path]).sheets


def calamine(path: Path) -> None:
    """The bare fast reader: no process, no text, no truth about errors."""
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def slow(path: Path) -> None:
    """The bare slow reader."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True):
        tuple(row)
    book.close()


def child_alone(_: Path) -> None:
    """A process as the reader starts one, that imports the fast reader and ends."""
    folders = [str(Path(module.__file__).parents[1]) for module in (sys.modules["python_calamine"],)]
    program = "import sys; sys.path += sys.argv[1:]; import python_calamine, zipfile"
    subprocess.run([sys.executable, "-I", "-S", "-c", program, *folders], check=True)


def seconds(task: object, path: Path) -> float:
    """The median time of a task."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        task(path)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Print each ratio."""
    with tempfile.TemporaryDirectory() as folder, ApartReader() as warm:
        path = Path(folder) / "tracker.xlsx"
        make_workbook(path)
        content = path.read_bytes()

        def next_file(_: Path) -> None:
            warm.read(kind_of(content), content, path.name)

        floor, start = seconds(calamine, path), seconds(child_alone, path)
        print(f"read_files / bare calamine:                        {seconds(ours, path) / floor:.2f}")
        print(f"  the same, one file after another in one child:   {seconds(next_file, path) / floor:.2f}; goal 2")
        print(f"  starting a child / bare calamine:                {start / floor:.2f}")
        print(f"read_files / bare openpyxl, read-only:             {seconds(ours, path) / seconds(slow, path):.3f}")


if __name__ == "__main__":
    main()
