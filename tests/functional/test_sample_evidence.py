"""How sure siptrack is of each child of the school of today, set against what is true of the child there."""

from __future__ import annotations

from functools import cache

from running import SAMPLES, analysed, truth

from registers import usual_rules
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term
from siptrack.reading.read import read

FALLS = ("falls since the first result", "falls since last summer")


@cache
def numbers() -> dict[tuple[str, str], float]:
    """Of 100 children with these marks how many have fallen, by child and subject as truth.yaml names them."""
    register = read([SAMPLES / "today"], usual_rules())
    found = weigh_evidence(judge_term(register, usual_rules()))
    pupils = analysed("today")["pupils"]
    names = {one["pupil"]: str(one["upn"] or f"{one['surname']}, {one['forename']}") for one in pupils}
    rows = found.in_rows("pupil", "subject", "behind_in_100", "reason")
    return {(names[pupil], subject): number for pupil, subject, number, reason in rows if not reason}


@cache
def fallen() -> frozenset[tuple[str, str]]:
    """The children and subjects that have truly fallen behind."""
    return frozenset((one["pupil"], one["subject"]) for one in truth("today")["courses"] if one["course"] in FALLS)


@cache
def named() -> frozenset[tuple[str, str]]:
    """The children and subjects that the rule names."""
    return frozenset((one["pupil"], one["subject"]) for one in truth("today")["insufficient"])


def of_story(name: str, subject: str) -> tuple[str, str]:
    """A child whose story was written by hand, in its subject."""
    (key,) = {one["pupil"] for one in truth("today")["planted"] if (one["name"], one["subject"]) == (name, subject)}
    return key, subject


def truly(low: float, high: float) -> float:
    """Of those of whom so much is said, the share who have truly fallen."""
    said = [what for what, number in numbers().items() if low <= number < high]
    assert len(said) >= 30
    return sum(what in fallen() for what in said) / len(said)


def test_a_number_is_given_from_four_terms_on_to_most_children():
    assert len(numbers()) > 450


def test_those_of_whom_much_is_said_have_mostly_fallen_and_those_of_whom_little_is_said_hardly_ever():
    assert truly(70, 101) > 0.7
    assert 0.1 < truly(10, 50) < 0.5
    assert truly(0, 10) < 0.03


def test_who_was_judged_now_the_one_band_now_the_other_is_named_and_the_marks_hardly_say_so():
    rayyan = of_story("Plover, Rayyan", "maths")

    assert rayyan in named()
    assert numbers()[rayyan] < 20


def test_who_fell_where_both_windows_start_is_not_named_and_the_marks_say_so():
    bronwen = of_story("Harebell, Bronwen", "writing")

    assert bronwen not in named()
    assert numbers()[bronwen] > 70


def test_of_those_who_stayed_below_the_expected_standard_nothing_much_can_be_said():
    assert 10 < numbers()[of_story("Dibber, Tobias", "writing")] < 50
