"""A hundred damaged files: of each every result is read right, or something is named. tests/attack has ten thousand."""

from __future__ import annotations

from damage import MAKERS, Judge, Mutant, mutants, school

COUNT = 96


def test_of_a_damaged_file_every_result_is_read_right_or_something_is_named():
    judge = Judge()

    with judge.reader:
        wrong = [f"{one.kind}, {one.how}: {said}" for one in mutants(COUNT) if (said := judge.verdict(one))]

    assert not wrong


def test_a_result_that_is_lost_and_not_named_is_seen():
    lost = MAKERS["openpyxl.xlsx"]([row[:-1] for row in school()])
    judge = Judge()

    with judge.reader:
        assert judge.verdict(Mutant("openpyxl.xlsx", "a column less", lost)).startswith("nothing named; lost")
