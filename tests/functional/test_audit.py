"""`siptrack audit` on the invented schools: the year it opens, the targets that were planted, and every form."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache

import jsonschema
import pytest
from running import SAMPLES, SCHOOLS, names_in, truth
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

LEVELS, TODAY = SAMPLES / "levels", SAMPLES / "today"
every_school = pytest.mark.parametrize("school", SCHOOLS)


@cache
def opened(school):
    run = siptrack("audit", SAMPLES / school, "--format", "json")
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


@cache
def page(school):
    run = siptrack("audit", SAMPLES / school)
    assert (run.code, run.err) == (0, "")
    return run.out


@cache
def keys(school):
    """siptrack's key of each child by UPN, and of those without one by `Surname, Forename`."""
    rows = opened(school)["on_roll"]
    return {row["upn"] or f"{row['surname']}, {row['forename']}": row["pupil"] for row in rows}


def test_after_the_summer_the_next_year_is_opened_without_those_who_left_for_secondary_school():
    document = opened("levels")
    on_roll = {row["pupil"] for row in document["on_roll"]}

    assert document["term"]["label"] == "Autumn 2009"
    assert (document["before"]["label"], document["now"]) == ("Summer 2009", None)
    assert {row["year_group"] for row in document["on_roll"]} == {2, 3, 4, 5, 6}
    assert len(on_roll) + document["leaving"] == truth("levels")["pupils_on_roll"]


def test_who_carries_over_is_who_was_on_the_list_of_the_summer_and_is_still_here():
    here = keys("levels")
    wanted = {(here[one["pupil"]], one["subject"]) for one in truth("levels")["insufficient"] if one["pupil"] in here}

    found = {(row["pupil"], row["subject"]) for row in opened("levels")["carried_over"]}

    assert found == wanted
    assert ("Toadflax", 4) in {(row["surname"], row["terms"]) for row in opened("levels")["carried_over"]}
    assert 5 in {row["terms"] for row in opened("levels")["carried_over"]}


def test_where_the_year_is_under_way_it_is_opened_as_at_the_newest_term_beside_the_summer_before():
    under_way = ("audit", TODAY, "--term", "Spring 2026")
    document, said = json.loads(siptrack(*under_way, "--format", "json").out), siptrack(*under_way).out

    assert [document[name]["label"] for name in ("before", "now", "term")] == [
        *("Summer 2025", "Spring 2026", "Spring 2026")
    ]
    assert "210 children on roll in Spring 2026; 34 have no result from before this school year." in said
    assert "Cannot tell for 36 children." in said


def test_where_progress_could_be_told_of_nobody_the_summer_before_nobody_is_said_to_carry_over(tmp_path):
    (tmp_path / "5R.csv").write_text(
        "Surname,Forename,Year group,Reading Summer 2025,Reading Autumn 2025\nAlder,Ann,5,EXS,WTS\n", encoding="utf-8"
    )

    run = siptrack("audit", tmp_path)

    assert run.code == 0
    assert "Nobody can be seen to carry over: no child's progress can be judged in Summer 2025." in run.out


@every_school
def test_every_target_gets_the_answer_worked_out_without_siptrack(school):
    targets = truth(school)["targets"]
    wanted = {(keys(school)[one["pupil"]], one["subject"]): (one["target"], one["course"]) for one in targets["every"]}

    found = {(row["pupil"], row["subject"]): (row["target_grade"], row["course"]) for row in opened(school)["targets"]}

    assert found == wanted
    assert {row["target_term"] for row in opened(school)["targets"]} == {targets["term"]}


@every_school
def test_the_planted_targets_are_found_and_those_out_of_reach_are_named(school):
    listed = [line for line in page(school).split("\nChildren to follow")[1].splitlines() if ", target " in line]
    named = "\n".join(listed)

    for one in truth(school)["targets"]["planted"]:
        assert (one["name"] in named) or one["course"] != "not on course", one
    assert truth(school)["targets"]["planted"][0]["course"] == "not on course"


def test_a_year_group_of_whom_no_prior_attainment_is_known_has_no_noughts():
    assert re.search(r"^Year 2 +30 +- \(30\) ", page("today"), re.MULTILINE)
    assert re.search(r"^Year 3 +30 +7 · 19 · 4 ", page("today"), re.MULTILINE)


