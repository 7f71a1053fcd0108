"""What titles and the names of sheets say of a whole table: its subject and its class."""

from __future__ import annotations

import pytest
from school_files import register_of, results, usual_rules

from siptrack.reading.headings import HeadingReader
from siptrack.reading.sections import find_sections
from siptrack.reading.sheet import Sheet
from siptrack.reading.table import context_of


@pytest.mark.parametrize(
    ("title", "subject", "school_class"),
    [
        ("4P Reading", "reading", "4P"),
        ("4P Reading 2025-26", "reading", "4P"),
        ("5H reading tracker", "reading", "5H"),
        ("5H reading data", "reading", "5H"),
        ("Class 4P: Maths", "maths", "4P"),
        ("Maths (4P)", "maths", "4P"),
        ("5K_Writing_Autumn", "writing", "5K"),
        ("Kestrels writing", "writing", ""),
        ("Maths - Miss Patel", "maths", ""),
        ("Reading and Writing", "", ""),
        ("Reading at 2B", "reading", ""),
        ("1st Reading", "reading", ""),
        ("PE", "", ""),
    ],
)
def test_a_sheets_name_gives_its_subject_and_class(title, subject, school_class):
    sheet = Sheet("Tracking.xlsx", title, (("Name", "Autumn 2025"), ("Alder, Ann", "EXS")))
    reader = HeadingReader(usual_rules())

    context = context_of(find_sections(sheet, reader)[0], reader)

    assert (context.subject, context.class_name) == (subject, school_class)


def test_a_subject_over_terms():
    register = register_of("""
        4P Reading 2025-26
        .
        Name | Autumn | Spring
        Alder, Ann | EXS | GDS
    """)

    assert results(register) == [
        "Alder, Ann (4P), reading, Autumn 2025: EXS",
        "Alder, Ann (4P), reading, Spring 2026: GDS",
    ]
