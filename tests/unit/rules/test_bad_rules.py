"""Each small wrong siptrack.yaml in tests/bad_rules is refused in the words of its own first line.

Adding a case is adding a file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from siptrack.rules.load import load
from siptrack.school.errors import ExitCode, RulesError

GALLERY = Path(__file__).parents[2] / "bad_rules"
MARK = "# expect: "
CHILD = ("Quillon", "Zeb")  # a child's name, wherever one stands in these files


def _cases():
    for path in sorted(GALLERY.glob("*.yaml")):
        yield pytest.param(path, id=path.stem)


@pytest.mark.parametrize("settings", list(_cases()))
def test_wrong_settings_are_refused_with_the_file_the_line_and_what_to_do(settings):
    first_line = settings.read_text(encoding="utf-8").splitlines()[0]
    assert first_line.startswith(MARK), f"the first line of {settings.name} must say what error it expects"

    with pytest.raises(RulesError) as refused:
        load(settings)

    assert first_line.removeprefix(MARK) in str(refused.value)
    assert not any(name in str(refused.value) for name in CHILD)
    assert refused.value.exit_code is ExitCode.RULES


def test_the_gallery_is_not_empty():
    assert len(list(GALLERY.glob("*.yaml"))) > 40
