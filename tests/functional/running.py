"""Running siptrack as a person does: in a process of its own, or in this one, which is quicker."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import yaml

from siptrack import commands

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "sample_data"
SCHOOLS = ("levels", "today")
REAL_FILES = REPOSITORY.parent / "shared" / "data" / "schools"


@dataclass(frozen=True)
class Run:
    """How a run ended and what it wrote."""

    code: int
    out: str
    err: str


def siptrack(*arguments: object, stdin: bytes | None = None, hash_seed: str = "0") -> Run:
    """Run the command; a traceback is never acceptable."""
    done = subprocess.run(
        [sys.executable, "-m", "siptrack", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )
    run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in run.out + run.err
    return run


def siptrack_here(*arguments: object, stdin: bytes | None = None) -> Run:
    """Run the command in this process, which is quicker, and where the files of the repository are read once.

    How a process of its own begins and ends, and that no byte hangs on the seed of its hashes, is tested by `siptrack`.
    """
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin or b""), encoding="utf-8")
    with patch("sys.stdin", given), redirect_stdout(out), redirect_stderr(err):
        code = commands.run([str(argument) for argument in arguments])
    out.flush()
    return Run(int(code), out.buffer.getvalue().decode(), err.getvalue())


@cache
def analysed(school: str) -> dict[str, list[dict[str, object]]]:
    """The JSON of a sample school."""
    return as_json(SAMPLES / school)


def as_json(*arguments: object, code: int = 0) -> dict[str, list[dict[str, object]]]:
    """The JSON of a run that must go well, or end with another code and still say nothing on standard error."""
    run = siptrack_here("analyse", *arguments, "--format", "json")
    assert (run.code, run.err) == (code, "")
    document = json.loads(run.out)
    assert isinstance(document, dict)
    return document


@cache
def truth(school: str) -> dict[str, list[dict[str, object]]]:
    """What must come of a sample school."""
    held = yaml.safe_load((SAMPLES / school / "truth.yaml").read_text(encoding="utf-8"))
    assert isinstance(held, dict)
    return held


def names_in(pupils: Sequence[dict[str, object]]) -> set[str]:
    """Every surname and forename."""
    return {str(pupil[part]) for pupil in pupils for part in ("surname", "forename") if pupil[part]}
