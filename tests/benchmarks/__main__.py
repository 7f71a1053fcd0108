"""Every budget beside its floor, measured in the same run, both in turn: `python tests/benchmarks`.

A ratio of processor time says the same on a slow machine and on a fast one. It ends with 1 where a budget fails; the
budgets, and where each comes from, stand in docs/performance.md beside what was last measured. With `--largest` nine
million results too, which takes minutes, and 0.8 GB of the disk.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from long import make_long, make_parquet, make_wide
from school import COMPILED, make_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RUNS, SHORT_RUNS, LARGE_RUNS = 5, 20, 2
FOUND = 1  # the exit code of a command that found something, or of a floor that failed
PYTHON = sys.executable
HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_data" / "today"
PUPILS, MANY_PUPILS, MOST_PUPILS = 41_000, 411_000, 1_000_000  # of a long file, each with nine results
GROWING = (100, 1_000, 10_000, 100_000)
FILES = 50
_MIB = 1024  # kB
LARGEST = "--largest"


@dataclass(frozen=True)
class Budget:
    """What is measured, as a multiple of its floor: `goal` is what it should come to, above `most` it fails.

    So it does above so much `memory` in MiB, where that is limited.
    """

    what: str
    floor: str
    ours: Sequence[str]
    theirs: Sequence[str]
    goal: float
    most: float
    runs: int = RUNS
    memory: float = math.inf


class Cost(NamedTuple):
    """The processor time of a whole process and of those that it starts, in seconds; and its most memory, in MiB."""

    seconds: float
    memory: float


def siptrack(*arguments: str) -> list[str]:
    """A command line of siptrack."""
    return [PYTHON, "-m", "siptrack", *arguments]


def completing(typed: str, word: int) -> list[str]:
    """What a shell asks when the Tab key is pressed in this word of what is typed."""
    asked = ["_SIPTRACK_COMPLETE=bash_complete", f"COMP_WORDS={typed}", f"COMP_CWORD={word}"]
    return ["env", *asked, str(Path(PYTHON).with_name("siptrack"))]


def summary_of(path: Path) -> list[str]:
    """The command that sums up a file of many schools."""
    return siptrack("analyse", str(path), "--school", "all", "--table", "summary", "--format", "csv")


def budgets(tracker: Path, folder: Path) -> Iterator[Budget]:
    """The budgets of start-up, of one school of 420 pupils by 46 columns, and of a long file."""
    click = [PYTHON, "-c", "import click"]
    for said in (["--version"], ["--help"]):
        yield Budget(f"siptrack {said[0]}", "import click", siptrack(*said), click, 1.25, 1.35, SHORT_RUNS)
    for what, typed, at in (("a command", "siptrack an", 1), ("an option", "siptrack analyse --te", 2)):
        yield Budget(f"completing {what}", "import click", completing(typed, at), click, 1.25, 1.35, SHORT_RUNS)
    pandas = [PYTHON, "-c", f"import pandas; pandas.read_excel({str(tracker)!r}, engine='calamine')"]
    analyse = siptrack("analyse", str(tracker))
    yield Budget("analyse", "import pandas + read_excel (calamine)", analyse, pandas, 1.3, 1.6)
    for name in ("since", "questions", "audit", "plan"):
        yield Budget(name, "analyse", siptrack(name, str(tracker)), analyse, 1.2, 1.5)
    sample = siptrack("analyse", str(SAMPLE))  # which has a sheet of provision
    yield Budget("provision", "analyse", siptrack("provision", str(SAMPLE)), sample, 1.2, 1.5)
    yield Budget("child", "analyse", siptrack("child", str(tracker), "X000000000007"), analyse, 1.0, 1.0)
    report = siptrack("report", str(tracker), "--output", str(folder / "report"), "--force")
    yield Budget("report", "analyse", report, analyse, 4, 6)
    pages = siptrack("report", str(tracker), "--output", str(folder / "report"), "--force", "--children", "all")
    yield Budget("report, a page for each child", "analyse", pages, analyse, 4, 6)
    if find_spec("duckdb"):
        yield from of_long_files(folder)
    else:
        print("| 370,000 results, a summary | duckdb by hand | not measured: duckdb is not installed | 3 | 4 | |")


def of_long_files(folder: Path) -> Iterator[Budget]:
    """The budgets of long files; the largest, of a million pupils, where they are asked for."""
    yield _of_a_long_file("370,000 results, a summary", _long(folder, PUPILS), 3, 4, 400)
    yield _of_a_long_file("3.7 million results, a summary", _long(folder, MANY_PUPILS), 2, 3, 1_024)
    if LARGEST in sys.argv:
        largest = _long(folder, MOST_PUPILS)
        yield _of_a_long_file("9 million results, a summary", largest, 1.2, 1.6, 1_024)
        if find_spec("pyarrow"):
            of_parquet = make_parquet(largest)
            yield _of_a_long_file("the same, from Parquet", of_parquet, 1.5, 2.0, 1_024)


def _long(folder: Path, pupils: int) -> Path:
    results = folder / f"{pupils} pupils.csv"
    make_long(results, pupils)
    return results


def _of_a_long_file(what: str, path: Path, goal: float, most: float, memory: float) -> Budget:
    by_hand = [PYTHON, str(HERE / "long.py"), str(path)]
    return Budget(what, "duckdb by hand", summary_of(path), by_hand, goal, most, LARGE_RUNS, memory)


def cost(command: Sequence[str]) -> Cost:
    """What a command costs. Ends the program where the command fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=COMPILED)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode > FOUND:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}: {said.read(500).decode(errors='replace')}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / _MIB)


