"""The examples in the manual, run: `python tests/documents/examples.py` writes their output anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = tuple(ROOT / "docs" / name for name in ("pipe.md", "library.md"))
RUN = {"sh": ["bash", "-e", "-o", "pipefail", "-c"], "python": [sys.executable, "-c"]}
TOOLS = ("jq", "sqlite3")
BLOCK = re.compile(r"```(sh|python)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def missing_tools(text: str) -> list[str]:
    """The programs that the examples need and this machine has not."""
    return [tool for tool in ("bash", *TOOLS) if tool in text and shutil.which(tool) is None]


def with_output(text: str) -> str:
    """The page with what its examples print today; they are run in their order, in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        (where / "sample_data").symlink_to(ROOT / "sample_data")
        (where / "bin").mkdir()
        command = where / "bin" / "siptrack"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m siptrack "$@"\n', encoding="utf-8")
        command.chmod(0o700)
        return BLOCK.sub(lambda found: _told(found, where), text)


def _told(found: re.Match[str], where: Path) -> str:
    language, code, told = found.groups()
    printed = run([*RUN[language], code], where)
    whole = found.group(0)
    return whole if told is None else f"```{language}\n{code}```\n\n```text\n{printed}```\n"


def run(command: list[str], where: Path) -> str:
    """What a command prints in this folder; it must end well."""
    environment = {**os.environ, "PATH": f"{where / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(f"{command[-1]}\nended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


if __name__ == "__main__":
    for page in EXAMPLES:
        page.write_text(with_output(page.read_text(encoding="utf-8")), encoding="utf-8")
