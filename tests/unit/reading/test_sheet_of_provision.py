"""A sheet of provision: which sheets are one, whose each row is, and what its cells say."""

from __future__ import annotations

import pandas as pd
import pytest
from school_files import register_of, results

from siptrack.school.register import Register
from siptrack.school.term import Term

RESULTS = """
UPN           | Surname | Forename | Class | Reading Autumn 2025 | Reading Spring 2026
R201100018042 | Ash     | Ann      | 4A    | EXS                 | EXS
C201100018043 | Birch   | Bob      | 4A    | WTS                 | WTS
Z201100018044 | Cedar   | Cat      | 5B    | EXS                 | WTS
S201100018045 | Cedar   | Cat      | 4A    | EXS                 | WTS
"""
HEADINGS = "UPN | Surname | Forename | Class | Intervention | Subject | Start | End | Sessions planned | Attended"


def provided(*rows: str, headings: str = HEADINGS) -> Register:
    """The register of the results above and of a sheet of provision with these rows."""
    return register_of({"results.csv": RESULTS, "provision.csv": "\n".join((headings, *rows))})


def held(register: Register, *names: str) -> list[tuple[object, ...]]:
    """These columns of what is provided, row by row."""
    assert register.provision is not None
    return list(register.provision[list(names)].itertuples(index=False, name=None))


def problems(register: Register) -> list[tuple[str, str]]:
    """The problems of the sheet of provision: code and cell."""
    return [(one.code, one.place.cell) for one in register.problems if one.place.file == "provision.csv"]


def test_each_row_says_what_a_child_has_from_when_to_when_and_how_much_of_it():
    register = provided("R201100018042 | Ash | Ann | 4A | Boost | Reading | 05/01/2026 | 27/03/2026 | 20 | 18")

    names = ("pupil", "intervention", "subject", "start", "end", "planned", "attended")
    assert held(register, *names) == [("R201100018042", "Boost", "reading", "2026-01-05", "2026-03-27", 20, 18)]
    assert problems(register) == []


def test_a_sheet_of_provision_changes_nothing_in_the_results_or_in_who_is_on_roll():
    with_it = provided("R201100018042 | Ash | Ann | 4A | Boost | Reading | 05/01/2026 | 27/03/2026 | 20 | 18")
    without = register_of({"results.csv": RESULTS})

    assert results(with_it) == results(without)
    assert with_it.pupils.equals(without.pupils)
    assert with_it.placements.equals(without.placements)
    assert without.provision is None


@pytest.mark.parametrize(
    "headings",
    [
        "UPN | Surname | Forename | Intervention | Start date | End date | Reading Autumn 2024",
        "UPN | Surname | Forename | Intervention | Start date | End date | Level",
        "UPN | Surname | Forename | Intervention | Notes | Subject | FSM",
        "Intervention | Start date | End date | Staff | Group size | Cost | Wave",
        "UPN | Surname | Forename | Start date | End date | Staff | FSM",
    ],
    ids=["results beside it", "a level beside it", "nothing telling", "no pupil", "no intervention"],
)
def test_a_sheet_is_not_one_of_provision(headings):
    row = "R201100018042 | Ash | Ann | 4A | EXS | EXS | EXS"

    assert register_of({"results.csv": RESULTS, "other.csv": f"{headings}\n{row}"}).provision is None


def test_headings_are_found_below_titles_and_however_they_are_spelt():
    sheet = "Provision map | . | . | . | .\nPupil | Programme | Area of need | Date started | Length (mins)\n"
    register = register_of({"r.csv": RESULTS, "p.csv": sheet + "Ash, Ann | Boost | Reading | 5.1.2026 | 20 minutes"})

    assert held(register, "pupil", "intervention", "need", "start", "minutes") == [
        ("R201100018042", "Boost", "Reading", "2026-01-05", 20)
    ]


def test_a_row_that_names_nobody_known_or_two_children_is_set_aside_with_its_place():
    register = provided(
        ". | Nobody | Nat | 4A | Boost | Reading | 05/01/2026 | . | . | .",
        ". | . | . | . | Boost | Reading | 05/01/2026 | . | . | .",
        ". | Cedar | Cat | . | Boost | Reading | 05/01/2026 | . | . | .",
        ". | Cedar | Cat | 5B | Boost | Reading | 05/01/2026 | . | . | .",
    )

    assert problems(register) == [
        ("provision-no-pupil", "row 2"),
        ("provision-no-pupil", "row 3"),
        ("provision-two-pupils", "row 4"),
    ]
    assert held(register, "pupil") == [("Z201100018044",)]
    assert register.ledger.balances()
    assert register.ledger.rows_read == 4 + 4


def test_a_class_beside_a_name_may_be_that_of_the_year_in_which_it_began():
    register = provided(". | Birch | Bob | 3A | Boost | Reading | 05/01/2025 | 03/04/2025 | . | .")

    assert held(register, "pupil") == [("C201100018043",)]


