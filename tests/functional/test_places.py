"""Whatever path is given for whatever option, a run ends with a sentence and 3, 4 or 5, and never waits for ever."""

from __future__ import annotations

import errno
import io
import os
import shlex
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr
from importlib import import_module
from pathlib import Path

import pytest
from places import SCHOOL, WRITES, codes_of, every_place, line_of, no_files, nowhere
from running import Run
from running import siptrack_here as siptrack

from siptrack.commands import run as run_here

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no devices, pipes and links of this kind")
PLACES = every_place()


@pytest.fixture(name="school", scope="module")
def _school(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    for name, content in SCHOOL.items():
        (folder / name).write_bytes(content)
    return folder


CHILD = SCHOOL["school.csv"]


@pytest.fixture(autouse=True)
def _no_waiting():
    """A run that waits is ended, and fails."""
    if os.name == "nt":
        yield
        return
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(60)
    yield
    signal.alarm(0)


def _too_long(*_: object) -> None:
    raise AssertionError("it waits")


def assert_said(run: Run, codes: frozenset[int], what: str) -> None:
    assert run.code in codes, (what, run)
    assert 1 <= len(run.err.splitlines()) <= 3, (what, run)
    assert "fault in siptrack" not in run.err, (what, run)


def test_the_options_that_take_a_path_are_found():
    assert len(PLACES) >= 50
    assert {"paths", "words", "folder", "output", "config", "ruler", "pseudonyms", "template", "diff", "save"} <= {
        parameter for _, parameter in PLACES
    }


@posix
@pytest.mark.parametrize(("name", "parameter"), [one for one in PLACES if one[1] in ("paths", "words")])
def test_a_file_that_cannot_be_used_is_said_and_the_others_are_used(name, parameter, school, tmp_path):
    with no_files(tmp_path) as there:
        places = {**nowhere(tmp_path), **there}
        del places["a folder"]  # in which is nothing
        used = school if name in ("analyse", "columns") else tmp_path / "gone.csv"  # the others read in the same way
        run = siptrack(*line_of(name, parameter, list(places.values()), used, tmp_path))

    assert run.code == 3
    assert "fault in siptrack" not in run.err
    assert len(run.err.splitlines()) >= len(places)
    assert ("Ash" in run.out or "Reading" in run.out) == (used == school)


@posix
@pytest.mark.parametrize(("name", "parameter"), [one for one in PLACES if one[1] not in (*WRITES, "paths", "words")])
def test_an_option_that_names_no_file_is_said(name, parameter, school, tmp_path):
    with no_files(tmp_path) as there:
        places = {**nowhere(tmp_path), **there}
        if parameter in ("pseudonyms", "template"):  # before which all rules are read, which takes longer
            places = {
                what: places[what] for what in ("a name too long", "a folder", "a pipe", "a device without an end")
            }
        for what, place in places.items():
            run = siptrack(*line_of(name, parameter, [place], school, tmp_path))
            assert_said(run, codes_of(parameter), what)


WRITTEN = [one for one in PLACES if one[1] in WRITES]


@posix
@pytest.mark.parametrize(("at", "name", "parameter"), [(at, *one) for at, one in enumerate(WRITTEN)])
def test_what_cannot_be_written_is_said(at, name, parameter, school, tmp_path):
    """All of them write by one function, so that each command is given one such place, in turn."""
    with no_files(tmp_path) as there:
        places = [*{**nowhere(tmp_path), **there}.items()]
        if parameter == "folder":
            places = [(what, place) for what, place in places if what not in ("nothing", "a folder")]
        what, place = places[at % len(places)]
        run = siptrack(*line_of(name, parameter, [place], school, tmp_path), "--force")

    assert_said(run, codes_of(parameter), what)


def test_a_file_that_may_not_be_read_is_said_by_every_option(school, tmp_path, monkeypatch):
    """As root every file may be read, so the system's answer is given here."""
    locked = tmp_path / "locked"
    locked.write_bytes(CHILD)
    opened = Path.open

    def refuse(path: Path, *arguments: object, **named: object) -> object:
        if path == locked:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # which click would ask, and end with 2
    for name, parameter in PLACES:
        if parameter not in WRITES and (name == "analyse" or parameter in ("diff", "template")):
            run = siptrack(*line_of(name, parameter, [locked], school, tmp_path))
            assert_said(run, codes_of(parameter), parameter)
            assert "not yours to read" in run.err


def test_a_folder_that_may_not_be_opened_is_said_and_the_others_are_used(school, tmp_path, monkeypatch):
    def refuse(_: Path) -> object:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    run = siptrack("columns", tmp_path, school / "school.csv")

    assert (run.code, run.err.count("It was left out.")) == (3, 1)
    assert "a folder that cannot be opened" in run.err
    assert "school.csv" in run.out


def test_where_nobody_may_look_whether_a_file_is_there_it_is_said(school, tmp_path, monkeypatch):
    """In a folder that may not be entered each question after a file is refused, and not answered with no."""

    def refuse(path: Path, **_: object) -> object:
        if path.parent == tmp_path / "shut":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return looked(path, **_)

    looked = Path.stat
    monkeypatch.setattr(Path, "stat", refuse)
    shut = tmp_path / "shut" / "x"
    for name, parameter in PLACES:
        if name in ("rules", "schema", "init"):
            run = siptrack(*line_of(name, parameter, [shut], school, tmp_path))
            assert (run.code in codes_of(parameter), "fault in siptrack" in run.err) == (True, False), (name, parameter)


@posix
def test_what_the_shell_holds_open_is_read(school, tmp_path):
    """`--config <(echo ...)` and `--config /dev/stdin`: pipes both, which the shell fills."""
    settings = b"flags:\n  flags:\n    below: {active: false}\n"
    siptrack("rules", "--save", tmp_path / "ruler.yaml")

    for place, piped in (("--config", settings), ("--ruler", (tmp_path / "ruler.yaml").read_bytes())):
        read, write = os.pipe()
        with os.fdopen(write, "wb") as pipe, ThreadPoolExecutor(1) as writer:
            writer.submit(lambda pipe=pipe, piped=piped: (pipe.write(piped), pipe.close()))
            run = siptrack("columns" if place == "--config" else "check", school, place, f"/dev/fd/{read}")
        os.close(read)
        assert (run.code, run.err) == (0, "")


def test_settings_beside_the_data_that_cannot_be_read_are_no_reason_to_judge_by_other_rules(tmp_path):
    (tmp_path / "school.csv").write_bytes(CHILD)
    (tmp_path / "siptrack.yaml").symlink_to(tmp_path / "gone.yaml")

    run = siptrack("analyse", tmp_path)

    assert (run.code, run.out, run.err) == (4, "", "siptrack.yaml: there is no such file; check the name given.\n")


def test_queries_are_kept_of_a_file_whose_name_is_no_utf_8_and_whose_headings_act_on_a_screen(tmp_path):
    """What is saved can be read again, whatever a file is called and whatever stands in it."""
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[2J\x7f.csv"))
    place.write_bytes(CHILD.replace(b"Year", b'Year,"Not\xc2\x9b2J\xe2\x80\xae \x1b known"').replace(b",5,", b",5,x,"))

    assert siptrack("columns", tmp_path, "--save").code == 0
    assert r'"Not\x9b2J\u202e \u001b known"' in (tmp_path / "siptrack.yaml").read_text(encoding="utf-8")
    assert siptrack("check", tmp_path, "--save").code == 0
    assert siptrack("columns", tmp_path).code == 0


# --- standard error and standard output that cannot be written --------------------------------------------------------


def streamed(line: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """A run in a shell that redirects its streams."""
    command = shlex.join([sys.executable, "-m", "siptrack", *map(str, arguments)])
    return subprocess.run(["/bin/sh", "-c", f"{command} {line}"], capture_output=True, check=False, timeout=120)


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("error", ["2>/dev/full", "2>&-"])
def test_a_standard_error_that_cannot_be_written_changes_no_end(error, school, tmp_path):
    """One process each for an end that is good, one that is bad by way of siptrack, and one by way of click."""
    written = streamed(error, "columns", school, "-o", tmp_path / "out.txt")
    misused = streamed(error, "analyse", "--nothing-of-the-kind")
    unread = streamed(f"{error} </dev/null", "columns", tmp_path / "gone.csv")
    lost = streamed(f"{error} >/dev/full", "explain", "fell-back")
    shut = streamed(f"{error} >&- <&-", "explain", "fell-back")

    ends = [one.returncode for one in (written, misused, unread, lost, shut)]
    assert ends == [0, 2, 3, 5, 5]
    assert {one.stderr for one in (written, misused, unread, lost, shut)} == {b""}
    assert (tmp_path / "out.txt").stat().st_size


@posix
def test_a_standard_input_that_cannot_be_read_is_said(tmp_path):
    run = streamed(f"0>{tmp_path / 'written'}", "columns", "-")

    assert (run.returncode, run.stdout) == (3, b"")
    assert run.stderr.startswith(b"Standard input could not be read (Bad file descriptor)")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("output", [">/dev/full", ">&-", "1</dev/null"])
def test_help_that_nobody_can_see_ends_with_5(output):
    run = streamed(output, "analyse", "--help")

    assert (run.returncode, run.stderr.count(b"\n")) == (5, 1)


class Failing(io.StringIO):
    """A standard error that fails from the first word on, or was closed under way."""

    def write(self, _: str) -> int:
        raise self.failure


@pytest.mark.parametrize("failure", [OSError(errno.EIO, "Input/output error"), BrokenPipeError(), ValueError("closed")])
def test_a_standard_error_that_fails_in_any_way_changes_no_end(failure, monkeypatch, school, tmp_path):
    monkeypatch.setattr(Failing, "failure", failure, raising=False)

    with redirect_stderr(Failing()):
        assert run_here(["explain", "nothing-of-the-kind"]) == 2
        assert run_here(["columns", str(school), "-o", str(tmp_path / "out.txt")]) == 0
        assert run_here(["--no-such-option"]) == 2


def test_at_a_keyboard_whose_screen_is_shut_siptracks_choice_is_taken(monkeypatch, tmp_path):
    """Nobody waits for the answer to a question that nobody has seen."""
    monkeypatch.setattr(Failing, "failure", OSError(errno.ENOSPC, "No space left on device"), raising=False)
    monkeypatch.setattr(import_module("siptrack.commands.init"), "is_terminal", lambda _: True)

    with redirect_stderr(Failing()):
        assert run_here(["init", "-o", str(tmp_path / "siptrack.yaml")]) == 0
    assert (tmp_path / "siptrack.yaml").is_file()


def test_completion_whose_shell_has_gone_ends_quietly():
    environment = {**os.environ, "_SIPTRACK_COMPLETE": "bash_complete", "COMP_WORDS": "siptrack an", "COMP_CWORD": "1"}
    with Path(os.devnull).open("rb") as unwritable:
        run = subprocess.run(
            [sys.executable, "-m", "siptrack"],
            env=environment, stdout=unwritable, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip

    assert (run.returncode, run.stderr) == (0, b"")
