"""Each branch of each template is rendered by the tests of its document, which say what it must come to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RUN = """
import json, sys
from importlib import import_module
import pytest
from branches import branches, marked

with marked() as (reached, environment):
    code = pytest.main(["-q", "-o", "addopts=", "-p", "no:cacheprovider", *sys.argv[1:]])
    for name in [name for name in list(sys.modules) if name.startswith("test_")]:
        list(getattr(sys.modules[name], "every_page", list)())
    print("\\n" + json.dumps([int(code), sorted(branches(environment)), sorted(reached)]))
"""


def test_every_branch_of_every_template_is_rendered_by_the_tests_of_its_document():
    others = [str(path) for path in sorted(HERE.glob("test_*.py")) if path != Path(__file__)]

    run = subprocess.run(
        [sys.executable, "-c", RUN, *others],
        cwd=HERE.parents[2],
        env={**_environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    code, every, reached = json.loads(run.stdout.strip().splitlines()[-1])

    assert code == 0, run.stdout
    missed = "\n".join(sorted(set(every) - set(reached)))
    assert missed == ""  # so that a failure lists them
    assert len(every) > 50


def _environment() -> dict[str, str]:
    import os

    paths = [str(HERE), str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTEST_ADDOPTS": ""}