def test_a_year_group_without_targets_gets_the_reference_line_and_no_target():
    assert "No target: Year 2 and Year 3 in reading, writing and maths." in page("levels")
    lines = siptrack("audit", LEVELS, "--detail").out.split("Without a target")[1].split("Missing from the data")[0]

    assert re.search(r"Year 2 +2b ", lines)
    assert {row["year_group"] for row in opened("levels")["courses"]} == {4, 5, 6}


@every_school
def test_the_counts_add_up(school):
    document = opened(school)
    whole = len(document["on_roll"])

    assert sum(row["children"] for row in document["prior"]) == whole
    for row in document["standing"]:
        if row["below"] is not None:
            assert sum(row[name] for name in ("well_below", "below", "at", "above", "not_known")) == row["n"]
            assert row["at"] + row["above"] == row["at_are"]
    for row in document["courses"]:
        told = sum(row[name] for name in ("met", "on_course", "not_on_course", "not_met", "cannot_tell"))
        assert told == row["targets"] <= row["n"]


@every_school
def test_what_is_missing_is_told_by_name_where_it_is_a_few(school):
    nameless = [row for row in opened(school)["on_roll"] if not row["upn"]]

    (line,) = [line for line in page(school).splitlines() if line.startswith("  UPN: ")]
    assert nameless
    assert [row["surname"] for row in nameless if row["surname"] not in line] == []


@every_school
def test_the_json_keeps_its_schema(school):
    jsonschema.validate(opened(school), json.loads(siptrack("schema", "audit").out))


@pytest.mark.parametrize("table", ["on_roll", "working_groups", "missing", "targets"])
def test_a_table_alone_is_written_as_csv(table):
    run = siptrack("audit", LEVELS, "--format", "csv", "--table", table)

    assert (run.code, run.err) == (0, "")
    assert len(list(csv.DictReader(io.StringIO(run.out)))) == len(opened("levels")[table]) > 0


def test_it_is_written_for_paper_with_the_notice_that_it_names_children(tmp_path):
    run = siptrack("audit", LEVELS, "--year", "6", "-o", tmp_path / "audit.html")

    assert run.code == 0
    assert "This report names children." in (tmp_path / "audit.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "asked", "code"),
    [
        ("not-on-course", (LEVELS,), 1),
        ("missing-results", (TODAY, "--term", "Spring 2026"), 1),
        ("missing-results", (LEVELS,), 0),
        ("errors", (LEVELS,), 0),
    ],
)
def test_it_ends_with_1_on_what_it_was_told_to_fail_on(what, asked, code):
    assert siptrack("audit", *asked, "--fail-on", what).code == code


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((LEVELS, "--term", "Autumn 2020"), 2, "The results go from Summer 2007 to Summer 2009"),
        ((LEVELS, "--term", "gibberish"), 2, "gibberish"),
        ((LEVELS, "--table", "nothing"), 2, "nothing"),
        ((LEVELS, "--year", "1"), 6, "No result is left"),
        ((TODAY / "Pupil list.csv",), 6, "no result could be used"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(arguments, code, says):
    run = siptrack("audit", *arguments)

    assert (run.code, run.out) == (code, "")
    assert says in run.err


def test_one_term_alone_opens_a_year_and_says_what_it_cannot_tell(tmp_path):
    rows = "Surname,Forename,Year group,Class,Reading Autumn 2025\nAlder,Ann,4,4T,EXS\nBirch,Bob,4,4T,WTS\n"
    (tmp_path / "Autumn.csv").write_text(rows, encoding="utf-8")

    run = siptrack("audit", tmp_path)

    assert run.code == 0
    assert "Opening the school year 2025-26, as at Autumn 2025" in run.out
    assert "The files hold no results from the year before" in run.out
    assert "and no gap to be inherited." in run.out


def test_no_child_is_named_on_standard_error():
    run = siptrack("audit", LEVELS, "--year", "1")

    assert [name for name in names_in(opened("levels")["on_roll"]) if len(name) > 3 and name in run.err] == []


def test_the_same_files_give_the_same_bytes():
    assert (
        in_its_own_process("audit", TODAY, "--format", "json", hash_seed="7").out
        == siptrack("audit", TODAY, "--format", "json").out
    )
