"""What to run by itself each week, for one school or for forty: by cron, by Task Scheduler, or by hand.

    python examples/termly.py SCHOOLS REPORTS

SCHOOLS is a folder with a folder for each school; in each lie that school's files as they are. In REPORTS each school
gets a folder with what siptrack wrote. A line for each school and step is printed, without a child's name. It ends with
0 where nothing needs looking at, with 1 where something does, and else with the highest code of what went wrong.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

STEPS: dict[str, Sequence[str]] = {  # what is written, and by which command
    "problems.txt": ["check", "--fail-on", "errors"],
    "children.txt": ["analyse"],
    "since.html": ["since", "--fail-on", "without-provision:3", "--fail-on", "overdue"],
}
MEANS = {
    0: "written",
    1: "written; something in it needs looking at",
    3: "a file could not be used",
    4: "a rule in siptrack.yaml is wrong",
    5: "could not be written",
    6: "nothing to judge",
}


def main(schools: Path, reports: Path) -> int:
    """Every step for every school; one that fails keeps no other from being taken."""
    codes = [_take(step, school, reports / school.name) for school in _folders(schools) for step in STEPS]
    return max(codes, default=6)


def _folders(schools: Path) -> Sequence[Path]:
    return sorted(folder for folder in schools.iterdir() if folder.is_dir())


def _take(step: str, school: Path, into: Path) -> int:
    """The exit code of a step, said in words."""
    into.mkdir(parents=True, exist_ok=True)
    command, *options = STEPS[step]
    done = subprocess.run(
        [sys.executable, "-m", "siptrack", command, school, *options, "-o", into / step, "--force"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    print(f"{school.name}: {step}: {MEANS.get(done.returncode, f'ended with {done.returncode}')}")
    if done.returncode > 1:
        print(done.stderr, end="", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