def test_totals_notes_and_headings_again_are_no_provision_and_are_accounted_for():
    register = provided(
        "R201100018042 | Ash | Ann | 4A | Boost | Reading | 05/01/2026 | 27/03/2026 | 20 | 18",
        ". | Total | . | . | . | . | . | . | 20 | 18",
        HEADINGS,
        "C201100018043 | Birch | Bob | 4A | . | Reading | 05/01/2026 | . | . | .",
    )

    assert len(held(register, "pupil")) == 1
    assert problems(register) == [("provision-unnamed", "row 5")]
    assert register.ledger.balances()


def test_an_end_before_the_start_leaves_the_dates_out_and_says_so():
    register = provided("R201100018042 | Ash | Ann | 4A | Boost | Reading | 27/03/2026 | 05/01/2026 | 20 | 18")

    ((start, end),) = held(register, "start", "end")
    assert (start, end) == ("", "")
    assert problems(register) == [("provision-dates", "H2")]


def test_more_sessions_attended_than_planned_are_in_no_figure_and_said():
    register = provided("R201100018042 | Ash | Ann | 4A | Boost | Reading | 05/01/2026 | 27/03/2026 | 20 | 28")

    ((planned, attended),) = held(register, "planned", "attended")
    assert planned == 20
    assert pd.isna(attended)
    assert problems(register) == [("provision-sessions", "J2")]


@pytest.mark.parametrize(("cell", "sessions"), [("15", 15), ("15 sessions", 15), ("75%", 15), ("1,000", None)])
def test_sessions_attended_are_a_number_or_a_percentage_of_those_planned(cell, sessions):
    register = provided(f"R201100018042 | Ash | Ann | 4A | Boost | Reading | 05/01/2026 | . | 20 | {cell}")

    ((attended,),) = held(register, "attended")
    assert (None if pd.isna(attended) else attended) == sessions


def test_what_is_no_date_and_no_number_is_a_question_with_its_cell():
    register = provided("R201100018042 | Ash | Ann | 4A | Boost | Reading | soon | Spring 2026 | lots | -")

    assert problems(register) == [("provision-unread", "G2"), ("provision-unread", "I2")]
    ((end, end_term),) = held(register, "end", "end_term")
    assert (end, Term.numbered(int(end_term)).label) == ("", "Spring 2026")


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("20/04/2026", "10/07/2026", "Summer 2026", "Summer 2026"),
        ("05/01/2026", "03/04/2026", "Spring 2026", "Spring 2026"),
        ("15/09/2025", "10/07/2026", "Autumn 2025", "Summer 2026"),
        ("20/04/2026", "24/04/2026", "Summer 2026", "Summer 2026"),
    ],
)
def test_a_start_in_april_is_in_the_summer_term_and_an_end_in_april_in_the_spring_term(start, end, first, last):
    register = provided(f"R201100018042 | Ash | Ann | 4A | Boost | Reading | {start} | {end} | 20 | 18")

    ((start_term, end_term),) = held(register, "start_term", "end_term")
    assert (Term.numbered(int(start_term)).label, Term.numbered(int(end_term)).label) == (first, last)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("7:06", 90), ("7y 6m", 90), ("7 years 6 months", 90), ("7;6", 90), ("7-06", 90), ("7 years and 6 months", 90),
        ("7 yrs, 6 mths", 90), ("7 years", 84), ("7y", 84), ("10:11", 131), ("7:6", 90),
        ("07:06:00", 90), ("7:06:00", 90), ("1899-12-31 07:06:00", 90), ("07:06:00.000", 90),  # as spreadsheets make it
        ("7:12", None), ("07:06:30", None), ("7.6", None), ("7.06", None), ("7.10", None), ("7", None), ("2b", None),
        ("2026-06-07", None), ("7:06 PM", None),
    ],
)  # fmt: skip
def test_only_what_is_written_as_years_and_months_is_an_age(written, months):
    headings = "UPN | Surname | Intervention | Start | Entry"
    register = provided(f"R201100018042 | Ash | Boost | 05/01/2026 | {written}", headings=headings)

    ((entry, read),) = held(register, "entry", "entry_months")
    assert entry == written
    assert (None if pd.isna(read) else read) == months


def test_a_programme_of_the_catalogue_is_known_by_its_short_name_and_lends_its_wave():
    register = provided("R201100018042 | Ash | Ann | 4A | FLS | Writing | 05/01/2026 | . | . | .")

    assert held(register, "material", "wave", "subject") == [("further-literacy-support", 2, "writing")]


