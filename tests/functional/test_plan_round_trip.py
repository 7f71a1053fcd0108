"""The plan's workbook written, filled in as a school would, saved by another program, and read back a year later."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date

import openpyxl
import pytest
from running import SAMPLES
from running import siptrack_here as siptrack

OFFICE = shutil.which("soffice")


def columns(sheet):
    """The row of headings, and the column of each."""
    for row in sheet.iter_rows():
        found = {cell.value: cell.column for cell in row if cell.value}
        if "Tasks and actions" in found:
            return row[0].row, found
    raise AssertionError(sheet.title)


@pytest.fixture(scope="module", params=["today", "levels"])
def filled(request, tmp_path_factory):
    """A sample school with the plan of the year before beside it, in which tasks, numbers and statuses are written."""
    data = tmp_path_factory.mktemp(request.param) / "data"
    shutil.copytree(SAMPLES / request.param, data, ignore=shutil.ignore_patterns("Plan *.xlsx"))
    then = {"today": "Summer 2025", "levels": "Summer 2008"}[request.param]
    draft = data.parent / "plan.xlsx"
    run = siptrack("plan", data, "--term", then, "-o", draft)
    assert run.code == 0, run.err
    book = openpyxl.load_workbook(draft)
    sheet = book["Priority 1"]
    top, at = columns(sheet)
    wanted = [(1, "Guided reading", date(2025, 10, 3), "Done", 1), (2, "Book bags", "soon", None, 999)]
    for down, *values in wanted:
        for name, value in zip(("Tasks and actions", "Date", "Status", "Number of children"), values, strict=True):
            sheet.cell(top + down, at[name]).value = value
    sheet.insert_rows(top + 1)
    sheet.cell(top + 1, at["Tasks and actions"]).value = "Put in by us"
    sheet.title = "What we do first"
    book.save(data / "Our plan.xlsx")
    if OFFICE:
        turn = [OFFICE, "--headless", f"-env:UserInstallation=file://{data.parent}/office", "--convert-to", "xlsx"]
        saved = data.parent / "saved"
        subprocess.run([*turn, "--outdir", saved, data / "Our plan.xlsx"], capture_output=True, check=True)
        shutil.copy(saved / "Our plan.xlsx", data / "Our plan.xlsx")
    return data, then


def test_the_next_look_back_counts_it_again(filled):
    data, then = filled
    run = siptrack("since", data, "--format", "json")
    assert run.code == 0, run.err
    told = json.loads(run.out)
    actions = {row["action"]: (row["priority"], row["came"]) for row in told["plan_actions"]}

    assert actions == {
        "Guided reading": (1, "done"),
        "Book bags": (1, "no date and no outcome"),
        "Put in by us": (1, "no date and no outcome"),
    }
    assert {row["n_then"] for row in told["plan_criteria"]} != {None}
    counted = [row for row in told["plan_criteria"] if row["n_planned"] is not None]
    assert [(row["n_then"], row["then"]) for row in counted] == [(row["n_planned"], row["planned"]) for row in counted]
    for row in counted:
        assert row["n"] + row["left"] + row["without"] == row["n_then"]
    by_number = {row["wanted"]: row for row in told["plan_criteria"]}
    assert by_number[999]["met"] == ("met" if by_number[999]["outcome"] == "progress" else "not yet")
    assert f"The plan from the results of {then}" in siptrack("since", data).out


def test_the_results_are_as_they_were_and_every_row_is_accounted_for(filled):
    data, _ = filled
    places = data, SAMPLES / data.parent.name.rstrip("0123456789")
    beside, alone = (json.loads(siptrack("analyse", at, "--format", "json").out) for at in places)

    assert beside["progress"] == alone["progress"]
    assert beside["flags"] == alone["flags"]


def test_the_next_plan_begins_with_it(filled):
    data, then = filled
    said = siptrack("plan", data).out

    assert said.index(f"The plan from the results of {then}, and what came of it") < said.index("The results support")
    assert "Overdue" not in said
