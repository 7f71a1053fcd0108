"""Files as schools and researchers really keep them; skipped where these files are not beside the checkout."""

from __future__ import annotations

import csv
import io

import pytest
from running import REAL_FILES, as_json, siptrack

pytestmark = pytest.mark.skipif(not REAL_FILES.is_dir(), reason="the real files are not beside this checkout")


def test_junior_school_project_every_row_is_read_and_a_blank_is_not_recorded():
    path = REAL_FILES / "jsp_all_wide_standardised.csv"
    with path.open(encoding="utf-8", newline="") as file:
        blanks = sum(not row["EAL"].strip() for row in csv.DictReader(file))

    document = as_json(path)

    ledger = document["ledger"]
    rows = siptrack("analyse", path, "--format", "csv", "--table", "pupils")
    not_recorded = [row for row in csv.DictReader(io.StringIO(rows.out)) if row["eal"] == "not_recorded"]
    assert (blanks, ledger["rows_read"], ledger["rows_used"]) == (350, 1192, 1192)
    assert len(document["pupils"]) <= 1192
    assert len(not_recorded) <= blanks


def test_junior_school_project_is_on_standardised_scores():
    document = as_json(REAL_FILES / "jsp_all_wide_standardised.csv")

    assert {row["scale"] for row in document["progress"] if row["grade"]} == {"standardised-score"}


def test_the_percentages_at_the_expected_standard_are_those_that_were_published():
    path = REAL_FILES / "ks2_2024_sex_disadvantage_wide.xlsx"

    groups = siptrack("analyse", path, "--format", "ndjson", "--table", "groups")
    report = siptrack("analyse", path)

    assert (groups.code, report.code) == (0, 0)
    assert [percent for percent in ("42%", "64%", "49%", "71%") if percent not in report.out.replace(" %", "%")] == []


def test_level_files_name_every_pupil_once():
    document = as_json(REAL_FILES / "sgp_school2288_wide_levels.xlsx")

    keys = [pupil["pupil"] for pupil in document["pupils"]]
    assert len(keys) == len(set(keys)) > 0
    assert document["ledger"]["rows_read"] == 323


def test_raw_marks_are_never_turned_into_progress():
    document = as_json(REAL_FILES / "uci_maths_termly.xlsx")

    assert {row["verdict"].replace("_", " ") for row in document["progress"]} == {"cannot tell"}
    assert [flag for flag in document["flags"] if flag["code"].startswith("insufficient")] == []
    assert "unknown-scale" in {problem["code"] for problem in document["problems"]}