def ratio(budget: Budget) -> Cost:
    """The least of ours over the least of the floor, taken in turn: whatever disturbs a run only adds to it.

    And the most memory that ours took.
    """
    pairs = [(cost(budget.ours), cost(budget.theirs)) for _ in range(budget.runs)]
    ours, theirs = ([one.seconds for one in of] for of in zip(*pairs, strict=True))
    return Cost(min(ours) / min(theirs), max(one.memory for one, _ in pairs))


def verdict(measured: float, goal: float, most: float) -> str:
    """Whether a figure is within its budget."""
    return "" if measured <= goal else "within" if measured <= most else "**fails**"


def print_budgets(folder: Path) -> int:
    """Print a row for each budget; gives how many failed."""
    failed = 0
    tracker = folder / "tracker.xlsx"
    make_workbook(tracker)
    print("| what | floor | measured | goal | fails above | |\n|---|---|---|---|---|---|")
    for budget in budgets(tracker, folder):
        measured = ratio(budget)
        too_much = measured.memory > budget.memory
        failed += measured.seconds > budget.most or too_much
        said = verdict(math.inf if too_much else measured.seconds, budget.goal, budget.most)
        memory = f", {measured.memory:,.0f} MiB" if budget.memory < math.inf else ""
        most = f"{budget.most}, {budget.memory:,.0f} MiB" if memory else budget.most
        cells = (budget.what, budget.floor, f"{measured.seconds:.2f}{memory}", budget.goal, most, said)
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    return failed


def print_growth(folder: Path) -> None:
    """Print what ten times as many pupils cost, in one file; and what the same pupils cost in many."""
    print("\n| pupils | files | results | seconds | seconds a 1,000 results | memory, MiB |\n|---|---|---|---|---|---|")
    for pupils, files in (*((pupils, 1) for pupils in GROWING), (10_000, FILES)):
        school = folder / f"{pupils} in {files}"
        make_wide(school, pupils, files)
        used = cost(summary_of(school))
        results = 9 * pupils
        each = f"{1000 * used.seconds / results:.3f}"
        print(f"| {pupils:,} | {files} | {results:,} | {used.seconds:.1f} | {each} | {used.memory:,.0f} |", flush=True)


def main() -> int:
    """Print every budget, and how cost grows; 1 where a budget fails."""
    with tempfile.TemporaryDirectory() as folder:
        failed = print_budgets(Path(folder))
        print_growth(Path(folder))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
