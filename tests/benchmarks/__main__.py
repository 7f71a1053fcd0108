"""Every budget beside its floor, measured in the same run, both in turn: `python tests/benchmarks`.

A ratio of processor time says the same on a slow machine and on a fast one. It ends with 1 where a budget fails; the
budgets, and where each comes from, stand in docs/performance.md beside what was last measured.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from school import COMPILED, make_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RUNS = 5
FOUND = 1  # the exit code of a command that found something, or of a floor that failed
PYTHON = sys.executable
SAMPLE = Path(__file__).parents[2] / "sample_data" / "today"


@dataclass(frozen=True)
class Budget:
    """What is measured, as a multiple of its floor: `goal` is what it should come to, above `most` it fails."""

    what: str
    floor: str
    ours: Sequence[str]
    theirs: Sequence[str]
    goal: float
    most: float


def siptrack(*arguments: str) -> list[str]:
    """A command line of siptrack."""
    return [PYTHON, "-m", "siptrack", *arguments]


def budgets(tracker: Path, folder: Path) -> Iterator[Budget]:
    """The budgets of start-up and of one school of 420 pupils by 46 columns."""
    click = [PYTHON, "-c", "import click"]
    for said in (["--version"], ["--help"]):
        yield Budget(f"siptrack {said[0]}", "import click", siptrack(*said), click, 1.25, 1.35)
    pandas = [PYTHON, "-c", f"import pandas; pandas.read_excel({str(tracker)!r}, engine='calamine')"]
    analyse = siptrack("analyse", str(tracker))
    yield Budget("analyse", "import pandas + read_excel (calamine)", analyse, pandas, 1.3, 1.6)
    for name in ("since", "questions", "audit", "plan"):
        yield Budget(name, "analyse", siptrack(name, str(tracker)), analyse, 1.2, 1.5)
    sample = siptrack("analyse", str(SAMPLE))  # which has a sheet of provision
    yield Budget("provision", "analyse", siptrack("provision", str(SAMPLE)), sample, 1.2, 1.5)
    yield Budget("child", "analyse", siptrack("child", str(tracker), "X000000000007"), analyse, 1.0, 1.0)
    pages = siptrack("report", str(tracker), "--output", str(folder / "report"), "--force")
    yield Budget("report, a page for each child", "analyse", pages, analyse, 4, 6)


def seconds(command: Sequence[str]) -> float:
    """The processor time of a whole process and of those that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, capture_output=True, env=COMPILED)
    if done.returncode > FOUND:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode(errors='replace')[:500]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(budget: Budget) -> float:
    """The least of ours over the least of the floor, taken in turn: whatever disturbs a run only adds to it."""
    ours, theirs = zip(*((seconds(budget.ours), seconds(budget.theirs)) for _ in range(RUNS)), strict=True)
    return min(ours) / min(theirs)


def main() -> int:
    """Print a row for each budget."""
    failed = 0
    print("| what | floor | measured | goal | fails above | |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        tracker = Path(folder) / "tracker.xlsx"
        make_workbook(tracker)
        for budget in budgets(tracker, Path(folder)):
            measured = ratio(budget)
            failed += measured > budget.most
            verdict = "" if measured <= budget.goal else "within" if measured <= budget.most else "**fails**"
            cells = (budget.what, budget.floor, f"{measured:.2f}", budget.goal, budget.most, verdict)
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
