"""Which rows are the same child. Two children are never merged, and a row that fits two is left out."""

from __future__ import annotations

import pytest
from mentions import matched, mention, who
from school_files import aside, problems, register_of, results


def test_a_upn_joins_names_that_agree():
    assert who(mention(upn="A1", name="Ash"), mention(upn="A1", name="Ashe"), mention(upn="A2", name="Ash")) == [
        0,
        0,
        2,
    ]


def test_an_id_joins_a_row_without_a_upn_to_one_with_both():
    assert who(mention(upn="A1", id="7"), mention(id="7"), mention(id="8")) == [0, 0, 2]


def test_one_upn_outweighs_two_ids():
    assert who(mention(upn="A1", id="7", name="Ash"), mention(upn="A1", id="8", name="Ash")) == [0, 0]


def test_name_and_date_of_birth_join_what_has_no_number():
    assert who(mention(upn="A1", name="Ash", born="2016-02-01"), mention(name="Ash", born="2016-02-01")) == [0, 0]


def test_twins_share_a_surname_a_birthday_and_a_class_and_stay_two():
    twins = [mention(name=name, born="2016-02-01", in_class="5k") for name in ("Ash, Amy", "Ash, Ann")]

    assert who(*twins) == [0, 1]


@pytest.mark.parametrize(
    ("first", "second", "pupils"),
    [
        (mention(name="Ash", in_class="5k"), mention(name="Ash", in_class="5k", cohort=2020), [0, 0]),
        (mention(name="Ash", in_class="5k"), mention(name="Ash", in_class="3b"), [0, 1]),
        (mention(name="Ash", cohort=2020), mention(name="Ash", cohort=2020, in_class="5k"), [0, 0]),
        (mention(name="Ash", cohort=2020), mention(name="Ash", cohort=2021), [0, 1]),
        (mention(name="Ash"), mention(name="Ash", in_class="5k"), [0, 0]),
        (mention(name="Ash"), mention(name="Beech"), [0, 1]),
    ],
    ids=["same class", "another class", "same cohort", "another cohort", "nothing against it", "another name"],
)
def test_a_name_alone_joins_only_when_nothing_speaks_against_it(first, second, pupils):
    assert who(first, second) == pupils


def test_a_name_that_fits_two_known_pupils_fits_none():
    known = [mention(upn=upn, name="Ash", in_class="5k") for upn in ("A1", "A2")]

    assert who(*known, mention(name="Ash", in_class="5k")) == [0, 1, None]


def test_two_upns_under_one_name_and_birthday_conflict_and_are_not_joined():
    numbered = [mention(upn=upn, name="Ash", born="2016-02-01") for upn in ("A1", "A2")]
    found = matched(*numbered, mention(name="Ash", born="2016-02-01"))

    assert (found.pupils, found.conflicts) == ([0, 1, None], [0, 1, 2])


def test_rows_that_repeat_within_a_sheet_cannot_be_told_apart_by_name():
    alike = mention(name="Ash", in_class="5k")

    assert matched(alike, alike, repeated=frozenset({0, 1})).pupils == [None, None]


# --- in files ---------------------------------------------------------------------------------------------------------


def test_a_child_is_found_again_however_the_name_is_written():
    register = register_of(
        {
            "Autumn 2025.csv": "Surname | Forename | Class | Reading\nO'Bracken | Zoë | 5K | WTS",
            "Spring 2026.csv": "Name | Class | Reading\nOBRACKEN, ZOE | 5K | EXS",
        }
    )

    assert results(register) == [
        "OBRACKEN, ZOE (5K), reading, Autumn 2025: WTS",
        "OBRACKEN, ZOE (5K), reading, Spring 2026: EXS",
    ]


def test_two_children_of_one_name_are_followed_through_their_classes():
    register = register_of(
        {
            "Autumn 2024.csv": "Name | Class | Reading\nAsh, Ann | 4K | EXS\nAsh, Ann | 2B | WTS",
            "Autumn 2025.csv": "Name | Class | Reading\nAsh, Ann | 5K | GDS\nAsh, Ann | 3B | EXS",
        }
    )

    assert results(register) == [
        "Ash, Ann (3B), reading, Autumn 2024: WTS",
        "Ash, Ann (3B), reading, Autumn 2025: EXS",
        "Ash, Ann (5K), reading, Autumn 2024: EXS",
        "Ash, Ann (5K), reading, Autumn 2025: GDS",
    ]
    assert problems(register) == []


