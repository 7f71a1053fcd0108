"""Nothing breaks it: every awkward or hostile file ends in one clear line, soon, and in little memory.

Each file goes through the whole program in a process of its own. The awkward ones come from the test suites of
spreadsheet and CSV readers; the hostile ones are made here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import HOSTILE

COLLECTION = Path(__file__).parents[3] / "shared" / "data" / "robustness"
AWKWARD = sorted(path for path in COLLECTION.glob("*/*") if path.is_file()) if COLLECTION.is_dir() else []
NOT_FOR_INPUT = {0, 1, 2, 70}  # no concern can come of these files, and no fault of the program may
MOST_SECONDS, MOST_KILOBYTES = 10, 500_000
# Runs the program and says what it said, how it ended, how long it took and how much memory its processes needed.
WATCH = """
import json, subprocess, sys, time
try:
    import resource
except ImportError:
    resource = None
began = time.perf_counter()
ran = subprocess.run([sys.executable, "-m", "siptrack", "analyse", sys.argv[1]], capture_output=True, timeout=60)
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if resource else 0
said = [stream.decode("utf-8", "replace") for stream in (ran.stdout, ran.stderr)]
print(json.dumps([ran.returncode, *said, time.perf_counter() - began, memory]))
"""


def watched(path: Path) -> tuple[int, str, str, float, int]:
    ran = subprocess.run([sys.executable, "-c", WATCH, str(path)], capture_output=True, check=True)
    return json.loads(ran.stdout)


def assert_survived(path: Path) -> str:
    """The one message, when it is as it should be."""
    code, output, message, seconds, kilobytes = watched(path)
    assert code not in NOT_FOR_INPUT
    assert output == ""
    assert "Traceback" not in message
    assert 1 <= len(message.splitlines()) <= 3
    assert path.name in message
    assert seconds < MOST_SECONDS
    assert kilobytes < MOST_KILOBYTES
    return message


@pytest.mark.skipif(not AWKWARD, reason="the collection of awkward files lies outside the project and is not here")
@pytest.mark.parametrize("path", AWKWARD, ids=[f"{path.parent.name}-{path.name}" for path in AWKWARD])
def test_an_awkward_file_ends_in_one_clear_line(path):
    assert_survived(path)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_clear_line(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())

    assert_survived(path)


def test_a_hostile_file_stops_no_other(tmp_path):
    (tmp_path / "1-bad.xlsx").write_bytes(HOSTILE["billion-laughs.xlsx"]())
    (tmp_path / "2-bad.ods").write_bytes(HOSTILE["cells-without-end.ods"]())
    (tmp_path / "3-good.csv").write_text("Name,Year group,Reading Autumn 2025\nAsh,4,EXS\n", encoding="utf-8")

    code, output, message, _, _ = watched(tmp_path)

    assert code not in {1, 70}
    assert "Ash" in output or "Reading" in output
    assert "1-bad.xlsx" in message + output
    assert "2-bad.ods" in message + output
