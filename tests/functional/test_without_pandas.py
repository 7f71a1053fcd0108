"""What answers without pandas, whose import alone takes as long as a school's analysis; and who still imports it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "siptrack"
SAMPLE, CHILD = str(ROOT / "sample_data" / "today"), "R999200124063"
IMPORTED = 90
ASKED = f"""
import sys
from siptrack.commands import run
code = run(sys.argv[1:])
sys.exit({IMPORTED} if "pandas" in sys.modules else code)
"""

# The modules that import pandas when they are imported. It may only become shorter.
STILL = {
    f"{folder}/{name}.py"
    for folder, names in {
        "analysis": "in_series",
    }.items()
    for name in names.split()
}


def imports_pandas(path: Path) -> bool:
    """Whether a module imports pandas as soon as it is imported itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    return any(name.split(".")[0] == "pandas" for name in named)


def test_only_these_modules_import_pandas():
    found = {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py") if imports_pandas(path)}
    assert found == STILL


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse", SAMPLE],
        ["analyse", SAMPLE, "--format", "json"],
        ["analyse", SAMPLE, "--share", "public"],
        ["audit", SAMPLE],
        ["audit", SAMPLE, "--format", "json"],
        ["check", SAMPLE],
        ["child", SAMPLE, CHILD],
        ["columns", SAMPLE],
        ["explain", "no-result"],
        ["plan", SAMPLE],
        ["plan", SAMPLE, "--format", "json"],
        ["since", SAMPLE],
        ["since", SAMPLE, "--format", "json"],
        ["teaching", SAMPLE],
        ["teaching", SAMPLE, "--format", "json"],
    ],
    ids=lambda line: " ".join(one for one in line if one not in (SAMPLE, CHILD)),
)
def test_a_command_answers_without_pandas(arguments):
    done = subprocess.run([sys.executable, "-c", ASKED, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
