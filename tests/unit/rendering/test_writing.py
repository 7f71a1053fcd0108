import errno
import os
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import pytest

from siptrack.rendering import writing
from siptrack.rendering.writing import refuse_early, refuse_folder, write_folder, write_whole
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
    replace, hardlink_to = Path.replace, Path.hardlink_to
    waited = []

    def hold(tries):
        monkeypatch.setattr(writing.time, "sleep", waited.append)

        def when_free(put):
            def put_when_free(path, other):
                if len(waited) < tries:
                    raise PermissionError(13, "used by another process")
                return put(path, other)

            return put_when_free

        monkeypatch.setattr(Path, "replace", when_free(replace))
        monkeypatch.setattr(Path, "hardlink_to", when_free(hardlink_to))
        return waited

    return hold


@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_held_for_a_moment_is_waited_for(tmp_path, held, force):
    waited = held(2)
    write_whole(tmp_path / "out.csv", b"new", force=force)
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


# --- another program at the same time ---------------------------------------------------------------------------------


def no_links(_path, _other):
    raise PermissionError(errno.EPERM, "Operation not permitted")  # as Linux says on a memory stick


def rename_as_windows_does(path, target):
    os.link(path, target)
    path.unlink()


SYSTEMS = {
    "links": [],
    "no links": [(Path, "hardlink_to", no_links)],
    "Windows": [(writing, "_ON_WINDOWS", True), (Path, "rename", rename_as_windows_does)],
}


@pytest.fixture(params=SYSTEMS)
def _system(request, monkeypatch):
    for owner, name, value in SYSTEMS[request.param]:
        monkeypatch.setattr(owner, name, value)


@pytest.mark.usefixtures("_system")
def test_a_new_file_is_written_whole_on_every_system(tmp_path):
    write_whole(tmp_path / "out.csv", b"new", force=False)
    assert (tmp_path / "out.csv").read_bytes() == b"new"
    assert left_in(tmp_path) == ["out.csv"]


@pytest.mark.usefixtures("_system")
def test_a_file_that_another_program_wrote_in_the_meantime_is_kept_and_said(tmp_path, monkeypatch):
    path, sync = tmp_path / "out.csv", os.fsync

    def meanwhile(handle):
        sync(handle)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(OutputError, match=r"wrote a file of this name in the meantime; it is kept\. Add --force"):
        write_whole(path, b"mine", force=False)
    assert path.read_bytes() == b"theirs"
    assert left_in(tmp_path) == ["out.csv"]
    write_whole(path, b"mine", force=True)
    assert path.read_bytes() == b"mine"


@pytest.mark.usefixtures("_system")
def test_of_many_that_write_one_new_file_at_once_one_wins_and_the_others_are_told(tmp_path):
    path = tmp_path / "out.csv"
    start = threading.Barrier(8)

    def write(number):
        start.wait()
        try:
            write_whole(path, b"%d" % number, force=False)
        except OutputError as error:
            return str(error)
        return number

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(write, range(8)))
    (won,) = (one for one in ended if isinstance(one, int))
    assert path.read_bytes() == b"%d" % won
    assert sum("--force" in str(one) for one in ended) == 7
    assert left_in(tmp_path) == ["out.csv"]


def windows_error(number, code=errno.EACCES):
    error = OSError(code, "as Windows says it")
    error.winerror = number
    return error


IN_USE, AWAY = "another program, such as Excel, has this file open", "is in the cloud or on a network drive"
ERRORS = [
    *((windows_error(number), IN_USE) for number in (32, 33, 391)),
    *((windows_error(number), AWAY) for number in (362, 389, 53)),
    *((OSError(code, "no"), IN_USE) for code in (errno.EBUSY, errno.ETXTBSY)),
    *((OSError(code, "no"), AWAY) for code in (errno.EDEADLK, errno.ETIMEDOUT, errno.EIO, errno.ESTALE)),
    (PermissionError(errno.EACCES, "no"), "may not be written. Close it if another program has it open"),
    (OSError(errno.EFBIG, "File too large"), "could not be written (File too large)"),
]


