"""Files as schools and researchers really keep them; skipped where these files are not beside the checkout."""

from __future__ import annotations

import csv
import json

import pytest
from running import REAL_FILES, as_json
from running import siptrack_here as run_siptrack

import siptrack
from siptrack.school.errors import ExitCode

pytestmark = pytest.mark.skipif(not REAL_FILES.is_dir(), reason="the real files are not beside this checkout")


def test_junior_school_project_every_row_is_read_and_a_blank_is_not_recorded():
    path = REAL_FILES / "jsp_all_wide_standardised.csv"
    with path.open(encoding="utf-8", newline="") as file:
        blanks = sum(not row["EAL"].strip() for row in csv.DictReader(file))

    register = siptrack.read(path, school="all")

    not_recorded = int((register.pupils["eal"] == "not_recorded").sum())
    assert (register.ledger.rows_read, register.ledger.rows_used, len(register.pupils)) == (1192, 1192, 1192)
    assert (blanks, not_recorded) == (350, 350)


def test_junior_school_project_is_on_standardised_scores():
    document = as_json(REAL_FILES / "jsp_all_wide_standardised.csv", "--school", "all")

    assert {row["scale"] for row in document["progress"] if row["grade"]} == {"standardised-score"}


PUBLISHED = {  # percent at the expected standard in reading, writing and maths, by sex and disadvantage, 2024
    ("girls+disadvantaged", "Girls, Disadvantaged"): 49,
    ("girls+not_disadvantaged", "Girls, Not disadvantaged"): 71,
    ("boys+disadvantaged", "Boys, Disadvantaged"): 42,
    ("boys+not_disadvantaged", "Boys, Not disadvantaged"): 64,
}


def test_the_percentages_at_the_expected_standard_are_those_that_were_published():
    path = REAL_FILES / "ks2_2024_sex_disadvantage_wide.xlsx"

    groups = run_siptrack("analyse", path, "--format", "ndjson", "--table", "groups")
    report = run_siptrack("analyse", path, "--detail")

    told = map(json.loads, groups.out.splitlines())
    rows = {row["group"]: row for row in told if row["among"] == "all"}
    assert {key: (rows[key[0]]["at_are"], rows[key[0]]["assessed"]) for key in PUBLISHED} == {
        key: (percent, 100) for key, percent in PUBLISHED.items()
    }
    lines = report.out.splitlines()
    printed = {
        label: f"({percent} %)"
        for (_, label), percent in PUBLISHED.items()
        if any(label in line and f"{percent} of 100 ({percent} %)" in line for line in lines)
    }
    assert printed == {label: f"({percent} %)" for (_, label), percent in PUBLISHED.items()}


def test_level_files_name_every_pupil_once():
    document = as_json(REAL_FILES / "sgp_school2288_wide_levels.xlsx")

    keys = [pupil["pupil"] for pupil in document["pupils"]]
    assert len(keys) == len(set(keys)) > 0
    assert document["ledger"]["rows_read"] == 323


def test_raw_marks_are_never_turned_into_progress_and_never_look_like_a_pass():
    document = as_json(REAL_FILES / "uci_maths_termly.xlsx", code=ExitCode.NOTHING_TO_JUDGE)

    assert {row["verdict"].replace("_", " ") for row in document["progress"]} == {"cannot tell"}
    assert [flag for flag in document["flags"] if flag["code"].startswith("insufficient")] == []
    assert "unknown-scale" in {problem["code"] for problem in document["problems"]}
