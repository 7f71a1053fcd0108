"""The command to go on with: fit for what was found, and taken apart by a shell into the words that were meant."""

from __future__ import annotations

import dataclasses
import shlex
from pathlib import Path

import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.selection import EVERYBODY
from siptrack.commands.next_steps import command, next_steps
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity

SCHOOL = """
    pupil | year group | class | Summer 2008 | Summer 2009
    Ann   | 4          | 4B    | 2a          | 2a
    Bob   | 4          | 4B    | 2a          | 3b
    Cai   | 4          | 4 Oak | 2a          | 2a
    Dee   | 4          | 4 Oak | 2a          | 2a
"""


def suggested(school=SCHOOL, paths=("data",), *, on_screen=True, filters=EVERYBODY, **changed):
    rules, read = usual_rules(), register(school)
    read = dataclasses.replace(read, **changed)
    steps = next_steps(
        analyse(read, rules, filters=filters), rules, [Path(path) for path in paths], on_screen=on_screen
    )
    return [line for _, line in steps]


def test_the_class_with_the_most_children_named_is_the_one_to_look_at_closer():
    assert suggested(paths=["My data"]) == [
        "siptrack explain insufficient-year",
        command("analyse", "My data", "--class", "4 Oak", "--detail"),
    ]


def test_where_the_data_has_errors_they_come_first():
    error = Problem("unknown-grade", Severity.ERROR, Place("a.xlsx"), "'x'", "a grade", "Correct it.")

    assert suggested(problems=(error,))[1] == "siptrack check data --detail"


def test_where_nothing_can_be_told_the_columns_are_what_to_look_at():
    school = "pupil | year group | class | Summer 2009\nAnn | 4 | 4B | 2a"

    assert suggested(school)[-1] == "siptrack columns data"


def test_in_a_pipe_or_file_no_path_is_told():
    assert suggested(paths=["secret place"], on_screen=False)[1].startswith("siptrack analyse PATHS --class ")


def test_what_came_by_standard_input_cannot_be_read_again():
    assert suggested(paths=["-"]) == ["siptrack explain insufficient-year"]


def test_one_class_asked_about_is_not_suggested_again():
    assert suggested(filters=Filters(classes=frozenset({"4B"}))) == ["siptrack explain insufficient-year"]


@pytest.mark.parametrize("word", ["Autumn 2025.xlsx", "it's", "a;b", "$HOME", 'a"b', "*", "4/5M", "-x", "\\"])
def test_a_shell_takes_the_command_apart_into_the_words_meant(word):
    assert shlex.split(command("analyse", word, windows=False)) == ["siptrack", "analyse", word]


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("Results.xlsx", "Results.xlsx"),
        ("C:\\School\\2025-26\\a.xlsx", "C:\\School\\2025-26\\a.xlsx"),
        ("C:\\My school\\a.xlsx", '"C:\\My school\\a.xlsx"'),
        ("a & b.xlsx", '"a & b.xlsx"'),
        ("O'Brien", '"O\'Brien"'),
        ("$x y's", "'$x y''s'"),
    ],
)
def test_on_windows_a_path_is_quoted_for_powershell_and_the_old_prompt(word, quoted):
    assert command("check", word, windows=True) == f"siptrack check {quoted}"
