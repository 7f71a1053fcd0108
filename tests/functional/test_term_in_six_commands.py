"""The six commands of a term, as the manual has them, run one after the other on today's school: each says its part."""

from __future__ import annotations

import contextlib
import csv
import re
import shlex
import shutil

import docx
import openpyxl
import pytest
import yaml
from running import REPOSITORY, SAMPLES, truth
from running import siptrack_here as siptrack

PAGE = (REPOSITORY / "docs" / "term.md").read_text(encoding="utf-8")
COMMANDS = [shlex.split(line, comments=True)[1:] for line in re.findall(r"^siptrack .*$", PAGE, re.MULTILINE)[:6]]
TRUTH = truth("today")
INSUFFICIENT = {child["pupil"] for child in TRUTH["insufficient"]}
PLAN_MET = sum(row["met"] == "met" for row in TRUTH["plan"]["criteria"])
COUNTED = f"{PLAN_MET} of {len(TRUTH['plan']['criteria'])} success criteria met"


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """The folder in which they were run, and what each printed."""
    folder = tmp_path_factory.mktemp("term")
    shutil.copytree(SAMPLES / "today", folder / "data")
    with contextlib.chdir(folder):
        runs = {command[0]: siptrack(*command) for command in COMMANDS}
    assert {name: run.code for name, run in runs.items()} == dict.fromkeys(runs, 0)
    return folder, {name: run.out for name, run in runs.items()}


def words_of(html):
    """What a page says."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_they_are_the_steps_of_the_cycle():
    assert [command[0] for command in COMMANDS] == ["audit", "analyse", "plan", "report", "provision", "since"]


def test_the_audit_opens_the_year_with_those_who_carry_over_and_the_plan_that_came_back(term):
    page = words_of((term[0] / "Audit.html").read_text(encoding="utf-8"))
    with (term[0] / "data" / "Pupil list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Year group"] != "6"]
    staying = {row["UPN"] or f"{row['Surname']}, {row['Forename']}" for row in rows}

    assert f"{len(INSUFFICIENT & staying)} of {len(staying)} children (" in page
    assert COUNTED in page


def test_tracking_names_those_whose_progress_is_insufficient(term):
    assert f"{len(INSUFFICIENT)} of {TRUTH['pupils_on_roll']} children (" in term[1]["analyse"]


def test_the_plan_is_a_workbook_with_its_priorities_and_what_came_of_the_last_one(term):
    book = openpyxl.load_workbook(term[0] / "Plan.xlsx", read_only=True)
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}

    assert {"Priorities", "Priority 1", "Staff development"} <= set(book.sheetnames)
    assert any(COUNTED in cell for cell in cells)
    assert any("children on FSM and their peers in maths" in cell for cell in cells)


def test_the_meeting_s_pack_names_each_of_them_and_has_a_page_for_each(term):
    named = term[0] / "Spring meeting" / "named"
    document = docx.Document(str(named / "meeting.docx"))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    names = {child["name"] for child in TRUTH["insufficient"]}

    assert len(names) > 50
    assert [name for name in names if name not in text] == []
    assert len(list((named / "children").glob("*.html"))) >= len(INSUFFICIENT)


def test_provision_tells_who_has_none(term):
    held = yaml.safe_load((SAMPLES / "today" / "provision-truth.yaml").read_text(encoding="utf-8"))
    nothing = (
        term[1]["provision"].split("and no provision this school year")[1].split("provision for something else")[0]
    )

    assert held["nothing"] in nothing
    assert held["five_at_once"] not in nothing


def test_the_look_back_tells_what_was_agreed_and_what_came_of_the_plan(term):
    page = words_of((term[0] / "Since.html").read_text(encoding="utf-8"))
    agreed = TRUTH["since"]["actions"]

    assert f"{len(agreed)} actions for {len({action['pupil'] for action in agreed})} children" in page
    assert COUNTED in page
    assert all(row["action"] in page for row in TRUTH["plan"]["actions"] if row["came"] == "past its date")
