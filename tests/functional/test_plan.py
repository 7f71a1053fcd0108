"""`siptrack plan` on the invented schools: the planted gaps are its priorities, in every form, and nobody is named."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import docx
import jsonschema
import openpyxl
import pytest
from running import SAMPLES, SCHOOLS, truth
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

import siptrack as library
from registers import usual_rules
from shipped import shipped_schema
from siptrack.cycle.plan import draft
from siptrack.documents.plan.sheets import plan_workbook
from siptrack.documents.plan.view import plan_document
from siptrack.rendering.kept import write_document
from siptrack.rendering.terminal import as_text

LEVELS, TODAY = SAMPLES / "levels", SAMPLES / "today"
COLUMNS = (
    *("Tasks and actions", "Date", "Person responsible", "Outcomes"),
    *("Success criteria", "Monitoring", "Date for monitoring"),
)
every_school = pytest.mark.parametrize("school", SCHOOLS)
LETTERS = {"M": "boys", "F": "girls", "FSM": "fsm", "EAL": "eal"}


@cache
def told(school):
    """The JSON of a school."""
    run = siptrack("plan", SAMPLES / school, "--format", "json")
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


@cache
def plan(school):
    return draft(library.analyse(SAMPLES / school), usual_rules())


@cache
def pupils(school):
    """The pupils on roll."""
    return plan(school).analysis.pupils.to_dict("records")


@cache
def form(school, name):
    """The document in a form for people, as text; of a workbook or Word document the words in it."""
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan(school), usual_rules())))
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
    page = plan_document(plan(school), usual_rules(), room=name != "table", every=False)
    if name == "table":
        return as_text(page, width=None, colour=False)
    content = write_document(page, name, width=None, colour=False)
    if name == "docx":
        document = docx.Document(io.BytesIO(content))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join((*(one.text for one in document.paragraphs), *cells))
    return content.decode() if isinstance(content, bytes) else content


# --- what was planted ---------------------------------------------------------------------------------------------


@every_school
def test_it_keeps_its_schema(school):
    jsonschema.validate(told(school), shipped_schema("plan"))


def test_the_boys_of_key_stage_2_are_a_priority_in_writing_with_the_counts_that_were_planted():
    (planted,) = [one for one in truth("levels")["gaps"] if one["why"].startswith("Planted: boys")]
    priority = told("levels")["priorities"][0]
    (row,) = [one for one in told("levels")["evidence"] if one["priority"] == 1 and one["among"] == "ks2"]

    assert priority["sentence"] == (
        "To close the gap in achievement between boys and their peers in writing, in Key Stage 2"
    )
    assert (row["n"], row["count"]) == (planted["assessed"], planted["at_are"])
    assert (row["peers_n"], row["peers_count"]) == (planted["peers_assessed"], planted["peers_at_are"])


def test_the_children_on_fsm_are_a_priority_in_maths_with_the_counts_that_were_planted():
    (planted,) = [one for one in truth("today")["gaps"] if one["why"].startswith("Planted: children eligible")]
    (priority,) = [one for one in told("today")["priorities"] if one["groups"] == "fsm=fsm"]
    (row,) = [
        one
        for one in told("today")["evidence"]
        if (one["priority"], one["among"], one["group"], one["subject"])
        == (priority["priority"], "all", "fsm", planted["subject"])
    ]

    assert priority["subjects"] == "maths; rwm"
    assert priority["also"] == "disadvantaged=disadvantaged"  # explained by this gap, so no priority of their own
    assert (row["n"], row["count"]) == (planted["assessed"], planted["at_are"])


@every_school
def test_no_gap_that_must_not_be_clear_is_a_priority(school):
    unclear = [one for one in truth(school)["gaps"] if one["verdict"] != "clear" and one["scope"] == "whole school"]
    clear = {(one["subject"], one["characteristic"]) for one in truth(school)["gaps"] if one["verdict"] == "clear"}
    drafted = {
        (subject, pair)
        for one in told(school)["priorities"]
        for subject in one["subjects"].split("; ")
        for pair in (one["groups"] or "").split("; ")
    }

    assert unclear
    for one in unclear:
        if (one["subject"], one["characteristic"]) not in clear:
            group = LETTERS.get(one["group"], one["group"])
            assert (one["subject"], f"{one['characteristic']}={group}") not in drafted


def test_progress_is_a_priority_where_the_truth_says_it_is_that_of_many():
    rows = [one for one in told("today")["evidence"] if one["source"] == "progress"]
    by_name = {f"{one['surname']}, {one['forename']}": one["year_group"] for one in pupils("today")}
    years = {**by_name, **{one["pupil"]: one["year_group"] for one in pupils("today")}}
    slow = [(years[one["pupil"]], one["subject"]) for one in truth("today")["insufficient"]]
    among = {"ks2": (3, 4, 5, 6), **{f"year_{year}": (year,) for year in range(1, 7)}}

    assert [(one["among"], one["subject"]) for one in rows] == [
        *(("year_2", "reading"), ("ks2", "reading")),
        *(("year_2", "writing"), ("year_4", "writing"), ("year_5", "writing")),
    ]
    assert [one["count"] for one in rows] == [
        sum(slow.count((year, one["subject"])) for year in among[one["among"]]) for one in rows
    ]


@every_school
def test_the_figures_rest_on_the_analysis(school):
    """A priority's children now are those of its group at expectations, without those who will have left."""
    document = told(school)
    left = 6 if document["leaving"] else 7
    years = {"ks1": (1, 2), "ks2": range(3, left), "all": range(left), **{f"year_{of}": (of,) for of in range(left)}}
    progress = plan(school).analysis.progress
    met = progress[progress["attainment"].isin(["at", "above"])]
    at = set(zip(met["pupil"], met["subject"], strict=True))
    gaps = [row for row in document["outcomes"] if row["outcome"] == "gap" and row["subject"] != "rwm"]

    assert gaps
    for row in gaps:
        inside = {year for scope in row["among"].split("+") for year in years[scope]}
        mine = [
            pupil["pupil"]
            for pupil in pupils(school)
            if pupil[row["characteristic"]] == row["group"] and pupil["year_group"] in inside
        ]
        assert row["count"] == sum((pupil, row["subject"]) in at for pupil in mine)


