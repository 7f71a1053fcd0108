"""How the program ends when it does not end well, and that a child's name is never in what it says then."""

from __future__ import annotations

import pytest

import siptrack.reading.read
from siptrack.commands import run
from siptrack.school.errors import ExitCode


def ended(monkeypatch, capsys, error):
    """The exit code and standard error of an analysis in which reading raises this."""

    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(siptrack.reading.read, "read", fail)
    code = run(["analyse", "anything.csv"])
    return code, capsys.readouterr().err


def test_a_fault_of_ours_says_where_and_nothing_of_what_was_in_a_cell(monkeypatch, capsys):
    code, said = ended(monkeypatch, capsys, KeyError("Jane Smith"))

    assert code == ExitCode.BUG
    assert said.startswith("This is a fault in siptrack")
    assert "KeyError in test_endings.py, line" in said
    assert "Jane" not in said


def test_an_interruption_is_said_in_one_line(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, KeyboardInterrupt()) == (
        ExitCode.INTERRUPTED,
        "Interrupted; nothing was written.\n",
    )


@pytest.mark.parametrize("arguments", [[], ["analyse"], ["columns"]])
def test_no_arguments_print_help_and_end_with_2(capsys, arguments):
    assert run(arguments) == ExitCode.USAGE
    assert "Usage: siptrack" in capsys.readouterr().err


def test_a_misspelt_command_is_answered_with_the_nearest(capsys):
    assert run(["analize", "x.csv"]) == ExitCode.USAGE
    assert "analyse" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["analyse", "--help"], ["explain"]])
def test_what_is_asked_for_ends_well(capsys, arguments):
    assert run(arguments) == ExitCode.DONE
    assert capsys.readouterr().out


def test_explain_tells_a_flag_a_problem_and_what_is_neither(capsys):
    assert run(["explain", "fell-back"]) == ExitCode.DONE
    assert run(["explain", "two-results"]) == ExitCode.DONE
    assert run(["explain", "two-result"]) == ExitCode.USAGE

    said = capsys.readouterr()
    assert "What to do:" in said.out
    assert "Usual causes:" in said.out
    assert "Did you mean 'two-results'?" in said.err
