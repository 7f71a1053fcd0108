"""The words of the school as values: terms, places, ledgers and errors."""

from __future__ import annotations

import pytest

from siptrack.school.errors import (
    ChoiceError,
    ExitCode,
    InputError,
    NothingToJudgeError,
    OutputError,
    RulesError,
    SiptrackError,
)
from siptrack.school.place import Place, column_letters
from siptrack.school.register import PUPILS, Ledger, SetAside
from siptrack.school.term import Season, Term

AUTUMN, SPRING, SUMMER = Season


@pytest.mark.parametrize(
    ("term", "label", "academic_year"),
    [
        (Term(2025, AUTUMN), "Autumn 2025", "2025-26"),
        (Term(2025, SPRING), "Spring 2026", "2025-26"),
        (Term(2025, SUMMER), "Summer 2026", "2025-26"),
        (Term(1999, SPRING), "Spring 2000", "1999-00"),
        (Term(0, SUMMER), "Summer, this year", None),
        (Term(-1, AUTUMN), "Autumn, last year", None),
        (Term(-2, SPRING), "Spring, 2 years ago", None),
        (Term(1, SPRING), "Spring, next year", None),
        (Term(2, SPRING), "Spring, 2 years on", None),
    ],
)
def test_spring_2026_is_of_the_academic_year_2025_26(term, label, academic_year):
    assert (term.label, term.academic_year_label) == (label, academic_year)
    assert Term.numbered(term.number) == term


def test_terms_are_counted_on_one_line():
    terms = [Term(2024, SUMMER), Term(2025, AUTUMN), Term(2025, SPRING), Term(2025, SUMMER), Term(2026, AUTUMN)]

    assert [term.number - terms[0].number for term in terms] == [0, 1, 2, 3, 4]
    assert sorted([terms[3], terms[0], terms[4], terms[2], terms[1]]) == terms


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")])
def test_columns_are_named_as_a_spreadsheet_names_them(column, letters):
    assert column_letters(column) == letters


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Place("a.xlsx", "5K", 17, 6), "a.xlsx, sheet 5K, cell F17"),
        (Place("a.xlsx", "5K", 17), "a.xlsx, sheet 5K, row 17"),
        (Place("a.xlsx", "5K", 0, 6), "a.xlsx, sheet 5K, column F"),
        (Place("a.xlsx", "5K"), "a.xlsx, sheet 5K"),
        (Place("a.csv", "", 17, 6), "a.csv, cell F17"),
        (Place("a.csv"), "a.csv"),
    ],
)
def test_a_place_is_an_address_that_a_person_can_go_to(place, label):
    assert place.label == label


@pytest.mark.parametrize(
    ("rows_used", "results_used", "balances"), [(8, 15, True), (9, 15, False), (8, 14, False), (7, 16, False)]
)
def test_a_ledger_balances_when_every_row_and_result_is_accounted_for(rows_used, results_used, balances):
    aside = (SetAside("rows", "total", 2), SetAside("results", "unknown", 4), SetAside("results", "twice", 1))
    ledger = Ledger(("a.csv",), 10, rows_used, 20, results_used, aside)

    assert ledger.balances() is balances


def test_a_table_knows_its_columns_and_can_be_empty():
    assert PUPILS.names[:2] == ["pupil", "upn"]
    assert (list(PUPILS.empty().columns), len(PUPILS.empty())) == (PUPILS.names, 0)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ChoiceError, 2),
        (InputError, 3),
        (RulesError, 4),
        (OutputError, 5),
        (NothingToJudgeError, 6),
        (SiptrackError, 70),
    ],
)
def test_each_kind_of_mistake_has_its_own_exit_code(error, code):
    raised = error(["first line", "second line"])

    assert (raised.exit_code, str(raised), raised.lines) == (
        code,
        "first line\nsecond line",
        ("first line", "second line"),
    )
    assert error("alone").lines == ("alone",)


def test_exit_codes_are_all_different():
    assert len({code.value for code in ExitCode}) == len(ExitCode.__members__)
