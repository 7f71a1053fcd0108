"""What the headings of real schools' workbooks mean."""

from __future__ import annotations

import pytest
from school_files import register_of, results, usual_rules

from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.reading.terms import TermParts
from siptrack.school.errors import InputError
from siptrack.school.term import Season

AUTUMN, SPRING, SUMMER = Season


def said(heading: str) -> tuple[ColumnKind, str, TermParts]:
    """What a heading says: its kind, the role, characteristic or subject, and the term."""
    meaning = HeadingReader(usual_rules()).meaning(heading)
    return meaning.kind, meaning.name, meaning.term


def year_alone(heading: str) -> bool:
    return HeadingReader(usual_rules()).meaning(heading).year_alone


@pytest.mark.parametrize(
    ("heading", "subject", "term"),
    [
        ("Reading Autumn 2025", "reading", TermParts(AUTUMN, 2025)),
        ("Reading (Autumn 2025)", "reading", TermParts(AUTUMN, 2025)),
        ("Reading\nAutumn 2025", "reading", TermParts(AUTUMN, 2025)),
        ("READING_AUT_25", "reading", TermParts(AUTUMN, 2025)),
        (
            "\uff32\uff25\uff21\uff24\uff29\uff2e\uff27 Autumn 2025",
            "reading",
            TermParts(AUTUMN, 2025),
        ),  # full-width letters, as some exports write
        ("Aut 25 Reading", "reading", TermParts(AUTUMN, 2025)),
        ("Maths Spr 2026", "maths", TermParts(SPRING, 2025)),
        ("2025/26 Autumn Maths", "maths", TermParts(AUTUMN, 2025)),
        ("SPaG Sum 24/25", "gps", TermParts(SUMMER, 2024)),
        ("Reading Summer 2025-2026", "reading", TermParts(SUMMER, 2025)),
        ("Reading Aut1 2025", "reading", TermParts(AUTUMN, 2025, half=1)),
        ("Reading Spring 2 2026", "reading", TermParts(SPRING, 2025, half=2)),
        ("Writing Y3 Summer", "writing", TermParts(SUMMER, year_group=3)),
        ("Y5 Summer Reading", "reading", TermParts(SUMMER, year_group=5)),
        ("Reading Reception Summer", "reading", TermParts(SUMMER, year_group=0)),
        ("KS1 Maths", "maths", TermParts(SUMMER, year_group=2)),
        ("KS2 RWM Summer", "rwm", TermParts(SUMMER, year_group=6)),
        ("Key Stage 1 Reading Teacher Assessment", "reading", TermParts(SUMMER, year_group=2)),
        ("Year 6 SATs Maths", "maths", TermParts(SUMMER, year_group=6)),
        ("Writing Autumn 2008 (NC level)", "writing", TermParts(AUTUMN, 2008)),
        ("Reading Autumn", "reading", TermParts(AUTUMN)),
        ("Summer 2025", "", TermParts(SUMMER, 2024)),
        ("Mathematics", "maths", TermParts()),
        ("R", "reading", TermParts()),
        ("M", "maths", TermParts()),
        ("Reading Sp26", "reading", TermParts(SPRING, 2025)),
        ("Rdg Su 26", "reading", TermParts(SUMMER, 2025)),
        ("Wtg A1 25", "writing", TermParts(AUTUMN, 2025, half=1)),
        ("Mth Spr 26", "maths", TermParts(SPRING, 2025)),
        ("Reading March 2026", "reading", TermParts(SPRING, 2025, month=3)),
        ("Nov 25 Maths", "maths", TermParts(AUTUMN, 2025, month=11)),
        ("Reading 12/03/2026", "reading", TermParts(SPRING, 2025, month=3)),
        ("Reading Summer 2026 final", "reading", TermParts(SUMMER, 2025)),
        ("Writing (moderated) Spring 2026", "writing", TermParts(SPRING, 2025)),
        ("Maths Spring 2026 teacher judgement", "maths", TermParts(SPRING, 2025)),
        ("NEW Reading Spring 2026", "reading", TermParts(SPRING, 2025)),
        ("English Reading Autumn 2025", "reading", TermParts(AUTUMN, 2025)),
        ("RWM combined Autumn 2025", "rwm", TermParts(AUTUMN, 2025)),
        ("NFER Reading SS", "reading", TermParts()),
        ("PUMA standardised score Summer 2026", "maths", TermParts(SUMMER, 2025)),
        ("PiRA Spring 2026", "reading", TermParts(SPRING, 2025)),
        ("GL PTM SAS Spring 2026", "maths", TermParts(SPRING, 2025)),
        ("Star Reading SS Spring 2026", "reading", TermParts(SPRING, 2025)),
        ("Age-standardised score Reading Autumn 2025", "reading", TermParts(AUTUMN, 2025)),
        ("Maths Standard Age Score", "maths", TermParts()),
        ("Writing Term 2 2025-26", "writing", TermParts(academic_year=2025, number=2)),
        ("Reading T1", "reading", TermParts(number=1)),
        ("Reading Term 3 2026", "reading", TermParts(number=3, calendar=2026)),
        ("Reading Autumn AY 2024/25", "reading", TermParts(AUTUMN, 2024)),
        ("Reading Summer 2024-5", "reading", TermParts(SUMMER, 2024)),
        ("Reading Summer 202425", "reading", TermParts(SUMMER, 2024)),
        ("Reading Summer 1980/81", "reading", TermParts(SUMMER, 1980)),
    ],
)
def test_heading_of_a_result_says_its_subject_and_its_term(heading, subject, term):
    assert said(heading) == (ColumnKind.RESULT, subject, term)
    assert not year_alone(heading)


