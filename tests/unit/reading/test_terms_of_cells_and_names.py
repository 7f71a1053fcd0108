"""Terms that are counted, cells that should say a term, and terms taken from names: nothing is replaced by a guess."""

from __future__ import annotations

import pytest
from school_files import aside, problems, register_of, results, usual_rules

from siptrack.reading.headings import HeadingReader
from siptrack.reading.terms import TermParts, term_text
from siptrack.school.term import Season

AUTUMN, SPRING, SUMMER = Season
LONG = "Name | Class | Academic year | Term | Subject | Result"


def test_three_counted_terms_are_the_three_seasons_and_that_is_asked():
    register = register_of("Name | Class | Reading T1 2025-26 | Reading T2 2025-26\nAsh, Ann | 5K | EXS | WTS")

    assert results(register) == ["Ash, Ann (5K), reading, Autumn 2025: EXS", "Ash, Ann (5K), reading, Spring 2026: WTS"]
    (problem,) = register.problems
    assert (problem.code, bool(problem.alarm)) == ("numbered-terms", True)
    assert problem.found == "terms that are counted and not named, read as Autumn, Spring, Summer"


def test_six_counted_terms_are_half_terms_of_which_the_later_counts():
    register = register_of("Name | Class | Reading T3 2025-26 | Reading T4 2025-26\nAsh, Ann | 5K | EXS | WTS")

    assert results(register) == ["Ash, Ann (5K), reading, Spring 2026: WTS"]
    assert problems(register) == []
    assert aside(register) == {"results: of an earlier date or half of the same term": 1}


def test_an_earlier_year_that_ends_with_term_3_shows_that_three_are_all():
    register = register_of(f"""
        {LONG}
        Ash, Ann | Elm | 2024-25 | Term 3 | Reading | EXS
        Ash, Ann | Elm | 2025-26 | Term 1 | Reading | WTS
    """)

    assert len(results(register)) == 2
    assert results(register)[1] == "Ash, Ann (Elm), reading, Summer 2025: EXS"
    assert problems(register) == []


def test_a_number_beside_a_season_is_that_of_a_half_term():
    assert TermParts(AUTUMN, number=2).counted([AUTUMN, SPRING, SUMMER]) == TermParts(AUTUMN, half=2)


def test_the_calendar_year_beside_a_counted_term_is_that_of_its_season():
    three, six = [AUTUMN, SPRING, SUMMER], [AUTUMN, AUTUMN, SPRING, SPRING, SUMMER, SUMMER]

    assert TermParts(number=2, calendar=2026).counted(three) == TermParts(SPRING, 2025)
    assert TermParts(number=2, calendar=2025).counted(six) == TermParts(AUTUMN, 2025, half=2)


def test_of_two_months_of_a_term_the_later_counts():
    register = register_of("Name | Class | Reading January 2026 | Reading March 2026\nAsh, Ann | 5K | EXS | WTS")

    assert results(register) == ["Ash, Ann (5K), reading, Spring 2026: WTS"]


@pytest.mark.parametrize(
    ("year", "term"),
    [("2025-26", "Sprnig 2026"), ("2025-26", "wk 4"), ("2025", "Spring"), ("last", "Spring"), ("25/27", "Spring 2026")],
)
def test_a_cell_that_should_say_when_and_does_not_sets_its_row_aside(year, term):
    register = register_of(f"""
        {LONG}
        Ash, Ann | 5K | 2025-26 | Autumn | Reading | EXS
        Ash, Ann | 5K | {year} | {term} | Reading | WTS
    """)

    assert results(register) == ["Ash, Ann (5K), reading, Autumn 2025: EXS"]
    assert aside(register) == {"rows: of a term that is not understood": 1}
    (problem,) = register.problems
    assert problem.code == "unknown-term"
    assert problem.found in (f"'{year}'", f"'{term}'")


@pytest.mark.parametrize(
    "year", ["AY 2024/25", "AY24/25", "2024-5", "2024 to 2025", "202425", "2024/2025", "24/25", "2024-25"]
)
def test_a_school_year_however_written(year):
    register = register_of(f"{LONG}\nAsh, Ann | 5K | {year} | Spring | Reading | WTS")

    assert results(register) == ["Ash, Ann (5K), reading, Spring 2025: WTS"]
    assert problems(register) == []


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Autumn", TermParts(AUTUMN)),
        ("Autumn 2025", TermParts(AUTUMN, 2025)),
        ("4P Spring data", TermParts(SPRING)),
        ("Spring term", TermParts(SPRING)),
        ("Hollybank tracker Summer 2026", TermParts(SUMMER, 2025)),
        ("Reading Summer 2 results", TermParts(SUMMER, half=2)),
        ("Tracker 2025-26", TermParts(academic_year=2025)),
        ("Year 5", TermParts(year_group=5)),
        ("Y5 KS1 and MTC", TermParts(year_group=5)),
        ("KS1", TermParts()),
        ("Summer reading list", TermParts()),
        ("Summer school", TermParts()),
        ("Spring clean", TermParts()),
        ("May", TermParts()),
        ("Mr March", TermParts()),
    ],
)
def test_the_name_of_a_sheet_or_file_gives_a_term_only_where_it_can_mean_nothing_else(name, term):
    assert HeadingReader(usual_rules()).term_named(name) == term


def test_a_term_taken_from_a_name_is_told():
    register = register_of({"Spring 2026.csv": "Name | Class | Reading\nAsh, Ann | 5K | EXS"})

    assert register.ledger.terms_named == (("Spring 2026.csv", "", "Spring 2025-26"),)


def test_no_name_is_told_of_where_the_headings_say_it_all():
    register = register_of({"Spring 2026.csv": "Name | Class | Reading Autumn 2025\nAsh, Ann | 5K | EXS"})

    assert register.ledger.terms_named == ()


@pytest.mark.parametrize(
    "term",
    [
        TermParts(SPRING, 2025, month=3),
        TermParts(academic_year=2025, number=2),
        TermParts(AUTUMN, 2025, half=1),
        TermParts(SUMMER, year_group=3),
    ],
)
def test_a_term_is_written_so_that_reading_it_again_gives_the_same(term):
    assert HeadingReader(usual_rules()).finder.find(term_text(term)) == (term, "")
