"""The two invented schools get the answers that are written beside them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime

import jsonschema
import openpyxl
import pytest
from running import SAMPLES, SCHOOLS, analysed, truth
from running import siptrack_here as siptrack

GROUPS = {  # the words of truth.yaml as siptrack's keys: characteristic, group
    ("gender", "M"): ("gender", "boys"),
    ("fsm", "FSM"): ("fsm", "fsm"),
    ("eal", "EAL"): ("eal", "eal"),
    ("ethnicity", "Black"): ("ethnic_major", "black"),
    ("ethnicity", "Mixed"): ("ethnic_major", "mixed"),
    ("ethnicity", "Other"): ("ethnic_major", "other"),
}
KEY_STAGE_2 = ("--year", "3", "--year", "4", "--year", "5", "--year", "6")

every_school = pytest.mark.parametrize("school", SCHOOLS)


def _keys(school: str) -> dict[str, str]:
    """siptrack's key of each pupil by UPN, and of those without one by `Surname, Forename`."""
    return {
        str(pupil["upn"] or f"{pupil['surname']}, {pupil['forename']}"): str(pupil["pupil"])
        for pupil in analysed(school)["pupils"]
    }


def _verdicts(school: str) -> dict[tuple[str, str, str], str]:
    return {
        (str(row["pupil"]), str(row["subject"]), str(row["window"])): str(row["verdict"])
        for row in analysed(school)["progress"]
    }


@every_school
def test_the_children_whose_progress_is_insufficient_are_named_and_no_others(school):
    keys = _keys(school)
    wanted = {
        (keys[child["pupil"]], child["subject"], window["window"])
        for child in truth(school)["insufficient"]
        for window in child["windows"]
    }

    found = {key for key, verdict in _verdicts(school).items() if verdict == "insufficient"}

    assert found == wanted


@every_school
def test_each_insufficient_verdict_measures_from_the_start_and_over_the_gain_that_arithmetic_gives(school):
    keys = _keys(school)
    rows = {(row["pupil"], row["subject"], row["window"]): row for row in analysed(school)["progress"]}
    names = ("start_term", "start_grade", "grade", "expected_gain", "gain")
    found, wanted = {}, {}
    for child in truth(school)["insufficient"]:
        for window in child["windows"]:
            key = (keys[child["pupil"]], child["subject"], window["window"])
            found[key] = tuple(rows[key][name] for name in names)
            wanted[key] = tuple(
                window[name] for name in ("start_term", "start_grade", "now_grade", "expected_gain", "gain")
            )

    assert found == wanted


@every_school
def test_children_whose_stories_were_written_by_hand_get_the_verdicts_their_author_foresaw(school):
    keys, verdicts = _keys(school), _verdicts(school)
    planted = [child for child in truth(school)["planted"] if child["on_roll"]]
    wanted = {
        (keys[child["pupil"]], child["subject"], window): verdict.replace("_", " ")
        for child in planted
        for window, verdict in child["verdicts"].items()
    }

    assert {key: verdicts.get(key, "").replace("_", " ") for key in wanted} == wanted


def test_those_who_truly_fall_are_named_more_often_than_those_who_keep_up():
    keys, verdicts = _keys("today"), _verdicts("today")
    courses = {(keys.get(one["pupil"]), one["subject"]): one["course"] for one in truth("today")["courses"]}
    named: dict[str, list[bool]] = {}
    for pupil, subject, window in verdicts:
        found = {verdicts[pupil, subject, one] for one in ("year", "key_stage")}
        if window == "year" and found != {"cannot tell"}:
            named.setdefault(courses.get((pupil, subject), "keeps up"), []).append("insufficient" in found)
    share = {course: sum(found) / len(found) for course, found in named.items()}

    assert set(share) == {"keeps up", "rises", "falls since the first result", "falls since last summer"}
    assert min(share["falls since the first result"], share["falls since last summer"]) > 0.5
    assert 0.05 < share["keeps up"] < 0.2  # by the error of the judgements alone
    assert share["rises"] < 0.05


def test_each_course_is_of_a_child_of_the_school_and_a_story_has_the_one_its_author_gave_it():
    courses = {(one["name"], one["first_term"], one["subject"]): one["course"] for one in truth("today")["courses"]}
    known = {*_keys("today"), *truth("today")["leavers"]}

    assert {one["pupil"] for one in truth("today")["courses"]} <= known
    assert courses["Gimlet, Connor", "Autumn 2024", "maths"] == "falls since last summer"
    assert courses["Harebell, Bronwen", "Autumn 2024", "writing"] == "falls since the first result"
    assert ("Plover, Rayyan", "Autumn 2024", "maths") not in courses  # named, and keeps up


