"""`--since-shared`: what is hidden beside an earlier output, and files that are none."""

from __future__ import annotations

import json

import pytest
from running import siptrack_here

HEAD = "Surname,Forename,Year,Gender,FSM,Reading Autumn 2025,Reading Spring 2026\n"


@pytest.fixture(scope="module", name="school")
def _school(tmp_path_factory):
    """Sixty children whose results stay what they are, and one boy who has come in spring."""
    folder = tmp_path_factory.mktemp("school")
    rows = []
    for at in range(60):
        gender, fsm, grade = "F" if at % 4 < 2 else "M", "Y" if at % 3 else "N", "EXS" if at % 5 < 3 else "WTS"
        rows.append(f"Ash{at},Kim,{4 + at % 2},{gender},{'' if at == 5 else fsm},{grade},{grade}")
    (folder / "school.csv").write_text(HEAD + "\n".join([*rows, "New,Kim,4,M,N,,EXS"]) + "\n", encoding="utf-8")
    return folder / "school.csv"


@pytest.fixture(scope="module", name="autumn")
def _autumn(school, tmp_path_factory):
    file = tmp_path_factory.mktemp("shared") / "autumn.json"
    siptrack_here("analyse", school, "--share", "governors", "--term", "Autumn 2025", "--format", "json", "-o", file)
    return file


def figures(run) -> dict[tuple[str, str], int | None]:
    """The children at expectations by characteristic and group."""
    document = json.loads(run.out)
    rows = [{**row, "characteristic": "all", "group": row["year_group"]} for row in document["summary"]]
    return {
        (row["characteristic"], row["group"]): row["count"]
        for row in [*rows, *document["groups"]]
        if row["measure"] == "at_are"
    }


def test_the_rows_of_a_child_who_came_are_hidden_and_the_others_stay(school, autumn):
    given = ["analyse", school, "--share", "governors", "--format", "json"]
    alone, since = figures(siptrack_here(*given)), figures(siptrack_here(*given, "--since-shared", autumn))

    assert (alone["all", "all"], alone["all", "4"], alone["gender", "boys"]) == (37, 19, 19)
    assert (since["all", "all"], since["all", "4"], since.get(("gender", "boys"))) == (None, None, None)
    assert since["gender", "girls"] == alone["gender", "girls"]
    assert since["fsm", "fsm"] == alone["fsm", "fsm"]


def test_who_is_not_recorded_is_among_all_others_and_the_copy_says_so(school):
    shared = siptrack_here("analyse", school, "--share", "governors").out

    assert "FSM" in shared
    assert "All other children: whoever is not recorded is among them" in " ".join(shared.split())
    assert "All other children" not in siptrack_here("analyse", school).out


def test_the_report_and_the_questions_take_it_too(school, autumn, tmp_path):
    report = siptrack_here("report", school, "-o", tmp_path, "--children", "none", "--since-shared", autumn)
    page = (tmp_path / "shareable" / "summary.html").read_text(encoding="utf-8")
    questions = siptrack_here("questions", school, "--share", "governors", "--since-shared", autumn)

    assert report.code == 0
    assert "Beside the tables shared before (Autumn 2025)" in page
    assert "Beside the tables shared before (Autumn 2025)" in " ".join(questions.out.split())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "null",
        "not JSON",
        '{"schema": "siptrack/analysis/2"}',
        '{"schema": "siptrack/shared/1"}',
        "[" * 10**5,
    ],
)
def test_a_file_that_siptrack_did_not_share_is_refused(school, tmp_path, content):
    (tmp_path / "other.json").write_text(content, encoding="utf-8")
    run = siptrack_here("analyse", school, "--share", "governors", "--since-shared", tmp_path / "other.json")

    assert run.code == 3
    assert "this is not what siptrack shared" in run.err


def changed(autumn, folder, **entries: object):
    file = folder / "changed.json"
    file.write_text(json.dumps({**json.loads(autumn.read_text(encoding="utf-8")), **entries}), encoding="utf-8")
    return file


def test_what_cannot_be_counted_again_is_refused(school, autumn, tmp_path):
    given = ["analyse", school, "--share", "governors", "--since-shared"]
    term = {"label": "Autumn 2001", "academic_year": "2001-02", "season": "autumn"}

    earlier = siptrack_here(*given, changed(autumn, tmp_path, term=term))
    of_some = siptrack_here(*given, changed(autumn, tmp_path, filters={"year": "4"}))
    left_out = siptrack_here(*given, changed(autumn, tmp_path, filters={"class": "[name left out]"}))

    assert (earlier.code, of_some.code, left_out.code) == (2, 2, 3)
    assert "of which the files hold no result" in earlier.err
    assert "Name one of all children" in of_some.err


@pytest.mark.parametrize("command", ["analyse", "questions"])
def test_it_goes_with_share_alone(school, autumn, command):
    run = siptrack_here(command, school, "--since-shared", autumn)

    assert (run.code, "--since-shared goes with --share" in run.err) == (2, True)
