"""`siptrack provision` on the invented schools: what was planted there is found, in every form."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import pytest
import yaml
from running import SAMPLES, SCHOOLS, names_in
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

LEVELS, TODAY = SAMPLES / "levels", SAMPLES / "today"
TABLES = (
    *("provision", "map", "who", "children", "interventions", "impact"),
    *("compared", "suggestions", "problems", "ledger", "set_aside"),
)
every_school = pytest.mark.parametrize("school", SCHOOLS)


@cache
def told(school):
    """The JSON of a school."""
    run = siptrack("provision", SAMPLES / school, "--format", "json")
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


@cache
def truth(school):
    """What must come of a school's provision."""
    return yaml.safe_load((SAMPLES / school / "provision-truth.yaml").read_text(encoding="utf-8"))


@cache
def names(school):
    """The pupils' keys by name."""
    run = siptrack("analyse", SAMPLES / school, "--format", "json")
    return {f"{one['surname']}, {one['forename']}": one["pupil"] for one in json.loads(run.out)["pupils"]}


@every_school
def test_every_row_of_the_sheet_is_a_child_s_and_the_ledger_balances(school):
    document = told(school)
    aside = sum(one["count"] for one in document["ledger"]["set_aside"] if one["of"] == "rows")

    assert len(document["provision"]) == truth(school)["rows"]
    assert document["ledger"]["rows_read"] == document["ledger"]["rows_used"] + aside
    assert [one for one in document["problems"] if one["code"].startswith("provision")] == []


@every_school
def test_each_planted_intervention_gets_the_answer_its_author_foresaw(school):
    impact = {row["intervention"]: row for row in told(school)["impact"]}
    hardly = {row["intervention"] for row in told(school)["who"] if row["code"] == "nobody-attends"}

    for planted in truth(school)["planted"]:
        row = impact[planted["intervention"]]
        assert row["children"] == planted["children"], planted
        if planted["says"] == "nobody-attends":
            assert planted["intervention"] in hardly
        else:
            assert row["verdict"] == planted["says"], planted
    assert hardly == {one["intervention"] for one in truth(school)["planted"] if one["says"] == "nobody-attends"}


@every_school
def test_nothing_is_claimed_of_the_one_that_only_looks_as_if_it_worked(school):
    (planted,) = [one["intervention"] for one in truth(school)["planted"] if "regression to the mean" in one["why"]]
    (row,) = [row for row in told(school)["impact"] if row["intervention"] == planted]

    assert row["moved"] > 0.5  # it looks good
    assert (row["verdict"], row["difference"]) == ("no fair comparison", None)


def test_what_others_did_without_it_is_told_where_the_answer_hangs_on_how_its_children_were_chosen():
    (row,) = [row for row in told("today")["impact"] if row["intervention"] == "Reading Boost"]
    said = siptrack("provision", TODAY, "--detail").out

    assert row["reason"] == "earlier courses do not overlap"
    assert row["comparable"] >= 10
    assert row["peers_during"] - row["others_moved"] > 0.4  # they came up without it
    assert row["expected_together"] < row["expected_alone"]
    assert "Marks do not tell which; comparable children moved +0.7 bands." in said


@every_school
def test_the_flagged_child_who_has_nothing_and_the_child_in_five_things_are_named(school):
    who = told(school)["who"]
    nothing = {row["pupil"] for row in who if row["code"] == "flagged-without-provision"}
    many = {row["pupil"] for row in who if row["code"] == "many-at-once"}

    assert names(school)[truth(school)["nothing"]] in nothing
    assert many == {names(school)[truth(school)["five_at_once"]]}


def test_the_ratio_gain_is_told_where_there_are_ages_and_never_computed_from_levels():
    rows = {row["intervention"]: row for row in told("levels")["interventions"]}

    assert {name for name, row in rows.items() if row["ratio_gain"] is not None} == {"Reading Recovery"}
    assert rows["Reading Recovery"]["ages"] == 4
    assert rows["Reading Recovery"]["months_gained"] == pytest.approx((16 + 11 + 16 + 14) / 4)


@every_school
def test_the_report_says_what_is_known_and_never_that_anything_was_proved(school):
    run = siptrack("provision", SAMPLES / school, "--detail", "--suggest")

    assert (run.code, run.err) == (0, "")
    assert [
        planted["intervention"] for planted in truth(school)["planted"] if planted["intervention"] not in run.out
    ] == []
    assert truth(school)["nothing"] in run.out
    assert "proved" not in run.out
    assert "regression to the mean" in run.out


def test_each_school_is_offered_the_catalogue_of_its_own_time():
    then, today = (siptrack("provision", school, "--suggest").out for school in (LEVELS, TODAY))

    assert "Talk for Writing [ref: 00607-2008]" in then
    assert "Year 5 Further Literacy Support (FLS) [ref: 0584-2002]" in then
    assert "Nothing is offered to 26 children in a subject in which they stand at expectations." in then
    assert "  Nothing fits 31 children in a subject: by name with --detail." in then
    assert "(Wave 3; Year 1; lowest 5 %): Goshawk, Eve (1H, reading); Thyme, Maisie (1H, reading)" in then
    assert "Social and emotional aspects" not in then
    assert "[ref:" not in today
    assert "No result tells whom a programme is for: check that first." in today
    assert "Maths: 25 children" in today
    assert (
        "  Tutor Trust (Year 6; 6 children). For: below age-expected, in the teacher's judgement. Result: +3 " in today
    )
    assert "Tutor Trust" not in then
    assert "Nothing is offered to 33 children in a subject in which they stand at expectations." in today
    assert "Accelerated Reader" not in today