@every_school
def test_children_who_have_left_are_not_counted(school):
    upns = {pupil["upn"] for pupil in analysed(school)["pupils"]}

    assert upns & set(truth(school)["leavers"]) == set()
    assert len(analysed(school)["pupils"]) == truth(school)["pupils_on_roll"]


def _gap_cases():
    return [
        pytest.param(
            school, gap, id=f"{school}, {gap['subject']}, {gap['characteristic']} {gap['group']}, {gap['scope']}"
        )
        for school in SCHOOLS
        for gap in truth(school)["gaps"]
    ]


@pytest.mark.parametrize(("school", "wanted"), _gap_cases())
def test_gaps_that_are_real_are_clear_and_those_that_are_luck_are_not(school, wanted):
    years = KEY_STAGE_2 if wanted["scope"] == "key stage 2" else ()
    run = siptrack("analyse", SAMPLES / school, "--format", "json", *years)
    characteristic, group = GROUPS[wanted["characteristic"], wanted["group"]]
    gap = _gap(json.loads(run.out)["gaps"], (wanted["subject"], characteristic, "at_are"), group)

    assert (gap["n"], gap["peers_n"], gap["verdict"].replace(" ", "_")) == (
        wanted["assessed"],
        wanted["peers_assessed"],
        wanted["verdict"],
    )
    assert gap.get("children", wanted["children"]) == wanted["children"]
    if wanted["verdict"] != "too_few":
        figures = (gap["gap"], gap["low"], gap["high"])
        assert figures == pytest.approx((wanted["gap_in_points"], wanted["low"], wanted["high"]), abs=0.06)


def _gap(gaps, which, group):
    """The gap of a group; of two groups the first is compared with the second, so the second's is that turned round."""
    everybody = [row for row in gaps if row["among"] == "all"]
    rows = {row["group"]: row for row in everybody if (row["subject"], row["characteristic"], row["measure"]) == which}
    if group in rows:
        return rows[group]
    (row,) = [row for row in rows.values() if row["peers"] == group]
    turned = {"n": row["peers_n"], "peers_n": row["n"], "verdict": row["verdict"]}
    return {**turned, "gap": -row["gap"], "low": -row["high"], "high": -row["low"]}


@every_school
def test_the_ledger_balances_to_the_row(school):
    ledger = analysed(school)["ledger"]

    rows_aside = sum(entry["count"] for entry in ledger["set_aside"] if entry.get("of", "rows") == "rows")
    assert ledger["rows_read"] == ledger["rows_used"] + rows_aside
    assert ledger["rows_read"] > 0


@every_school
def test_the_json_is_what_the_shipped_schema_says(school):
    schema = json.loads(siptrack("schema").out)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(analysed(school), schema)
    assert analysed(school)["schema"] == "siptrack/analysis/2"


@every_school
def test_every_flag_points_to_a_pupil_and_says_why_in_a_sentence(school):
    document = analysed(school)
    pupils = {pupil["pupil"] for pupil in document["pupils"]}

    assert {flag["pupil"] for flag in document["flags"]} <= pupils
    assert [flag for flag in document["flags"] if not flag["sentence"].endswith((".", "?"))] == []


@every_school
def test_the_report_names_every_child_whose_progress_is_insufficient(school):
    run = siptrack("analyse", SAMPLES / school)
    forenames = {child["name"].split(", ")[1] for child in truth(school)["insufficient"]}

    assert (run.code, run.err) == (0, "")
    assert [name for name in sorted(forenames) if name not in run.out] == []


@pytest.mark.parametrize("school", ["levels", "today"])
def test_the_first_page_is_read_in_five_minutes(school):
    """By structure: the sections in their order, a line a year group, a line a child, and few lines beside."""
    lines = siptrack("analyse", SAMPLES / school).out.splitlines()
    named = len({flag["pupil"] for flag in analysed(school)["flags"] if flag["code"].startswith("insufficient-")})
    headings = ["In short", "Talk about these first", "At a glance", "Children making", "Gaps", "What this rests on"]
    at = [next(at for at, line in enumerate(lines) if line.startswith(heading)) for heading in headings]

    assert at == sorted(at)
    assert len(lines) <= 140
    assert at[1] - at[0] <= 1 + 6 + 1
    years = [line for line in lines[at[2] : at[3]] if line.startswith("Year ")]
    assert len(years) == 1 + len({row["year_group"] for row in analysed(school)["summary"]})
    by_chance = [line for line in lines[at[3] : at[4]] if line.startswith("  Probably chance")]
    alone = [line for line in lines[at[3] : at[4]] if line.startswith("  ") and "→" in line and line not in by_chance]
    assert len(alone) + sum(line.count("; ") + 1 for line in by_chance) == named


