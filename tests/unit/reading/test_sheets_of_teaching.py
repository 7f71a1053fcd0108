"""Sheets of lessons seen and of CPD: which sheets are one, what each row says, and what is never taken for results."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import Workbook
from school_files import as_csv, register_of, results, usual_rules

from siptrack.reading.read import read
from siptrack.school.register import Register
from siptrack.school.term import Term

RESULTS = """
UPN           | Surname | Forename | Class | Year group | Reading Autumn 2025 | Reading Spring 2026
R201100018042 | Ash     | Ann      | 4A    | 4          | EXS                 | EXS
C201100018043 | Birch   | Bob      | 5/6P  | 5          | WTS                 | WTS
"""
SEEN = "Date | Class | Subject | Type of evidence | Judgement | Observer | Notes"
TRAINED = "Date | CPD focus | Subject | Staff | Hours | Provider | Intended impact"


def seen(*rows: str, headings: str = SEEN, name: str = "lessons.csv") -> Register:
    """The register of the results above and of a sheet of lessons and books with these rows."""
    return register_of({"results.csv": RESULTS, name: "\n".join((headings, *rows))})


def trained(*rows: str, headings: str = TRAINED) -> Register:
    """The register of the results above and of a sheet of CPD with these rows."""
    return register_of({"results.csv": RESULTS, "cpd.csv": "\n".join((headings, *rows))})


def held(table: pd.DataFrame | None, *names: str) -> list[tuple[object, ...]]:
    """These columns, row by row; what is missing is None, and a term its label."""
    assert table is not None
    return [tuple(_plain(name, cell) for name, cell in zip(names, row, strict=True)) for row in _rows(table, names)]


def _rows(table: pd.DataFrame, names: tuple[str, ...]) -> list[tuple[object, ...]]:
    return list(table[list(names)].itertuples(index=False, name=None))


def _plain(name: str, cell: object) -> object:
    if cell is None or cell != cell:  # noqa: PLR0124  # not a number
        return None
    return Term.numbered(int(str(cell).removesuffix(".0"))).label if name == "term" else cell


def problems(register: Register, name: str) -> list[tuple[str, str]]:
    """The problems of a file: code and cell."""
    return [(one.code, one.place.cell) for one in register.problems if one.place.file == name]


def test_a_row_says_when_of_which_class_and_subject_what_was_judged_of_which_kind_and_by_whom():
    register = seen("12/11/2025 | 4A | Reading | Lesson observation | Good | Mrs Oak | Questions well chosen")

    names = ("term", "date", "class", "subjects", "judgement", "grade", "good", "kind", "by", "notes")
    assert held(register.observations, *names) == [
        (
            *("Autumn 2025", "2025-11-12", "4A", "reading", "Good", "good", True, "Lesson observation", "Mrs Oak"),
            "Questions well chosen",
        )
    ]
    assert problems(register, "lessons.csv") == []
    assert register.ledger.balances()


def test_a_row_of_cpd_says_when_what_about_for_whom_for_how_long_by_whom_and_what_for():
    register = trained("05/01/2026 | Fluency | Reading | All staff | 1.5 | Mr Elm | Children read with expression")

    names = ("term", "focus", "subjects", "staff", "hours", "provider", "intended")
    assert held(register.cpd, *names) == [
        ("Spring 2026", "Fluency", "reading", "All staff", 1.5, "Mr Elm", "Children read with expression")
    ]
    assert register.ledger.balances()


def test_records_of_teaching_change_nothing_in_the_results_or_in_who_is_on_roll():
    with_them, without = seen("12/11/2025 | 4A | Reading | Book look | 2 | Mrs Oak | ."), register_of(RESULTS)

    assert results(with_them) == results(without)
    assert with_them.pupils.equals(without.pupils)
    assert (without.observations, without.cpd) == (None, None)


@pytest.mark.parametrize(
    "headings",
    [
        "UPN | Class | Subject | Date | Judgement | Observer",
        "Name | Class | Subject | Date | Judgement | Observer",
        "Class | Reading Autumn 2024 | Judgement | Observer | Date | Subject",
        "Class | Subject | Judgement | Number of children | Term | Year",
        "Class | Activity | Notes | Date | Room | Time",
        "Date | Topic | Staff | Room | Time of day | Year",
        "Surname | Forename | CPD | Date | Hours | Provider",
        "Year group | Subject | Type | Grade | Number | Date",
        "Tasks and actions | Date | Staff | CPD | Hours | Monitoring",
    ],
    ids=["UPN", "a name", "results", "no kind", "a list of clubs", "a rota", "surnames", "a summary", "a plan"],
)
def test_a_sheet_is_none_of_teaching(headings):
    register = register_of({"results.csv": RESULTS, "other.csv": f"{headings}\nx | 4A | Reading | x | x | x"})

    assert (register.observations, register.cpd) == (None, None)


def test_the_staff_of_a_training_log_are_no_pupils():
    headings = "Name | Training title | Date | Hours"
    register = trained("Miss Oak | Phonics | 05/01/2026 | 3 hours", headings=headings)

    assert held(register.cpd, "staff", "focus", "hours") == [("Miss Oak", "Phonics", 3)]
    assert "Oak" not in " ".join(register.pupils["surname"])


def test_a_table_that_siptrack_wrote_is_no_record():
    headings = "term | class | subject | judgement | kind | by | file | row | ruler"

    assert (
        seen("6074 | 4A | Reading | Good | Book look | Mrs Oak | a | 2 | abc", headings=headings).observations is None
    )


def test_headings_stand_below_titles_which_say_the_year_and_one_file_may_hold_both_kinds(tmp_path):
    book = Workbook()
    lessons, cpd = book.active, book.create_sheet("CPD")
    for row in (
        ["Monitoring 2025-26"],
        [],
        ["Term", "Form", "Grade", "Method", "Seen by"],
        ["Autumn", "4A", 1, "Walk", "X"],
    ):
        lessons.append(row)
    for row in (["INSET", "When", "Led by"], ["Spelling", "Spring 2026", "X"]):
        cpd.append(row)
    book.save(tmp_path / "Teaching.xlsx")
    (tmp_path / "results.csv").write_text(as_csv(RESULTS), encoding="utf-8")

    register = read([tmp_path], usual_rules())

    assert held(register.observations, "term", "class", "grade") == [("Autumn 2025", "4A", "outstanding")]
    assert held(register.cpd, "term", "focus", "subjects") == [("Spring 2026", "Spelling", "spelling")]


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("Outstanding", "outstanding"),
        ("2", "good"),
        ("Grade 2", "good"),
        ("RI", "third"),
        ("satisfactory", "third"),
        ("Inadequate", "fourth"),
        ("Good with outstanding features", ""),
        ("5", ""),
        ("Strong start", ""),
    ],
)
def test_a_grade_is_known_by_its_spellings_and_anything_else_is_kept_as_words(written, grade):
    ((judgement, found, good),) = held(
        seen(f"12/11/2025 | 4A | Reading | Book look | {written} | Mrs Oak | .").observations,
        "judgement",
        "grade",
        "good",
    )

    assert (judgement, found) == (written, grade)
    assert good is {"outstanding": True, "good": True, "third": False, "fourth": False, "": None}[grade]


@pytest.mark.parametrize(
    ("written", "of_class", "year_group"),
    [
        ("4A", "4A", None),
        ("class 4a", "4A", None),
        ("5-6P", "5/6P", None),
        ("Year 5", "", 5),
        ("Whole school", "", None),
        (".", "", None),
    ],
)
def test_a_record_is_of_a_class_however_spelt_or_of_a_year_group_or_of_the_whole_school(written, of_class, year_group):
    register = seen(f"12/11/2025 | {written} | Reading | Book look | Good | Mrs Oak | .")

    assert held(register.observations, "class", "year_group") == [(of_class, year_group)]
    assert problems(register, "lessons.csv") == []


def test_a_class_that_nobody_is_in_and_a_day_that_is_none_are_said_with_their_cells_and_the_record_kept():
    register = seen(
        "12/11/2025 | 9Z | Reading | Book look | Good | Mrs Oak | .",
        "next week | 4A | Reading | Book look | Good | Mrs Oak | .",
        "Spring 2026 | 4A | Reading | Book look | Good | Mrs Oak | .",
    )

    assert problems(register, "lessons.csv") == [("teaching-no-class", "B2"), ("teaching-no-term", "A3")]
    assert held(register.observations, "term", "class") == [
        ("Autumn 2025", ""),
        (None, "4A"),
        ("Spring 2026", "4A"),
    ]


def test_rows_that_record_nothing_are_set_aside_and_said():
    observed = seen("12/11/2025 | 4A | Reading | Book look | . | Mrs Oak | .", "Key: 1 is best | . | . | . | . | . | .")
    learned = trained(
        "05/01/2026 | . | Reading | All staff | 2 | . | .", "05/01/2026 | Fluency | . | . | a day | . | ."
    )

    assert problems(observed, "lessons.csv") == [
        ("teaching-nothing-recorded", "row 2"),
        ("teaching-nothing-recorded", "row 3"),
    ]
    assert problems(learned, "cpd.csv") == [("cpd-hours", "E3"), ("cpd-no-focus", "row 2")]
    assert held(learned.cpd, "focus", "hours") == [("Fluency", None)]
    assert observed.ledger.balances()
    assert learned.ledger.balances()


def test_a_subject_is_taken_from_its_column_else_from_the_sheet_or_the_focus_and_several_are_several():
    subjects = ("Literacy", "Reading and maths", "PE", ".")
    rows = (f"12/11/2025 | 4A | {one} | Book look | Good | Mrs Oak | ." for one in subjects)

    assert held(seen(*rows, name="Maths.csv").observations, "subject", "subjects") == [
        ("Literacy", "english"),
        ("Reading and maths", "reading, maths"),
        ("PE", ""),
        ("", "maths"),
    ]
    assert held(trained("05/01/2026 | Writing | . | All | 2 | . | .").cpd, "subjects") == [("writing",)]


def test_one_observer_and_one_kind_spelt_in_two_ways_are_one():
    register = seen(
        "12/11/2025 | 4A | Reading | Book look | Good | Mrs Oak | .",
        "13/11/2025 | 4A | Reading | book-look | Good | MRS OAK | .",
    )

    assert held(register.observations, "kind", "by") == [("Book look", "Mrs Oak"), ("Book look", "Mrs Oak")]


def test_a_judgement_and_a_grade_in_two_columns_are_one_grade_where_they_agree():
    headings = "Date | Class | Judgement | Grade | Observer"
    register = seen("12/11/2025 | 4A | Good | 2 | X", "13/11/2025 | 4A | Good | 3 | X", headings=headings)

    assert held(register.observations, "judgement", "grade") == [("Good; 2", "good"), ("Good; 3", "")]