@pytest.mark.parametrize(
    ("heading", "subject", "term"),
    [
        ("Mathematics 2019-2020", "maths", TermParts(SUMMER, 2019)),
        ("Reading Y3", "reading", TermParts(SUMMER, year_group=3)),
        ("Year 5", "", TermParts(SUMMER, year_group=5)),
    ],
)
def test_year_without_a_term_is_its_summer_and_says_that_it_was_alone(heading, subject, term):
    assert said(heading) == (ColumnKind.RESULT, subject, term)
    assert year_alone(heading)


@pytest.mark.parametrize(
    ("heading", "term"),
    [("Reading target", TermParts()), ("Reading target Summer 2026", TermParts(SUMMER, 2025))],
)
def test_target_is_no_result(heading, term):
    assert said(heading) == (ColumnKind.TARGET, "reading", term)


@pytest.mark.parametrize(
    "heading",
    [
        "Reading Baseline",
        "Reading 1",
        "Reading 2019",  # of 2018-19 or of 2019-20?
        "Reading Autumn Spring",
        "Reading Y9 Summer",
        "Ravens (Y3)",
        "",
    ],
)
def test_heading_with_a_word_that_nobody_knows_is_not_guessed_at(heading):
    assert said(heading) == (ColumnKind.UNKNOWN, "", TermParts())


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("Maths age", "an age, which is no grade of a scale"),
        ("Comments", "words"),
        ("Reading progress", "progress, which siptrack works out"),
        ("Absence", "attendance"),
        ("Reading group", "a group, set or list"),
        ("Reading on track?", "whether a child is on track, which siptrack works out"),
        ("Home address", "home and family"),
        ("Maths prediction Summer 2026", "a forecast and no result"),
        (
            "Universal free school meals",
            "a meal, which is free for every infant and tells nothing of a family's income",
        ),
    ],
)
def test_heading_of_something_else_says_what_it_is(heading, says):
    assert said(heading) == (ColumnKind.PASSED_OVER, says, TermParts())


