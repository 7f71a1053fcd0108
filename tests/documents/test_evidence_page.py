"""The example that a reader can follow by hand is today's, and siptrack says the same of the child in it."""

from __future__ import annotations

import re

import pytest
from evidence_page import MARKS, PAGE, example, in_100, with_example

from registers import register, usual_rules
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term
from siptrack.school.in_pandas import to_pandas

TERMS = ("Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026", "Summer 2026")


def said(marks):
    table = f"pupil | year group | {' | '.join(TERMS)}\nAnn | 4 | {' | '.join(marks)}"
    judged = judge_term(register(table, scale="teacher-assessment"), usual_rules())
    return to_pandas(weigh_evidence(judged))["behind_in_100"].item()


def test_the_example_is_that_of_the_rules_today():
    page = PAGE.read_text(encoding="utf-8")

    assert with_example(page) == page


def test_nine_levels_by_hand_come_to_the_same_as_siptrack_within_one_child():
    by_hand = sum(number for course, number in in_100().items() if course.startswith("falls"))

    assert said(MARKS) == pytest.approx(by_hand, abs=1)
    assert f"**{int(by_hand)}** have truly fallen" in example()


def test_the_page_is_right_of_one_such_mark_alone():
    (number,) = re.findall(r"with less behind it: (\d+) in 100", PAGE.read_text(encoding="utf-8"))

    assert said([*MARKS[:-2], "EXS", "WTS"]) == pytest.approx(int(number), abs=0.5)
