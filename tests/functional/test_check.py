"""`siptrack check` on a school where one class's grades are copied and boys are judged lower than they score."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from running import SAMPLES
from running import siptrack_here as siptrack

HEADINGS = (
    "Surname,Forename,Gender,Year,Class,Reading Spring 2026 TA,Reading Summer 2026 TA,"
    "Reading Summer 2026 (standardised score),Maths Summer 2026 TA"
)


@pytest.fixture(name="school", scope="module")
def _school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifteen boys of each class score 100 and are judged WTS, the girls EXS; all of 4A are EXS in maths."""
    rows = [
        f"Thistledown{at},Tobermory{at},{gender},4,4{room},EXS,{'WTS' if gender == 'M' else 'EXS'},100,{maths}"
        for at, (gender, room) in enumerate((gender, room) for room in "AB" for gender in "MF" for _ in range(15))
        for maths in ["EXS" if room == "A" or at % 2 else "WTS"]
    ]
    path = tmp_path_factory.mktemp("check") / "school.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_report_asks_and_gives_the_counts_and_the_interval(school):
    run = siptrack("check", school)
    said = " ".join(run.out.split())

    assert (run.code, run.err) == (0, "")
    assert (
        "Reading: 30 of 30 boys (100 %) are judged lower by the teacher than by the test of Summer 2026, "
        "and 0 of 30 girls (0 %); the difference lies from 84 to 100 percentage points (95 % interval)."
    ) in said
    assert "Maths: 30 of 30 children of 4A (100 %) have one and the same grade in Summer 2026." in said
    assert "This report names children." in siptrack("check", school, "--format", "html").out
    assert "Thistledown0, Tobermory0 (4A; WTS, test 100)" in said
    assert "By class: 4A 15, 4B 15." in said
    assert "Thistledown" not in run.err


@pytest.mark.parametrize(("failing", "code"), [("errors", 0), ("queries", 0), ("questions", 1)])
def test_the_exit_code_is_1_only_when_asked_to_fail_on_questions(school, failing, code):
    assert siptrack("check", school, "--fail-on", failing).code == code


def test_every_comparison_is_in_the_table_and_the_json_asked_or_not(school):
    rows = list(csv.DictReader(io.StringIO(siptrack("check", school, "--table", "checks", "--format", "csv").out)))
    document = json.loads(siptrack("check", school, "--format", "json").out)

    assert document["schema"] == "siptrack/check/1"
    jsonschema.validate(document, json.loads(siptrack("schema", "check").out))
    assert len(document["checks"]) == len(rows)
    assert {row["asked"] for row in rows} == {"True", "False"}
    boys = next(row for row in document["checks"] if (row["group"], row["direction"]) == ("boys", "lower"))
    assert (boys["n"], boys["count"], boys["peers_n"], boys["peers_count"], boys["asked"]) == (30, 30, 30, 0, True)


def test_the_children_behind_a_question_are_a_table(school):
    rows = list(csv.DictReader(io.StringIO(siptrack("check", school, "--table", "behind", "--format", "csv").out)))
    boys = [
        row for row in rows if (row["code"], row["group"], row["direction"]) == ("teacher-and-test", "boys", "lower")
    ]

    assert len(boys) == 30
    assert {(row["surname"][:11], row["grade"], row["beside"]) for row in boys} == {("Thistledown", "WTS", "100")}


def test_filters_narrow_what_is_looked_at(school):
    whole, only = (siptrack("check", school, *narrowed).out for narrowed in ((), ("--subject", "maths")))

    assert "Reading: 30 of 30 boys" in " ".join(whole.split())
    assert "Reading" not in only
    assert "Maths: 30 of 30 children of 4A" in " ".join(only.split())


def test_a_question_that_the_school_has_switched_off_is_not_asked(school, tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("checks: {no-spread: {active: false}}\n", encoding="utf-8")

    assert "one and the same grade" not in " ".join(siptrack("check", school, "--config", settings).out.split())


def test_where_nothing_is_asked_the_report_says_so_and_what_could_not_be_compared():
    run = siptrack("check", SAMPLES / "today", "--subject", "maths")

    assert (run.code, run.err) == (0, "")
    assert "of which none leads to a question." in run.out
    assert "No subject has both a teacher's judgement and a test in this term" in run.out


def test_problems_of_the_data_are_told_with_their_places_in_detail(tmp_path):
    path = tmp_path / "school.csv"
    path.write_text(
        f"{HEADINGS}\nFog,Ann,F,4,4A,EXS,EXS,100,EXS\nFog,Bo,M,4,4A,EXS,rubbish,100,EXS\n", encoding="utf-8"
    )

    brief, detailed = siptrack("check", path), siptrack("check", path, "--detail")

    assert brief.code == detailed.code == 1
    assert "unknown-grade" in brief.out
    assert "school.csv, cell G3: found 'rubbish'" in detailed.out


def test_csv_needs_to_be_told_which_table(school):
    run = siptrack("check", school, "--format", "csv")

    assert (run.code, run.out) == (2, "")
    assert "choose it with --table (checks, behind, problems, ledger, set_aside, column_use, sources)" in run.err
