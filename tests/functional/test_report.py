"""`siptrack report`: the files with names and those without, from one run."""

from __future__ import annotations

import html
import re
import stat
import sys
from pathlib import Path

import pytest
from canaries import leaked, secrets_of, texts_in
from running import SAMPLES, SCHOOLS, Run, analysed, names_in
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

from siptrack.rules.load import load

SLIPPING = load().evidence.listed.slipping
SHARED = "shareable/summary.html"
NAMED = "named/report.html"


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, tuple[Run, Path]]:
    """The report of each sample school, and how the command ended."""
    folders = {school: tmp_path_factory.mktemp(school) / "report" for school in SCHOOLS}
    return {
        school: (siptrack("report", SAMPLES / school, "-o", folder, "--children", "all"), folder)
        for school, folder in folders.items()
    }


def text_of(path: Path) -> str:
    """What a page says, without its markup."""
    body = path.read_text(encoding="utf-8").partition("</style>")[2]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


def secrets_in_lower_case(school: str) -> set[str]:
    return {secret.casefold() for secret in secrets_of(school)}


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tiny(folder: Path, *lines: str) -> Path:
    path = folder / "Tracker.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


MARKUP = (
    'Surname,Forename,Class,Year,"Reading Autumn 2024","Reading Summer 2025",Homework <script>alert(1)</script>',
    '<script>alert(1)</script>,Ada,"5""><img src=x onerror=alert(1)>",5,EXS,WTS,y',
    "O'Brien & Co,Bea,5K,5,WTS,WTS,y",
)


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_files_are_written_for_their_user_alone_and_named(school, written):
    run, folder = written[school]
    pupils = analysed(school)["pupils"]

    assert (run.code, run.out) == (0, "")
    assert {f"Written: {folder / place}" for place in (NAMED, SHARED)} < set(run.err.splitlines())
    assert f"{len(pupils)} pages in {folder / 'named' / 'children'}, one for each child" in run.err
    assert len(list((folder / "named" / "children").glob("pupil-*.html"))) == len(pupils)
    if sys.platform != "win32":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
        assert modes == {0o600, 0o700}


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_byte_of_what_may_be_shared_holds_a_name_a_number_or_a_date_of_birth(school, written):
    _, folder = written[school]
    shared = [path.read_bytes() for path in (folder / "shareable").rglob("*") if path.is_file()]

    assert shared
    assert leaked(school, *(text for content in shared for text in texts_in(content))) == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_search_finds_the_names_in_what_has_names(school, written):
    _, folder = written[school]
    names = {name.casefold() for name in names_in(analysed(school)["pupils"])}

    assert names <= secrets_in_lower_case(school)
    assert names <= set(leaked(school, text_of(folder / NAMED)))


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_file_is_named_after_a_child(school, written):
    _, folder = written[school]

    assert leaked(school, *bytes_in(folder)) == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_flag_s_child_is_listed_in_words_and_every_link_leads_to_a_file_or_a_part(school, written):
    _, folder = written[school]
    page = (folder / NAMED).read_text(encoding="utf-8")
    said = text_of(folder / NAMED)
    links = set(re.findall(r'href="([^"]*)"', page))
    counting = [flag for flag in analysed(school)["flags"] if str(flag["code"]).startswith("insufficient")]

    assert len(counting) > 20
    assert all(str(flag["sentence"]).partition(": ")[2] in said for flag in counting)
    assert {link for link in links if link.startswith("#")} <= {f"#{key}" for key in re.findall(r' id="([^"]*)"', page)}
    assert all((folder / "named" / link).is_file() for link in links if not link.startswith("#"))


def test_a_child_s_page_is_that_child_s(written):
    _, folder = written["levels"]
    for path in sorted((folder / "named" / "children").iterdir())[::40]:
        link = f'href="children/{path.name}">'
        name = html.unescape((folder / NAMED).read_text(encoding="utf-8").partition(link)[2].partition("<")[0])

        assert f"<h1>{html.escape(name, quote=False)}: Year " in path.read_text(encoding="utf-8").replace("&#39;", "'")


def test_an_earlier_report_is_kept_unless_forced_and_nothing_else_is_written(tmp_path):
    folder = tmp_path / "report"
    (folder / "shareable").mkdir(parents=True)
    (folder / SHARED).write_text("mine")
    refused = siptrack("report", SAMPLES / "today", "-o", folder, "--year", "3", "--children", "none")

    assert (refused.code, (folder / SHARED).read_text()) == (5, "mine")
    assert "add --force" in refused.err
    assert not (folder / "named").exists()

    forced = siptrack("report", SAMPLES / "today", "-o", folder, "--year", "3", "--children", "none", "--force")

    assert forced.code == 0
    assert "Only year 3." in text_of(folder / SHARED)


