"""`siptrack since` finds what was planted in the invented schools, in every form, and ends as it says."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from functools import cache

import jsonschema
import pytest
from running import SAMPLES, SCHOOLS, analysed, truth
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

every_school = pytest.mark.parametrize("school", SCHOOLS)


@cache
def looked_back(school: str) -> dict[str, object]:
    run = siptrack("since", SAMPLES / school, "--format", "json")
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


@cache
def page(school: str) -> str:
    run = siptrack("since", SAMPLES / school)
    assert (run.code, run.err) == (0, "")
    return run.out


def _keys(school: str) -> dict[str, str]:
    """siptrack's key of each pupil by UPN, and of those without one by `Surname, Forename`."""
    pupils = analysed(school)["pupils"]
    return {str(one["upn"] or f"{one['surname']}, {one['forename']}"): str(one["pupil"]) for one in pupils}


@every_school
def test_it_looks_back_from_the_newest_term_to_the_one_before(school):
    document = looked_back(school)

    terms = (document["from_term"]["label"], document["term"]["label"])
    assert terms == (truth(school)["since"]["from"], truth(school)["since"]["to"])


@every_school
def test_every_child_who_joined_left_or_stayed_is_found_with_the_terms_in_a_row_and_no_other(school):
    keys = _keys(school)
    wanted = {
        (keys.get(one["pupil"], one["pupil"]), one["subject"]): (one["moved"], one["terms"])
        for one in truth(school)["since"]["listed"]
    }

    found = {(row["pupil"], row["subject"]): (row["moved"], row["terms"]) for row in looked_back(school)["list"]}

    assert found == wanted


@every_school
def test_each_child_on_the_list_stands_on_the_page_once(school):
    """By name; those who neither joined nor left are counted, and named with --detail."""
    run = siptrack("since", SAMPLES / school, "--detail")
    lines = run.out[run.out.index("On the list for") :].splitlines()
    named: dict[str, set[str]] = {}
    for row in looked_back(school)["list"]:
        named.setdefault(f"{row['surname']}, {row['forename']}", set()).add(row["pupil"])

    times = {name: sum(line.strip().startswith((f"{name}:", f"{name} (")) for line in lines) for name in named}

    assert times == {name: len(keys) for name, keys in named.items()}


@every_school
def test_each_child_on_the_list_has_the_number_that_analyse_gives_it(school):
    known = {(row["pupil"], row["subject"]): row["behind_in_100"] for row in analysed(school)["evidence"]}
    rows = looked_back(school)["list"]

    assert {(row["pupil"], row["subject"]): row["behind_in_100"] for row in rows} == {
        (row["pupil"], row["subject"]): known.get((row["pupil"], row["subject"])) for row in rows
    }


@every_school
def test_what_noise_alone_would_have_done_is_told_of_no_more_children_than_there_are(school):
    document = looked_back(school)
    noise, then = document["by_noise"], {row["pupil"] for row in document["list"] if row["moved"] != "joined"}

    assert 0 < noise["joined"] < 210
    assert 0 < noise["left"] <= noise["listed"] <= len(then)


@every_school
def test_what_came_of_each_action_and_of_the_child_is_as_planted(school):
    keys = _keys(school)
    wanted = {
        (keys.get(one["pupil"], one["pupil"]), subject): (one["action"], one["came"], states["then"], states["now"])
        for one in truth(school)["since"]["actions"]
        for subject, states in one["subjects"].items()
    }

    found = {
        (row["pupil"], row["subject"]): (row["action"], row["came"], row["then"], row["now"])
        for row in looked_back(school)["actions"]
    }

    assert found == wanted


@every_school
def test_the_counts_add_up_to_the_list(school):
    document = looked_back(school)
    for row in document["counts"]:
        assert row["then"] == row["stayed"] + row["left"] + row["untold_now"] + row["left_school"]
        assert row["now"] == row["stayed"] + row["joined"] + row["untold_then"] + row["new_here"]

    told = sum(row["then"] + row["now"] - row["stayed"] for row in document["counts"])
    assert told == len(document["list"]) > 0


@every_school
def test_the_list_now_is_that_of_analyse(school):
    now = {"stayed", "joined", "could not be told then", "new here"}
    flags = {
        (row["pupil"], row["subject"])
        for row in analysed(school)["flags"]
        if row["code"] in ("insufficient-year", "insufficient-key-stage")
    }

    assert {(row["pupil"], row["subject"]) for row in looked_back(school)["list"] if row["moved"] in now} == flags


def test_the_page_begins_with_what_came_of_what_was_agreed_then_who_is_long_on_the_list():
    lines = page("levels").splitlines()
    heading = lines.index("On the list for 3 terms or more: 6 children")

    assert lines[2] == "What was agreed, and what came of it: 7 actions for 7 children"
    assert lines[heading + 2].startswith("  Campion, Maisie (4T):   reading 2a→2a 96, 5 terms; writing 3b→3a→3a 57, 2 ")
    assert heading < lines.index("The list, then and now")


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "  Billhook, Jamal (4T): Guided writing three times a week (Mrs Iris, by 22 May 2009): past its date. Now: "
            "writing 2a→2a, still on the list."
        ),
        "done. Sentences are secure in every piece since May. Now: writing 4c→4b, off the list.",
        "stopped. Moved to another school at Easter. Now: has left the school.",
        "1 child on the list in Spring 2009, no longer at the school",
        "For 3 of them nothing is recorded: no action, and no provision in these subjects since Spring 2009.",
        (
            "If every child had kept up, the ups and downs of marks alone would bring about 8 to the list, and take "
            "about 65 of 74 off it."
        ),
        "Clear now: children with SEN behind children without SEN in reading, writing and maths; boys behind girls in",
    ],
)
def test_the_page_says_what_was_planted(sentence):
    assert sentence in page("levels")


