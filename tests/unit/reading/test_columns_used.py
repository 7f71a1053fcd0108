"""Every column is read or named: headings with words that nobody knows, slips, and two columns that say the same."""

from __future__ import annotations

import pytest
from school_files import problems, register_of, results

from siptrack.rules.load import load
from siptrack.school.register import Register

FIRST = "Name | Class | Reading Autumn 2025"


def school(heading: str, *grades: str) -> Register:
    """A class of which one more column stands under this heading."""
    rows = [f"Child {letter}, Ann | 5K | EXS | {grade}" for letter, grade in zip("ABCDEFGH", grades, strict=False)]
    return register_of("\n".join([f"{FIRST} | {heading}", *rows]))


def read_as(register: Register) -> set[str]:
    """The subjects and terms of the results, beside that of autumn."""
    return {line.split(", ", 2)[2].rpartition(":")[0] for line in results(register)} - {"reading, Autumn 2025"}


def column(register: Register, letter: str) -> tuple[str, str]:
    """What a column was used as, and why it was not."""
    (one,) = [one for one in register.ledger.columns if one.letter == letter]
    return one.used_as, one.why


@pytest.mark.parametrize(
    ("heading", "subject_and_term", "code"),
    [
        ("Maths Spr 26 Mrs A", "maths, Spring 2026", "heading-words"),
        ("5K Writing Spring 2026", "writing, Spring 2026", "heading-words"),
        ("Writing Spring 2026 Hollybank", "writing, Spring 2026", "heading-words"),
        ("Writting Spring 2026", "writing, Spring 2026", "heading-misspelt"),
        ("Writing Sprnig 2026", "writing, Spring 2026", "heading-misspelt"),
        ("Writing Marhc 2026", "writing, Spring 2026", "heading-misspelt"),
    ],
)
def test_a_column_of_grades_is_read_by_the_words_that_are_known_and_the_others_are_told(
    heading, subject_and_term, code
):
    register = school(heading, "EXS", "WTS", "GDS")

    assert read_as(register) == {subject_and_term}
    assert problems(register) == [f"{code} at school.csv, cell D1"]
    assert column(register, "D") == (subject_and_term.split(",")[0], "")


def test_a_slip_says_what_it_was_taken_for():
    (problem,) = school("Writting Spring 2026", "EXS", "WTS").problems

    assert problem.found == "'Writting Spring 2026', in which 'writting' was read as 'writing'"


GRADES, NUMBERS, ODD = ("EXS", "WTS"), ("41", "38"), "its heading is not understood"


@pytest.mark.parametrize(
    ("heading", "cells", "why"),
    [
        ("Wunderbar", GRADES, ODD),
        ("Reading Hodgson 2026", NUMBERS, ODD),
        ("Reading Spring 2026 quiz", NUMBERS, "'quiz' is not known, and the cells fit no scale"),
        ("Reading baseline", GRADES, "of a time that the heading does not name"),
        ("Reading and Maths Spring 2026", GRADES, ODD),
        ("Reading Autumn Spring", GRADES, ODD),
    ],
)
def test_a_column_that_looks_like_results_and_is_not_read_is_an_error_in_the_first_lines(heading, cells, why):
    register = school(heading, *cells)

    found = f"'{heading}' (2 cells, such as {' and '.join(sorted(cells))}): {why}"
    assert [(one.code, one.found, bool(one.alarm)) for one in register.problems] == [("results-not-used", found, True)]
    assert read_as(register) == set()


def test_a_column_whose_words_are_reasons_for_no_grade_is_one_of_results_whatever_was_counted_beneath():
    register = register_of("""
        Name | Class | Maths Spring 2026 Mrs Khan | Reading Spring 2026
        Ash, Ann | 5K | A | EXS
        Elm, Bob | 5K | . | WTS
        Average | . | 54% | .
    """)

    assert problems(register) == ["heading-words at school.csv, cell C1"]
    assert register.results["grade"].tolist() == ["A", "EXS", "WTS"]


def test_a_column_of_grades_without_a_heading_is_named_by_its_letter():
    (problem,) = school(".", "EXS", "GDS").problems

    assert problem.found == "no heading above 2 cells, such as EXS and GDS"
    assert problem.place.label == "school.csv, column D"


@pytest.mark.parametrize(
    ("heading", "cells", "why"),
    [
        ("Reading on track?", ("Y", "N"), "whether a child is on track, which siptrack works out"),
        ("Reading group", ("B", "A"), "a group, set or list"),
        ("Postcode", ("LS1 1AA", "LS2 2BB"), "home and family"),
        ("Bus", ("B", "S"), "its heading is not understood"),
        ("Favourite", ("Y", "Yes"), "its heading is not understood"),
        ("Locker", ("12", "14"), "its heading is not understood"),
        (".", ("1", "2"), "it has no heading"),
    ],
)
def test_a_column_of_something_else_is_in_the_ledger_and_nowhere_else(heading, cells, why):
    register = school(heading, *cells)

    assert register.problems == ()
    assert column(register, "D") == ("", why)


