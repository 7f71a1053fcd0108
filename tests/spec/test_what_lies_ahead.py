# ruff: noqa: E501  # a table is as wide as it is
"""What a child needs from here: to reach the line, to meet a target; and where comparable children ended."""

from typed_tables import reported, wanted


def test_pace_is_what_is_needed_a_term_beside_what_was_made():
    table = """
        pupil | year group | Summer 2008 | Spring 2009 || needed a term | made a term | needed a term to the end of the key stage
        Ann   | 4          | 2a          | 3c          || 1             | 1           | 1
        Bob   | 4          | 2b          | 2b          || 5             | 0           | 1.57143
        Cai   | 4          | 3c          | 3b          || 0             | 1           | 0.714286
        Dee   | 4          | .           | 3c          || 1             | .           | 1
    """
    assert reported(table) == wanted(table)


def test_in_summer_no_term_of_the_year_is_left():
    table = """
        pupil | year group | Autumn 2008 | Summer 2009 || needed a term | needed a term to the end of the key stage
        Ann   | 4          | 3c          | 3c          || .             | 1.16667
        Bob   | 6          | 4c          | 4c          || .             | .
    """
    assert reported(table) == wanted(table)


def test_on_bands_judged_against_the_year_group_pace_counts_bands():
    table = """
        pupil | year group | Autumn 2024 | Spring 2025 || needed a term
        Ann   | 4          | WTS         | WTS         || 1
        Bob   | 4          | EXS         | EXS         || 0
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_a_target_is_on_course_only_where_the_present_rate_leads_there_for_certain():
    table = """
        pupil | year group | Autumn 2007 | Autumn 2008 | target Summer 2009 || to the target | at this rate from | to       | course        | why
        Ann   | 4          | 2b          | 3c          | 3c                 || 0             | 21                | 22.3333   | met          | .
        Bob   | 4          | 2c          | 3b          | 3a                 || -2            | 25.6667           | 27       | on course     | .
        Cai   | 4          | 2b          | 2a          | 3b                 || -4            | 17.6667           | 19       | not on course | .
        Dee   | 4          | 2b          | 3c          | 3a                 || -4            | 21                | 22.3333   | not on course | .
        Eve   | 4          | 2c          | 3c          | 3a                 || -4            | 22.3333           | 23.6667   | cannot tell  | the present rate may lead there or not
        Flo   | 4          | .           | 3c          | 3a                 || -4            | .                 | .        | cannot tell   | no rate of progress to go on
        Gus   | 4          | 2b          | A           | 3a                 || .             | .                 | .        | cannot tell   | no result this term
        Hal   | 4          | 2b          | 3c          | .                  || .             | .                 | .        | .             | .
    """
    assert reported(table, now="Autumn 2008") == wanted(table)


def test_in_its_own_term_a_target_is_met_or_not():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 | target Summer 2009 || course  | flags
        Ann   | 4          | 2a          | 3b          | 3b                 || met     | .
        Bob   | 4          | 2a          | 3c          | 3b                 || not met | behind-target, below, fell-below
    """
    assert reported(table) == wanted(table)


def test_a_target_on_another_scale_is_never_compared():
    table = """
        pupil | year group | Summer 2024 | Spring 2025 | target Summer 2025 (nc-levels) || course      | why
        Ann   | 4          | EXS         | EXS         | 3b                             || cannot tell | the target is on another scale
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def forecast(*past: tuple[int, str, str]) -> str:
    """One child of Year 4 at 3c in Spring 2009, after so many children of the Year 4 before, from here to there."""
    head = "children | pupil | year group 2007-08 | year group 2008-09 | Spring 2008 | Summer 2008 | Spring 2009 || comparable | from | up to | chance | ended at | no forecast\n"
    rows = [
        f"{children} | {then} to {ended} | 4 | 5 | {then} | {ended} | . || . | . | . | . | . | .\n"
        for children, then, ended in past
    ]
    return head + "".join(rows) + "1 | Ann | 3 | 4 | . | . | 3c || . | . | . | . | . | .\n"


def ann(table: str) -> str:
    return " | ".join(reported(table, now="Spring 2009")["Ann"].values())


def test_a_forecast_is_the_narrowest_run_of_grades_in_which_sixteen_of_twenty_comparable_children_ended():
    assert ann(forecast((2, "3c", "2a"), (8, "3c", "3c"), (8, "3c", "3b"), (2, "3c", "3a"))) == (
        "20 | 3c | 3b | 80 | 10 | "
    )


def test_the_chance_is_told_by_children_left_out_of_the_choice_since_the_next_has_no_part_in_it():
    # 9 + 9 + 2: the run that holds 16 holds 18, and still does where one of them is left out: 18 of 20.
    assert ann(forecast((9, "3c", "3c"), (9, "3c", "3b"), (2, "3c", "3a"))) == "20 | 3c | 3b | 90 | 11 | "
    # 16 of them need six grades. By hand: 15 of the others need five where one at an end is left out, who is then not
    # among them (12 of 20 are), and 16 need six (18 of 20 are). 15 / 21 of the first and 6 / 21 of the second: 69.
    spread = [(3, "3c", grade) for grade in ("2c", "2b", "2a", "3c", "3b", "3a")]
    assert ann(forecast(*spread, (2, "3c", "4c"))) == "20 | 2c | 3a | 69 | 8 | "


def test_nineteen_are_too_few_for_a_forecast():
    assert ann(forecast((11, "3c", "3c"), (8, "3c", "3b"))) == (
        "19 |  |  |  |  | too few comparable children in earlier years"
    )


def test_children_who_started_more_than_a_step_away_are_not_comparable():
    assert ann(forecast((10, "3b", "3a"), (10, "2a", "3c"), (30, "3a", "4c"), (30, "2b", "2a"))) == (
        "20 | 3c | 3a | 100 | 10 | "
    )


def test_where_enough_children_stood_just_here_those_a_step_away_are_left_out():
    assert ann(forecast((20, "3c", "3b"), (30, "3b", "4c"), (30, "2a", "2b"))) == "20 | 3b | 3b | 100 | 20 | "


def test_children_a_step_away_help_to_choose_the_run_and_those_who_stood_just_here_tell_its_chance():
    assert ann(forecast((16, "3c", "3b"), (4, "3b", "4c"), (4, "2a", "2b"))) == "24 | 3b | 4c | 100 | 20 | "