@every_school
def test_the_plan_that_came_back_is_counted_again_as_arithmetic_has_it(school):
    plan = truth(school)["plan"]
    look_back = json.loads(siptrack("since", SAMPLES / school, "--format", "json").out)
    names = {"n_then": "of_then", "then": "counted_then", "n": "of_now", "now": "counted_now", "wanted": "wanted"}

    found = look_back["plan_criteria"]
    assert [(row["priority"], row["outcome"] or "", row["met"]) for row in found] == [
        (row["priority"], row["outcome"], row["met"]) for row in plan["criteria"]
    ]
    assert [{key: row[name] for name, key in names.items()} for row in found if row["outcome"]] == [
        {key: row[key] for key in names.values()} for row in plan["criteria"] if row["outcome"]
    ]
    page = siptrack("since", SAMPLES / school).out
    assert re.findall(r"^  Priority (\d+): [^:]+: (met|not yet|cannot tell)", page, re.MULTILINE) == [
        (str(row["priority"]), row["met"]) for row in plan["criteria"]
    ]
    assert [(row["priority"], row["action"], row["came"]) for row in look_back["plan_actions"]] == [
        (row["priority"], row["action"], row["came"]) for row in plan["actions"]
    ]


@every_school
def test_the_next_plan_begins_with_what_came_of_the_last_one(school):
    plan = truth(school)["plan"]
    page = siptrack("plan", SAMPLES / school).out
    met = sum(row["met"] == "met" for row in plan["criteria"])

    assert f"The plan from the results of {plan['from']}, and what came of it" in page
    assert f"{met} of {len(plan['criteria'])} success criteria met" in page
    assert all(row["action"] in page for row in plan["actions"] if row["came"] == "past its date")


@every_school
@pytest.mark.parametrize("command", ["plan", "since"])
def test_a_priority_that_the_results_support_no_longer_is_named_by_the_next_plan_and_the_look_back(command, school):
    page = siptrack(command, SAMPLES / school).out
    gone = [row for row in truth(school)["plan"]["priorities"] if not row["supported"]]
    said = " and ".join(f"priority {row['priority']} ({row['title']})" for row in gone)

    lines = [line.strip() for line in page.splitlines() if "no longer support" in line]
    assert lines == ([f"The results no longer support {said}."] if gone else [])


@every_school
def test_each_date_in_the_plan_lies_in_its_school_year(school):
    began = int(truth(school)["plan"]["from"].split()[1])
    (path,) = (SAMPLES / school).glob("Plan *.xlsx")
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    dates = [cell.date() for cell in cells if isinstance(cell, datetime)]

    assert len(dates) > 5
    assert [day for day in dates if not date(began, 9, 1) <= day <= date(began + 1, 8, 31)] == []


@every_school
def test_the_page_that_opens_a_year_sums_the_plan_up(school):
    plan = truth(school)["plan"]
    came, met = (Counter(row[what] for row in plan[of]) for of, what in (("actions", "came"), ("criteria", "met")))
    page = siptrack("audit", SAMPLES / school).out

    counted = f"{met['met']} of {len(plan['criteria'])} success criteria met"
    assert f"The plan from the results of {plan['from']}: {counted}, {met['not yet']} not yet" in page
    assert f"{came['done']} of {len(plan['actions'])} actions" in page
    assert f"{came['past its date']} is past the date and not done." in page


@every_school
def test_the_lines_of_enquiry_tell_of_each_priority_its_support_its_monitoring_and_its_cpd(school):
    told: dict[str, list[str]] = {}
    for row in json.loads(siptrack("questions", SAMPLES / school, "--format", "json").out)["evidence"]:
        told.setdefault(row["evidence"], []).append(row["says"])
    plan = truth(school)["plan"]
    monitored, actions = sum(len(row["monitored"]) for row in plan["priorities"]), len(plan["actions"])
    none = [f"Serves no priority: {'; '.join(plan['serves_none'])}."]

    each = plan["priorities"]
    from_results = f" in the plan, drafted from {plan['from']}."
    assert told["priorities"][0] == counted(len(each), "priority", "priorities") + from_results
    assert told["priorities"][1:] == [_of_priority(row) for row in each]
    assert told["monitoring"][0] == f"Monitoring is written for {monitored} of {actions} actions{from_results}"
    assert told["monitoring"][1:] == [_of_reviews(row) for row in each]
    assert told["served"][1:] == [_of_cpd(row) for row in each] + none


