"""What the report of teaching says where something is lacking: subjects, terms, grades, results, children."""

from __future__ import annotations

import pytest

from registers import usual_rules
from siptrack.reports.printed import printed_text
from siptrack.reports.teaching import teaching_printed
from teaching_records import taught

RESULTS = """
    pupil | children | class | year group | Summer 2008 | Autumn 2008 | Summer 2009
    Still | 4        | 5K    | 5          | 3c          | 3c          | 3c
    Moved | 5        | 5K    | 5          | 3c          | 3c          | 3a
    Other | 12       | 6L    | 6          | 3a          | 3a          | 4c
"""
SEEN = "class | subject | term | judgement | kind | by | notes | about"


def said(*rows: str, cpd: str = "", detail: bool = False) -> str:
    """The report of these records of lessons, in plain lines."""
    found = taught(RESULTS, "\n".join((SEEN, *rows)) if rows else "", cpd)
    return printed_text(teaching_printed(found, usual_rules(), detail=detail), width=None, colour=False)


def test_a_class_of_fewer_than_11_children_has_counts_only():
    text = said("5K | reading | Autumn 2008 | Good | Book look | Mrs Oak | . | .")

    assert "Progress of these children: insufficient for 4 of 9 in Summer 2009 (Summer 2008: not known)." in text
    assert " %)" not in text[text.index("Class by class") : text.index("Without a record")]
    assert "Nowhere do records with a grade and progress point in different directions." in text


def test_eleven_records_with_a_grade_have_a_percentage_and_ten_have_none():
    rows = ["6L | reading | Autumn 2008 | Good | Book look | Mrs Oak | . | ."] * 10

    assert "10 of 10 records with a grade say good or better." in said(*rows)
    assert "10 of 11 records with a grade (91 %) say good or better." in said(*rows, rows[0].replace("Good", "Third"))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("5K | . | Autumn 2008 | Good | . | . | . | .", "No subject is named, so no progress stands beside."),
        ("5K | science | Autumn 2008 | Good | . | . | . | .", "Science has no results in these files"),
        (". | reading | Autumn 2008 | Good | . | X | . | All", "No class or year group is named"),
        ("5K | reading | Autumn 2008 | Lively | . | X | . | .", "Reading: 1 record, none with a grade."),
        ("5K | reading | Autumn 2008 | Lively | . | X | . | .", "Words are worth as much"),
        (
            "5K | reading | Autumn 2008 | Good | . | . | . | .",
            "Recorded by nobody named. No kind",
        ),
        ("5K | reading | . | Good | . | X | . | 5K", "5K, reading: without a date, record by X: “Good”"),
        ("6L | reading | Autumn 2008 | Good | . | X | . | .", "Nothing recorded at all: 5K (Year 5)."),
        ("5K | reading | Autumn 2009 | Good | . | X | . | .", "1 more is of a later term than Summer 2009"),
        (
            "5K | reading | Spring 2007 | Good | . | X | . | .",
            "Nothing was recorded of lessons or books",
        ),
        ("5K | reading | Spring 2007 | Good | . | X | . | .", "1 record of earlier school years: add --detail."),
    ],
)
def test_what_is_lacking_is_said(row, sentence):
    assert sentence in said(row)


def test_results_that_do_not_reach_back_to_a_record_are_said_to_be_lacking():
    text = said("5K | reading | Spring 2007 | Good | Book look | X | . | .", detail=True)

    assert "Class by class in 2006-07" in text
    assert "Progress of these children: there are no results in that time." in text


def test_a_record_of_a_whole_year_group_is_a_record_of_its_classes():
    rows = "class | year_group | subject | term | judgement | by\n. | 6 | reading | Autumn 2008 | Good | X"
    found = taught(RESULTS, rows)
    text = printed_text(teaching_printed(found, usual_rules(), detail=False), width=None, colour=False)

    assert "The whole of Year 6" in text
    assert "Nothing recorded at all: 5K (Year 5)." in text


def test_cpd_alone_is_told_of_with_what_was_intended_and_written_since():
    text = said(
        cpd="focus | subject | term | staff | provider | intended | evaluation\n"
        "Fluency | reading | Autumn 2008 | All staff | Mr Elm | More expression | Some\n"
        "Behaviour | . | Autumn 2008 | All staff | . | . | .\n"
        "Fluency | reading | Spring 2006 | All staff | . | . | ."
    )

    assert "No sheet of lessons or books seen; 3 records of CPD." in text
    assert "Fluency (All staff; Mr Elm). Intended: “More expression”. Written of it since: “Some”" in text
    assert "Class by class" not in text
    assert "No subject named: CPD in Autumn 2008" in text
    assert "1 record of CPD whose following terms lie in earlier school years: add --detail." in text
