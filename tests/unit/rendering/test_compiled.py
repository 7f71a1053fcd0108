"""Compiled templates are kept where Python keeps its modules, and wherever that cannot be, nothing is lost."""

from __future__ import annotations

import sys

import pytest

from siptrack.rendering import templates

CALLED = "__pycache__"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "page.jinja").write_text("{{ word }}", encoding="utf-8")
    return tmp_path


def said(folder):
    return templates.environment([folder], str).get_template("page.jinja").render(word="EXS")


def test_what_was_compiled_is_kept_and_taken_from_there(folder):
    assert said(folder) == "EXS"
    (kept,) = (folder / CALLED).iterdir()
    before = kept.read_bytes()

    assert said(folder) == "EXS"
    assert kept.read_bytes() == before


@pytest.mark.parametrize("broken", [b"", b"nothing that Python knows"])
def test_what_is_broken_is_compiled_again(folder, broken):
    said(folder)
    (kept,) = (folder / CALLED).iterdir()
    kept.write_bytes(broken)

    assert said(folder) == "EXS"


def test_a_template_that_was_changed_is_compiled_again(folder):
    said(folder)
    (folder / "page.jinja").write_text("now {{ word }}", encoding="utf-8")

    assert said(folder) == "now EXS"


def test_where_nothing_may_be_kept_nothing_is(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert said(folder) == "EXS"
    assert not (folder / CALLED).exists()


def test_where_nothing_can_be_kept_nothing_is_lost(folder):
    (folder / CALLED).write_text("a file in its place", encoding="utf-8")

    assert said(folder) == "EXS"
