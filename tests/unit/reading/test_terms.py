"""The terms that texts speak of."""

from __future__ import annotations

import pytest
from school_files import problems, register_of, results, usual_rules

from siptrack.reading.terms import TermFinder, TermParts, parse_term, parse_wanted
from siptrack.school.errors import ChoiceError
from siptrack.school.term import Before, Season, Term, counted_from

AUTUMN, SPRING, SUMMER = Season


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Autumn 2025", Term(2025, AUTUMN)),
        ("Spring 2026", Term(2025, SPRING)),
        ("summer 26", Term(2025, SUMMER)),
        ("Spring 2025-26", Term(2025, SPRING)),
        ("Spring 2025/2026", Term(2025, SPRING)),
        ("Autumn Term 2025", Term(2025, AUTUMN)),
        ("Lent 2026", Term(2025, SPRING)),
        ("End of year 2026", Term(2025, SUMMER)),
        ("Spring", Term(0, SPRING)),
    ],
)
def test_calendar_year_of_spring_and_summer_is_the_second_of_the_academic_year(text, term):
    assert parse_term(text, TermFinder(usual_rules())) == term


@pytest.mark.parametrize("text", ["2026", "Winter 2026", "Spring 2026 Reading", "Autumn Spring", ""])
def test_what_is_not_one_term_is_refused_with_an_example(text):
    with pytest.raises(ChoiceError) as refused:
        parse_term(text, TermFinder(usual_rules()))

    assert str(refused.value) == f"'{text}' is not a term. Write it as Spring 2026 or Spring 2025-26."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Spring 2026", Term(2025, SPRING)),
        ("Sp26", Term(2025, SPRING)),
        ("spring", Term(0, SPRING)),
        ("this spring term", Term(0, SPRING)),
        ("last summer", Before(SUMMER)),
        ("The last Summer", Before(SUMMER)),
        ("last term", Before()),
        ("Summer, last year", Term(-1, SUMMER)),
    ],
)
def test_a_term_may_be_asked_for_by_the_newest_there_is(text, wanted):
    assert parse_wanted(text, TermFinder(usual_rules())) == wanted


@pytest.mark.parametrize("text", ["last year", "last Spring 2026", "this term", "last reading", "last"])
def test_what_is_near_no_term_is_refused(text):
    with pytest.raises(ChoiceError, match="is not a term"):
        parse_wanted(text, TermFinder(usual_rules()))


def test_parts_that_one_text_leaves_out_are_filled_from_another():
    heading, file = TermParts(season=AUTUMN), TermParts(season=SUMMER, academic_year=2025)

    assert heading.filled(file) == TermParts(AUTUMN, 2025)
    assert (heading.speaks, TermParts().speaks) == (True, False)


def test_the_year_may_stand_in_the_heading_the_title_the_sheet_or_the_file():
    table = "Name | Class | Reading Autumn\nAsh, Ann | 5K | EXS"
    wanted = ["Ash, Ann (5K), reading, Autumn 2025: EXS"]

    assert results(register_of({"Tracker 2025-26.csv": table})) == wanted
    assert results(register_of({"Tracker.csv": f"Autumn 2025 | . | .\n{table}"})) == wanted
    assert results(register_of({"Tracker.csv": table.replace("Autumn", "Autumn 2025")})) == wanted


def test_the_heading_speaks_before_the_title_and_the_title_before_the_file():
    table = """
        Spring 2026 | . | .
        Name | Reading Summer | Maths
        Ash, Ann | EXS | GDS
    """

    register = register_of({"Autumn 2023.csv": table})

    assert results(register) == ["Ash, Ann, maths, Spring 2026: GDS", "Ash, Ann, reading, Summer 2026: EXS"]


@pytest.mark.parametrize("heading", ["Reading Y3 Summer", "Summer Year 3 Reading"])
def test_a_year_group_in_a_heading_speaks_before_the_year_of_the_file(heading):
    table = f"Name | Class | {heading} | Reading Autumn\nAsh | 5K | WTS | EXS"

    register = register_of({"Tracker 2025-26.csv": table})

    assert results(register) == ["Ash (5K), reading, Autumn 2025: EXS", "Ash (5K), reading, Summer 2024: WTS"]


