"""Queries are settled in siptrack.yaml: explained once with a reason, then counted and not listed."""

from __future__ import annotations

import json

import pytest
import yaml
from running import siptrack_here

FILES = {
    "Autumn 2025.csv": 'Name,Class,Reading\n"Thompson, Katherine",5K,EXS\n',
    "Spring 2026.csv": 'Name,Class,Reading\n"Thomson, Katharine",5K,GDS\n',
}
QUERY = "uncertain-match at Autumn 2025.csv, row 2"


@pytest.fixture(name="school")
def _school(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def explain(school, reason: str, query: str = QUERY) -> None:
    settings = f"dismissed:\n  {json.dumps(query)}: {json.dumps(reason)}\n"
    (school / "siptrack.yaml").write_text(settings, encoding="utf-8")


def test_check_writes_a_line_for_each_query_led_by_what_was_found(school):
    run = siptrack_here("check", school, "--save")
    written = (school / "siptrack.yaml").read_text(encoding="utf-8")

    assert (run.code, "1 query" in run.err) == (0, True)
    assert yaml.safe_load(written) == {"dismissed": {QUERY: ""}}
    assert "# a name 89% like that in Spring 2026.csv, row 2" in written
    assert "Thom" not in written + run.err


def test_a_query_with_a_reason_is_counted_and_one_without_is_listed(school):
    explain(school, "")
    assert QUERY.partition(" at ")[0] in siptrack_here("check", school).out

    explain(school, "two cousins; the office checked")
    run = siptrack_here("check", school, "--fail-on", "queries")

    assert (run.code, "uncertain-match" in run.out) == (0, False)
    assert "1 query explained in siptrack.yaml" in run.out
    document = json.loads(siptrack_here("check", school, "--format", "json").out)
    assert (document["dismissed"], document["problems"]) == (1, [])


def test_reasons_are_kept_when_it_is_written_again_and_so_is_all_else(school):
    explain(school, "two cousins")
    settings = school / "siptrack.yaml"
    settings.write_text(f"# ours\nuse: {{reading: teacher-assessment}}\n{settings.read_text()}# the end\n")
    (school / "Summer 2026.csv").write_text('Name,Class,Reading\n"Thomsen, Katharine",5K,GDS\n', encoding="utf-8")
    siptrack_here("check", school, "--save")
    siptrack_here("check", school, "--save")

    held = yaml.safe_load(settings.read_text())
    assert held["use"] == {"reading": "teacher-assessment"}
    assert held["dismissed"][QUERY] == "two cousins"
    assert len(held["dismissed"]) > 1
    assert settings.read_text().count("dismissed:") == 1
    assert "# ours" in settings.read_text()
    assert "# the end" in settings.read_text()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("unknown-grade at Autumn 2025.csv, cell C2", "is an error, which cannot be dismissed"),
        ("uncertain-mach at Autumn 2025.csv, row 2", "Did you mean 'uncertain-match'"),
        ("uncertain-match", "is no query"),
    ],
)
def test_an_error_or_a_slip_cannot_be_dismissed(school, query, says):
    explain(school, "so it is", query)
    run = siptrack_here("check", school)

    assert (run.code, "siptrack.yaml, line 2" in run.err) == (4, True)
    assert says in run.err


def test_what_makes_the_report_wrong_stands_in_its_first_lines_and_in_json(tmp_path):
    (tmp_path / "roll.csv").write_text(
        "UPN,Name,Year,FSM\n" + "".join(f'A9992001200{at:02d},"Ash, {name}",4,Y\n' for at, name in enumerate("ABCDEF"))
    )
    (tmp_path / "Autumn 2025.csv").write_text("Adno,Year,Reading\n" + "".join(f"{at},4,EXS\n" for at in range(6)))
    run = siptrack_here("analyse", tmp_path)
    document = json.loads(siptrack_here("analyse", tmp_path, "--format", "json").out)

    assert run.out.splitlines()[1].startswith(
        "Check first: Autumn 2025.csv: 0 of its 6 children in roll.csv, a file of the same year groups. "
    )
    assert [(one["source"], one["children"], one["found"], one["apart"]) for one in document["sources"]] == [
        ("Autumn 2025.csv", 6, 0, True)
    ]
    assert "0 of 6 children found in roll.csv. Too few." in siptrack_here("columns", tmp_path).out
    assert "Check first" in siptrack_here("check", tmp_path).out


def test_each_command_takes_the_school(tmp_path):
    schools = ("Ash", "Brook")
    lines = [f"{school},{at},4,4A,EXS,{grade}" for school in schools for at, grade in ((11, "EXS"), (12, "WTS"))]
    text = "\n".join(["School,Adno,Year,Class,Reading Summer 2025,Reading Spring 2026", *lines])
    (tmp_path / "trust.csv").write_text(text, encoding="utf-8")

    for command in ("analyse", "check", "since", "plan", "questions", "provision", "audit", "teaching", "review"):
        refused = siptrack_here(command, tmp_path)
        assert (refused.code, "The files hold 2 schools: Ash, Brook." in refused.err) == (2, True), command
        assert siptrack_here(command, tmp_path, "--school", "Ash").code in (0, 6), command
    assert siptrack_here("child", tmp_path, "12", "--school", "Brook").code == 0
    assert siptrack_here("report", tmp_path, "-o", tmp_path / "out", "--school", "Ash").code == 0
    assert siptrack_here("columns", tmp_path).code == 0


def test_the_commands_that_a_report_ends_with_name_the_school(tmp_path):
    rows = "\n".join(f"{school},{at},4,4A,EXS,WTS" for school in ("Ash", "Brook") for at in (11, 12))
    (tmp_path / "trust.csv").write_text(f"School,Adno,Year,Class,Reading Summer 2025,Reading Spring 2026\n{rows}\n")
    run = siptrack_here("analyse", tmp_path, "--school", "Brook")

    assert "siptrack analyse PATHS --school Brook --class 4A --detail" in run.out
    assert run.out.splitlines()[1] == "School: Brook, one of 2 in the files."
