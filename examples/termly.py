"""What to run by itself each week, for one school or for forty: by cron, by Task Scheduler, or by hand.

    python examples/termly.py SCHOOLS REPORTS

SCHOOLS is a folder with a folder for each school; in each lie that school's files as they are. Each is read once. In
REPORTS are written the page of all schools and, in a folder of its own, each school's report. A line for each school is
printed, without a child's name. It ends with 0 where nothing needs looking at, with 1 where something does, and else
with the highest code of what went wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

WRITTEN = (0, 3)  # with these it ends where it has written; with 3 some school or file is left out
MEANS = {
    2: "a choice on the command line was not understood",
    3: "a file could not be used",
    4: "a rule in siptrack.yaml is wrong",
    5: "could not be written",
    6: "nothing to judge",
}


def main(schools: Path, reports: Path) -> int:
    """Every school; one that fails keeps no other from being judged."""
    done = subprocess.run(
        [sys.executable, "-m", "siptrack", "schools", schools, "-o", reports, "--reports", "--force"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode not in WRITTEN:
        return done.returncode
    lines = json.loads((reports / "schools.json").read_text(encoding="utf-8"))["schools"]
    for line in lines:
        print(f"{line['school']}: {_says(line)}")
    return max((_code(line) for line in lines), default=done.returncode)


def _code(line: dict[str, Any]) -> int:
    return int(line["exit_code"]) or int(bool(line["errors"]))


def _says(line: dict[str, Any]) -> str:
    if line["exit_code"]:
        return f"{MEANS.get(line['exit_code'], 'ended with ' + str(line['exit_code']))}. {line['message']}"
    return f"{line['errors']} errors in its data to put right" if line["errors"] else "written"


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