def test_a_column_that_is_ignored_with_a_reason_is_no_error_and_stays_in_the_ledger(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text('headings: {"Wunderbar": {ignored: "a colour of the school\'s own"}}\n', encoding="utf-8")

    register = register_of(f"{FIRST} | Wunderbar\nAsh, Ann | 5K | EXS | WTS", load(settings))

    assert register.problems == ()
    assert column(register, "D") == ("", "a colour of the school's own")


@pytest.mark.parametrize("state", ["final", "moderated", "(agreed)"])
def test_of_two_columns_that_say_the_same_the_settled_one_counts_and_says_so(state):
    register = register_of(
        f"Name | Class | Reading Spring 2026 | Reading Spring 2026 {state}\nAsh, Ann | 5K | WTS | EXS"
    )

    assert results(register) == ["Ash, Ann (5K), reading, Spring 2026: EXS"]
    assert problems(register) == ["judgement-settled at school.csv, cell C1"]


@pytest.mark.parametrize("states", [("new", "latest"), ("draft", "provisional"), ("final", "moderated")])
def test_of_two_columns_that_say_the_same_in_like_states_neither_is_used(states):
    one, other = (f"Reading Spring 2026 {state}" for state in states)
    register = register_of(f"Name | Class | {one} | {other} | Maths Spring 2026\nAsh, Ann | 5K | WTS | EXS | EXS")

    assert results(register) == ["Ash, Ann (5K), maths, Spring 2026: EXS"]
    assert any(line.startswith(("heading-clash", "results-not-used")) for line in problems(register))


def test_a_heading_with_unknown_words_gives_way_to_a_plain_one_and_is_named():
    table = "Name | Class | Reading Spring 2026 | Reading Spring 2026 Mr B\nAsh, Ann | 5K | WTS | EXS"

    register = register_of(table)

    assert results(register) == ["Ash, Ann (5K), reading, Spring 2026: WTS"]
    assert problems(register) == ["results-not-used at school.csv, cell D1"]


def test_a_judgement_and_two_kinds_of_score_of_one_term_are_kept_apart_each_on_its_scale():
    headings = "Reading Spring 2026 | PiRA Spring 2026 raw score | Reading Spring 2026 standardised score"

    register = register_of(f"Name | Class | {headings}\nAsh, Ann | 5K | EXS | 31 | 104")

    kept = register.results[["test", "scale", "text"]].sort_values("text").itertuples(index=False, name=None)
    assert list(kept) == [(True, "standardised-score", "104"), (True, "", "31"), (False, "teacher-assessment", "EXS")]
    assert "two-results" not in {problem.code for problem in register.problems}


@pytest.mark.parametrize("heading", ["PiRA raw score Spring 2026", "Reading SS raw mark Spring 2026"])
def test_a_raw_mark_is_on_no_scale_whatever_else_its_heading_says(heading):
    register = register_of(f"Name | Class | {heading}\nAsh, Ann | 5K | 71\nElm, Bob | 5K | 64")

    assert list(register.results["scale"]) == ["", ""]


def test_headings_that_a_table_of_excel_made_unique_are_told_apart_by_the_terms_above_them():
    register = register_of("""
        . | . | Autumn 2025 | . | Spring 2026 | .
        Name | Class | Reading | Writing | Reading2 | Writing3
        Ash, Ann | 5K | EXS | WTS | GDS | EXS
    """)

    assert "Ash, Ann (5K), reading, Spring 2026: GDS" in results(register)
    assert "Ash, Ann (5K), writing, Spring 2026: EXS" in results(register)
    assert register.problems == ()


def test_whether_all_three_were_met_may_be_a_column_of_its_own():
    register = register_of("Name | Class | RWM combined Spring 2026\nAsh, Ann | 5K | Y\nElm, Bob | 5K | N")

    assert list(register.results["scale"]) == ["rwm", "rwm"]
    assert list(register.results["grade"]) == ["All three", "Not all three"]
    assert register.problems == ()


def test_every_column_with_a_cell_in_it_is_in_the_ledger():
    register = register_of(
        {
            "a.csv": "Name | Class | FSM | Reading Autumn 2025 | House | .\nAsh, Ann | 5K | Y | EXS | red | 3",
            "notes.csv": "To do | Who\nask about the trip | Mrs Khan",
        }
    )

    assert [(one.file, one.letter, one.heading, one.cells, one.used_as) for one in register.ledger.columns] == [
        ("a.csv", "A", "Name", 1, "name"),
        ("a.csv", "B", "Class", 1, "class"),
        ("a.csv", "C", "FSM", 1, "fsm"),
        ("a.csv", "D", "Reading Autumn 2025", 1, "reading"),
        ("a.csv", "E", "House", 1, ""),
        ("a.csv", "F", "", 1, ""),
        ("notes.csv", "A", "", 2, ""),
        ("notes.csv", "B", "", 2, ""),
    ]
