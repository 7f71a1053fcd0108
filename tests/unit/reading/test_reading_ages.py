"""Reading and spelling ages: the cells of a column by all of them, and whose, when and beside what they stand."""

from __future__ import annotations

import pytest
from school_files import problems, register_of

from registers import term, usual_rules
from siptrack.reading.age_cells import Age, AgeColumn
from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.rules.load import load
from siptrack.school.term import Term

READER = HeadingReader(usual_rules())
WHO = "Surname | Forename | DOB        | Year group"
ANN = "Ash     | Ann      | 12/09/2016 | 4         "


def read(*texts, unit="", short=False):
    column = AgeColumn(texts, unit, usual_rules(), short=short)
    return [age.months if age and not age.limit else age for age in map(column.read, texts)]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("7:06", 90),
        ("7-06", 90),
        ("7;6", 90),
        ("7y 6m", 90),
        ("7 years 6 months", 90),
        ("7yrs 6mths", 90),
        ("07:06:00", 90),  # the time of day that a spreadsheet makes of 7:06
        ("1899-12-31 07:06:00", 90),
        ("10:11", 131),
        ("8", 96),
        ("8.0", 96),
        ("8 years", 96),
        ("<6:00", Age(71, -1)),
        ("6:00-", Age(72, -1)),
        ("below 6:00", Age(71, -1)),
        (">13:00", Age(157, 1)),
        ("12+", Age(144, 1)),
        ("7:12", None),
        ("98", None),  # a standardised score
        ("2:06", None),
        ("2025-06-07 00:00:00", None),  # the date that a spreadsheet makes of 7-06
        ("EXS", None),
        ("3b", None),
    ],
)
def test_a_cell_is_years_and_months_or_whole_years_or_a_limit_and_else_no_age(text, months):
    assert read(text) == [months]


def test_a_point_is_read_where_every_cell_has_two_figures_behind_it_and_one_is_no_part_of_a_year():
    assert read("7.06", "8.11", "7.10", "9") == [90, 107, 94, 108]


@pytest.mark.parametrize(
    "texts",
    [
        ("7.06", "8.11", "7.1"),  # 7.10, of which a spreadsheet made 7.1
        ("7.6", "8.2"),
        ("7.06", "8.50"),
        ("7.10", "8.11"),  # no nought: decimals of years may be so
        ("7.08", "8.00"),  # a month as a decimal, or eight months
        ("3.2", "4.5"),  # levels
    ],
)
def test_a_point_that_may_mean_two_things_leaves_all_of_its_column_open(texts):
    assert read(*texts, "8") == [None] * (len(texts) + 1)
    assert read(*texts, "7:06")[-1] == 90


def test_whole_numbers_are_months_where_the_heading_says_so():
    assert read("90", "107", "20", "8.5", unit="months") == [90, 107, None, None]


def test_below_letters_that_may_mean_anything_whole_numbers_count_only_beside_years_and_months():
    assert read("8", "9", short=True) == [None, None]
    assert read("7.6", "8.2", short=True) == [None, None]
    assert read("7.06", "8.05", "9", short=True) == [90, 101, 108]
    assert read("8", "7:06", short=True) == [96, 90]


@pytest.mark.parametrize(
    ("heading", "name", "test", "unit"),
    [
        ("Reading age", "reading", "", ""),
        ("RA", "reading", "", ""),
        ("Reading Age Autumn", "reading", "", ""),
        ("Salford RA Sept 2025", "reading", "Salford", ""),
        ("Schonell Spelling Age", "spelling", "Schonell", ""),
        ("Reading age (months)", "reading", "", "months"),
        ("Reading age (years and months)", "reading", "", ""),
        ("SA Summer 2025", "spelling", "", ""),
        ("Chronological age", "own", "", ""),
        ("CA", "own", "", ""),
        ("Age at test (yrs:mths)", "own", "", ""),
    ],
)
def test_headings_of_ages(heading, name, test, unit):
    meaning = READER.meaning(heading)

    assert (meaning.kind, meaning.name, meaning.group, meaning.measure) == (ColumnKind.AGE, name, test, unit)


@pytest.mark.parametrize(
    "heading",
    [
        *("Age", "Maths age", "Age equivalent", "Reading age difference", "Reading age target", "RA gain"),
        *("Reading age on entry", "Maths reading age", "Reading age v chronological age", "Reading Age Bob"),
        *("Reading", "Reading standardised score", "Age standardised score Reading"),
    ],
)
def test_headings_that_are_of_no_age_or_say_more(heading):
    assert READER.meaning(heading).kind is not ColumnKind.AGE


