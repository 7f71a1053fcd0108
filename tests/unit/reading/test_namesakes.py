"""Children known by a name alone: two are never made one, one who changes class stays one, and doubt is said."""

from __future__ import annotations

import pytest
from mentions import mention, who
from school_files import aside, problems, register_of, results

from siptrack.reading.identity.groups import Standing

HEADINGS = "Name | Class | Year | Reading\n"
FOURS = "\nBeech, Bob | 4A | 4 | EXS\nCedar, Cat | 4B | 4 | EXS"
FIVES = "\nBeech, Bob | 5A | 5 | EXS\nCedar, Cat | 5B | 5 | EXS"


def of_ann(register) -> list[str]:
    return [result.removeprefix("Ash, Ann ") for result in results(register) if result.startswith("Ash")]


def test_two_children_of_one_name_in_one_year_group_stay_two_in_one_sheet():
    register = register_of({"Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS\nAsh, Ann | 4B | 4 | GDS"})

    assert of_ann(register) == ["(4A), reading, Autumn 2025: WTS", "(4B), reading, Autumn 2025: GDS"]
    assert problems(register) == []


def test_they_stay_two_when_each_class_has_a_file_of_its_own_and_that_is_asked_about():
    register = register_of(
        {
            "4A Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS",
            "4B Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 4B | 4 | GDS",
        }
    )

    assert of_ann(register) == ["(4A), reading, Autumn 2025: WTS", "(4B), reading, Autumn 2025: GDS"]
    assert problems(register) == ["uncertain-match at 4A Autumn 2025.csv, row 2"]
    assert "the same name as in 4B Autumn 2025.csv, row 2" in register.problems[0].found


def test_they_stay_two_when_each_result_has_a_row():
    register = register_of("""
        Name     | Class | Year | Subject | Term        | Result
        Ash, Ann | 4A    | 4    | Reading | Autumn 2025 | WTS
        Ash, Ann | 4B    | 4    | Writing | Autumn 2025 | GDS
    """)

    assert of_ann(register) == ["(4A), reading, Autumn 2025: WTS", "(4B), writing, Autumn 2025: GDS"]


@pytest.mark.parametrize("first", ["a", "z"])
def test_over_two_years_nobody_can_tell_whose_the_older_rows_are_whatever_the_files_are_called(first):
    register = register_of(
        {
            f"{first} Autumn 2024.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS\nAsh, Ann | 4B | 4 | GDS",
            "m Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 5A | 5 | EXS\nAsh, Ann | 5B | 5 | GDS",
        }
    )

    assert of_ann(register) == ["(5A), reading, Autumn 2025: EXS", "(5B), reading, Autumn 2025: GDS"]
    assert problems(register) == [
        f"ambiguous-pupil at {first} Autumn 2024.csv, row 2",
        f"ambiguous-pupil at {first} Autumn 2024.csv, row 3",
    ]
    assert aside(register)["rows: fits more than one pupil"] == 2
    assert register.ledger.balances()


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Ash, Ann | 4A | 4 | WTS\nAsh, Ann | 4B | 4 | GDS", "Ash, Ann | 5A | 5 | EXS"),
        ("Ash, Ann | 4A | 4 | WTS", "Ash, Ann | 5A | 5 | EXS\nAsh, Ann | 5B | 5 | GDS"),
    ],
    ids=["one has left", "one has come"],
)
def test_where_one_of_two_has_left_or_come_the_children_of_now_stay_without_the_older_rows(before, now):
    register = register_of({"Autumn 2024.csv": HEADINGS + before + FOURS, "Autumn 2025.csv": HEADINGS + now + FIVES})

    assert [result for result in of_ann(register) if "2024" in result] == []
    assert len(of_ann(register)) == now.count("Ash")
    assert len([one for one in problems(register) if one.startswith("ambiguous-pupil")]) == before.count("Ash")


def test_a_child_is_followed_back_to_the_year_in_which_there_were_two_and_no_further():
    register = register_of(
        {
            "Autumn 2022.csv": f"{HEADINGS}Ash, Ann | 2A | 2 | WTS",
            "Autumn 2023.csv": f"{HEADINGS}Ash, Ann | 3A | 3 | WTS\nAsh, Ann | 3B | 3 | GDS",
            "Autumn 2024.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | EXS",
            "Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 5B | 5 | EXS",
        }
    )

    assert of_ann(register) == ["(5B), reading, Autumn 2024: EXS", "(5B), reading, Autumn 2025: EXS"]
    assert aside(register)["rows: fits more than one pupil"] == 3


def test_a_unique_name_is_followed_through_the_years_whatever_the_class():
    register = register_of(
        {
            "Autumn 2024.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS{FOURS}",
            "Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 5B | 5 | EXS{FIVES}",
        }
    )

    assert of_ann(register) == ["(5B), reading, Autumn 2024: WTS", "(5B), reading, Autumn 2025: EXS"]
    assert problems(register) == []


@pytest.mark.parametrize("other", ["5K", "5 k", "Year 5", "."])
def test_a_class_otherwise_written_or_called_after_its_year_group_is_no_other_class(other):
    register = register_of(
        {
            "Reading Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 5K | 5 | WTS",
            "Writing Autumn 2025.csv": f"Name | Class | Year | Writing\nAsh, Ann | {other} | 5 | EXS",
        }
    )

    assert (len(register.pupils), len(of_ann(register))) == (1, 2)
    assert [one for one in problems(register) if one.startswith(("uncertain", "ambiguous"))] == []


# --- a change of class within a year ----------------------------------------------------------------------------------


