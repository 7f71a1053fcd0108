"""A saved ruler that was changed, or a file that is none, judges nobody."""

from __future__ import annotations

import pytest

from siptrack.rules.ruler import read_rule_files, saved_ruler
from siptrack.school.errors import RulesError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tolerance: {value: 1,", "tolerance: {value: 3,"),
        ("# National Curriculum levels", "# National curriculum levels"),
        ('"years.yaml"', '"year.yaml"'),
        ('"years.yaml": |2+', '"more.yaml": x\n  "years.yaml": |2+'),
        ('"years.yaml": |2+', '"siptrack.yaml": ""\n  "years.yaml": |2+'),
        ('sha256: "', 'sha256: "0'),
    ],
    ids=["a figure", "a remark", "a name", "a file more", "settings more", "the hash"],
)
def test_a_saved_ruler_that_was_changed_is_refused(tmp_path, before, after):
    text = saved_ruler(read_rule_files(), "1.2")
    assert before in text
    path = tmp_path / "ruler.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(
        RulesError, match=r"^ruler\.yaml: this ruler was changed after it was saved; its hash no longer fits\.$"
    ):
        read_rule_files(saved=path)


@pytest.mark.parametrize("text", ["", "use: {reading: nc-levels}\n", 'ruler: "siptrack/ruler/2"\nfiles: {}\n'])
def test_a_file_that_is_no_saved_ruler_is_refused(tmp_path, text):
    path = tmp_path / "siptrack.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RulesError, match=r"^siptrack\.yaml: this is not a ruler saved by 'siptrack rules --save'\.$"):
        read_rule_files(saved=path)


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("version", r"^ruler\.yaml, line 2: ruler\.yaml lacks 'version'; add it\.$"),
        ("sha256", r"^ruler\.yaml, line 2: ruler\.yaml lacks 'sha256'; add it\.$"),
    ],
)
def test_a_saved_ruler_that_lacks_a_line_is_refused(tmp_path, left_out, message):
    lines = saved_ruler(read_rule_files(), "1.2").splitlines(keepends=True)
    path = tmp_path / "ruler.yaml"
    path.write_text("".join(line for line in lines if not line.startswith(left_out)), encoding="utf-8")

    with pytest.raises(RulesError, match=message):
        read_rule_files(saved=path)


def test_a_saved_ruler_that_is_not_there_is_asked_for_by_name(tmp_path):
    with pytest.raises(RulesError, match=r"^ours\.yaml: there is no such file; check the name given\.$"):
        read_rule_files(saved=tmp_path / "ours.yaml")