def ages(register):
    rows = register.frame("ages").in_rows("kind", "test", "term", "tested", "months", "row", "column")
    return [
        (kind, test, Term.numbered(at).label, tested, months, row, column)
        for kind, test, at, tested, months, row, column in rows
    ]


def test_columns_side_by_side_are_of_their_terms_and_tests_and_grades_stay_grades():
    register = register_of(
        f"""
        {WHO} | Reading Autumn 2025 | RA Autumn 2025 | Salford RA Sept 2025 | Spelling age Summer 2025
        {ANN} | EXS                 | 7:06           | 07:02:00             | <6:00
        """
    )

    assert ages(register) == [
        ("reading", "", "Autumn 2025", "", 90, 2, 6),
        ("reading", "Salford", "Autumn 2025", "2025-09", 86, 2, 7),
        ("spelling", "", "Summer 2025", "", 71, 2, 8),
    ]
    assert register.frame("results")["subject"].tolist() == ["reading"]
    assert problems(register) == []


def test_a_row_a_test_has_the_day_of_each_and_the_class_of_its_year():
    register = register_of(
        {
            "Marks Autumn 2025.csv": f"""
                {WHO} | Class | Reading
                {ANN} | 4K    | EXS
                """,
            "Ages.csv": """
                Name     | DOB        | Class | Date of test | CA   | Reading age
                Ash, Ann | 12/09/2016 | 3K    | 10/02/2025   | 8:04 | 6:11
                Ash, Ann | 12/09/2016 | 4K    | 15/09/2025   | 9:00 | 7:06
                """,
        }
    )

    assert ages(register) == [
        ("reading", "", "Spring 2025", "2025-02-10", 83, 2, 6),
        ("reading", "", "Autumn 2025", "2025-09-15", 90, 3, 6),
    ]
    assert register.frame("ages")["own_months"].tolist() == [100, 108]
    assert list(register.frame("placements").in_rows("academic_year", "class")) == [(2024, "3K"), (2025, "4K")]
    assert register.frame("pupils")["on_roll_until"].tolist() == [term("Autumn 2025").number]
    assert register.ledger.balances()
    assert problems(register) == []


def test_the_day_of_a_test_beside_grades_is_not_that_of_the_grades():
    register = register_of(
        {
            "Autumn 2025.csv": f"""
                {WHO} | Reading | Test date  | Reading age
                {ANN} | EXS     | 01/07/2025 | 7:06
                Beck  | Ben     | 03/03/2017 | 4 | WTS | absent | 8:00
                Cole  | Cy      | 03/04/2017 | 4 | WTS | soon   | 8:01
                """
        }
    )

    assert [row[2:5] for row in ages(register)] == [
        ("Summer 2025", "2025-07-01", 90),
        ("Autumn 2025", "", 96),
        ("Autumn 2025", "", 97),
    ]
    assert {Term.numbered(at).label for at in register.frame("results")["term"].tolist()} == {"Autumn 2025"}
    assert problems(register) == ["age-unread at Autumn 2025.csv, cell F4"]


def test_a_column_that_is_open_says_what_was_found_and_what_to_write():
    register = register_of(
        f"""
        {WHO} | Reading Autumn 2025 | Reading age Autumn 2025 | SA Autumn 2025
        {ANN} | EXS                 | 7.1                     | 15
        """
    )

    assert ages(register) == []
    assert [(problem.code, problem.found, problem.expected) for problem in register.problems] == [
        (
            "age-unread",
            "'Reading age Autumn 2025': 1 cell not read, such as '7.1' (years with a decimal, or years and months)",
            "an age such as 7:06",
        ),
        (
            "age-unread",
            "'SA Autumn 2025': 1 cell not read, such as '15' (no cell of it is years and months)",
            "an age such as 7:06",
        ),
    ]


def test_years_in_one_column_and_months_in_another_are_not_read():
    register = register_of(
        f"""
        {WHO} | Reading Autumn 2025 | Reading age Autumn 2025 (years) | Reading age Autumn 2025 (months)
        {ANN} | EXS                 | 7                               | 90
        """
    )

    assert ages(register) == []
    assert [problem.code for problem in register.problems] == ["age-unread", "age-unread"]


def test_the_same_age_twice_is_one_and_two_that_differ_are_none():
    class_sheet = f"""
        {WHO} | Reading | Reading age | Spelling age
        {ANN} | EXS     | 7:06        | 7:00
        """
    list_of_tests = """
        Surname | Forename | DOB        | Date of test | Reading age | Spelling age
        Ash     | Ann      | 12/09/2016 | 15/09/2025   | 7:06        | 7:02
        Ash     | Ann      | 12/09/2016 | 15/09/2025   | 7:06        | 7:02
        """
    register = register_of({"Autumn 2025.csv": class_sheet, "Tests.csv": list_of_tests})

    assert [row[:1] + row[3:5] for row in ages(register)] == [
        ("reading", "2025-09-15", 90),
        ("spelling", "2025-09-15", 86),  # the one with a day
    ]
    assert "ages-differ at Autumn 2025.csv, cell G2" in problems(register)