@pytest.mark.parametrize("school", SCHOOLS)
def test_pages_are_made_of_those_named_or_slipping_and_a_line_says_how_to_get_all(school, tmp_path, written):
    """Each page made is that of the same name among all; to whom there is none leads to the row in every child."""
    run = siptrack("report", SAMPLES / school, "-o", tmp_path)
    tables, folder = analysed(school), written[school][1] / "named" / "children"
    named = {row["pupil"] for row in tables["flags"] if row["code"].startswith("insufficient")}
    slipping = {row["pupil"] for row in tables["evidence"] if (row["behind_in_100"] or 0) >= SLIPPING}
    made = bytes_in(tmp_path / "named" / "children")
    page = (tmp_path / NAMED).read_text(encoding="utf-8")
    pupils = [row["pupil"] for row in tables["pupils"]]

    assert {row["pupil"] for row in tables["first"]} <= named | slipping
    assert set(made) == {f"pupil-{at:03d}.html" for at, one in enumerate(pupils, 1) if one in named | slipping}
    assert made == {name: (folder / name).read_bytes() for name in made}
    assert f"{len(made)} pages in {tmp_path / 'named' / 'children'}, of the children who are named or slip" in run.err
    assert f"--children all makes all {len(pupils)}\n" in run.err
    assert {link.partition("/")[2] for link in re.findall(r'href="(children/[^"]*)"', page)} == set(made)
    assert set(re.findall(r'href="#(child-\d+)"', page)) <= set(re.findall(r'<tr id="(child-\d+)">', page))
    assert len(re.findall(r'<tr id="child-\d+">', page)) == len(pupils)


def test_pages_of_an_earlier_report_are_told_of(tmp_path):
    folder = tmp_path / "report"
    (folder / "named" / "children").mkdir(parents=True)
    (folder / "named" / "children" / "pupil-901.html").write_text("old")
    run = siptrack("report", tiny(tmp_path, *MARKUP), "-o", folder)

    assert run.code == 0
    assert "also holds 1 page of an earlier report" in run.err


def test_a_file_where_a_folder_should_be_is_said_and_kept(tmp_path):
    (tmp_path / "report").write_text("mine")
    run = siptrack("report", tiny(tmp_path, *MARKUP), "-o", tmp_path / "report")

    assert run.code == 5
    assert "this is a file, where a folder was expected" in run.err
    assert (tmp_path / "report").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_nothing_is_written_through_a_link_out_of_the_folder(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "named").symlink_to(tmp_path / "elsewhere")
    run = siptrack("report", tiny(tmp_path, *MARKUP), "-o", tmp_path / "report")

    assert run.code == 5
    assert "link to another place" in run.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_markup_in_a_name_a_class_and_a_heading_stays_text(tmp_path):
    run = siptrack("report", tiny(tmp_path, *MARKUP), "-o", tmp_path / "report", "--children", "all")
    files = bytes_in(tmp_path / "report")
    pages = [content.decode() for name, content in files.items() if name.endswith(".html")]

    assert run.code == 0
    assert len(pages) == 4
    assert not any("<script" in page or "<img" in page for page in pages)
    assert "<script>alert(1)</script>, Ada" in text_of(tmp_path / "report" / NAMED)
    assert "O'Brien & Co, Bea" in text_of(tmp_path / "report" / NAMED)


def test_the_same_bytes_every_time(tmp_path):
    for seed in ("1", "2"):
        arguments = ("report", SAMPLES / "today", "-o", tmp_path / seed, "--year", "3")
        assert in_its_own_process(*arguments, hash_seed=seed).code == 0

    assert bytes_in(tmp_path / "1") == bytes_in(tmp_path / "2")


def test_for_whom_it_is_shared_is_chosen_or_that_of_the_rules(tmp_path, written):
    public = siptrack("report", SAMPLES / "today", "-o", tmp_path / "p", "--share", "public", "--children", "none")
    unknown = siptrack("report", SAMPLES / "today", "-o", tmp_path / "x", "--share", "parents")

    assert public.code == 0
    assert "To share with the public" in text_of(tmp_path / "p" / SHARED)
    assert "To share with governors" in text_of(written["today"][1] / SHARED)
    assert (unknown.code, unknown.out) == (2, "")
    assert "governors, public" in unknown.err
    assert not (tmp_path / "x").exists()


def test_filters_are_warned_of_and_stand_on_both_pages(tmp_path):
    run = siptrack("report", SAMPLES / "today", "-o", tmp_path / "r", "--year", "5", "--children", "none")

    assert "subtracting it from the other" in run.err
    assert all("Only year 5." in text_of(tmp_path / "r" / place) for place in (NAMED, SHARED))
    assert not (tmp_path / "r" / "named" / "children").exists()


def test_a_file_that_could_not_be_used_ends_with_3_and_is_said_on_the_page(tmp_path):
    good = tiny(tmp_path, *MARKUP)
    (tmp_path / "Broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    run = siptrack("report", good, tmp_path / "Broken.xlsx", "-o", tmp_path / "report")

    assert run.code == 3
    assert "Not read: Broken.xlsx" in text_of(tmp_path / "report" / NAMED)


def test_nothing_to_judge_writes_nothing_and_ends_with_6(tmp_path):
    run = siptrack("report", tiny(tmp_path, "Surname,Forename,Class", "A,B,5K"), "-o", tmp_path / "report")

    assert run.code == 6
    assert not (tmp_path / "report").exists()
