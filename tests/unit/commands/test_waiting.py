"""The bar while somebody waits: after a second, on a screen, for a person; never otherwise, and gone afterwards."""

from __future__ import annotations

import io
import sys
import time
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from siptrack.commands.waiting import Waiting
from siptrack.school.errors import ChoiceError
from siptrack.school.safe_text import safe_text

CLEARED = "\x1b[2K"
NAME = "Autumn 2025.xlsx"


class Screen(io.StringIO):
    """A standard error that is a screen."""

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Patience of no time at all, in a terminal of colours."""
    monkeypatch.setattr("siptrack.commands.waiting._PATIENCE", 0.0)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def wait_for(words, screen):
    """Work until something is shown; a bar that never comes ends the waiting after some seconds."""
    until = time.monotonic() + 10
    while words not in screen.getvalue() and time.monotonic() < until:
        time.sleep(0.01)


def seen(*names, paths=()):
    """What a screen gets while files of these names are read, each for long enough to be shown."""
    with redirect_stderr(Screen()) as screen:
        waiting = Waiting.watched([Path(path) for path in paths])
        for name in names:
            with waiting:
                waiting.reading(name, 1, 3)
                wait_for(f"Reading {safe_text(name)}", screen)
    return screen.getvalue()


def unseen(paths=(), form="table", screen=None):
    """What standard error gets where nobody is shown anything, after long enough to be sure of it."""
    with redirect_stderr(screen or Screen()) as error, Waiting.watched([Path(path) for path in paths], form) as waiting:
        waiting.reading(NAME, 0, 1)
        time.sleep(0.3)
    return error.getvalue()


def test_the_file_being_read_is_shown_by_its_own_name_and_taken_away():
    text = seen(NAME, paths=[f"/home/head/{NAME}"])

    assert f"Reading {NAME}" in text
    assert "/home/head" not in text
    assert text.endswith(CLEARED)
    assert text.count("\x1b[?25h") == 1  # the cursor is back


def test_it_is_taken_away_when_the_work_fails():
    def fail():
        with Waiting.watched([]) as waiting:
            waiting.tell("Working")
            wait_for("Working", screen)
            raise ChoiceError("wrong")

    with redirect_stderr(Screen()) as screen, pytest.raises(ChoiceError):
        fail()

    assert "Working" in screen.getvalue()
    assert screen.getvalue().endswith(CLEARED)


def test_without_colour_there_is_none(monkeypatch):
    assert "\x1b[36m" in seen(NAME)

    monkeypatch.setenv("NO_COLOR", "1")

    assert f"Reading {NAME}" in (text := seen(NAME))
    assert "\x1b[3" not in text


def test_the_name_of_a_file_is_shown_and_never_obeyed():
    assert r"Reading [bold]\x1b[31m" in seen("[bold]\x1b[31m")


def test_the_second_block_goes_on_where_the_first_ended():
    text = seen("a.csv", "b.csv")

    assert text.index("a.csv") < text.index("b.csv")
    assert text.endswith(CLEARED)


def test_quick_work_shows_nothing(monkeypatch):
    monkeypatch.setattr("siptrack.commands.waiting._PATIENCE", 60)

    assert unseen() == ""


@pytest.mark.parametrize("form", ["json", "ndjson", "csv"])
def test_output_for_programs_is_waited_for_by_nobody(form):
    assert unseen(form=form) == ""


def test_a_pipe_gets_nothing():
    assert unseen(screen=io.StringIO()) == ""


def test_a_screen_that_cannot_draw_gets_nothing(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")

    assert unseen() == ""


def test_while_the_user_types_the_data_there_is_no_bar(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Screen())

    assert unseen(paths=["-"]) == ""