@pytest.mark.parametrize(
    ("name", "start", "material", "wave"),
    [
        ("Reading Recovery", "05/01/2009", "every-child-a-reader", 3),
        ("Reading Recovery", "05/01/2026", "reading-recovery", None),
        ("NUMBERS COUNT", "12/01/2025", "numbers-count", None),
        ("NELI", "05/01/2026", "neli", None),
        ("Nuffield early language intervention", "05/01/2026", "neli", None),
        ("1st Class @ Number", "05/01/2026", "1stclass-number-1", None),
        ("1stClass@Number 2", "05/01/2026", "1stclass-number-2", None),
        ("FFT Wave3", "05/01/2026", "fft-wave-3", None),
        ("BRSP", "05/01/2026", "better-reading-support-partners", None),
        ("RWI", "05/01/2026", "read-write-inc", None),
        ("RWI Fresh Start", "05/01/2026", "fresh-start", None),
        ("Switch On reading", "05/01/2026", "switch-on-reading", None),
    ],
)
def test_a_programme_is_that_of_the_time_in_which_it_starts_however_it_is_written(name, start, material, wave):
    register = provided(f"R201100018042 | Ash | Ann | 4A | {name} | Reading | {start} | . | . | .")

    ((found, lent),) = held(register, "material", "wave")
    assert (found, None if pd.isna(lent) else lent) == (material, wave)


PUPILS = ("R201100018042 | Ash | Ann | 4A", "C201100018043 | Birch | Bob | 4A", "Z201100018044 | Cedar | Cat | 5B")


def spelt(*names: str) -> Register:
    """The register in which one child after another has an intervention of each of these names."""
    pupils = (*PUPILS, "S201100018045 | Cedar | Cat | 4A")
    return provided(
        *(f"{who} | {name} | Reading | 05/01/2026 | . | . | ." for who, name in zip(pupils, names, strict=False))
    )


def queries(register: Register) -> list[tuple[str, str, str]]:
    """What is asked about spellings: code, what was found, and what was expected."""
    return [(one.code, one.found, one.expected) for one in register.problems if one.code.startswith("provision")]


def test_one_intervention_spelt_in_three_ways_is_one_and_the_school_is_told():
    register = spelt("Precision Teaching", "precision teaching ", "Prec. Teaching", "Precision Teaching")

    assert held(register, "intervention") == [("Precision Teaching",)] * 4
    found = "'Prec. Teaching' (1 of its rows) and 'precision teaching' (1 of its rows)"
    assert queries(register) == [("provision-spellings", found, "'Precision Teaching', as in 2 of them")]


@pytest.mark.parametrize(
    "other",
    ["reading boost.", "READING  BOOST", "ReadingBoost", "Reading-Boost"],
)
def test_capitals_spaces_and_signs_tell_no_two_interventions_apart(other):
    register = spelt("Reading Boost", other, "Reading Boost")

    assert set(held(register, "intervention")) == {("Reading Boost",)}
    assert [code for code, *_ in queries(register)] == ["provision-spellings"]


@pytest.mark.parametrize("other", ["Precison Teaching", "Precision Teachng", "Prec. Teach.", "Precisionteching"])
def test_a_slip_of_the_pen_and_a_word_cut_short_with_a_full_stop_are_taken_for_the_whole(other):
    register = spelt("Precision Teaching", "Precision Teaching", other)

    assert set(held(register, "intervention")) == {("Precision Teaching",)}
    assert [code for code, *_ in queries(register)] == ["provision-spellings"]


@pytest.mark.parametrize(("one", "other"), [("Math Club", "Maths Club"), ("Reading Boost", "Reading Booster")])
def test_names_that_are_less_alike_are_kept_apart_and_asked_about(one, other):
    register = spelt(one, other)

    assert held(register, "intervention") == [(one,), (other,)]
    assert queries(register) == [("provision-alike", f"'{other}' beside '{one}'", "one name for one intervention")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Year 3 phonics", "Year 4 phonics"),
        ("Group 1", "Group 2"),
        ("Springboard 3", "Springboard 13"),
        ("1:1 reading", "11 reading"),
        ("Phonics A", "Phonics B"),
        ("FLS", "ELS"),
        ("Boys' group", "Girls' group"),
        ("Reading group one", "Reading group two"),
        ("Lego Therapy", "Art Therapy"),
        ("Maths", "Maths+"),
        ("P. Teaching", "Precision Teaching"),
    ],
)
def test_what_differs_indeed_is_two_and_nobody_is_asked(one, other):
    register = spelt(one, other)

    assert held(register, "intervention") == [(one,), (other,)]
    assert queries(register) == []


def test_of_equally_many_rows_the_name_is_the_first_of_the_alphabet_in_whatever_order_they_stand():
    assert held(spelt("boost club", "Boost Club"), "intervention") == held(
        spelt("Boost Club", "boost club"), "intervention"
    )


def test_of_equally_many_rows_the_name_is_not_one_that_is_cut_short():
    assert held(spelt("Prec. Teaching", "Precision Teaching"), "intervention") == [("Precision Teaching",)] * 2


def test_two_columns_that_mean_the_same_are_both_left_out():
    headings = "UPN | Surname | Intervention | Start | Start date | End | Staff"
    register = provided("R201100018042 | Ash | Boost | 05/01/2026 | 06/01/2026 | . | TA", headings=headings)

    assert held(register, "start") == [("",)]
    assert problems(register) == [("heading-clash", "D1")]
