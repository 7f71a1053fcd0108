"""`siptrack teaching` on the invented schools: what was planted there is found, in every form."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from functools import cache

import jsonschema
import pytest
import yaml
from running import SAMPLES, SCHOOLS, analysed
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

from siptrack.analysis.analyse import analyse
from siptrack.cycle.teaching import set_beside
from siptrack.documents.teaching.view import teaching_document
from siptrack.reading.read import read
from siptrack.rendering.kept import write_document
from siptrack.rendering.terminal import as_text
from siptrack.rules.load import load
from siptrack.school.term import Term

LEVELS, TODAY = SAMPLES / "levels", SAMPLES / "today"
TABLES = ("observations", "cpd", "recorded", "beside", "cpd_beside", "problems", "ledger", "set_aside")
COUNTS = (
    *("children", "told_then", "insufficient_then", "told", "insufficient"),
    *("assessed_then", "at_are_then", "assessed", "at_are"),
)
every_school = pytest.mark.parametrize("school", SCHOOLS)


@cache
def written(school):
    """The JSON of a school as it is written."""
    run = siptrack("teaching", SAMPLES / school, "--format", "json")
    assert (run.code, run.err) == (0, "")
    return run.out


@cache
def told(school):
    """The same, read."""
    return json.loads(written(school))


@cache
def page(school):
    """The report of a school."""
    run = siptrack("teaching", SAMPLES / school)
    assert (run.code, run.err) == (0, "")
    return run.out


@cache
def set_side_by_side(school):
    """The same without the command, for what is only put down in another form."""
    rules = load()
    return set_beside(analyse(read([SAMPLES / school], rules), rules), rules)


def printed(school, *, detail=False):
    """The report as a document."""
    return teaching_document(set_side_by_side(school), load(), every=detail)


@cache
def truth(school):
    """What must come of a school's records."""
    return yaml.safe_load((SAMPLES / school / "teaching-truth.yaml").read_text(encoding="utf-8"))


@every_school
def test_every_row_of_both_records_is_understood(school):
    document = told(school)

    assert len(document["observations"]) == truth(school)["observations"]
    assert len(document["cpd"]) == truth(school)["cpd"]
    assert [one for one in document["problems"] if one["code"].startswith(("teaching", "cpd"))] == []


@every_school
def test_each_planted_class_has_the_counts_worked_out_without_siptrack_and_is_asked_about_and_no_other_is(school):
    rows = {(row["class"], row["subject"]): row for row in told(school)["beside"] if row["to_term"]}
    newest = max(row["academic_year"] for row in rows.values())
    asked = {key for key, row in rows.items() if row["asks"] and row["academic_year"] == newest}

    for planted in truth(school)["classes"]:
        row = rows[planted["class"], planted["subject"]]
        assert {name: row[name] for name in COUNTS} == {name: planted[name] for name in COUNTS}, planted
        assert (row["records"], row["asks"] or "") == (planted["records"], planted["asks"])
    assert asked == {(one["class"], one["subject"]) for one in truth(school)["classes"] if one["asks"]}


@every_school
def test_after_the_planted_cpd_the_children_of_each_year_group_are_counted_then_and_now(school):
    for planted in truth(school)["cpd_followed_by"]:
        rows = {
            row["year_group"]: row
            for row in told(school)["cpd_beside"]
            if (row["subject"], row["from_term"], row["to_term"])
            == (planted["subject"], planted["from_term"], planted["to_term"])
        }
        assert {year["year_group"] for year in planted["years"]} <= set(rows)
        for year in planted["years"]:
            row = rows[year["year_group"]]
            assert {name: row[name] for name in COUNTS} == {name: year[name] for name in COUNTS}, year


@every_school
def test_the_class_without_any_record_is_named(school):
    name = truth(school)["without_any_record"]

    assert f"Nothing recorded of {name} (Year {name[0]})." in page(school)
    newest = max(row["academic_year"] for row in told(school)["beside"])
    rows = [row for row in told(school)["beside"] if (row["class"], row["academic_year"]) == (name, newest)]
    assert {row["records"] for row in rows} == {0}


def test_the_question_of_good_or_better_is_answered_as_recorded_so_by_whom_with_a_percentage_from_11_records_on():
    rows = {
        line.split()[0]: line for line in page("levels").splitlines() if line.split()[:1] in (["Maths"], ["Writing"])
    }

    assert "10 of 12 (83 %)" in rows["Maths"]
    assert "2 of 4 " in rows["Writing"]
    assert "4 February 2009, book look by Miss Rowan: “Good”" in page("levels")
    assert "How good teaching is cannot be known from these files." in page("today")


@every_school
def test_the_classes_stand_in_order_of_year_group_and_name_and_no_child_is_named(school):
    text = page(school)
    part = text[text.index("\nSeen, class by class") : text.index("\nCPD beside progress")]
    labels = [line for line in part.splitlines() if line[2:3].isdigit() and "(Year" in line]
    names = {f"{pupil['surname']}, {pupil['forename']}" for pupil in analysed(school)["pupils"]}

    assert labels == sorted(labels, key=lambda label: label.split("Year ")[1][0]) != []
    assert [name for name in names if name in text] == []


@every_school
@pytest.mark.parametrize("word", ["proved", "score of", "on average", "best", "worst", "weak", "because of"])
def test_nothing_is_said_to_have_come_of_teaching(school, word):
    assert word not in page(school)


