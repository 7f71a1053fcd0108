"""The page of teaching and CPD: what was seen beside progress, and nothing claimed where something is lacking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registers import Term, usual_rules
from siptrack.cycle.teaching_tables import COUNTS, SEEN
from siptrack.documents.teaching.view import Moving, ProgressBeside, beside, teaching_document
from siptrack.rendering.model import Grid, Heading, Items, Paragraph
from siptrack.school.term import Season
from teaching_records import taught

RESULTS = """
    pupil | children | class | year group | Summer 2008 | Autumn 2008 | Summer 2009
    Still | 4        | 5K    | 5          | 3c          | 3c          | 3c
    Moved | 5        | 5K    | 5          | 3c          | 3c          | 3a
    Other | 12       | 6L    | 6          | 3a          | 3a          | 4c
"""
COLUMNS = "class | subject | term | judgement | kind | by | notes | about"
CPD_COLUMNS = "focus | subject | term | staff | provider | intended | evaluation\n"


def page(*rows: str, cpd: str = "", every: bool = False, results: str = RESULTS):
    """The page of these records of lessons and of CPD."""
    found = taught(results, "\n".join((COLUMNS, *rows)) if rows else "", f"{CPD_COLUMNS}{cpd}" if cpd else "")
    return teaching_document(found, usual_rules(), every=every)


def under(document, title):
    """What stands under a title: sentences, items set in by their depth, and tables as their rows."""
    (section,) = [section for section in document.sections if section.title == title]
    found = []
    for part in section.parts:
        if isinstance(part, Items):
            found += ["  " * item.depth + item.words for item in part.items]
        elif isinstance(part, Grid):
            found += [row for group in part.groups for row in group.rows]
        else:
            assert isinstance(part, Heading | Paragraph)
            found.append(part.words)
    return found


def titles(document):
    return [section.title for section in document.sections if section.title]


def test_the_finding_comes_first_and_what_is_to_be_looked_into_with_it():
    document = page(
        "6L | reading | Autumn 2008 | Good  | Book look | Mrs Oak | . | .",
        "6L | reading | Autumn 2008 | Lively | Book look | Mrs Oak | . | .",
        cpd="Fluency | reading | Autumn 2008 | All | . | . | .",
    )

    assert document.title == "Teaching and CPD beside progress: Summer 2009 (school year 2008-09)"
    assert document.notice.startswith("This report speaks of classes, and of staff as your records name them.")
    assert titles(document) == [
        "In short",
        "To look into together",
        "Good or better, by the records of this school year",
        "Seen, class by class",
        "CPD beside progress",
        "What this rests on",
    ]
    short, caution = under(document, "In short")
    assert short == (
        "2 records of lessons and books this school year, 1 with a grade. Nothing recorded of 5K (Year 5). "
        "1 record of CPD."
    )
    assert caution.startswith("How good teaching is cannot be known from these files. Nobody is ranked or scored")


def test_of_a_class_with_many_insufficient_and_every_grade_good_a_question_is_asked():
    results = RESULTS.replace("Still | 4  ", "Still | 9  ")
    rows = ["5K | reading | Autumn 2008 | Good | Book look | Mrs Oak | . | ."]

    (asked, note) = under(page(*rows, results=results), "To look into together")
    assert asked.startswith("5K (Year 5), reading: 1 of 1 record with a grade says good or better, and progress")
    assert note.startswith("Listed where every record with a grade says good or better and 20 % or more")
    quiet, _ = under(page(rows[0].replace("Good", "Lively")), "To look into together")
    assert quiet == "Nowhere do records with a grade and progress point in different directions."


def test_of_a_class_that_moves_and_no_grade_good_what_helps_it_is_asked():
    row = "6L | reading | Autumn 2008 | Third | . | . | . | ."

    (asked, _) = under(page(row), "To look into together")

    assert asked == (
        "6L (Year 6), reading: 0 of 1 record with a grade says good or better, and progress is insufficient for 0 of "
        "12 children (0 %). What helps these children to move, and how sure are the results?"
    )


def test_each_class_and_subject_has_its_progress_and_its_records():
    seen = under(
        page(
            "5K | reading | Autumn 2008 | Good | Book look | Mrs Oak | Well kept | .",
            "6L | reading | Autumn 2008 | .    | .         | .       | Calm      | .",
            "6L | science | Autumn 2008 | Good | .         | Mr Elm  | .         | .",
        ),
        "Seen, class by class",
    )

    assert seen == [
        "5K (Year 5), reading, since Summer 2008: insufficient 4 of 9, at expectations 0 of 9 → 5 of 9",
        "  without a date, book look by Mrs Oak: “Good”; Well kept",
        "6L (Year 6), reading, since Summer 2008: insufficient 0 of 12 (0 %), at expectations 100 % → 0 % (0 of 12)",
        "  without a date, record: Calm",
        "6L (Year 6), science: no results beside it",
        "  without a date, record by Mr Elm: “Good”",
    ]


def test_a_record_of_two_subjects_stands_once_below_both():
    results = RESULTS.replace("Summer 2009", "Summer 2009 | maths Summer 2009", 1)
    results = "\n".join(
        line + (" | 3c" if line.strip()[:5] in ("Still", "Moved", "Other") else "") for line in results.splitlines()
    )
    both = "reading, maths"
    rows = f"class | subject | subjects | term | judgement | by\n5K | {both} | {both} | Autumn 2008 | Good | X"
    found = taught(results, rows)

    seen = under(teaching_document(found, usual_rules(), every=False), "Seen, class by class")
    assert [line.split(",")[1] for line in seen[:2]] == [" reading", " maths"]
    assert seen[2] == "  without a date, record by X: “Good”"
    assert len(seen) == 3


def test_eleven_records_with_a_grade_have_a_percentage_and_ten_have_none():
    rows = ["6L | reading | Autumn 2008 | Good | Book look | Mrs Oak | . | ."] * 10

    def good(*seen):
        return under(page(*seen), "Good or better, by the records of this school year")[0][:3]

    assert good(*rows) == ("Reading", "10", "10 of 10")
    assert good(*rows, rows[0].replace("Good", "Third")) == ("Reading", "11", "10 of 11 (91 %)")
    assert good(*rows, rows[0]) == ("Reading", "11", "11 of 11 (100 %)")


@pytest.mark.parametrize(
    ("row", "title", "sentence"),
    [
        (
            "5K | reading | . | Good | . | X | . | 5K",
            "Seen, class by class",
            "5K, reading: without a date, record by X: “Good”",
        ),
        (". | . | Autumn 2008 | Good | . | X | . | .", "Seen, class by class", "without a date, record by X: “Good”"),
        (
            "5K | . | Autumn 2008 | Good | . | . | . | .",
            "Seen, class by class",
            "5K (Year 5), no subject named: no results beside it",
        ),
    ],
)
def test_what_names_no_class_subject_or_term_stands_with_what_it_names(row, title, sentence):
    assert sentence in under(page(row), title)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "5K | reading | Autumn 2008 | Lively | . | X | . | .",
            "1 record of lessons and books this school year, 0 with a grade.",
        ),
        ("6L | reading | Autumn 2008 | Good | . | X | . | .", " Nothing recorded of 5K (Year 5)."),
        (
            "5K | reading | Autumn 2009 | Good | . | X | . | .",
            "1 more record is of a later term than Summer 2009, and left aside.",
        ),
        (
            "5K | reading | Spring 2007 | Good | . | X | . | .",
            "0 records of lessons and books this school year, 0 with a grade. 1 of earlier years: --detail.",
        ),
    ],
)
def test_what_there_is_and_what_is_lacking_stands_in_the_first_lines(row, sentence):
    assert any(sentence in line for line in under(page(row), "In short"))


def test_a_record_without_a_subject_is_counted_below_the_table():
    words = under(
        page("5K | . | Autumn 2008 | Good | . | . | . | ."), "Good or better, by the records of this school year"
    )

    assert len(words) == 1
    assert words[0].startswith("Of the children in the classes seen. 1 record names no subject. Good or better: ")


def test_earlier_school_years_stand_on_request_with_what_is_known_of_them():
    document = page("5K | reading | Spring 2008 | Good | Book look | X | . | .", every=True)

    assert under(document, "Seen, class by class in 2007-08") == [
        "5K (Year group not known), reading: no results beside it",
        "  without a date, book look by X: “Good”",
    ]
    assert " 1 of earlier years. " in under(document, "In short")[0]


def test_where_the_files_name_no_year_an_earlier_one_is_so_many_years_ago():
    found = taught(RESULTS, f"{COLUMNS}\n5K | reading | Autumn 2008 | Good | . | X | . | .")
    undated = replace(found.analysis, term=Term(0, Season.SUMMER))
    rows = SEEN.of(
        [{**dict(zip(SEEN.names, cells, strict=True)), "academic_year": year}[name] for name in SEEN.names]
        for cells in found.observations.in_rows(*SEEN.names)
        for year in (0, -1)
    )
    document = teaching_document(replace(found, analysis=undated, observations=rows), usual_rules(), every=True)

    assert "Seen, class by class, 1 year ago" in titles(document)
    assert document.title == "Teaching and CPD beside progress: Summer, this year"


def test_a_record_of_a_whole_year_group_is_a_record_of_its_classes():
    rows = "class | year_group | subject | term | judgement | by\n. | 6 | reading | Autumn 2008 | Good | X"
    document = teaching_document(taught(RESULTS, rows), usual_rules(), every=False)

    assert under(document, "Seen, class by class")[0].startswith("The whole of Year 6, reading")
    assert "Nothing recorded of 5K (Year 5)." in under(document, "In short")[0]


def test_a_class_seen_in_one_subject_and_not_in_another_is_named():
    results = (
        "pupil | class | year group | Summer 2009 | maths Summer 2009\nAnn | 5K | 5 | 3c | 3c\nBob | 6L | 6 | 3c | 3c"
    )
    seen = under(
        page(
            "5K | reading | Autumn 2008 | Good | . | X | . | .",
            "6L | maths   | Autumn 2008 | Good | . | X | . | .",
            results=results,
        ),
        "Seen, class by class",
    )

    assert seen[-1] == "Nothing recorded: maths in 5K; reading in 6L."


CPD = """Fluency | reading | Autumn 2008 | All staff | Mr Elm | More expression | Some
Behaviour | . | Autumn 2008 | All staff | . | . | .
Fluency | reading | Spring 2006 | All staff | . | . | ."""


def test_cpd_alone_stands_with_what_was_intended_and_written_since_and_progress_in_one_table():
    document = page(cpd=CPD)

    assert titles(document) == ["In short", "CPD beside progress", "What this rests on"]
    assert under(document, "In short")[0] == "No sheet of lessons or books seen. 3 records of CPD."
    fluency, behaviour, left, row, note = under(document, "CPD beside progress")
    assert fluency == (
        "Reading, without a date: Fluency (All staff; Mr Elm). Intended: “More expression”. Written of it since: “Some”"
    )
    assert behaviour == "No subject named, without a date: Behaviour (All staff)"
    assert left == "1 record of CPD whose following terms lie in earlier school years: --detail."
    assert row[:2] == ("Reading, Autumn 2008", "Summer 2008")
    assert note.endswith("Of every year group, whoever took part; each by itself: --detail.")


def test_each_year_group_stands_by_itself_on_request():
    rows = [row for row in under(page(cpd=CPD, every=True), "CPD beside progress") if isinstance(row, tuple)]

    assert [row[0] for row in rows] == ["Reading, Spring 2006", "Reading, Autumn 2008", "Year 5", "Year 6"]
    assert rows[0][1:] == ("-", "-", "-")


def test_where_no_cpd_is_left_to_show_that_is_said():
    assert under(page(cpd="Fluency | reading | Spring 2006 | All | . | . | ."), "CPD beside progress") == [
        "No CPD is recorded that these results could follow.",
        "1 record of CPD whose following terms lie in earlier school years: --detail.",
    ]


def test_where_there_is_no_sheet_of_cpd_that_is_said():
    short = under(page("6L | reading | Autumn 2008 | Good | . | X | . | ."), "In short")[0]

    assert short.endswith("No sheet of CPD.")


def counts(from_term="", **numbers):
    none = dict.fromkeys((column.name for column in COUNTS), 0)
    return {**none, "from_term": from_term, "to_term": "Summer 2009", **numbers}


def test_counts_are_added_up_over_the_year_groups_that_are_known_in_both_terms():
    old = counts("Autumn 2008", told_then=20, insufficient_then=2, told=18, insufficient=3)
    new = counts(told=30, insufficient=9, assessed=30, at_are=11)

    assert beside([new, old]) == ProgressBeside("Autumn 2008", Moving((2, 20), (3, 18)), Moving(None, (11, 30)))
    assert beside([new]) == ProgressBeside("", Moving(None, (9, 30)), Moving(None, (11, 30)))
    assert beside([counts()]) is None
