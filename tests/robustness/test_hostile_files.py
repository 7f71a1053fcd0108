"""Nothing breaks it: every awkward or hostile file ends in one clear line, soon, and in little memory.

The awkward ones come from the test suites of spreadsheet and CSV readers; the hostile ones are made here, and each goes
through the whole program in a process of its own, whose time and memory are watched.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hostile import HOSTILE

from siptrack.commands import run
from siptrack.reading import files
from siptrack.reading.files import sheets_of
from siptrack.reading.formats import apart
from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.limits import WAY_ROUND
from siptrack.reading.formats.unusable import UnusableFileError

COLLECTION = Path(__file__).parents[3] / "shared" / "data" / "robustness"
AWKWARD = sorted(path for path in COLLECTION.glob("*/*") if path.is_file()) if COLLECTION.is_dir() else []
SLOW = {"bomb.xlsx", "long-text.xlsx", "stray-cell.xlsx"}  # to make, or to read: tests/attack/limits.py has them
NOT_FOR_INPUT = {0, 1, 2, 70}  # no concern can come of these files, and no fault of the program may
MOST_SECONDS, MOST_KILOBYTES = 10, 500_000
# Runs the program and says what it said, how it ended, and how much processor time and memory its processes needed.
WATCH = """
import json, subprocess, sys
try:
    import resource
except ImportError:
    resource = None
ran = subprocess.run([sys.executable, "-m", "siptrack", "analyse", sys.argv[1]], capture_output=True, timeout=60)
used = resource.getrusage(resource.RUSAGE_CHILDREN) if resource else None
seconds, memory = (used.ru_utime + used.ru_stime, used.ru_maxrss) if used else (0, 0)
said = [stream.decode("utf-8", "replace") for stream in (ran.stdout, ran.stderr)]
print(json.dumps([ran.returncode, *said, seconds, memory]))
"""


def watched(path: Path) -> tuple[int, str, str, float, int]:
    ran = subprocess.run([sys.executable, "-c", WATCH, str(path)], capture_output=True, check=True)
    return json.loads(ran.stdout)


def assert_refused(path: Path, code: int, output: str, message: str) -> None:
    """One message, as it should be, and nothing else."""
    assert code not in NOT_FOR_INPUT
    assert output == ""
    assert "Traceback" not in message
    assert 1 <= len(message.splitlines()) <= 3
    assert path.name in message


@pytest.mark.skipif(not AWKWARD, reason="the collection of awkward files lies outside the project and is not here")
@pytest.mark.parametrize("path", AWKWARD, ids=[f"{path.parent.name}-{path.name}" for path in AWKWARD])
def test_an_awkward_file_ends_in_one_clear_line(path, capsys):
    code = run(["analyse", str(path)])

    assert_refused(path, code, *capsys.readouterr())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_clear_line(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())

    code, output, message, seconds, kilobytes = watched(path)

    assert_refused(path, code, output, message)
    assert seconds < MOST_SECONDS
    assert kilobytes < MOST_KILOBYTES


def test_a_hostile_file_stops_no_other(tmp_path):
    (tmp_path / "1-bad.xlsx").write_bytes(HOSTILE["billion-laughs.xlsx"]())
    (tmp_path / "2-bad.ods").write_bytes(HOSTILE["cells-without-end.ods"]())
    (tmp_path / "3-good.csv").write_text("Name,Year group,Reading Autumn 2025\nAsh,4,EXS\n", encoding="utf-8")

    code, output, message, _, _ = watched(tmp_path)

    assert code not in {1, 70}
    assert "Ash" in output or "Reading" in output
    assert "1-bad.xlsx" in message + output
    assert "2-bad.ods" in message + output


def verdicts(names):
    """What the reader says of each file: why it is refused, or how many rows it has."""
    with ApartReader() as reader:
        return [verdict(HOSTILE[name](), name, reader) for name in names]


def verdict(content, name, reader):
    try:
        return [len(sheet.rows) for sheet in sheets_of(content, name, reader, [])]
    except UnusableFileError as reason:
        return str(reason)


def test_the_same_is_said_where_the_system_limits_neither_memory_nor_time(monkeypatch):
    names = [name for name in HOSTILE if name not in SLOW and not name.endswith(".csv")]
    limited = verdicts(names)

    monkeypatch.setattr(apart, "_PROGRAM", f"import sys; sys.modules['resource'] = None; {apart._PROGRAM}")

    assert verdicts(names) == limited


def test_no_more_of_standard_input_is_read_than_is_needed_to_refuse_it(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    endless = EndlessZeros()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))

    found = files.read_files([Path("-")])

    assert [reason for _, _, reason, _ in found.oddities] == [f"it is larger than 0 MB; {WAY_ROUND}"]
    assert endless.asked == [1_001]


class EndlessZeros:
    def __init__(self):
        self.asked = []

    def read(self, size=-1):
        self.asked.append(size)
        return bytes(size)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no device that never ends")
def test_a_device_is_not_read_at_all():
    with pytest.raises(UnusableFileError, match="it is a device"):
        files.content_of(Path("/dev/zero"))