def test_numbers_join_the_pupil_list_to_the_results():
    register = register_of(
        {
            "list.csv": "UPN | Adno | Name\nQ999200104001 | 0012 | Ash, Ann\nE999200104002 | 12 | Ash, Amy",
            "Autumn 2025.csv": "Adno | Reading\n0012 | EXS\n12 | WTS",
        }
    )

    assert results(register) == [
        "E999200104002, reading, Autumn 2025: WTS",
        "Q999200104001, reading, Autumn 2025: EXS",
    ]


AMBIGUOUS = {
    "list.csv": "Adno | Name | Class\nA1 | Ash, Ann | 5K\nA2 | Ash, Ann | 5K",
    "Autumn 2025.csv": "Name | Class | Reading\nAsh, Ann | 5K | GDS\nBeech, Bob | 5K | EXS",
}


def test_a_row_that_fits_two_pupils_is_reported():
    register = register_of(AMBIGUOUS)

    assert "ambiguous-pupil at Autumn 2025.csv, row 2" in problems(register)
    assert aside(register)["rows: fits more than one pupil"] == 1
    assert register.ledger.balances()


def test_the_results_of_a_row_that_fits_two_pupils_are_left_out():
    register = register_of(AMBIGUOUS)

    assert results(register) == ["Beech, Bob (5K), reading, Autumn 2025: EXS"]
    assert aside(register)["results: in a row that fits more than one pupil"] == 1


def test_rows_that_cannot_be_told_apart_are_not_held_against_each_other():
    register = register_of("Name | Class | Reading Autumn 2025\nAsh | 5K | EXS\nAsh | 5K | WTS\nBeech | 5K | EXS")

    assert [problem.code for problem in register.problems] == ["ambiguous-pupil", "ambiguous-pupil"]
    assert aside(register) == {
        "results: in a row that fits more than one pupil": 2,
        "rows: fits more than one pupil": 2,
    }


def test_another_name_under_one_upn_is_reported_and_the_child_stays_one():
    register = register_of(
        {
            "Autumn 2025.csv": "Adno | Name | Reading\nA1 | Ash, Ann | WTS",
            "Spring 2026.csv": "Adno | Name | Reading\nA1 | Beech, Ann | EXS",
        }
    )

    assert results(register) == ["A1, reading, Autumn 2025: WTS", "A1, reading, Spring 2026: EXS"]
    assert problems(register) == ["two-identities at Autumn 2025.csv, row 2"]
    assert register.pupils["surname"].tolist() == ["Beech"]


def test_one_pupil_with_two_results_for_one_term_has_neither_and_twice_the_same_has_one():
    register = register_of("Adno | Reading Autumn 2025\nA1 | EXS\nA1 | GDS\nA2 | EXS\nA2 | EXS\nA3 | WTS")

    assert results(register) == ["A2, reading, Autumn 2025: EXS", "A3, reading, Autumn 2025: WTS"]
    assert problems(register) == [
        "repeated-result at school.csv, cell B5",
        "two-results at school.csv, cell B2",
        "two-results at school.csv, cell B3",
    ]
    assert aside(register) == {"results: contradicted by another result": 2, "results: written twice": 1}
    assert register.ledger.balances()


def test_no_problem_quotes_a_name_a_number_or_a_birthday():
    register = register_of(
        {
            "list.csv": "Adno | Name | DOB\nA1 | Ash, Ann | 01/02/2016\nA2 | Ash, Ann | 01/02/2016",
            "Autumn 2025.csv": "Name | DOB | Reading\nAsh, Ann | 01/02/2016 | GDS\n. | . | EXS",
        }
    )

    said = " ".join(f"{p.found} {p.expected} {p.action}" for p in register.problems)
    assert {problem.code for problem in register.problems} >= {"two-identities", "ambiguous-pupil", "no-pupil"}
    assert [text for text in ("Ash", "Ann", "A1", "A2", "2016") if text in said] == []