def test_key_stage_1_of_a_year_6_child_lies_four_years_back_whatever_the_file_is_called():
    register = register_of({"Year 6 Tracker 2025-26.csv": "Name | Class | KS1 Reading\nAsh | 6K | EXS"})

    assert results(register) == ["Ash (6K), reading, Summer 2022: EXS"]


def test_a_heading_of_an_earlier_year_group_lies_that_many_years_back():
    register = register_of("Name | Class | Reading Y3 Summer | Reading Autumn 2025\nAsh | 5K | WTS | EXS")

    assert results(register) == ["Ash (5K), reading, Autumn 2025: EXS", "Ash (5K), reading, Summer 2024: WTS"]


def test_data_that_names_no_year_counts_from_this_year():
    register = register_of("Name | Class | Reading Y4 Summer | Reading Y5 Summer\nAsh | 5K | WTS | EXS")

    assert results(register) == [
        "Ash (5K), reading, Summer, last year: WTS",
        "Ash (5K), reading, Summer, this year: EXS",
    ]


def test_results_without_a_term_are_left_out_and_said_once_a_column():
    register = register_of("Adno | Reading | Maths Autumn 2025\nA1 | EXS | EXS\nA2 | WTS | EXS")

    assert results(register) == ["A1, maths, Autumn 2025: EXS", "A2, maths, Autumn 2025: EXS"]
    assert problems(register) == ["no-term at school.csv, column B"]
    assert register.ledger.balances()


def test_the_term_asked_for_dates_results_that_name_none():
    register = register_of("Adno | Reading\nA1 | EXS", term=Term(2025, SPRING))

    assert results(register) == ["A1, reading, Spring 2026: EXS"]


def test_an_undated_term_beside_dated_ones_is_not_guessed():
    register = register_of(
        {"a.csv": "Adno | Reading Autumn 2025\nA1 | EXS", "b.csv": "Adno | Reading Spring\nA1 | GDS"}
    )

    assert results(register) == ["A1, reading, Autumn 2025: EXS"]
    assert problems(register) == ["no-term at b.csv, column B"]


def test_a_year_without_a_term_is_read_as_its_summer_and_said():
    register = register_of("Adno | Reading 2024-25\nA1 | EXS")

    assert results(register) == ["A1, reading, Summer 2025: EXS"]
    assert problems(register) == ["year-only at school.csv, cell B1"]


def test_a_long_sheet_says_the_term_of_each_row_by_term_or_by_date():
    register = register_of("""
        Adno | Subject | Date       | Term   | Academic year | Result
        A1  | Reading | 03/12/2025 | .      | .             | WTS
        A1  | Reading | .          | Spring | 2025-26       | EXS
        A1  | Maths   | 4 May 2026 | .      | .             | GDS
    """)

    assert results(register) == [
        "A1, maths, Summer 2026: GDS",
        "A1, reading, Autumn 2025: WTS",
        "A1, reading, Spring 2026: EXS",
    ]


def test_the_second_half_of_a_term_stands_for_it():
    register = register_of("Adno | Reading Aut1 2025 | Reading Aut2 2025\nA1 | WTS | EXS\nA2 | GDS | .")

    assert results(register) == ["A1, reading, Autumn 2025: EXS", "A2, reading, Autumn 2025: GDS"]
    assert register.ledger.balances()


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Summer 2009", "Summer 2009"),
        ("last summer", "Summer 2026"),
        ("summer", "Summer 2026"),
        ("last autumn", "Autumn 2025"),
        ("this autumn", "Autumn 2026"),
        ("last term", "Summer 2026"),
        ("Spring, last year", "Spring 2026"),
    ],
)
def test_where_there_are_no_results_the_words_of_a_term_are_counted_from_the_term_that_it_is(text, term):
    wanted = parse_wanted(text, TermFinder(usual_rules()))

    assert counted_from(wanted, Term(2026, Season.AUTUMN)).label == term
