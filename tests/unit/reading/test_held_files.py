"""A file that another program holds, or that is only in the cloud, is said to be so, with what to do."""

from __future__ import annotations

import errno
from pathlib import Path
from types import SimpleNamespace

import pytest

from registers import usual_rules
from siptrack.commands.output import say_unusable
from siptrack.reading.files import read_files
from siptrack.reading.read import read
from siptrack.rules.ruler import _read
from siptrack.school.errors import InputError, RulesError

LIST = "UPN,Surname,Forename,Year,Reading Autumn 2025,Reading Spring 2026\n" + "".join(
    f",Brown,Child{number},4,EXS,EXS\n" for number in range(12)
)


@pytest.fixture(name="folder")
def _folder(tmp_path):
    (tmp_path / "Good.csv").write_text(LIST)
    (tmp_path / "Spring.csv").write_text(LIST)
    return tmp_path


def error_of(number=None, code=errno.EACCES):
    error = OSError(code, "as the system says it")
    if number:
        error.winerror = number
    return error


IN_USE = [error_of(number) for number in (32, 33, 391)] + [error_of(code=one) for one in (errno.EBUSY, errno.ETXTBSY)]
AWAY = [error_of(number) for number in (358, 362, 380, 386, 388, 389, 395, 404, 53)] + [
    error_of(code=one) for one in (errno.EDEADLK, errno.ETIMEDOUT, errno.EIO, errno.EHOSTDOWN, errno.ENOTCONN)
]
HELD = [*((one, "file-in-use") for one in IN_USE), *((one, "file-away") for one in AWAY)]


class Placeholder:
    """A file that can be opened and not read, as one of which only the name is on this machine."""

    def __init__(self, error):
        self.error = error

    def __enter__(self):
        return self

    def __exit__(self, *_met):
        return None

    def read(self, _size):
        raise self.error


def hold(monkeypatch, error, *, at):
    """Let the file Spring.csv fail when it is opened, or only when it is read."""
    opened = Path.open

    def held(path, *given, **named):
        if path.name != "Spring.csv":
            return opened(path, *given, **named)
        if at == "open":
            raise error
        return Placeholder(error)

    monkeypatch.setattr(Path, "open", held)


def code_of(folder):
    """The code of what is odd about the file that is held, the other being read."""
    files = read_files([folder])
    assert [sheet.file for sheet in files.sheets] == ["Good.csv"]
    ((code, place, _, _),) = files.oddities
    assert place.label == "Spring.csv"
    return code


def spring(folder, capsys):
    """The problem of the file that is held, the others being read; and what standard error says of it."""
    register = read([folder], usual_rules())
    (problem,) = register.unusable
    say_unusable(register)
    assert len(register.pupils) == 12
    return problem, capsys.readouterr().err


@pytest.mark.parametrize("at", ["open", "read"])
@pytest.mark.parametrize(("error", "code"), HELD, ids=[f"{getattr(one, 'winerror', one.errno)}" for one, _ in HELD])
def test_what_holds_a_file_is_told_by_the_error(folder, monkeypatch, error, code, at):
    hold(monkeypatch, error, at=at)

    assert code_of(folder) == code


@pytest.mark.parametrize(("error", "code"), [(IN_USE[0], "file-in-use"), (AWAY[1], "file-away")])
def test_what_holds_a_file_is_said_with_what_to_do(folder, monkeypatch, capsys, error, code):
    hold(monkeypatch, error, at="open")
    problem, said = spring(folder, capsys)

    assert (problem.code, problem.place.label) == (code, "Spring.csv")
    assert said.startswith(f"Spring.csv: {problem.found}. It was left out. ")
    assert ("Close it in Excel" in said) == (code == "file-in-use")
    assert ("Always keep on this device" in said) == (code == "file-away")


@pytest.mark.parametrize("error", [IN_USE[0], AWAY[1]])
def test_settings_that_are_held_are_not_said_to_be_ill_written(folder, monkeypatch, error):
    settings = folder / "siptrack.yaml"
    settings.write_text("choices: {}\n")
    monkeypatch.setattr(Path, "open", lambda *_given, **_named: Placeholder(error).read(0))
    with pytest.raises(RulesError, match=r"siptrack\.yaml: .*(has it open|in the cloud)"):
        _read(settings)


def test_a_file_that_may_not_be_read_is_in_use_where_excel_says_so_beside_it(folder, monkeypatch, capsys):
    hold(monkeypatch, error_of(), at="open")
    assert code_of(folder) == "file-unusable"
    (folder / "~$Spring.csv").write_bytes(b"\x05Head Teacher")
    problem, said = spring(folder, capsys)

    assert problem.code == "file-in-use"
    assert "Head" not in said


ATTRIBUTES = [{"st_file_attributes": one} for one in (0x1000, 0x40000, 0x400000)] + [{"st_flags": 0x40000000}]


@pytest.mark.parametrize("told", ATTRIBUTES, ids=str)
def test_a_placeholder_is_told_by_its_attributes_where_python_only_says_that_an_argument_was_invalid(
    folder, monkeypatch, told
):
    hold(monkeypatch, error_of(code=errno.EINVAL), at="read")
    assert code_of(folder) == "file-unusable"
    found = Path.stat
    monkeypatch.setattr(
        Path,
        "stat",
        lambda path, **named: (
            SimpleNamespace(st_mode=found(path, **named).st_mode, **told)
            if path.name == "Spring.csv"
            else found(path, **named)
        ),
    )

    assert code_of(folder) == "file-away"


def test_a_placeholder_that_can_be_fetched_is_read(folder, monkeypatch):
    found = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda path, **named: SimpleNamespace(st_mode=found(path, **named).st_mode, st_file_attributes=~0)
    )

    assert read_files([folder]).oddities == []


def test_a_file_that_an_older_icloud_took_away_is_missed_and_said(folder, capsys):
    (folder / "Spring.csv").rename(folder / ".Spring.csv.icloud")
    problem, said = spring(folder, capsys)

    assert (problem.code, problem.place.label) == ("file-away", "Spring.csv")
    assert "could not be fetched" in said


def test_what_excel_keeps_beside_an_open_workbook_is_no_file_of_the_schools(folder):
    (folder / "~$Spring.csv").write_bytes(b"\x05Head Teacher" + bytes(150))

    in_folder = read_files([folder])
    named = read_files(sorted(folder.iterdir()))

    assert in_folder.names == named.names == ["Good.csv", "Spring.csv"]
    assert in_folder.oddities == named.oddities == []


def test_named_alone_it_is_refused_as_any_file_that_holds_nothing(tmp_path):
    (tmp_path / "~$Spring.xlsx").write_bytes(b"\x05Head Teacher" + bytes(150))
    with pytest.raises(InputError):
        read([tmp_path / "~$Spring.xlsx"], usual_rules())
