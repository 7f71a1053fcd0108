import os
import stat
import sys
from pathlib import Path

import pytest

from siptrack.reports import writing
from siptrack.reports.writing import write_whole
from siptrack.school.errors import OutputError


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_for_its_user_only(tmp_path):
    write_whole(tmp_path / "out.csv", b"a\n", force=False)
    assert (tmp_path / "out.csv").read_bytes() == b"a\n"
    assert left_in(tmp_path) == ["out.csv"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(OutputError, match="add --force"):
        write_whole(path, b"new", force=False)
    assert path.read_text() == "old"
    write_whole(path, b"new", force=True)
    assert path.read_text() == "new"


def test_a_folder_is_refused_even_when_forced(tmp_path):
    with pytest.raises(OutputError, match="this is a folder"):
        write_whole(tmp_path, b"", force=True)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutputError, match="there is no folder"):
        write_whole(tmp_path / "none" / "out.csv", b"", force=False)


def test_the_old_file_stays_when_the_new_one_cannot_be_finished(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_text("old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="could not be written \\(No space left on device\\)"):
        write_whole(path, b"new", force=True)
    assert path.read_text() == "old"
    assert left_in(tmp_path) == ["out.csv"]


def test_nothing_is_left_behind_when_the_program_is_interrupted(tmp_path, monkeypatch):
    def interrupted(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "out.csv", b"new", force=False)
    assert left_in(tmp_path) == []


def test_bytes_of_any_kind_are_written_as_they_are(tmp_path):
    content = bytes(range(256)) * 1000 + b"\r\n\n\x1a"
    write_whole(tmp_path / "school.sqlite", content, force=False)
    assert (tmp_path / "school.sqlite").read_bytes() == content


def test_a_folder_that_may_not_be_written_to_is_said_so(tmp_path, monkeypatch):
    def refuse(**_where):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(writing.tempfile, "mkstemp", refuse)
    with pytest.raises(OutputError, match=r"may not be written\..*choose another folder"):
        write_whole(tmp_path / "out.csv", b"new", force=False)


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_neither_followed_nor_replaced(tmp_path, force):
    kept, link, nowhere = tmp_path / "kept.csv", tmp_path / "link.csv", tmp_path / "nowhere.csv"
    kept.write_text("old")
    try:
        link.symlink_to(kept)
        nowhere.symlink_to(tmp_path / "not there")
    except OSError:
        pytest.skip("links may not be made here")
    for path in (link, nowhere):
        with pytest.raises(OutputError, match="this is a link"):
            write_whole(path, b"new", force=force)
    assert kept.read_text() == "old"
    assert link.is_symlink()
    assert left_in(tmp_path) == ["kept.csv", "link.csv", "nowhere.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_device_or_a_pipe_is_not_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(OutputError, match="a device or a pipe"):
            write_whole(path, b"new", force=True)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("name", ["CON", "nul.csv", "aux .csv", "com1.db", "Lpt9", "flags.csv.", "flags ", "a:b.csv"])
def test_a_name_that_windows_keeps_for_itself_is_refused_everywhere(tmp_path, name):
    with pytest.raises(OutputError, match="Windows keeps this name"):
        write_whole(tmp_path / name, b"new", force=True)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("name", ["console.csv", "auxiliary.csv", "null", "com.csv", "Year 5.csv", ".b", "a.b.csv"])
def test_a_name_that_only_looks_like_one_of_these_is_written(tmp_path, name):
    write_whole(tmp_path / name, b"new", force=False)
    assert left_in(tmp_path) == [name]


def test_what_a_killed_run_had_begun_is_cleared_away_by_the_next_and_what_another_is_writing_is_not(tmp_path):
    dead, alive, mine = (tmp_path / name for name in (".siptrack-a.tmp", ".siptrack-b.tmp", "other.tmp"))
    for path in (dead, alive, mine):
        path.write_text("half")
    for path in (dead, mine):
        os.utime(path, (0, 0))
    write_whole(tmp_path / "out.csv", b"new", force=False)
    assert left_in(tmp_path) == [".siptrack-b.tmp", "other.tmp", "out.csv"]


@pytest.fixture
def held(monkeypatch):
    """A file that another program holds for so many tries."""
    replace = Path.replace
    waited = []

    def hold(tries):
        monkeypatch.setattr(writing.time, "sleep", waited.append)

        def replace_when_free(path, target):
            if len(waited) < tries:
                raise PermissionError(13, "used by another process")
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", replace_when_free)
        return waited

    return hold


def test_a_file_that_is_held_for_a_moment_is_waited_for(tmp_path, held):
    waited = held(2)
    write_whole(tmp_path / "out.csv", b"new", force=False)
    assert (tmp_path / "out.csv").read_bytes() == b"new"
    assert waited == [0.1, 0.2]


def test_a_file_that_stays_held_is_given_up_with_what_to_do(tmp_path, held):
    held(99)
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(OutputError, match="Close it if another program has it open"):
        write_whole(path, b"new", force=True)
    assert path.read_text() == "old"
    assert left_in(tmp_path) == ["out.csv"]
