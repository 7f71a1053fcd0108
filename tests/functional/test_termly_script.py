"""The script for cron and Task Scheduler: every school gets its files, and the end tells what needs looking at."""

from __future__ import annotations

import subprocess
import sys

import pytest
from running import REPOSITORY

TERMS = ("Summer 2024", "Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026")
HEAD = f"UPN,Surname,Forename,Year,Class,{','.join(f'Reading {term}' for term in TERMS)}\n"
KEEPS_UP = "A100000000001,Wren,Ada,4,4A,EXS,EXS,EXS,EXS,EXS,EXS\n"
BEHIND = "A100000000002,Teal,Bo,4,4A,GDS,GDS,EXS,EXS,WTS,WTS\n"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The script on two schools that can be judged, and on one that cannot."""
    schools, reports = tmp_path_factory.mktemp("schools"), tmp_path_factory.mktemp("reports") / "this week"
    for name, rows in (
        ("Ash Lane", KEEPS_UP),
        ("Beech Road", KEEPS_UP.replace("0001,", "0003,") + BEHIND),
        ("Cedar Hill", ""),
    ):
        (schools / name).mkdir()
        (schools / name / "Tracker.csv").write_text(HEAD + rows, encoding="utf-8")
    script = REPOSITORY / "examples" / "termly.py"
    done = subprocess.run(
        [sys.executable, script, schools, reports], capture_output=True, check=False, text=True, encoding="utf-8"
    )
    return done, reports


def test_each_school_gets_its_report_and_one_that_fails_keeps_no_other_from_it(ran):
    _, reports = ran

    written = {folder.name for folder in (reports / "reports").iterdir()}

    assert written == {"Ash Lane", "Beech Road"}
    assert "Teal, Bo" in (reports / "reports" / "Beech Road" / "named" / "report.html").read_text(encoding="utf-8")
    assert (reports / "schools.html").is_file()


def test_it_says_how_each_school_went_and_names_no_child(ran):
    done, _ = ran

    assert "Ash Lane: written\n" in done.stdout
    assert "Beech Road: written\n" in done.stdout
    assert "Cedar Hill: a file could not be used. " in done.stdout
    assert [name for name in ("Teal", "Wren") if name in done.stdout + done.stderr] == []


def test_it_ends_with_the_highest_code(ran):
    done, _ = ran

    assert done.returncode == 3
