"""What the Tab key offers, by click's own way of asking, and by a real bash."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from siptrack.commands import cli
from siptrack.commands.shells import know_shells

REPOSITORY = Path(__file__).parents[3]
LEVELS = str(REPOSITORY / "sample_data" / "levels")
BAD = str(REPOSITORY / "tests" / "workbooks" / "bad")
HEADINGS = "Surname,Forename,Class,Reading Autumn 2025"


def offered(*words: str, begun: str = "") -> list[str]:
    """What is offered after these words, for a word that begins so."""
    asked = ShellComplete(cli, {}, "siptrack", "_SIPTRACK_COMPLETE").get_completions(list(words), begun)
    return [item.value for item in asked]


@pytest.fixture
def csv(tmp_path):
    """A file with children of the classes named."""

    def write(*classes: str) -> str:
        path = tmp_path / "Results.csv"
        rows = [f'Ash,Child {number},"{name}",EXS' for number, name in enumerate(classes)]
        path.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
        return str(path)

    return write


def test_classes_and_terms_are_those_of_the_files_already_typed():
    assert offered("analyse", LEVELS, "--class") == ["1H", "2B", "3/4M", "3K", "4/5M", "4T", "5R", "6W"]
    assert offered("analyse", LEVELS, "--class", "1H", "--class", begun="2") == ["2B"]
    assert offered("check", LEVELS, "--term", begun="s")[:2] == ["Summer 2009", "Spring 2009"]


def test_subjects_are_those_of_the_files_and_without_files_those_of_the_rules():
    assert offered("analyse", LEVELS, "--subject") == ["reading", "writing", "maths"]
    assert {"reading", "science"} < set(offered("analyse", "--subject"))


@pytest.mark.parametrize(
    ("words", "begun", "among"),
    [
        (("analyse", LEVELS, "--group"), "F", "fsm"),
        (("analyse", LEVELS, "--peers"), "", "rest"),
        (("analyse", LEVELS, "--peers"), "bo", "boys"),
        (("analyse", LEVELS, "--year"), "", "Reception"),
        (("analyse", LEVELS, "--year"), "", "6"),
        (("analyse", LEVELS, "--table"), "ga", "gaps"),
        (("analyse", LEVELS, "--format"), "", "ndjson"),
        (("analyse", LEVELS, "--share"), "", "governors"),
        (("analyse", LEVELS, "--fail-on"), "", "clear-gaps"),
        (("explain",), "fell", "fell-back"),
        (("explain",), "", "unknown-grade"),
        (("explain",), "copied", "copied-forward"),
        (("rules",), "nc", "nc-levels"),
        ((), "an", "analyse"),
    ],
)
def test_there_is_something_to_choose_from(words, begun, among):
    assert among in offered(*words, begun=begun)


@pytest.mark.parametrize("paths", [(BAD,), ("no-such-file.xlsx",), ("-",), (), (LEVELS + "/no-such-folder",)])
def test_a_file_that_cannot_be_read_offers_no_class_and_says_nothing(paths, capfd):
    assert offered("analyse", *paths, "--class") == []
    assert capfd.readouterr() == ("", "")


def test_a_siptrack_yaml_with_a_slip_offers_nothing_and_says_nothing(csv, capfd):
    path = csv("5K")
    Path(path).with_name("siptrack.yaml").write_text("flags: [", encoding="utf-8")

    assert offered("analyse", path, "--group") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["$(touch x)", "`x`", "5K; rm x", "*", "a|b", "5K\u202e", "-5K", "~", "!1"])
def test_a_class_whose_name_a_shell_would_obey_is_never_offered(csv, name):
    assert offered("analyse", csv("Oak", name), "--class") == ["Oak"]


def test_more_than_can_be_read_while_somebody_waits_offers_nothing(csv, monkeypatch):
    path = csv("Oak")
    monkeypatch.setattr("siptrack.commands.completing._MOST_BYTES", 10)

    assert offered("analyse", path, "--class") == []


def test_powershell_gets_a_name_with_a_blank_between_quotes():
    know_shells()
    shell = get_completion_class("powershell")
    if shell is None:
        pytest.skip("this click does not know PowerShell")

    item = shell(cli, {}, "siptrack", "_SIPTRACK_COMPLETE").format_completion(CompletionItem("Mr O'Brien's class"))

    assert item.split("\n")[1] == "'Mr O''Brien''s class'"


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_a_real_bash_completes_a_term_with_a_blank_in_it(tmp_path):
    program = tmp_path / "siptrack"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m siptrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"""
        PATH="{tmp_path}:$PATH"
        eval "$(_SIPTRACK_COMPLETE=bash_source siptrack)"
        for begun in Autumn '"Autumn' 'Autumn\\ 2008'; do
            COMP_WORDS=(siptrack analyse "{LEVELS}" --term "$begun"); COMP_CWORD=4; COMPREPLY=()
            _siptrack_completion siptrack
            printf '[%s]' "${{COMPREPLY[@]}}"; echo
        done
    """

    done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, check=False, timeout=60)

    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        r"[Autumn\ 2008][Autumn\ 2007]",
        "[Autumn 2008][Autumn 2007]",
        r"[Autumn\ 2008]",
    ]
