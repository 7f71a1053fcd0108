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


def behind(table: str, code: str, *, now: str, scale: str = "teacher-assessment") -> list[tuple[str, ...]]:
    """The children behind each question of a kind: the group, the child, the grade and what it is set beside."""
    rows = check(register(table, scale=scale), usual_rules(), term(now)).behind
    rows = rows[rows["code"] == code].astype({"apart": object}).fillna("")
    return [(row.group, row.direction, row.pupil, row.grade, row.beside, f"{row.apart}") for row in rows.itertuples()]


def test_a_score_that_contradicts_a_judgement_by_more_than_the_test_s_error_names_the_child():
    """EXS means 95 to 114, GDS 115 and over, WTS under 95; the error is 5 points."""
    table = """
        pupil    | year group | class | Summer 2025 | Summer 2025 (standardised-score)
        low      | 4          | 4A    | EXS         | 89
        within   | 4          | 4A    | EXS         | 90
        high     | 4          | 4A    | EXS         | 121
        within 2 | 4          | 4A    | EXS         | 120
        deep     | 4          | 4B    | GDS         | 109
        within 3 | 4          | 4B    | GDS         | 110
        towards  | 4          | 4B    | WTS         | 101
        within 4 | 4          | 4B    | WTS         | 100
        untested | 4          | 4B    | EXS         | A
    """
    assert asked(table, "beyond-error", now="Summer 2025") == [
        ("all", "higher", 8, 2, True),
        ("all", "lower", 8, 2, True),
    ]
    assert behind(table, "beyond-error", now="Summer 2025") == [
        ("all", "higher", "low", "EXS", "89", "6.0"),
        ("all", "higher", "deep", "GDS", "109", "6.0"),
        ("all", "lower", "high", "EXS", "121", "6.0"),
        ("all", "lower", "towards", "WTS", "101", "6.0"),
    ]


def test_where_every_score_is_within_the_error_nothing_is_asked():
    table = """
        pupil | year group | Summer 2025 | Summer 2025 (standardised-score)
        Ann   | 4          | EXS         | 100
    """
    assert [row[-1] for row in asked(table, "beyond-error", now="Summer 2025")] == [False, False]
    assert behind(table, "beyond-error", now="Summer 2025") == []


def test_a_scaled_score_has_its_own_line_and_the_same_error():
    table = """
        pupil  | year group | Summer 2025 | Summer 2025 (ks-scaled-score)
        low    | 6          | EXS         | 94
        within | 6          | EXS         | 95
        deep   | 6          | GDS         | 104
    """
    assert [row[2:4] for row in behind(table, "beyond-error", now="Summer 2025")] == [("low", "EXS"), ("deep", "GDS")]


def test_a_class_nearly_all_at_the_top_grade_is_asked_about_once():
    table = """
        children | year group | class | Summer 2025
        18       | 4          | 4A    | GDS
        2        | 4          | 4A    | EXS
        20       | 4          | 4B    | EXS
    """
    assert asked(table, "ceiling", now="Summer 2025") == [("4A", "", 20, 18, True), ("4B", "", 20, 0, False)]
    assert asked(table, "no-spread", now="Summer 2025") == [("4A", "", 20, 0, False), ("4B", "", 20, 20, True)]
    assert len(behind(table, "ceiling", now="Summer 2025")) == 18
    fewer = table.replace("18 ", "17 ").replace("2        | 4          | 4A", "3        | 4          | 4A")
    assert asked(fewer, "ceiling", now="Summer 2025")[0] == ("4A", "", 20, 17, False)


def test_the_highest_of_levels_at_expectations_is_no_ceiling():
    table = """
        children | year group | class | Summer 2009
        20       | 6          | 6A    | 5a
    """
    assert asked(table, "ceiling", now="Summer 2009", scale="nc-levels") == [("6A", "", 20, 0, False)]


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


LEAPS = """
    children | year group | class | Spring 2025 | Summer 2025
    {a}      | 6          | 6A    | WTS         | EXS
    {rest}   | 6          | 6A    | EXS         | EXS
    {b}      | 6          | 6B    | WTS         | EXS
    12       | 6          | 6B    | EXS         | EXS
    2        | 5          | 5A    | WTS         | EXS
    38       | 5          | 5A    | EXS         | EXS
"""


def test_the_class_that_leapt_is_asked_about_where_its_year_group_is_not():
    one = LEAPS.format(a=4, rest=8, b=0).replace("    0        | 6          | 6B    | WTS         | EXS\n", "")
    assert asked(one, "end-of-key-stage", now="Summer 2025") == [
        ("Year 6", "higher", 24, 4, False),
        ("6A", "higher", 12, 4, True),
        ("6B", "higher", 12, 0, False),
    ]
    children = behind(one, "end-of-key-stage", now="Summer 2025")
    assert [row[3:] for row in children] == [("EXS", "WTS", "1.0")] * 4
    assert {row[0] for row in children} == {"6A"}


def test_the_year_group_that_leapt_is_asked_about_once_and_not_its_classes_again():
    assert asked(LEAPS.format(a=10, rest=2, b=3), "end-of-key-stage", now="Summer 2025") == [
        ("Year 6", "higher", 27, 13, True),
        ("6A", "higher", 12, 10, False),
        ("6B", "higher", 15, 3, False),
    ]


def test_the_children_behind_a_fall_are_named_with_both_grades():
    table = """
        pupil    | year group | class 2024-25 | class 2025-26 | Summer 2025 | Autumn 2025
        {fell}
        {kept}
    """
    fell = "\n".join(f"F{at} | 4 | 3A | 4A | EXS | WTS" for at in range(6))
    kept = "\n".join(f"K{at} | 4 | 3A | 4A | EXS | EXS" for at in range(6))
    found = behind(table.format(fell=fell, kept=kept), "handover", now="Autumn 2025")
    assert [(row[2], row[3], row[4]) for row in found] == [(f"F{at}", "WTS", "EXS") for at in range(6)]


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