def test_a_change_of_class_is_seen_where_both_classes_stand_in_both_terms_and_the_name_in_one_at_a_time():
    register = register_of(
        {
            "Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS{FOURS}",
            "Spring 2026.csv": f"{HEADINGS}Ash, Ann | 4B | 4 | EXS{FOURS}",
        }
    )

    assert of_ann(register) == ["(4B), reading, Autumn 2025: WTS", "(4B), reading, Spring 2026: EXS"]
    assert problems(register) == []


def test_it_is_seen_in_a_file_of_each_result_and_in_a_list_beside_the_results():
    rows = """
        Name       | Class | Year | Subject | Term        | Result
        Ash, Ann   | 4A    | 4    | Reading | Autumn 2025 | WTS
        Cedar, Cat | 4B    | 4    | Reading | Autumn 2025 | EXS
        Beech, Bob | 4A    | 4    | Reading | Spring 2026 | EXS
        Ash, Ann   | 4B    | 4    | Reading | Spring 2026 | EXS
    """
    listed = "Name | Class | Year | FSM\nAsh, Ann | 4B | 4 | Yes\nBeech, Bob | 4A | 4 | No\nCedar, Cat | 4B | 4 | No"

    assert len(of_ann(register_of({"results.csv": rows}))) == 2
    assert len(register_of({"results.csv": rows}).pupils) == 3
    assert len(register_of({"results.csv": rows, "list.csv": listed}).pupils) == 3


@pytest.mark.parametrize(
    ("autumn", "spring"),
    [
        ("Ash, Ann | 4A | 4 | WTS\nBeech, Bob | 4A | 4 | EXS", f"Ash, Ann | 4B | 4 | EXS{FOURS}"),
        (f"Ash, Ann | 4A | 4 | WTS{FOURS}", "Ash, Ann | 4B | 4 | EXS\nCedar, Cat | 4B | 4 | EXS"),
        (
            "Ash, Ann | Elm | . | WTS\nBeech, Bob | Oak | . | WTS",
            "Ash, Ann | Oak | . | WTS\nBeech, Bob | Elm | . | WTS",
        ),
    ],
    ids=["the new class not in the autumn's files", "the old class not in the spring's", "no year group"],
)
def test_where_it_cannot_be_seen_they_are_kept_apart(autumn, spring):
    register = register_of({"Autumn 2025.csv": HEADINGS + autumn, "Spring 2026.csv": HEADINGS + spring})

    assert len(of_ann(register)) == 2
    assert len({result.partition(")")[0] for result in of_ann(register)}) == 2


def test_where_one_of_two_may_have_moved_into_a_third_class_nobody_can_tell_which():
    others = f"{FOURS}\nDate, Dee | 4C | 4 | EXS"
    register = register_of(
        {
            "Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS\nAsh, Ann | 4B | 4 | GDS{others}",
            "Spring 2026.csv": f"{HEADINGS}Ash, Ann | 4C | 4 | EXS{others}",
        }
    )

    assert of_ann(register) == ["(4C), reading, Spring 2026: EXS"]
    assert [one for one in problems(register) if one.startswith("ambiguous")] == [
        "ambiguous-pupil at Autumn 2025.csv, row 2",
        "ambiguous-pupil at Autumn 2025.csv, row 3",
    ]


# --- beside children with a number ------------------------------------------------------------------------------------

LIST = """
    UPN           | Name     | Class | Year
    Q999200104001 | Ash, Ann | 5A    | 5
    E999200104002 | Ash, Ann | 5B    | 5
"""


def test_the_class_of_this_year_says_whose_the_rows_of_this_year_are_and_nothing_of_last_year():
    register = register_of(
        {
            "list.csv": LIST,
            "Autumn 2024.csv": f"{HEADINGS}Ash, Ann | 4A | 4 | WTS",
            "Autumn 2025.csv": f"{HEADINGS}Ash, Ann | 5A | 5 | EXS\nAsh, Ann | 5B | 5 | GDS",
        }
    )

    assert results(register) == [
        "E999200104002, reading, Autumn 2025: GDS",
        "Q999200104001, reading, Autumn 2025: EXS",
    ]
    assert problems(register) == ["ambiguous-pupil at Autumn 2024.csv, row 2"]


def test_in_a_sheet_with_one_row_a_pupil_a_row_without_a_number_is_another_child():
    register = register_of(
        "UPN | Name | Class | Reading Autumn 2025\nQ999200104001 | Ash | 5A | EXS\n. | Ash | 5A | WTS"
    )

    assert results(register) == ["Ash (5A), reading, Autumn 2025: WTS", "Q999200104001, reading, Autumn 2025: EXS"]


def test_two_year_groups_in_one_class_are_two_children_and_a_row_without_a_year_group_fits_both():
    mentions = [mention(name="Ash", in_class="elm", cohort=cohort) for cohort in (2021, 2022, None)]

    assert who(*mentions) == [0, 1, None]
    assert who(*mentions[::-1]) == [None, 1, 2]


def test_a_name_without_class_or_year_group_fits_whom_nothing_contradicts_and_of_two_neither():
    autumn = Standing(sheets=frozenset({0}), moments=frozenset({(6075, -1)}), tables=frozenset({0}))
    first, second = (mention(name="Ash", in_class=name, cohort=2021) for name in ("4a", "4b"))

    assert who(first, mention(name="Ash"), standings={first: autumn}) == [0, 0]
    assert who(first, second, mention(name="Ash"), standings={first: autumn, second: autumn}) == [0, 1, None]
