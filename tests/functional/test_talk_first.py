"""Whom to talk about first, checked against what other documents say of the same children."""

from __future__ import annotations

import json
import re

import pytest
from running import SAMPLES, SCHOOLS, analysed, siptrack_here

from registers import usual_rules

RULES = usual_rules()


def document(command, school):
    run = siptrack_here(command, SAMPLES / school, "--format", "json")
    assert run.err == ""
    return json.loads(run.out)


@pytest.fixture(name="school", params=SCHOOLS)
def _school(request):
    return request.param


def listed(school):
    """The pupils and subjects named, with the number of each."""
    named = {
        (flag["pupil"], flag["subject"]) for flag in analysed(school)["flags"] if flag["code"] in RULES.flags.counting
    }
    return {
        (row["pupil"], row["subject"]): row["behind_in_100"]
        for row in analysed(school)["evidence"]
        if (row["pupil"], row["subject"]) in named or (row["behind_in_100"] or 0) >= RULES.evidence.listed.slipping
    }


def terms_on_the_list(school):
    """For how many terms in a row each pupil and subject is on the list, as the look back says."""
    gone = ("left", "left the school", "cannot be told now")
    return {
        (row["pupil"], row["subject"]): row["terms"]
        for row in document("since", school)["list"]
        if row["moved"] not in gone
    }


def test_each_child_stands_once_in_the_subject_of_which_most_reasons_hold_then_with_the_strongest_marks(school):
    first, numbers, terms = analysed(school)["first"], listed(school), terms_on_the_list(school)

    def place(pupil, subject):
        number = numbers[pupil, subject] or 0
        return (number >= RULES.evidence.listed.slipping) + (
            terms.get((pupil, subject), 0) >= RULES.actions.long
        ), number

    assert len(first) == RULES.evidence.listed.first
    assert [row["rank"] for row in first] == list(range(1, len(first) + 1))
    assert len({row["pupil"] for row in first}) == len(first)
    for row in first:
        sure = [what for what in numbers if what[0] == row["pupil"] and not hardly(numbers[what])]
        assert place(row["pupil"], row["subject"]) == max(place(*what) for what in sure)
        assert row["behind_in_100"] == numbers[row["pupil"], row["subject"]]
        assert row["terms"] == terms.get((row["pupil"], row["subject"]), 0)


def hardly(number):
    """Whether marks hardly name a child; where it is too early to be sure it is not said."""
    return number is not None and number < RULES.evidence.listed.hardly


def test_nobody_whom_marks_hardly_name_is_among_the_first(school):
    assert [row for row in analysed(school)["first"] if hardly(row["behind_in_100"])] == []


def test_the_reasons_are_those_that_hold_and_those_of_whom_most_hold_come_first(school):
    year = analysed(school)["term"]["academic_year"]
    provided = {row["pupil"] for row in document("provision", school)["provision"] if row["this_year"]}
    agreed = {
        row["pupil"]
        for row in document("since", school)["actions"]
        if row["meeting"].endswith(year[:4]) or row["meeting"].endswith(f"20{year[-2:]}")
    }
    first = analysed(school)["first"]

    for row in first:
        why = row["why"].split("; ")
        assert ("strong marks" in why) == ((row["behind_in_100"] or 0) >= RULES.evidence.listed.slipping)
        assert ("long on the list" in why) == (row["terms"] >= RULES.actions.long)
        assert "neither provision nor action" not in why or row["pupil"] not in provided | agreed
    order = [(-len(row["why"].split("; ")), -(row["behind_in_100"] or 0)) for row in first]
    assert order == sorted(order)


def test_a_filter_changes_no_child_s_number():
    whole = {(row["pupil"], row["subject"]): row for row in analysed("today")["evidence"]}
    run = siptrack_here("analyse", SAMPLES / "today", "--class", "5G", "--subject", "maths", "--format", "json")
    part = json.loads(run.out)["evidence"]

    assert len(part) > 20
    assert [row for row in part if row != whole[row["pupil"], row["subject"]]] == []


def test_within_a_class_the_strongest_come_first_and_below_a_line_those_whom_marks_hardly_name():
    run = siptrack_here("analyse", SAMPLES / "today", "--class", "2F", "--all")
    section = run.out.split("Children making insufficient progress")[1].split("\n\n")[1]
    above, below = (
        [max(numbers) for numbers in _numbers(part) if numbers] for part in section.split("probably chance:")
    )

    assert len(above) > 5
    assert above == sorted(above, reverse=True)
    assert below == sorted(below, reverse=True)
    assert above[-1] >= RULES.evidence.listed.hardly > below[0]


def _numbers(part: str) -> list[list[float]]:
    """The numbers of each child in a part of a class, in order."""
    exact = part.replace("(over 99 in", "(99.5 in").replace("(under 1 in", "(0.5 in")
    children = re.split(r"^  (?=\S)", exact, flags=re.MULTILINE)
    return [[float(number) for number in re.findall(r"\(([\d.]+) in 100\)", child)] for child in children]


def test_another_school_in_the_files_changes_no_child_s_number(tmp_path):
    terms = ["Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026", "Summer 2026"]
    rows = ["School,Surname,Forename,Year group,Class," + ",".join(f"Reading {term}" for term in terms)]
    for school, late in (("Elm Primary", 4), ("Oak Primary", 7)):
        for at in range(40):
            grades = ["WTS" if (at * late + term * (at + 1)) % 5 == 0 else "EXS" for term in range(len(terms))]
            rows.append(f"{school},Sedge{at},{school[:3]},5,5A,{','.join(grades)}")
    (tmp_path / "two.csv").write_text("\n".join(rows), encoding="utf-8")

    def numbers(school):
        run = siptrack_here("analyse", tmp_path, "--school", school, "--format", "json")
        document = json.loads(run.out)
        names = {one["pupil"]: (one["surname"], one["forename"]) for one in document["pupils"]}
        return {names[row["pupil"]]: row["behind_in_100"] for row in document["evidence"]}

    assert len(numbers("all")) == 80
    assert numbers("all") == {**numbers("Elm Primary"), **numbers("Oak Primary")}
