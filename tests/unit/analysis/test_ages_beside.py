"""Reading and spelling ages beside children's own: the difference, who is flagged, and what was gained a month."""

from __future__ import annotations

from math import nan

import pytest

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import Filters
from siptrack.documents.findings import list_findings
from siptrack.documents.flags import flag_sentence
from siptrack.documents.pseudonyms import pseudonymised
from siptrack.school.ages import AGES, AgeResult

BORN = "2016-09-12"
SCHOOL = f"""
pupil | year group | born       | Autumn 2024 | Autumn 2025
Ann   | 4          | {BORN}     | EXS                              | EXS
Bob   | 4          | .          | EXS                              | EXS
"""


def age(months, tested="2025-09-12", when="Autumn 2025", **other):
    row = {"pupil": "Ann", "kind": "reading", "test": "", "limit": 0, "text": "", "own_months": None, **other}
    place = {"file": "Ages.csv", "sheet": "", "row": 2, "column": 5}
    return AgeResult(**row, **place, months=months, tested=tested, term=term(when).number)


def judged(*ages, filters=None, when="Autumn 2025"):
    school = register(SCHOOL, scale="teacher-assessment").with_tables(ages=AGES.of(ages))
    return analyse(school, usual_rules(), term(when), filters or Filters())


def beside(*ages, **more):
    return judged(*ages, **more).frame("ages")


def flags(*ages, **more):
    made = judged(*ages, **more)
    found = [finding for finding in list_findings(made, usual_rules()) if finding.code == "behind-own-age"]
    return [flag_sentence(finding, usual_rules()) for finding in found]


@pytest.mark.parametrize(
    ("tested", "own", "how"),
    [
        ("2025-09-12", 108, "birthday and day of the test"),
        ("2025-09-11", 107, "birthday and day of the test"),
        ("2025-09", 107, "birthday and start of the test's month"),
        ("", 107, "birthday and start of the term"),  # 1 September
    ],
)
def test_the_own_age_is_that_on_the_day_else_at_the_start_of_month_or_term(tested, own, how):
    (row,) = beside(age(90, tested)).in_rows("own_months", "own_by", "difference", "age")

    assert row == (own, how, 90 - own, "7:06")


def test_the_spring_and_summer_terms_begin_in_january_and_april():
    rows = beside(age(90, "", "Spring 2025"), age(90, "", "Summer 2025"))

    assert rows["own_months"].tolist() == [99, 102]


def test_without_a_birthday_the_own_age_is_as_written_or_cannot_be_told():
    rows = beside(age(90, pupil="Bob", own_months=100), age(90, "2025-09-13", pupil="Bob"))

    assert rows["own_by"].tolist() == [
        "written beside the test's age",
        "no birthday, and no own age beside the test's",
    ]
    assert rows["difference"].tolist()[0] == -10
    assert flags(age(80, pupil="Bob")) == []
    assert len(flags(age(80, pupil="Bob", own_months=100))) == 1


def test_twelve_months_behind_is_not_more_than_a_year_and_thirteen_are():
    assert flags(age(96)) == []
    assert flags(age(95)) == ["Reading age 7:11 in Autumn 2025, 13 months behind the child's own age then (9:00)."]


def test_a_limit_is_flagged_only_where_it_settles_the_question():
    assert flags(age(71, limit=-1, text="<6:00")) == [
        "Reading age <6:00 in Autumn 2025, at least 37 months behind the child's own age then (9:00)."
    ]
    assert flags(age(95, limit=1, text="7:11+")) == []
    assert flags(age(99, limit=-1, text="<8:04")) == []
    assert beside(age(71, limit=-1, text="<6:00")).in_rows("age", "limit").__next__() == ("<6:00", "at most")


def test_only_the_newest_test_of_this_school_year_is_flagged():
    assert flags(age(80, "2025-07-01", "Summer 2025")) == []
    assert flags(age(80), age(100, "2025-11-01")) == []
    assert len(flags(age(100), age(80, "2025-11-01"))) == 1
    assert flags(age(80, "2026-02-01", "Spring 2026")) == []  # not yet in the term judged


def test_two_tests_of_one_day_flag_a_child_only_where_both_say_so():
    assert flags(age(80, test="Salford"), age(100, test="NGRT")) == []
    assert flags(age(80, test="Salford"), age(90, test="NGRT")) == [
        "Reading age 6:08 in Autumn 2025, 28 months behind the child's own age then (9:00)."
    ]


def test_a_flag_belongs_to_its_subject_and_a_filter_asks_for_that():
    ages = age(80), age(80, kind="spelling")

    assert [sentence.partition(" ")[0] for sentence in flags(*ages)] == ["Reading", "Spelling"]
    assert len(flags(*ages, filters=Filters(subjects=frozenset({"reading"})))) == 1


def test_what_is_gained_a_month_is_months_gained_by_months_passed():
    rows = beside(age(84, "2024-09-12", "Autumn 2024"), age(90))

    assert rows["gain"].tolist()[1] == 6
    assert rows["since"].tolist()[1] == 12.0
    assert rows["ratio_gain"].tolist()[1] == 0.5


@pytest.mark.parametrize(
    ("before", "now", "gain", "why"),
    [
        (age(84, "2025-07-01", "Summer 2025"), age(90), 6, "too soon after the test before it"),
        (age(84, "", "Autumn 2024"), age(90), 6, "the day of a test is not known"),
        (age(71, "2024-09-12", "Autumn 2024", limit=-1, text="<6:00"), age(90), nan, "a limit and no measure"),
        (age(84, "2024-09-12", "Autumn 2024", test="Salford"), age(90), nan, "no test of this kind before it"),
        (age(84, "2024-09-12", "Autumn 2024", kind="spelling"), age(90), nan, "no test of this kind before it"),
    ],
)
def test_where_time_or_measure_is_not_known_there_is_no_ratio_and_why(before, now, gain, why):
    rows = beside(before, now)
    (found,) = rows[rows["months"] == 90].in_rows("gain", "ratio_gain", "no_ratio")

    assert found == (pytest.approx(gain, nan_ok=True), pytest.approx(nan, nan_ok=True), why)


def test_ages_move_no_verdict_and_are_on_no_list_of_insufficient_progress():
    without, made = judged(), judged(age(60))

    assert made.frame("progress")["verdict"].tolist() == without.frame("progress")["verdict"].tolist()
    assert made.frame("summary")["insufficient"].tolist() == without.frame("summary")["insufficient"].tolist()
    assert without.frame("ages").empty


def test_no_own_age_is_told_by_pseudonym():
    made = judged(age(80))
    tables = {table.name: table for table in pseudonymised(made, usual_rules(), b"key")}

    assert "ages" not in tables
    assert "behind-own-age" not in {row["code"] for row in tables["flags"].records}
    assert "behind-own-age" in made.frame("flags")["code"].tolist()
