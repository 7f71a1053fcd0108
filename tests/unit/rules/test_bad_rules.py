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
UNQUOTED = "an unquoted yes, no, on, ~ or nothing is taken when PyYAML was built with libyaml (its plain style is '')"
ACCEPTED = {
    "bare-yes": UNQUOTED,
    "bare-norwegian": UNQUOTED,
    "bare-on-as-a-name": UNQUOTED,
    "bare-tilde": UNQUOTED,
    "missing-value": UNQUOTED,
    "reference-not-a-number": "nan and inf are taken for points of the reference line",
    "second-document": "everything after a second --- is dropped without a word",
    "year-group-of-a-point-that-is-half": "2.5 is cut to 2 where only a whole number makes sense",
}


def _cases():
    for path in sorted(GALLERY.glob("*.yaml")):
        reason = ACCEPTED.get(path.stem)
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.parametrize("settings", list(_cases()))
def test_wrong_settings_are_refused_with_the_file_the_line_and_what_to_do(settings):
    first_line = settings.read_text(encoding="utf-8").splitlines()[0]
    assert first_line.startswith(MARK), f"the first line of {settings.name} must say what error it expects"

    with pytest.raises(RulesError) as refused:
        load(settings)

    assert first_line.removeprefix(MARK) in str(refused.value)
    assert refused.value.exit_code is ExitCode.RULES


def test_the_gallery_is_not_empty_and_every_known_defect_has_its_file():
    files = {path.stem for path in GALLERY.iterdir()}

    assert len(files) > 30
    assert files >= set(ACCEPTED)
