"""Each branch of each template is rendered by the tests of its document, which say what it must come to."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from branches import branches, marked

HERE = Path(__file__).parent
DOCUMENTS = sorted(path.stem for path in HERE.glob("test_*.py") if "def every_page(" in path.read_text("utf-8"))


def test_every_branch_of_every_template_is_rendered_by_the_tests_of_its_document():
    with marked() as (reached, environment):
        for name in DOCUMENTS:
            if name != Path(__file__).stem:
                list(import_module(name).every_page())
        every = branches(environment)

    assert sorted(every - reached) == []
    assert len(every) > 50
