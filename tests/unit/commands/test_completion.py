"""What the Tab key offers, by click's own way of asking, and by real shells."""

from __future__ import annotations

import os
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
OAKS = ["Oak end", "Oak room"]
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
        (("analyse", LEVELS, "--group"), "pupil", "Pupil Premium"),
        (("analyse", LEVELS, "--group"), "pp", "PP"),
        (("help",), "an", "analyse"),
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

    item = shell(cli, {}, "siptrack", "_SIPTRACK_COMPLETE").format_completion(CompletionItem("Mr O'Brien's class"))

    assert item.split("\n")[1] == "'Mr O''Brien''s class'"


def _said_by(shell, tmp_path, script):
    """What a real shell prints; siptrack is on its path."""
    if shutil.which(shell[0]) is None:
        pytest.skip(f"there is no {shell[0]}")
    program = tmp_path / "siptrack"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m siptrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [*shell, "-c", script], capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **path}
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_real_bash_completes_a_class_with_a_blank_in_it(csv, tmp_path):
    script = f"""
        eval "$(_SIPTRACK_COMPLETE=bash_source siptrack)"
        for begun in Oak '"Oak' 'Oak\\ r'; do
            COMP_WORDS=(siptrack analyse "{csv(*OAKS)}" --class "$begun"); COMP_CWORD=4; COMPREPLY=()
            _siptrack_completion siptrack
            printf '[%s]' "${{COMPREPLY[@]}}"; echo
        done
    """

    assert _said_by(["bash", "--norc"], tmp_path, script) == [
        r"[Oak\ end][Oak\ room]",
        "[Oak end][Oak room]",
        r"[Oak\ room]",
    ]


def test_a_real_fish_completes_a_class_with_a_blank_in_it(csv, tmp_path):
    script = f"""
        _SIPTRACK_COMPLETE=fish_source siptrack | source
        complete -C 'siptrack analyse "{csv(*OAKS)}" --class Oak'
    """

    assert _said_by(["fish", "--no-config"], tmp_path, script) == OAKS


def test_a_real_zsh_completes_a_class_with_a_blank_in_it(csv, tmp_path):
    script = f"""
        autoload -U compinit && compinit -D
        eval "$(_SIPTRACK_COMPLETE=zsh_source siptrack)"
        compadd() {{ print -rl -- $completions }}  # zsh itself puts what is not safe on a line between quotes
        words=(siptrack analyse "{csv(*OAKS)}" --class Oak); CURRENT=5
        _siptrack_completion
    """

    assert _said_by(["zsh", "-f"], tmp_path, script) == OAKS
