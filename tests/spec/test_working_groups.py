"""The four working groups: a child's place is where the child stands against expectations, and nothing else."""

from __future__ import annotations

from registers import register, typed, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.working_groups import in_groups


def grouped(table, scale="nc-levels"):
    rules = usual_rules()
    analysis = analyse(register(table, scale=scale), rules, typed(table).last_term)
    rows = in_groups(analysis.frame("progress"), rules.working_groups)
    return {pupil: group or "" for pupil, group in rows.in_rows("pupil", "group")}


def test_on_levels_the_groups_follow_the_line_of_the_year_group():
    table = """
        pupil | year group | Summer 2009
        Ann   | 4          | 2b
        Bob   | 4          | 3c
        Cai   | 4          | 3b
        Dee   | 4          | 4c
        Eve   | 3          | 2b
    """

    wanted = {"Ann": "underperforming", "Bob": "target", "Cai": "on_track", "Dee": "more_able", "Eve": "target"}
    assert grouped(table) == wanted


def test_a_child_who_was_absent_or_disapplied_is_in_no_group():
    table = """
        pupil | year group | Spring 2009 | Summer 2009
        Ann   | 4          | 3b          | A
        Bob   | 4          | 3b          | .
        Cai   | 4          | 3c          | 3b
    """

    assert grouped(table) == {"Ann": "", "Bob": "", "Cai": "on_track"}


def test_progress_moves_nobody_into_another_group():
    table = """
        pupil | year group | Summer 2025 | Summer 2026
        Fell  | 4          | GDS         | EXS
        Rose  | 4          | WTS         | EXS
    """

    assert grouped(table, "teacher-assessment") == {"Fell": "on_track", "Rose": "on_track"}