# --- what people are given ----------------------------------------------------------------------------------------


@every_school
@pytest.mark.parametrize("name", ["table", "markdown", "html", "docx", "xlsx"])
def test_each_form_has_the_priorities_and_says_what_is_refused_and_names_nobody(school, name):
    text = form(school, name)

    for one in told(school)["priorities"]:
        assert one["sentence"] in text.replace("\\", "")
    assert "What is no priority here, and why" in text
    assert "arithmetic" in text.casefold()
    assert [pupil["upn"] for pupil in pupils(school) if pupil["upn"] and pupil["upn"] in text] == []
    full = [f"{pupil['surname']}, {pupil['forename']}" for pupil in pupils(school)]
    assert [one for one in full if one in text] == []


@pytest.mark.parametrize("name", ["markdown", "html", "docx", "xlsx"])
def test_the_columns_of_a_raising_attainment_plan_are_there_to_be_written_in(name):
    text = form("levels", name)

    assert [column for column in COLUMNS if column not in text] == []
    assert "Mid-point review" in text
    assert "Autumn 2009, at half-term" in text
    assert "Staff development (CPD)" in text
    assert "small numbers" in text  # whether it may be passed on


def test_on_a_screen_there_is_no_empty_table():
    assert "Person responsible" not in form("levels", "table")
    assert "-o plan.docx, -o plan.xlsx" in form("levels", "table")


@every_school
def test_a_priority_is_met_by_the_school_s_own_targets_and_what_figures_come_to_stands_apart(school):
    short = form(school, "table")
    run = siptrack("plan", SAMPLES / school, "--detail")

    rows = [row for row in told(school)["outcomes"] if row["targets"]]
    assert rows
    for row in rows:
        of = "all" if row["targets_at_are"] == row["targets"] else f"{row['targets_at_are']} of the"
        assert f"{of} {row['targets']} children with a target" in short
    arithmetic = run.out.partition("Arithmetic, and no target")[2].partition("Rules: ")[0]
    assert "+5" in arithmetic
    assert "+5" not in short
    assert "--detail" in short
    assert "--detail" not in run.out


@every_school
def test_each_priority_rests_on_three_lines_at_most_and_what_is_refused_takes_five(school):
    _, came, this, *priorities, refused = plan_document(plan(school), usual_rules(), room=False, every=False).sections

    assert came.title.endswith("and what came of it")
    assert this.title == "This draft"
    assert len(priorities) == len(told(school)["priorities"])
    for section in priorities:
        lines = [item.words for part in section.parts for item in part.items]
        assert 1 <= [line.startswith("Their names: ") for line in lines].index(True) <= 3
    assert refused.title == "What is no priority here, and why"
    lead, items = refused.parts
    assert "--table refused" in lead.words
    assert len(items.items) <= 5


