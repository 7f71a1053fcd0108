# ruff: noqa: E501  # a table is as wide as it is
"""What is asked about judgements: only where enough children are, and never by less than the rule says."""

from __future__ import annotations

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse, check

Row = tuple[str, str, int, int, bool]


def asked(table: str, code: str, *, now: str, scale: str = "teacher-assessment") -> list[Row]:
    """Each comparison of a kind: the group, the direction, how many children, how many are as asked, and whether it is asked."""
    rows = check(register(table, scale=scale), usual_rules(), term(now)).checks
    rows = rows[rows["code"] == code]
    return [
        (
            str(row.group),
            str(row.direction) if isinstance(row.direction, str) else "",
            int(row.n),
            int(row.count),
            bool(row.asked),
        )
        for row in rows.itertuples()
    ]


def test_the_teacher_is_set_beside_the_test_for_each_group_and_its_peers():
    table = """
        children | year group | gender | Summer 2025 | Summer 2025 (standardised-score)
        9        | 4          | boys   | WTS         | 100
        11       | 4          | boys   | EXS         | 100
        1        | 4          | girls  | WTS         | 100
        18       | 4          | girls  | EXS         | 100
        1        | 4          | girls  | EXS         | 80
        5        | 4          | .      | WTS         | 100
        5        | 4          | girls  | EXS         | .
        5        | 4          | girls  | A           | 100
    """
    assert asked(table, "teacher-and-test", now="Summer 2025") == [
        ("boys", "lower", 20, 9, True),
        ("girls", "lower", 20, 1, False),
        ("boys", "higher", 20, 0, False),
        ("girls", "higher", 20, 1, False),
    ]


def test_a_group_of_ten_is_too_small_to_ask_about():
    table = """
        children | year group | gender | Summer 2025 | Summer 2025 (standardised-score)
        10       | 4          | boys   | WTS         | 100
        20       | 4          | girls  | EXS         | 100
    """
    assert asked(table, "teacher-and-test", now="Summer 2025")[0] == ("boys", "lower", 10, 10, False)
    assert asked(table.replace("10  ", "11  "), "teacher-and-test", now="Summer 2025")[0] == (
        "boys",
        "lower",
        11,
        11,
        True,
    )


def test_classes_are_set_beside_the_other_classes():
    table = """
        children | year group | class | Summer 2025 | Summer 2025 (standardised-score)
        12       | 4          | 4A    | GDS         | 100
        3        | 4          | 4A    | EXS         | 100
        15       | 4          | 4B    | EXS         | 100
    """
    assert asked(table, "teacher-and-test", now="Summer 2025") == [
        ("4A", "lower", 15, 0, False),
        ("4B", "lower", 15, 0, False),
        ("4A", "higher", 15, 12, True),
        ("4B", "higher", 15, 0, False),
    ]


def test_a_fall_at_handover_is_asked_about_from_three_children_in_ten_on():
    table = """
        children | year group | class 2024-25 | class 2025-26 | Summer 2025 | Autumn 2025 | Spring 2026
        {fell}   | 4          | 3A            | 4A            | EXS         | WTS         | EXS
        {kept}   | 4          | 3A            | 4A            | EXS         | EXS         | EXS
        9        | 4          | 4A            | 4A            | EXS         | WTS         | EXS
        9        | 4          | .             | 4A            | EXS         | WTS         | EXS
        9        | 4          | 3A            | 4A            | EXS         | A           | EXS
    """
    six, five = (table.format(fell=fell, kept=20 - fell) for fell in (6, 5))
    assert asked(six, "handover", now="Spring 2026") == [("4A", "", 20, 6, True)]
    assert asked(five, "handover", now="Spring 2026") == [("4A", "", 20, 5, False)]
    assert asked(six, "handover", now="Summer 2025") == []


def test_on_levels_a_lower_grade_is_a_fall_even_where_the_line_rose():
    table = """
        children | year group | class 2007-08 | class 2008-09 | Summer 2008 | Autumn 2008
        6        | 4          | 3A            | 4A            | 3c          | 2a
        14       | 4          | 3A            | 4A            | 3c          | 3c
    """
    assert asked(table, "handover", now="Autumn 2008", scale="nc-levels") == [("4A", "", 20, 6, True)]


def test_one_grade_for_nearly_a_whole_class_is_asked_about():
    table = """
        children | year group | class | Summer 2025
        19       | 4          | 4A    | EXS
        1        | 4          | 4A    | {other}
        10       | 4          | 4B    | EXS
    """
    assert asked(table.format(other="WTS"), "no-spread", now="Summer 2025") == [
        ("4A", "", 20, 19, True),
        ("4B", "", 10, 10, False),
    ]
    fewer = table.replace("19 ", "18 ").replace("1        | 4          | 4A", "2        | 4          | 4A")
    assert asked(fewer.format(other="WTS"), "no-spread", now="Summer 2025")[0] == ("4A", "", 20, 18, False)


def test_last_term_s_grades_again_are_asked_about_only_where_children_must_gain():
    table = """
        children | year group | class | Spring 2009 | Summer 2009
        18       | 4          | 4A    | 3c          | 3c
        2        | 4          | 4A    | 3c          | 3b
    """
    assert asked(table, "copied-forward", now="Summer 2009", scale="nc-levels") == [("4A", "", 20, 18, True)]
    fewer = table.replace("18 ", "17 ").replace("2   ", "3   ")
    assert asked(fewer, "copied-forward", now="Summer 2009", scale="nc-levels") == [("4A", "", 20, 17, False)]
    bands = table.replace("3c", "EXS").replace("3b", "GDS")
    assert asked(bands, "copied-forward", now="Summer 2009") == []


def test_the_same_scores_again_are_asked_about():
    table = """
        children | year group | class | Spring 2025 | Summer 2025
        8        | 4          | 4A    | 100         | 100
        12       | 4          | 4A    | 100         | 101
    """
    assert asked(table, "scores-repeated", now="Summer 2025", scale="standardised-score") == [("4A", "", 20, 8, True)]


def test_a_leap_at_the_end_of_a_key_stage_is_set_beside_its_earlier_years():
    table = """
        children | year group | Spring 2009 | Summer 2009
        10       | 6          | 4c          | 5c
        10       | 6          | 4b          | 4b
        20       | 5          | 3a          | 4c
        20       | 4          | 3c          | 3b
        20       | 1          | 1c          | 2b
    """
    assert asked(table, "end-of-key-stage", now="Summer 2009", scale="nc-levels") == [
        ("Year 6", "higher", 20, 10, True)
    ]


def test_grades_that_look_copied_forward_are_a_warning_in_the_analysis_too():
    table = """
        children | year group | class | Spring 2009 | Summer 2009
        19       | 4          | 4A    | 3c          | 3c
        1        | 4          | 4A    | 3c          | 3b
        19       | 5          | 5A    | 3a          | 4c
        1        | 5          | 5A    | 3a          | 3a
    """
    copied = analyse(register(table), usual_rules(), term("Summer 2009")).copied
    assert copied[["code", "group", "n", "count"]].to_numpy().tolist() == [["copied-forward", "4A", 20, 19]]