@pytest.mark.parametrize(
    ("heading", "kind", "name"),
    [
        ("UPN", ColumnKind.ROLE, "upn"),
        ("Adm No", ColumnKind.ROLE, "admission_number"),
        ("Legal Surname", ColumnKind.ROLE, "legal_surname"),
        ("Child's name", ColumnKind.ROLE, "name"),
        ("D.O.B.", ColumnKind.ROLE, "date_of_birth"),
        ("Date of Birth", ColumnKind.ROLE, "date_of_birth"),
        ("Reg Group", ColumnKind.ROLE, "class"),
        ("NCyearActual", ColumnKind.ROLE, "year_group"),
        ("Enrolment Status", ColumnKind.ROLE, "enrolment"),
        ("M/F", ColumnKind.CHARACTERISTIC, "gender"),
        ("Sex", ColumnKind.CHARACTERISTIC, "gender"),
        ("EVERFSM_6", ColumnKind.CHARACTERISTIC, "disadvantaged"),
        ("Pupil Premium", ColumnKind.CHARACTERISTIC, "disadvantaged"),
        ("First language", ColumnKind.CHARACTERISTIC, "language"),
        ("NEWMOBILE", ColumnKind.CHARACTERISTIC, "mobility"),
        ("SENF", ColumnKind.CHARACTERISTIC, "sen"),
        *(
            (heading, ColumnKind.ROLE, "name")
            for heading in ("Students", "Pupils", "Learner", "Name of child", "Child name")
        ),
        ("Preferred forename", ColumnKind.ROLE, "preferred_forename"),
        *((heading, ColumnKind.ROLE, "year_group") for heading in ("Yeargroup", "NCY", "Yr Gp", "Year group 2025/26")),
        *((heading, ColumnKind.ROLE, "class") for heading in ("Reg group", "Current class", "Class 2025-26")),
        *((heading, ColumnKind.ROLE, "upn") for heading in ("Unique pupil number (UPN)", "UPN number")),
        *((heading, ColumnKind.ROLE, "name") for heading in ("Pupil's name", "Pupil Name (Legal)", "Surname/Forename")),
        *((heading, ColumnKind.CHARACTERISTIC, "gender") for heading in ("Sex (M/F)", "Male/Female")),
        ("Disadvantaged (PP)", ColumnKind.CHARACTERISTIC, "disadvantaged"),
        *(
            (heading, ColumnKind.CHARACTERISTIC, "ethnicity")
            for heading in ("Ethnic Group (DfE)", "Ethnicity description")
        ),
        *((heading, ColumnKind.CHARACTERISTIC, "sen") for heading in ("SEND", "SEN code", "SEND status", "SEN (code)")),
        *((heading, ColumnKind.CHARACTERISTIC, "eal") for heading in ("EAL status", "EAL (Y/N)", "EAL?")),
        *(
            (heading, ColumnKind.CHARACTERISTIC, "disadvantaged")
            for heading in ("Ever 6 FSM", "FSM Ever 6", "FSM6", "PP indicator", "Eligible for Pupil Premium")
        ),
        ("Disadvantaged status", ColumnKind.CHARACTERISTIC, "disadvantaged"),
        *((heading, ColumnKind.CHARACTERISTIC, "fsm") for heading in ("FSM Eligible (Y/N)", "Current FSM", "FSM flag")),
        *((heading, ColumnKind.CHARACTERISTIC, "ethnicity") for heading in ("Ethnic origin", "Ethnicity code")),
    ],
)
def test_heading_about_the_pupil(heading, kind, name):
    assert said(heading) == (kind, name, TermParts())


@pytest.mark.parametrize(
    ("text", "subject"),
    [("Mathematics", "maths"), ("Writing Autumn 2025", "writing"), ("5K", ""), ("Reading and Maths", ""), ("", "")],
)
def test_subject_of_a_sheet_or_title_is_named_only_when_there_is_one(text, subject):
    assert HeadingReader(usual_rules()).subject_of(text) == subject


def test_headings_are_found_below_titles():
    register = register_of("""
        Hollybank Primary School | . | .
        . | . | .
        Autumn 2025 | . | .
        Name | Class | Reading
        Ash, Ann | 5K | EXS
    """)

    assert results(register) == ["Ash, Ann (5K), reading, Autumn 2025: EXS"]
    assert register.results["row"].tolist() == [5]


@pytest.mark.parametrize(
    "table", ["Class | Reading Autumn 2025\n5K | 24", "Name | Shoe size\nAsh, Ann | 34", "remark\nremark"]
)
def test_headings_must_name_pupils_and_something_else(table):
    with pytest.raises(InputError) as refused:
        register_of(table)

    (line,) = refused.value.lines
    assert line.startswith("school.csv: ")
    assert "give its columns ordinary headings" in line


def test_headings_repeated_further_down_are_no_pupil():
    register = register_of("Name | Reading Autumn 2025\nAsh | EXS\nName | Reading Autumn 2025\nBeech | WTS")

    assert results(register) == ["Ash, reading, Autumn 2025: EXS", "Beech, reading, Autumn 2025: WTS"]
    assert register.ledger.balances()