def test_earlier_school_years_are_there_on_request():
    text = as_text(printed("levels", detail=True), width=None, colour=False)

    assert "5 of earlier years: --detail." in page("levels")
    assert "Seen, class by class in 2007-08" in text
    assert "21 May 2008, book look by Mr Alder: “Good”" in text


@every_school
def test_the_json_is_what_the_shipped_schema_says(school):
    jsonschema.validate(told(school), json.loads(siptrack("schema", "teaching").out))


def test_one_table_is_there_as_csv():
    run = siptrack("teaching", TODAY, "--format", "csv", "--table", "observations")
    rows = list(csv.DictReader(io.StringIO(run.out)))

    assert (run.code, run.err) == (0, "")
    assert [row["judgement"] or None for row in rows] == [row["judgement"] for row in told("today")["observations"]]


def test_all_tables_go_into_a_database_with_what_their_columns_mean(tmp_path):
    run = siptrack("teaching", TODAY, "-o", tmp_path / "teaching.sqlite")

    with closing(sqlite3.connect(tmp_path / "teaching.sqlite")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        unexplained = database.execute('SELECT "column" FROM "columns" WHERE "meaning" IS NULL').fetchall()
    assert run.code == 0
    assert tables >= set(TABLES)
    assert unexplained == []


@pytest.mark.parametrize("form", ["html", "markdown", "docx"])
def test_the_report_is_kept_as_a_page_as_markdown_and_as_word_with_whom_it_is_for(form):
    kept = write_document(printed("today"), form, width=None, colour=False)
    content = kept if isinstance(kept, bytes) else kept.encode()

    words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml") if form == "docx" else content
    assert "keep it among those who lead the school" in words.decode()


def test_only_the_classes_and_subjects_asked_for_are_spoken_of():
    run = siptrack("teaching", LEVELS, "--class", "2B", "--subject", "maths", "--format", "json")
    document = json.loads(run.out)

    assert {(row["class"], row["subject"]) for row in document["beside"]} == {("2B", "maths")}
    assert {row["class"] for row in document["observations"]} == {"2B"}
    assert {row["subject"] for row in document["cpd_beside"]} == {"maths"}


def test_an_earlier_term_leaves_the_later_records_aside_and_counts_them():
    rules = load()
    register = set_side_by_side("levels").analysis.register
    found = set_beside(analyse(register, rules, Term.named("Autumn 2008")), rules)

    later = truth("levels")["observations"] + truth("levels")["cpd"] - len(found.observations) - len(found.cpd)
    assert found.later == later > 0


@pytest.mark.parametrize(
    ("paths", "code", "says"),
    [
        ((LEVELS / "Summer 2009.xlsx",), 6, "No record of teaching or CPD was found"),
        ((LEVELS / "Teaching and CPD.xlsx",), 3, "it holds records of teaching, and no pupils' results."),
        ((LEVELS, "--table", "nothing"), 2, "nothing"),
        ((LEVELS, "--format", "csv"), 2, "choose it with --table"),
        ((LEVELS, "--class", "9Z"), 2, "9Z"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(paths, code, says):
    run = siptrack("teaching", *paths)

    assert (run.code, run.out) == (code, "")
    assert says in run.err


def test_rows_that_are_odd_are_said_with_their_cells_lose_nothing_beside_and_no_staff_are_on_standard_error(tmp_path):
    sheet = tmp_path / "Lessons.csv"
    sheet.write_text(
        "Date,Class,Subject,Judgement,Observer\n5 May 09,9Z,Maths,Good,Mrs Oak\nsoon,2B,Maths,Good,Mrs Oak\n"
        "12/05/2009,2B,Maths,,Mrs Oak\n12/05/2009,2B,Maths,Good,Mrs Oak\n",
        encoding="utf-8",
    )
    run = siptrack("teaching", LEVELS / "Summer 2009.xlsx", LEVELS / "Spring 2009.xlsx", sheet)

    assert (run.code, run.err) == (0, "")
    assert "'9Z' in Lessons.csv, cell B2" in run.out
    assert "'soon' in Lessons.csv, cell A3" in run.out
    assert "no judgement and no notes, in a record of teaching" in run.out
    assert "12 May 2009, record by Mrs Oak: “Good”" in run.out


def test_records_of_teaching_change_nothing_in_the_analysis(tmp_path):
    for path in TODAY.iterdir():
        if path.suffix in (".csv", ".xlsx") and not path.name.startswith(("Lessons", "CPD")):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    without = json.loads(siptrack("analyse", tmp_path, "--format", "json").out)

    assert {name for name in without if without[name] != analysed("today")[name]} == {"ledger"}


def test_columns_shows_how_the_sheets_were_understood():
    run = siptrack("columns", TODAY / "Tracker 2025-26.xlsx", TODAY / "CPD log.csv", TODAY / "Lessons and books.csv")

    assert "Name: of a record of CPD: staff" in run.out
    assert "Seen by: of a record of teaching: by" in run.out


@every_school
def test_nothing_on_a_screen_is_wider_than_the_screen(school):
    text = as_text(printed(school, detail=True), width=80, colour=False)

    assert max(map(len, text.splitlines())) <= 80


def test_the_same_files_give_the_same_bytes():
    again = in_its_own_process("teaching", TODAY, "--format", "json", hash_seed="2").out

    assert again == written("today")
