"""The first and the last lines of every document: what was read, and what is odd in it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from siptrack.documents.read import Read, kinds_of_problem, sources_alike
from siptrack.rendering.model import Items, Paragraph
from siptrack.rendering.template import sections, sentence
from siptrack.school.begun import Begun
from siptrack.school.column_use import ColumnUse
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity
from siptrack.school.register import Ledger, SetAside
from siptrack.school.sources import SourceFound
from siptrack.school.term import Season, Term

NOTHING = Ledger((), 0, 0, 0, 0, ())


def of(on_roll=210, leavers=11, filters=None, begun=(), **register):
    """What was read, of a register of which only this is told."""
    told = dict.fromkeys(("problems", "alarms", "unusable", "schools", "sources"), ())
    told |= {"ledger": NOTHING, "dismissed": 0, "school": ""}
    return Read(SimpleNamespace(**{**told, **register}), begun, on_roll, leavers, filters or {})


def said(macro, *view, **more):
    """The sentences of a macro, those of a list among them; the title of a section first."""
    words = []
    for section in sections(macro, *view, **more):
        words += [section.title] if section.title else []
        for part in section.parts:
            words += [item.words for item in part.items] if isinstance(part, Items) else [part.words]
    return words


def tones(macro, *view):
    return [part.tone for section in sections(macro, *view) for part in section.parts if isinstance(part, Paragraph)]


def every_page():
    """Every branch of the macros, of which the tests below say what they come to."""
    aside = (SetAside("rows", "total, average or note", 12), SetAside("rows", "fits more than one pupil", 3))
    named = (("4K.csv", "", "Spring 2025-26"), ("Old.xlsx", "Autumn", "Autumn 2024-25"))
    columns = tuple(ColumnUse("4K.csv", "", at, heading, 3, why="words") for at, heading in ((6, "Notes"), (7, "")))
    full = Ledger(("a.xlsx",), 30, 15, 9, 8, aside, columns, named)
    one, query = problem(), problem("two-results", 3, Severity.QUERY)
    begun = [Begun(Term(2025, Season.SUMMER), 1, 30)]
    found = SourceFound("Tracker.xlsx", "Roll.csv", 24, 3, 0, 2, 0, 0, 1, apart=True)
    several = [problem(row=row) for row in range(17, 24)]
    reads = [
        of(ledger=full, problems=[one, query], alarms=[one, query], begun=begun, schools=("Ash", "Elm")),
        of(problems=several, alarms=several, leavers=0, schools=("Ash", "Elm"), school="Ash", dismissed=2),
        of(leavers=None, filters={"year": "5", "class": "5K"}, unusable=[one]),
        of(problems=several, dismissed=1),
    ]
    for read in reads:
        for macro in ("alarms", "ledger", "only", "problems", "problems_counted", "rests_on", "unused"):
            yield sections(macro, read)
        yield sections("begun", read.begun)
        yield sections("problems", read, every=True)
        yield sections("rests_on", read, every=True)
    yield sections("sources", sources_alike([found, found._replace(by_number=0, by_likeness=0, found=0)]))
    yield sections("sources", [])


def problem(code="unknown-grade", row=17, severity=Severity.ERROR, **other):
    told = {"found": "'2z'", "expected": "a grade of its scale", "action": "Correct the cell.", **other}
    return Problem(code, severity, Place("Summer.xlsx", "5K", row, 6), **told)


def test_the_ledger_accounts_for_every_row_and_result():
    ledger = Ledger(
        ("a.xlsx",) * 7,
        1265,
        1250,
        400,
        400,
        (SetAside("rows", "total, average or note", 12), SetAside("rows", "fits more than one pupil", 3)),
    )
    assert said("ledger", of(ledger=ledger)) == [
        (
            "Read 7 files. 1,265 rows: 1,250 used, 15 set aside "
            "(12: total, average or note; 3: fits more than one pupil). 400 results: all used."
        ),
        "210 children on roll; 11 have left.",
    ]


@pytest.mark.parametrize(
    ("leavers", "filters", "line"),
    [
        (0, {}, "210 children on roll; none has left."),
        (1, {}, "210 children on roll; 1 has left."),
        (None, {}, "210 children on roll."),
        (3, {"year": "5"}, "210 children on roll among those asked about."),
    ],
)
def test_those_who_left_are_counted_where_everybody_is_asked_about(leavers, filters, line):
    assert said("ledger", of(leavers=leavers, filters=filters))[1] == line


def test_the_filters_are_named():
    assert said("only", of(filters={"year": "5", "class": "5K"})) == ["Only year 5; class 5K."]
    assert said("only", of()) == []


def test_the_files_whose_names_gave_a_term_are_named_the_first_of_them():
    named = tuple((f"4{letter}.csv", "", "Spring 2025-26") for letter in "KPRST")
    ledger = NOTHING._replace(terms_named=(*named, ("Old.xlsx", "Autumn", "Autumn 2024-25")))

    assert said("ledger", of(ledger=ledger))[-1] == (
        "Terms taken from the names of files and sheets: Spring 2025-26 (4K.csv, 4P.csv, 4R.csv and 2 more); "
        "Autumn 2024-25 (Autumn)."
    )


def test_a_newer_term_that_is_not_judged_is_said_with_how_to_judge_it():
    begun = Begun(Term(2025, Season.SUMMER), 1, 30)

    assert said("begun", [begun]) == [
        'Summer 2026 has begun: 1 of 30 children has a result; --term "Summer 2026" judges it.'
    ]
    assert tones("begun", [begun]) == ["warning"]


def test_which_school_it_is_of_stands_first():
    assert said("alarms", of(schools=("Ash", "Elm"), school="Ash")) == ["School: Ash, one of 2 in the files."]
    assert said("alarms", of(schools=("Ash", "Elm"))) == [
        "All 2 schools in the files together: Ash and Elm. Classes are told apart by school."
    ]
    assert said("alarms", of(schools=("Ash",), school="Ash")) == []


def test_files_that_could_not_be_read_are_named_with_what_to_do():
    locked = [
        Problem(
            "protected",
            Severity.ERROR,
            Place(name),
            found="it is protected",
            expected="",
            action="Save it without a password.",
        )
        for name in ("Autumn.xlsx", "Spring.xlsx")
    ]

    assert said("alarms", of(unusable=locked)) == [
        "Not read: Autumn.xlsx, Spring.xlsx: it is protected. Save it without a password."
    ]
    assert tones("alarms", of(unusable=locked)) == ["error"]


def test_what_may_make_a_report_wrong_is_said_first_several_of_a_kind_together():
    one = problem("few-found", found="0 of its 24 children in Roll.csv", expected="", alarm="files that do not join")
    one = one._replace(severity=Severity.QUERY, place=Place("Tracker.xlsx"))
    other = one._replace(place=Place("Old.xlsx"))

    assert said("alarms", of(alarms=(one,))) == [
        "Check first: Tracker.xlsx: 0 of its 24 children in Roll.csv. Correct the cell."
    ]
    assert tones("alarms", of(alarms=(one,))) == ["warning"]
    (line,) = said("alarms", of(alarms=(one, other)))
    assert line.startswith("Check first: 2 files that do not join: ")


def test_problems_are_gathered_by_kind_errors_first():
    alike = [problem(row=row) for row in range(17, 24)]
    query = problem("two-results", 3, Severity.QUERY)
    read = of(problems=[query, *reversed(alike)])

    assert [(kind.code, kind.times) for kind in kinds_of_problem(read.register.problems)] == [
        ("unknown-grade", 7),
        ("two-results", 1),
    ]
    assert sentence("problems_counted", read) == "7 errors to correct and 1 query to check"
    assert said("problems", read) == [
        "Problems: 7 errors to correct and 1 query to check",
        (
            "Error unknown-grade, 7 times: '2z' in Summer.xlsx, sheet 5K, cells F17, F18 and 5 more. "
            "Expected a grade of its scale. Correct the cell."
        ),
        "Query two-results: '2z' in Summer.xlsx, sheet 5K, cell F3. Expected a grade of its scale. Correct the cell.",
        "siptrack check PATHS --detail lists every place.",
    ]
    assert said("problems", of(problems=alike), every=True)[:2] == [
        "Problems: 7 errors to correct",
        "Error unknown-grade, 7 times. Correct the cell.",
    ]


def test_what_stands_in_the_first_lines_is_not_said_again():
    one = problem()

    assert said("problems", of(problems=(one,), alarms=(one,)))[1] == "Error unknown-grade: see above."


def test_queries_that_the_school_has_explained_are_counted():
    assert said("problems", of(dismissed=2)) == ["Problems: 2 queries explained in siptrack.yaml"]
    assert said("problems", of(problems=(problem(),), dismissed=1))[0] == (
        "Problems: 1 error to correct; 1 query explained in siptrack.yaml"
    )


def test_a_page_ends_with_what_is_odd_counted_and_all_of_it_on_request():
    read = of(problems=(problem(),), dismissed=1)

    title, counted, *_ = said("rests_on", read)
    assert title == "What this rests on"
    assert counted.startswith(
        "In the data: 1 error to correct, 1 query explained in siptrack.yaml. siptrack check PATHS lists every one."
    )
    assert "Problems: 1 error to correct; 1 query explained in siptrack.yaml" in said("rests_on", read, every=True)
    assert said("rests_on", of(dismissed=2))[1].startswith("In the data: nothing to check, 2 queries explained")


def test_columns_that_were_not_used_are_named_by_sheet_and_reason():
    columns = tuple(
        ColumnUse("4K.csv", "", column, heading, cells, why="words")
        for column, heading, cells in ((6, "Notes", 30), (7, "", 12))
    )

    assert said("unused", of(ledger=NOTHING._replace(columns=columns))) == [
        "Columns not used: 2",
        "4K.csv: 'Notes' (30 cells), column G (12 cells): words.",
    ]
