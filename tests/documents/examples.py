"""The examples in the manual, run: `python tests/documents/examples.py` writes their output anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = tuple(ROOT / "docs" / name for name in ("pipe.md", "library.md"))
RUN = {
    "sh": ["bash", "-e", "-o", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "r": ["Rscript", "-e"],
}
TOOLS = {"sh": ("bash", "jq", "sqlite3"), "python": (), "r": ("Rscript",)}
SHELL = ("sh", "python")  # these use each other's files; R needs none, and is seldom there
BLOCK = re.compile(rf"```({'|'.join(RUN)})\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)
R_THAT_WILL_DO = 'stopifnot(getRversion() >= "4.1", requireNamespace("jsonlite"), requireNamespace("dplyr"))'


def missing_tools(text: str, languages: Collection[str]) -> list[str]:
    """The programs that a page's examples in these languages need and this machine has not."""
    codes = [(language, code) for language, code, _ in BLOCK.findall(text) if language in languages]
    needed = {tool for language, code in codes for tool in TOOLS[language] if tool in code or tool in RUN[language]}
    missing = sorted(tool for tool in needed if shutil.which(tool) is None)
    if "Rscript" in needed and not missing:
        asked = subprocess.run([*RUN["r"], R_THAT_WILL_DO], capture_output=True, check=False)
        return ["R 4.1 or newer with jsonlite and dplyr"] if asked.returncode else []
    return missing


def with_output(text: str, languages: Collection[str]) -> str:
    """The page with what its examples in these languages print today; they are run in their order, in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        (where / "sample_data").symlink_to(ROOT / "sample_data")
        (where / "bin").mkdir()
        command = where / "bin" / "siptrack"
        # R puts its own libraries before those of whatever it starts, where a Python may find those of another.
        libraries = f"LD_LIBRARY_PATH='{os.environ.get('LD_LIBRARY_PATH', '')}'"
        command.write_text(f'#!/bin/sh\n{libraries} exec "{sys.executable}" -m siptrack "$@"\n', encoding="utf-8")
        command.chmod(0o700)
        return BLOCK.sub(lambda found: _told(found, where) if found[1] in languages else found[0], text)


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
        text = page.read_text(encoding="utf-8")
        for languages in (SHELL, ("r",)):
            if missing := missing_tools(text, languages):
                print(f"{page.name}: the examples in {' and '.join(languages)} are as they were; missing: {missing}")  # noqa: T201
            else:
                text = with_output(text, languages)
        page.write_text(text, encoding="utf-8")