@every_school
def test_the_page_is_half_as_long_as_a_line_for_each_sentence_was(school):
    assert len(page(school).splitlines()) <= {"levels": 153, "today": 178}[school]


def test_where_nothing_could_be_told_then_the_page_says_that_nobody_joined_or_left():
    run = siptrack("since", SAMPLES / "today", "--from", "Autumn 2024", "--to", "Spring 2025")

    assert "No child's progress can be judged in Autumn 2024, so nobody can be seen to have joined or left" in run.out
    assert "joined in a subject" not in run.out


def test_a_record_is_asked_for_where_there_is_none():
    run = siptrack("since", SAMPLES / "levels" / "Spring 2009.xlsx", SAMPLES / "levels" / "Autumn 2008.xlsx")

    assert "No record of actions is among the files." in run.out


@every_school
def test_nothing_on_a_screen_is_wider_than_the_screen(school):
    from siptrack.cycle.since import look_back
    from siptrack.documents.since.view import since_document
    from siptrack.reading.read import read
    from siptrack.rendering.terminal import as_text
    from siptrack.rules.load import load

    rules = load()
    found = look_back(read([SAMPLES / school], rules), rules)
    text = as_text(since_document(found, rules, every=False), width=80, colour=False)

    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("table", ["list", "counts", "actions", "trends", "problems", "ledger", "set_aside"])
def test_each_table_is_there_as_csv(table):
    run = siptrack("since", SAMPLES / "levels", "--format", "csv", "--table", table)
    rows = list(csv.DictReader(io.StringIO(run.out)))

    assert run.code == 0
    if table in looked_back("levels") and table != "problems":
        assert len(rows) == len(looked_back("levels")[table]) > 0


@every_school
def test_the_json_is_what_the_shipped_schema_says(school):
    schema = json.loads(siptrack("schema", "since").out)

    jsonschema.validate(looked_back(school), schema)


def test_all_tables_go_into_a_database_with_what_their_columns_mean(tmp_path):
    run = siptrack("since", SAMPLES / "levels", "-o", tmp_path / "since.sqlite")

    with closing(sqlite3.connect(tmp_path / "since.sqlite")) as database:
        found = database.execute('SELECT "came", count(*) FROM "actions" GROUP BY "came"').fetchall()
        unexplained = database.execute('SELECT "column" FROM "columns" WHERE "meaning" IS NULL').fetchall()
    assert run.code == 0
    assert dict(found)["past its date"] == 1
    assert unexplained == []


def test_only_the_children_asked_for_are_spoken_of_those_who_left_the_class_too():
    run = siptrack("since", SAMPLES / "levels", "--class", "4/5M", "--subject", "maths", "--format", "json")
    rows = json.loads(run.out)["list"]

    assert {(row["class"], row["subject"]) for row in rows} == {("4/5M", "maths")}
    assert {row["surname"]: row["moved"] for row in rows}["Skylark"] == "left the school"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("stayed:5", 1),
        ("stayed:6", 0),
        ("without-action:4", 1),
        ("without-action:5", 0),
        ("without-provision:5", 1),
        ("without-provision:6", 0),
        ("overdue", 1),
        ("errors", 0),
        ("stayed", 2),
        ("stayed:0", 2),
        ("clear-gaps", 2),
    ],
)
def test_fail_on_ends_with_1_only_when_what_it_names_is_there(what, code):
    assert siptrack("since", SAMPLES / "levels", "--fail-on", what).code == code


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--from", "Summer 2009"), 2, "--from Summer 2009 does not lie before Summer 2009"),
        (("--to", "Summer 2007"), 6, "There is no result from before Summer 2007"),
        (("--from", "Autumn 1999"), 6, "No result is left to judge in Autumn 1999"),
        (("--from", "last year"), 2, "is not a term"),
        (("--format", "csv"), 2, "choose it with --table"),
        (("--to", "Autumn 2007", "--from", "spring"), 2, "No Spring term before Autumn 2007 has results"),
    ],
)
def test_a_term_that_cannot_be_looked_back_to_is_refused_with_the_reason(arguments, code, said):
    run = siptrack("since", SAMPLES / "levels", *arguments)

    assert (run.code, run.out) == (code, "")
    assert said in run.err


@pytest.mark.parametrize(
    ("arguments", "then", "now"),
    [
        (("--from", "Sp26"), "Spring 2026", "Summer 2026"),
        (("--from", "summer"), "Summer 2025", "Summer 2026"),
        (("--from", "last summer"), "Summer 2025", "Summer 2026"),
        (("--from", "Summer, last year"), "Summer 2025", "Summer 2026"),
        (("--to", "last term"), "Autumn 2025", "Spring 2026"),
        (("--to", "last summer", "--from", "spring"), "Spring 2025", "Summer 2025"),
    ],
)
def test_both_terms_are_named_by_the_words_of_any_term(arguments, then, now):
    run = siptrack("since", SAMPLES / "today", *arguments)

    assert run.out.startswith(f"Since {then}: {now} ")
    assert siptrack("analyse", SAMPLES / "today", "--term", now).out.startswith(f"Pupil progress: {now} ")


def test_the_same_files_give_the_same_bytes():
    runs = {
        in_its_own_process("since", SAMPLES / "today", "--format", "json", hash_seed=seed).out for seed in ("1", "2")
    }

    assert len(runs) == 1