def test_what_a_programme_did_here_stands_beside_what_was_published_each_with_how_sure_it_is():
    said = siptrack("provision", TODAY).out

    here = "Write Away Together. Here: 0.9 bands more (+0.6 to +1.2). Published: remarkable when one to one (security "
    assert f"  {here}and date not stated)." in said


def test_of_eal_what_the_evidence_lacks_is_said_where_it_is_asked_about():
    asked = siptrack("provision", TODAY, "--suggest", "--group", "eal=eal").out

    says = "For children with EAL: no programme to offer but the Nuffield Early Language Intervention (Reception)"
    assert says in asked
    assert says not in siptrack("provision", LEVELS, "--suggest", "--group", "eal=eal").out


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_the_same_in_csv_and_in_lines_of_json(table):
    forms = {form: siptrack("provision", LEVELS, "--format", form, "--table", table) for form in ("csv", "ndjson")}

    rows = list(csv.DictReader(io.StringIO(forms["csv"].out)))
    lines = [json.loads(line) for line in forms["ndjson"].out.splitlines()]

    assert {(run.code, run.err) for run in forms.values()} == {(0, "")}
    assert len(rows) == len(lines)
    assert rows or table in ("problems", "set_aside")
    assert not rows or list(rows[0]) == list(lines[0])


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("flagged-without-provision", 1),
        ("nobody-attends", 1),
        ("many-at-once", 1),
        ("much-and-not-moving", 1),
        ("flagged-in-another-subject", 1),
        ("errors", 0),
    ],
)
def test_it_ends_with_1_on_what_it_was_told_to_fail_on(what, code):
    assert siptrack("provision", LEVELS, "--fail-on", what).code == code


def test_it_ends_with_0_when_nobody_flagged_is_without_provision():
    run = siptrack("provision", TODAY, "--year", "1", "--term", "Spring 2026", "--fail-on", "flagged-without-provision")

    assert run.code == 0


def test_a_filter_speaks_of_those_children_only_and_still_compares_them_with_everybody():
    run = siptrack("provision", LEVELS, "--year", "4", "--subject", "maths", "--format", "json")
    document = json.loads(run.out)

    assert {row["year_group"] for row in document["children"]} == {4}
    (row,) = [row for row in document["impact"] if row["intervention"] == "Springboard"]
    (of_map,) = [row for row in document["map"] if row["intervention"] == "Springboard"]
    assert row["children"] == row["compared"] == of_map["children"] > 0


@pytest.mark.parametrize(
    ("paths", "code", "says"),
    [
        ((LEVELS / "Summer 2009.xlsx",), 6, "No sheet of provision was found."),
        ((LEVELS / "Provision.xlsx",), 3, "it holds provision, and no pupils' results."),
        ((LEVELS, "--table", "nothing"), 2, "nothing"),
        ((LEVELS, "--format", "csv"), 2, "choose it with --table"),
        ((LEVELS, "--fail-on", "nothing"), 2, "flagged-without-provision"),
        ((LEVELS, "--class", "9Z"), 2, "9Z"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(paths, code, says):
    run = siptrack("provision", *paths)

    assert (run.code, run.out) == (code, "")
    assert says in run.err


def test_no_child_is_named_on_standard_error(tmp_path):
    sheet = tmp_path / "Provision.csv"
    sheet.write_text("Name,Intervention,Start,End\nNobody Known,Boost,soon,01/02/2009\n", encoding="utf-8")

    run = siptrack("provision", LEVELS / "Summer 2009.xlsx", LEVELS / "Summer 2008.xlsx", sheet)

    assert run.err == ""
    assert "provision of no known pupil" in run.out


def test_the_same_files_give_the_same_bytes():
    runs = [in_its_own_process("provision", TODAY, "--format", "json", hash_seed=seed).out for seed in ("1", "2")]

    assert runs[0] == runs[1]


def test_a_sheet_of_provision_changes_nothing_in_the_analysis(tmp_path):
    for path in TODAY.iterdir():
        if path.suffix in (".csv", ".xlsx") and not path.name.startswith("Provision"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with_it, without = (json.loads(siptrack("analyse", folder, "--format", "json").out) for folder in (TODAY, tmp_path))

    different = {name for name in with_it if with_it[name] != without[name]}
    assert different == {"ledger", "first"}  # who has nothing recorded is to be talked about first


def test_columns_shows_how_the_sheet_was_understood_with_names_masked():
    run = siptrack("columns", LEVELS)
    pupils = json.loads(siptrack("analyse", LEVELS, "--format", "json").out)["pupils"]

    assert "Sessions planned: planned, of provision" in run.out
    part = run.out[run.out.index("Provision.xlsx") :].split("\n\n")[0]
    assert [name for name in names_in(pupils) if len(name) > 4 and f" {name}," in part] == []
