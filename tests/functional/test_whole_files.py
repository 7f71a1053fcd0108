"""A file is written whole or not at all: with a killed program, a full disk, and a disk that may not be written."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time

import pytest
from running import SAMPLES, siptrack

LARGE = 60_000_000
WRITER = f"""
import sys
from pathlib import Path
from siptrack.rendering.writing import write_whole
content = b"new " * {LARGE // 4}
print("ready", flush=True)
write_whole(Path(sys.argv[1]), content, force=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a program cannot be killed so on Windows")
def test_a_program_killed_while_it_writes_leaves_the_old_file_whole_and_no_half_under_its_name(tmp_path):
    path = tmp_path / "report.json"
    begun = 0
    for wait in (0.0, 0.002, 0.01, 0.03):
        path.write_bytes(b"old")
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as running:
            assert running.stdout
            assert running.stdout.readline() == b"ready\n"
            _wait_for_a_beginning(tmp_path)
            time.sleep(wait)
            running.kill()
        held = path.read_bytes()
        assert held == b"old" or len(held) == LARGE
        left = [one for one in tmp_path.iterdir() if one != path]
        begun += held == b"old"
        for half in left:
            assert half.name.startswith(".siptrack-")
            assert stat.S_IMODE(half.stat().st_mode) == 0o600
            half.unlink()
    assert begun > 0


def _wait_for_a_beginning(folder):
    until = time.monotonic() + 30
    while not any(folder.glob(".siptrack-*.tmp")) and time.monotonic() < until:
        time.sleep(0.0005)


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path):
    """A disk of 256 KB, which takes the right to mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True, capture_output=True)


@pytest.mark.parametrize("ending", ["json", "sqlite"])
def test_a_full_disk_ends_with_5_and_one_line_and_keeps_the_old_file(small_disk, ending):
    path = small_disk / f"report.{ending}"
    path.write_text("old", encoding="utf-8")

    run = siptrack("analyse", SAMPLES / "today", "-o", path, "--force")

    assert (run.code, run.out, run.err.count("\n")) == (5, "", 1)
    assert "could not be written (No space left on device)" in run.err
    assert (path.read_text(encoding="utf-8"), list(small_disk.iterdir())) == ("old", [path])


def test_a_disk_that_may_only_be_read_ends_with_5_and_one_line(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True, capture_output=True)

    run = siptrack("analyse", SAMPLES / "today", "-o", small_disk / "report.txt")

    assert (run.code, run.out, run.err.count("\n")) == (5, "", 1)
    assert "Read-only file system" in run.err
