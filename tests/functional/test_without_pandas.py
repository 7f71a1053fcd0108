"""What answers without pandas, whose import alone takes as long as a school's analysis."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "siptrack"
SAMPLE, CHILD = str(ROOT / "sample_data" / "today"), "R999200124063"
FOLDER = "report"
IMPORTED = 90
ASKED = f"""
import sys
from siptrack.commands import run
code = run(sys.argv[1:])
sys.exit({IMPORTED} if "pandas" in sys.modules else code)
"""


def imports_pandas(path: Path) -> bool:
    """Whether a module imports pandas as soon as it is imported itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    return any(name.split(".")[0] == "pandas" for name in named)


def test_no_module_imports_pandas_when_it_is_imported_itself():
    assert [path for path in SOURCES.rglob("*.py") if imports_pandas(path)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse", SAMPLE],
        ["analyse", SAMPLE, "--format", "json"],
        ["analyse", SAMPLE, "--format", "csv", "--table", "flags"],
        ["analyse", SAMPLE, "--share", "public"],
        ["audit", SAMPLE],
        ["audit", SAMPLE, "--format", "json"],
        ["check", SAMPLE],
        ["check", SAMPLE, "-o", "check.sqlite"],
        ["child", SAMPLE, CHILD],
        ["columns", SAMPLE],
        ["explain", "no-result"],
        ["plan", SAMPLE],
        ["plan", SAMPLE, "--format", "json"],
        ["provision", SAMPLE, "--suggest", "--detail"],
        ["provision", SAMPLE, "--format", "json"],
        ["questions", SAMPLE],
        ["questions", SAMPLE, "--share", "public"],
        ["report", SAMPLE, "-o", FOLDER, "--class", "1A"],
        ["review", SAMPLE],
        ["since", SAMPLE],
        ["since", SAMPLE, "--format", "json"],
        ["teaching", SAMPLE],
        ["schema", "--table", "flags"],
        ["teaching", SAMPLE, "--format", "json"],
    ],
    ids=lambda line: " ".join(one for one in line if one not in (SAMPLE, CHILD)),
)
def test_a_command_answers_without_pandas(arguments, tmp_path):
    done = subprocess.run([sys.executable, "-c", ASKED, *arguments], capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