def counted(number, one, more):
    return f"{number} {one if number == 1 else more}"


def _of_priority(row):
    """Of each there is an objective and no target; each action has a date and a name."""
    support = "the results still support it" if row["supported"] else "the results do not support it now"
    actions = counted(row["actions"], "action", "actions")
    written = f"objective written, no target; {actions}, {row['actions']} with who and by when"
    return f"{row['priority']}. {row['title']}: {written}; {support}."


def _of_reviews(row):
    days = [date.fromisoformat(text) for text in (*row["monitored"], *row["reviews"])]
    *past, mid, final = (f"{day.day} {day:%B %Y}" for day in days)
    actions = f"{len(past)} of {counted(row['actions'], 'action', 'actions')}"
    reviews = f"mid-point review {mid} (past); final review {final} (past)"
    return f"Priority {row['priority']}: {actions}; dates past: {', '.join(past)}; {reviews}."


def _of_cpd(row):
    held = f". held: {'; '.join(row['held'])}" if row["held"] else ""
    return f"Priority {row['priority']}: planned: {row['learn']}{held}."


def test_those_who_miss_a_tenth_of_the_year_are_a_group_and_a_blank_is_not_recorded():
    told, keys = truth("today")["attendance"], _keys("today")
    groups = {str(pupil["pupil"]): pupil["characteristics"]["attendance"] for pupil in analysed("today")["pupils"]}

    absent = {pupil for pupil, group in groups.items() if group == "persistently_absent"}
    assert absent == {keys[child] for child in told["persistently_absent"]}
    assert sum(group != "not_recorded" for group in groups.values()) == told["recorded"]
    assert "Attendance 84.2 %: persistently absent" in siptrack("child", SAMPLES / "today", "Dibber, Tobias").out


def test_pupils_circumstances_are_groups_and_stand_on_the_child_s_page():
    told, keys = truth("today")["circumstances"], _keys("today")
    groups = {str(pupil["pupil"]): pupil["characteristics"] for pupil in analysed("today")["pupils"]}
    names = {"service": "service_child", "ever_in_care": "ever_in_care", "young_carer": "young_carer"}

    assert told.keys() == names.keys()
    for name, group in names.items():
        assert {pupil for pupil, of in groups.items() if of[name] == group} == {keys[child] for child in told[name]}
        compared = [gap for gap in analysed("today")["gaps"] if gap["group"] == group and gap["among"] == "all"]
        assert {gap["verdict"] for gap in compared} == {"too few"}
        assert max(gap["n"] for gap in compared) == len(told[name])
    assert "young carer" in siptrack("child", SAMPLES / "today", "Dibber, Tobias").out.splitlines()[1]


def test_each_reading_age_stands_beside_the_child_s_own_and_who_is_far_behind_is_flagged():
    told, keys = truth("today")["reading_ages"], _keys("today")
    found = [
        (row["pupil"], row["tested"], row["own_months"], row["difference"], row["gain"], row["ratio_gain"])
        for row in analysed("today")["ages"]
    ]
    flagged = {row["pupil"] for row in analysed("today")["flags"] if row["code"] == "behind-own-age"}

    assert sorted(found, key=lambda row: row[:2]) == sorted(
        (keys[row["pupil"]], row["tested"], row["own_age"], row["difference"], row["gain"], row["a_month"])
        for row in told["tests"]
    )
    assert flagged == {keys[pupil] for pupil in told["behind"]}
    assert len(flagged) > 3


def test_the_review_that_came_back_has_its_stages_and_what_came_of_its_next_steps():
    told = truth("today")["review"]
    found = json.loads(siptrack("review", SAMPLES / "today", "--format", "json").out)

    assert {row["heading"]: row["stage"] for row in found["reviews"]} == told["stages"]
    assert {row["step"]: row["said"] for row in found["next_steps"]} == told["steps"]
    assert {row["term"] for row in found["reviews"]} == {told["term"]}