def test_the_workbook_offers_methods_of_monitoring_and_asks_for_dates():
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan("levels"), usual_rules())))
    sheet = book["Priority 1"]
    lists = [one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"]

    assert book.sheetnames[:4] == ["Contents", "Last plan", "Priorities", "Priority 1"]
    assert len(lists) == 2
    assert all(status in lists[0] for status in usual_rules().meeting.statuses)
    assert all(method in lists[1] for method in usual_rules().plan.monitoring)
    assert sum(one.type == "date" for one in sheet.data_validations.dataValidation) == 2
    empty = [row for row in sheet.iter_rows(values_only=True) if row[-1] and not any(row[:-1])]
    assert len(empty) == usual_rules().plan.rows


def test_the_word_document_lies_on_its_side_and_has_empty_rows():
    page = plan_document(plan("levels"), usual_rules(), room=True, every=False)
    document = docx.Document(io.BytesIO(write_document(page, "docx", width=None, colour=False)))
    section = document.sections[0]
    actions = [table for table in document.tables if table.rows[0].cells[0].text == COLUMNS[0]]

    assert section.page_width > section.page_height
    assert len(actions) == len(plan("levels").priorities)
    assert [cell.text for cell in actions[0].rows[0].cells] == list(COLUMNS)
    assert [cell.text for cell in actions[0].rows[-1].cells] == [""] * len(COLUMNS)


def test_materials_are_offered_to_a_school_of_their_time_only():
    assert "Talk for Writing [ref: 00607-2008]" in form("levels", "table")
    assert "[ref:" not in form("today", "table")


# --- the command --------------------------------------------------------------------------------------------------


def test_each_table_is_written_by_name():
    run = siptrack("plan", TODAY, "--format", "csv", "--table", "refused")
    rows = list(csv.DictReader(io.StringIO(run.out)))

    assert (run.code, run.err) == (0, "")
    assert {row["reason"] for row in rows} == {"not clear", "too few", "not many", "leaving", "beyond the most"}
    assert [row for row in rows if row["reason"] == "too few" and row["source"] == "gap" and int(row["n"]) > 10] == []


def test_one_year_group_is_planned_for_alone():
    run = siptrack("plan", TODAY, "--year", "5", "--fail-on", "priorities")

    assert run.code == 1
    assert "Only year 5." in run.out
    assert "To improve rates of progress in Year 5 in writing" in run.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((LEVELS / "Provision.xlsx",), 3, "it holds provision, and no pupils' results."),
        ((TODAY, "--format", "csv"), 2, "choose it with --table"),
        ((TODAY, "--format", "xlsx"), 2, "is no text for a screen"),
        ((TODAY, "--table", "refused", "-o", "plan.docx"), 2, "take --table away"),
        ((TODAY, "--table", "nothing"), 2, "refused"),
        ((TODAY, "--class", "9Z"), 2, "9Z"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(arguments, code, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = siptrack("plan", *arguments)

    assert (run.code, run.out) == (code, "")
    assert says in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_school_without_a_priority_gets_a_plan_that_says_so(tmp_path):
    sheet = tmp_path / "Results.csv"
    rows = [f"Pupil {chr(65 + at)},4,2a,3b" for at in range(12)]
    sheet.write_text("\n".join(["Name,Year,Writing Summer 2008,Writing Summer 2009", *rows]), encoding="utf-8")

    run = siptrack("plan", sheet, "-o", tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")

    assert (run.code, run.out) == (0, "")
    assert book.sheetnames == ["Contents"]
    assert "The results support no priority" in " ".join(str(cell) for (cell, *_) in book["Contents"].values)


def test_the_same_files_give_the_same_bytes():
    assert plan_workbook(plan("today"), usual_rules()) == plan_workbook(plan("today"), usual_rules())
    run = in_its_own_process("plan", TODAY, "--format", "json", hash_seed="2")
    assert run.out == json.dumps(told("today"), ensure_ascii=False, indent=2) + "\n"


def test_a_small_group_far_behind_is_told_in_counts_and_not_passed_over(tmp_path):
    rows = [f"Child{n},A,4,4A,{'Y' if n < 5 else 'N'},{'WTS' if n < 5 else 'EXS'}" for n in range(40)]
    (tmp_path / "Summer 2019.csv").write_text(
        "\n".join(["Surname,Forename,Year group,Class,FSM,Writing", *rows]), encoding="utf-8"
    )

    said = siptrack("plan", tmp_path).out

    assert "Of children on FSM 5 of 5 are below expectations in writing (0 of 35 others): too few to judge" in said
    assert "so nothing is said" not in said
