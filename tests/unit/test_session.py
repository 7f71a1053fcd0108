"""Files are read once, whichever rules they are then understood by."""

from __future__ import annotations

import pytest

from siptrack.reading import files
from siptrack.school.errors import ChoiceError
from siptrack.scope import Scope
from siptrack.session import open_rules, open_session

THEN = "Adno,Reading Summer 2008,Reading Summer 2009\nA1,3b,3a\n"
NOW = "Adno,Reading Summer 2025,Reading Summer 2026\nA1,EXS,GDS\n"


@pytest.mark.parametrize(("content", "newest"), [(THEN, False), (NOW, True)])
def test_each_file_is_read_once_also_where_older_rules_judge_it(tmp_path, monkeypatch, content, newest):
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    reads = []
    whole = files.blocks_of_file
    monkeypatch.setattr(files, "blocks_of_file", lambda path, size: reads.append(path.name) or whole(path, size))
    book = open_rules([tmp_path])

    opened = open_session(files.read_files([tmp_path]), book)

    assert reads == ["a.csv"]
    assert (opened.rules == book.newest) is newest
    assert len(opened.register.results) == 2


@pytest.mark.parametrize(
    ("asked", "label"),
    [("last summer", "Summer 2025"), ("Summer", "Summer 2026"), ("Summer, last year", "Summer 2025")],
)
def test_a_term_may_be_asked_for_by_the_newest_there_is(tmp_path, asked, label):
    (tmp_path / "a.csv").write_text(NOW, encoding="utf-8")

    opened = open_session(files.read_files([tmp_path]), open_rules([tmp_path]), Scope(asked))

    assert opened.analysis.term.label == label


def test_a_term_before_the_first_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text(NOW, encoding="utf-8")

    with pytest.raises(ChoiceError, match="No Spring term before Summer 2026 has results"):
        open_session(files.read_files([tmp_path]), open_rules([tmp_path]), Scope("last spring"))


def test_what_was_odd_about_a_file_is_told_by_either_rules(tmp_path):
    (tmp_path / "a.csv").write_text(THEN, encoding="utf-8")
    (tmp_path / "b.csv").write_bytes("Adno,Surname\nA1,L\xe9a\n".encode("latin-1"))

    read = files.read_files([tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "gone.csv"])
    opened = open_session(read, open_rules([tmp_path]))

    assert [problem.place.file for problem in opened.register.unusable] == ["gone.csv"]
    assert [one.place.file for one in opened.register.problems if one.code == "guessed-encoding"] == ["b.csv"]
