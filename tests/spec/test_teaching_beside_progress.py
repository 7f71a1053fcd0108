"""Records of teaching beside progress: counts of the same children then and now, questions, and never a verdict.

In the tables of results a line stands for so many children, alike in everything but their names.
"""

from __future__ import annotations

import pytest

from siptrack.school.in_pandas import to_pandas
from teaching_records import taught

CLASS = """
    class | subject | term        | judgement | kind               | by
    5K    | reading | Autumn 2008 | Good      | Lesson observation | Mrs Oak
"""


def _stay(still: int, moved: int) -> str:
    """A class of which so many children did not move between Summer 2008 and Summer 2009, and so many did."""
    return f"""
        pupil   | children | class | class 2007-08 | year group | Summer 2008 | Autumn 2008 | Summer 2009
        Still   | {still}  | 5K    | 4K            | 5          | 3c          | 3c          | 3c
        Moved   | {moved}  | 5K    | 4K            | 5          | 3c          | 3c          | 3b
        Another | 5        | 6L    | 5L            | 6          | 3a          | 3a          | 4c
    """


def row_of(table, **wanted):
    """The one row of a table with these cells."""
    rows = to_pandas(table).to_dict("records")
    (row,) = [one for one in rows if all(one[name] == value for name, value in wanted.items())]
    return row


def test_a_record_stands_beside_the_children_of_that_class_before_it_and_at_the_end_of_the_year():
    row = row_of(taught(_stay(4, 8), CLASS).beside, **{"class": "5K", "subject": "reading"})

    assert (row["from_term"], row["to_term"], row["children"]) == ("Summer 2008", "Summer 2009", 12)
    assert (row["insufficient"], row["told"]) == (4, 12)
    assert (row["at_are"], row["assessed"], row["assessed_then"]) == (0, 12, 12)


@pytest.mark.parametrize(
    ("judgement", "still", "moved", "asks"),
    [
        ("Good", 4, 8, "recorded good or better, many insufficient"),
        ("Outstanding", 4, 8, "recorded good or better, many insufficient"),
        ("Good", 1, 11, ""),
        ("Third", 1, 11, "not recorded good, few insufficient"),
        ("Third", 4, 8, ""),
        ("Lively", 4, 8, ""),
        ("Good", 5, 5, ""),
    ],
    ids=[
        "good, and 4 of 12 still",
        "outstanding",
        "good, and 1 of 12",
        "third, and 1 of 12",
        "third, and 4 of 12",
        "words",
        "ten",
    ],
)
def test_a_question_is_asked_where_the_two_point_in_different_directions_from_11_children_on(
    judgement, still, moved, asks
):
    seen = CLASS.replace("Good", judgement)

    assert row_of(taught(_stay(still, moved), seen).beside, **{"class": "5K"})["asks"] == asks


def test_records_that_differ_among_themselves_raise_no_question():
    seen = CLASS + "5K | reading | Spring 2009 | Third | Book look | Mr Elm"

    assert row_of(taught(_stay(4, 8), seen).beside, **{"class": "5K"})["asks"] == ""


def test_a_class_without_a_record_stands_there_with_none_and_in_order_of_year_and_name():
    beside = taught(_stay(4, 8), CLASS).beside

    assert list(beside.in_rows("class", "records")) == [("5K", 1), ("6L", 0)]


def test_a_record_of_last_year_is_about_the_children_who_were_in_the_class_then():
    seen = """
        class | subject | term        | judgement | kind      | by
        4K    | reading | Summer 2008 | Good      | Book look | Mr Elm
    """
    row = row_of(taught(_stay(4, 8), seen).beside, academic_year=2007)

    assert (row["class"], row["year_group"], row["to_term"], row["assessed"]) == ("4K", 4, "Summer 2008", 12)
    assert row["from_term"] == ""


def test_a_record_of_a_year_group_is_about_all_of_its_children():
    seen = """
        class | year_group | subject | term        | judgement | kind      | by
        .     | 6          | reading | Autumn 2008 | Good      | Book look | Mr Elm
    """
    row = row_of(taught(_stay(4, 8), seen).beside, **{"class": "", "subject": "reading"})

    assert (row["year_group"], row["records"], row["children"]) == (6, 1, 5)


def test_what_is_recorded_of_a_subject_says_by_whom_and_of_which_kinds_and_words_are_no_grade():
    seen = CLASS + (
        "6L | reading | Autumn 2008 | Lively | Book look          | Mr Elm\n"
        "6L | reading | Spring 2009 | Third  | Lesson observation | Mrs Oak"
    )
    row = row_of(taught(_stay(4, 8), seen).recorded, subject="reading")

    assert (row["records"], row["graded"], row["good"], row["classes"]) == (3, 2, 1, 2)
    assert (row["by"], row["kinds"]) == ("Mr Elm (1), Mrs Oak (2)", "Book look (1), Lesson observation (2)")
    assert (row["children"], row["insufficient"], row["told"]) == (17, 4, 17)


def test_literacy_counts_in_reading_and_writing_where_there_are_no_results_in_english():
    results = """
        pupil | children | class | year group | Summer 2008 | writing Summer 2008 | Summer 2009 | writing Summer 2009
        One   | 11       | 5K    | 5          | 3c          | 3c                  | 3a          | 3a
    """
    recorded = taught(results, CLASS.replace("reading", "english")).recorded

    assert recorded["subject"].tolist() == ["reading", "writing"]


def test_a_record_of_a_later_term_than_the_one_judged_is_left_aside_and_counted():
    found = taught(_stay(4, 8), CLASS + "5K | reading | Autumn 2009 | Good | Book look | Mr Elm")

    assert (len(found.observations), found.later) == (1, 1)


def test_after_cpd_every_year_group_is_shown_whoever_took_part():
    cpd = """
        focus   | subject | term        | staff
        Fluency | reading | Autumn 2008 | Mrs Oak
    """
    rows = taught(_stay(4, 8), cpd=cpd).cpd_beside

    assert list(rows["year_group"]) == [5, 6]
    assert set(rows.in_rows("from_term", "to_term")) == {("Summer 2008", "Summer 2009")}
    assert list(rows["insufficient"]) == [4, 0]
    assert list(rows["at_are"] - rows["at_are_then"]) == [0, -5]


def test_what_follows_cpd_is_looked_for_within_a_school_year():
    cpd = """
        focus   | subject | term        | staff
        Fluency | reading | Autumn 2007 | Mrs Oak
    """
    rows = taught(_stay(4, 8), cpd=cpd).cpd_beside

    assert set(rows["to_term"].tolist()) == {"Autumn 2008"}
    assert set(rows["from_term"].tolist()) == {""}


def test_cpd_that_names_no_subject_or_no_term_has_nothing_beside_it():
    cpd = """
        focus     | subject | term        | staff
        Behaviour | .       | Autumn 2008 | All
        Fluency   | reading | .           | All
    """
    found = taught(_stay(4, 8), cpd=cpd)

    assert (len(found.cpd), len(found.cpd_beside)) == (2, 0)


def test_where_few_of_the_children_were_here_before_only_after_is_told():
    results = """
        pupil | children | class | year group | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009
        Old   | 2        | 5K    | 5          | 3c          | 3c          | 3b          | 3b
        New   | 10       | 5K    | 5          | .           | 3c          | 3b          | 3b
    """
    row = row_of(taught(results, CLASS).beside, **{"class": "5K"})

    assert (row["from_term"], row["children"], row["assessed"], row["assessed_then"]) == ("", 12, 12, 0)