def test_two_ages_for_one_day_are_both_left_out():
    register = register_of(
        {
            "Autumn 2025.csv": f"{WHO} | Reading\n{ANN} | EXS",
            "Tests.csv": """
                Surname | Forename | DOB        | Date of test | Reading age
                Ash     | Ann      | 12/09/2016 | 15/09/2025   | 7:06
                Ash     | Ann      | 12/09/2016 | 15/09/2025   | 8:06
                """,
        }
    )

    assert ages(register) == []
    assert "ages-differ at Tests.csv, cell E3" in problems(register)


def test_an_own_age_that_is_not_the_birthdays_is_asked_about_once_a_column():
    tests = """
        Surname | Forename | DOB        | Date of test | Chronological age | Reading age
        Ash     | Ann      | 12/09/2016 | 15/02/2025   | {first}              | 7:00
        Ash     | Ann      | 12/09/2016 | 15/09/2025   | 9:06              | 7:06
        """
    marks = f"{WHO} | Reading\n{ANN} | EXS"
    near = register_of({"Autumn 2025.csv": marks, "Tests.csv": tests.format(first="8:05").replace("9:06", "9:02")})
    apart = register_of({"Autumn 2025.csv": marks, "Tests.csv": tests.format(first="9:02")})

    assert problems(near) == []
    assert problems(apart) == ["own-age-misfit at Tests.csv, column F"]
    assert apart.problems[0].found.startswith("2 own ages beside it, from row 2 on")


def test_an_age_of_no_time_is_not_used_and_said():
    register = register_of({"Marks.csv": f"{WHO} | Reading Autumn 2025 | Reading age\n{ANN} | EXS | 7:06"})

    assert ages(register) == []
    assert problems(register) == ["no-term at Marks.csv, cell F1"]


def test_a_term_that_is_named_for_results_is_that_of_ages_too():
    register = register_of(
        {"Marks.csv": f"{WHO} | Reading | Reading age\n{ANN} | EXS | 7:06"}, term=term("Spring 2026")
    )

    assert [row[2] for row in ages(register)] == ["Spring 2026"]


def test_an_age_beside_each_result_of_a_long_table_counts_once():
    register = register_of(
        f"""
        {WHO} | Subject | Term        | Result | Reading age
        {ANN} | Reading | Autumn 2025 | EXS    | 7:06
        {ANN} | Maths   | Autumn 2025 | EXS    | 7:06
        """
    )

    assert [row[2:6] for row in ages(register)] == [("Autumn 2025", "", 90, 2)]
    assert problems(register) == []


def test_letters_above_grades_head_no_age_and_are_said_as_before():
    register = register_of(
        f"""
        {WHO} | Reading Autumn 2025 | SA Autumn 2025 | CA
        {ANN} | EXS                 | EXS            | B
        """
    )

    assert problems(register) == ["results-not-used at school.csv, column F"]
    assert {column.heading: column.used_as for column in register.ledger.columns}["CA"] == ""


def test_a_school_may_say_what_its_heading_is(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text('headings:\n  "Rdg yrs": {age: reading, term: "Autumn 2025"}\n', encoding="utf-8")
    register = register_of(f"{WHO} | Reading Autumn 2025 | Rdg yrs\n{ANN} | EXS | 7:06", load(settings))

    assert [row[2:5] for row in ages(register)] == [("Autumn 2025", "", 90)]


def test_a_sheet_of_tests_puts_nobody_on_roll_and_a_list_with_ages_stays_a_list():
    marks = f"{WHO} | Reading\n{ANN} | EXS"
    gone = "Surname | Forename | DOB | Date of test | Reading age\nBeck | Ben | 03/03/2014 | 15/09/2023 | 9:00"
    listed = "Surname | Forename | DOB | Year group | Gender | Reading age\nCole | Cy | 03/04/2017 | 4 | M | 7:06"
    tests = register_of({"Autumn 2025.csv": marks, "Tests.csv": gone})
    roll = register_of({"Autumn 2025.csv": marks, "List.csv": listed})

    now = term("Autumn 2025").number
    assert [until >= now for until in tests.frame("pupils")["on_roll_until"].tolist()] == [True, False]
    assert [until >= now for until in roll.frame("pupils")["on_roll_until"].tolist()] == [True, True]