@pytest.mark.parametrize(("error", "said"), ERRORS, ids=str)
@pytest.mark.parametrize("force", [False, True])
def test_what_keeps_a_file_is_said_with_what_to_do_and_the_old_one_stays(tmp_path, monkeypatch, error, said, force):
    def refuse(*_given, **_named):
        raise error

    monkeypatch.setattr(writing.time, "sleep", lambda _seconds: None)
    for name in ("replace", "hardlink_to"):
        monkeypatch.setattr(Path, name, refuse)
    path = tmp_path / "report.xlsx"
    if force:
        path.write_bytes(b"old")
    with pytest.raises(OutputError) as met:
        write_whole(path, b"new", force=force)
    assert said in str(met.value)
    assert str(met.value).startswith(f"{path}: ")
    assert left_in(tmp_path) == (["report.xlsx"] if force else [])
    assert not force or path.read_bytes() == b"old"


@pytest.mark.parametrize("mark", ["~$report.xlsx", ".~lock.report.xlsx#"])
def test_a_workbook_that_somebody_has_open_is_not_written_over(tmp_path, mark):
    path = tmp_path / "report.xlsx"
    (tmp_path / mark).write_bytes(b"")
    write_whole(path, b"old", force=False)  # what is not there yet, nobody has open
    with pytest.raises(OutputError, match=r"somebody has this file open.*Close it there") as met:
        refuse_early(path, force=True)
    assert mark in str(met.value)
    (tmp_path / mark).unlink()
    refuse_early(path, force=True)


@pytest.mark.parametrize(("error", "said"), [(windows_error(32), IN_USE), (windows_error(362), AWAY)], ids=str)
def test_a_file_that_is_held_is_said_before_the_work(tmp_path, monkeypatch, error, said):
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")

    def refuse(*_given, **_named):
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match=said):
        refuse_early(path, force=True)


def test_a_file_that_may_only_be_read_is_replaced_where_its_folder_allows_it(tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o400)
    refuse_early(path, force=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has names of other lengths")
def test_a_name_that_is_too_long_is_said(tmp_path):
    with pytest.raises(OutputError, match="File name too long"):
        refuse_early(tmp_path / ("a" * 300), force=False)


def test_nothing_is_left_of_the_trial_whether_a_folder_can_be_written(tmp_path):
    (tmp_path / ".siptrack-a.tmp").write_text("half")
    os.utime(tmp_path / ".siptrack-a.tmp", (0, 0))
    refuse_early(tmp_path / "out.csv", force=False)
    refuse_folder(tmp_path / "new" / "report", [PurePosixPath("a.html")], force=False)
    assert left_in(tmp_path) == []


# --- a folder of files ------------------------------------------------------------------------------------------------


def test_a_folder_s_files_are_written_with_the_folders_they_need(tmp_path):
    folder = tmp_path / "new" / "report"
    files = {PurePosixPath("named/a.html"): b"a", PurePosixPath("shareable/b.html"): b"b"}
    refuse_folder(folder, files, force=False)
    written = write_folder(folder, files, force=False)

    assert [path.relative_to(folder).as_posix() for path in written] == ["named/a.html", "shareable/b.html"]
    assert (folder / "named" / "a.html").read_bytes() == b"a"
    if sys.platform != "win32":
        assert {stat.S_IMODE(one.stat().st_mode) for one in (folder, folder / "named")} == {0o700}


def test_a_folder_is_refused_as_a_whole_where_one_file_stands_in_the_way(tmp_path):
    (tmp_path / "shareable").mkdir()
    (tmp_path / "shareable" / "b.html").write_text("mine")
    places = [PurePosixPath("named/a.html"), PurePosixPath("shareable/b.html")]

    with pytest.raises(OutputError, match=r"b\.html: there is a file of this name already"):
        refuse_folder(tmp_path, places, force=False)
    refuse_folder(tmp_path, places, force=True)


def test_a_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(OutputError, match=r"could not be made \(No space left on device\)"):
        write_folder(tmp_path / "report", {PurePosixPath("a.html"): b""}, force=False)
