"""What siptrack wrote and a school saved beside its data: known by its headings, and never read as the school's."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from school_files import as_csv, problems, register_of, results, usual_rules

from siptrack.documents.registry import KINDS
from siptrack.documents.workbook.cover import book_of
from siptrack.reading.read import read
from siptrack.reading.spelling import words
from siptrack.school.errors import InputError

RESULTS = """
    UPN           | Surname | Forename | Class | Reading Autumn 2025 | Reading Spring 2026
    H801200001001 | Alder   | Ann      | 5K    | EXS                 | WTS
    H801200001002 | Ruler   | Bob      | 5K    | EXS                 | EXS
"""
TABLES = [(table.name, table.names) for kind in KINDS.values() for table in kind.by_name.values()]
WRITTEN = [set(map(words, headings)) for headings in usual_rules().actions.written]


@pytest.mark.parametrize("columns", dict(TABLES).values(), ids=dict(TABLES).keys())
def test_every_table_is_known_by_its_headings(columns):
    assert any(headings <= set(map(words, (*columns, "ruler"))) for headings in WRITTEN)


def test_every_workbook_is_known_by_its_first_sheet():
    first, *_ = book_of([], "A book", [])

    assert any(headings <= {words(heading.title) for heading in first.headings} for headings in WRITTEN)


@pytest.mark.parametrize(
    "table",
    [
        "pupil | upn | surname | forename | class | fsm | ruler\nX | H801200001009 | Nobody | Nell | 5K | yes | 0400",
        (
            "pupil | surname | forename | subject | action | who | by_when | status | ruler\n"
            "H801200001001 | Alder | Ann | reading | Read daily | Mrs Oak | 1 May 2026 | done | 0400"
        ),
        (
            "pupil | intervention | subject | start | end | planned | attended | ruler\n"
            "H801200001001 | Boost | reading | 2026-01-05 | 2026-03-05 | 20 | 18 | 0400"
        ),
        (
            "term | heading | stage | evidence | step | who | by_when | ruler\n"
            "Spring 2026 | The single plan | Developing | Books | Look again | Head | 1 May 2026 | 0400"
        ),
        (
            "term | date | staff | focus | subject | hours | ruler\n"
            "Spring 2026 | 2026-02-02 | All | Phonics | reading | 1 | 0400"
        ),
        "subject | group | year_group | n | ruler\nreading | boys | 5 | 12 | 0400",
    ],
)
def test_a_table_saved_beside_the_data_is_set_aside_and_changes_nothing(table):
    alone, beside = register_of({"Results.csv": RESULTS}), register_of({"Results.csv": RESULTS, "Saved.csv": table})

    assert results(beside) == results(alone)
    assert list(beside.pupils["pupil"]) == list(alone.pupils["pupil"])
    assert (len(beside.actions), len(beside.reviews)) == (0, 0)
    assert (beside.provision, beside.observations, beside.cpd) == (None, None, None)
    assert problems(beside) == problems(alone)
    assert [row.reason for row in beside.ledger.set_aside] == ["in a report that siptrack wrote"]
    assert beside.ledger.balances()


def test_a_workbook_of_counts_saved_beside_the_data_is_set_aside_without_a_problem(tmp_path):
    book = Workbook()
    contents = book.active
    contents.title = "Contents"
    for row in (["Pupil progress"], ["Sheet", "What it holds", "Rows"], ["Gaps", "The comparisons", 1]):
        contents.append(row)
    gaps = book.create_sheet("Gaps")
    for row in (
        ["Subject", "Group", "Compared with", "Verdict", "Children"],
        ["Reading", "Girls", "Boys", "clear", 30],
    ):
        gaps.append(row)
    book.save(tmp_path / "summary.xlsx")
    (tmp_path / "Results.csv").write_text(as_csv(RESULTS), encoding="utf-8")

    register = read([tmp_path], usual_rules())

    assert problems(register) == problems(register_of({"Results.csv": RESULTS}))
    assert results(register) == results(register_of({"Results.csv": RESULTS}))
    assert register.ledger.balances()


def test_alone_it_is_said_to_be_what_siptrack_wrote():
    with pytest.raises(InputError) as error:
        register_of({"Saved.csv": "pupil | subject | ruler\nX | reading | 0400"})

    (line,) = error.value.lines
    assert line == (
        "Saved.csv: it holds a report that siptrack wrote, and no pupils' results. Give siptrack the results beside it."
    )


def test_a_child_called_ruler_makes_no_file_siptracks_own():
    assert len(register_of({"Results.csv": RESULTS}).pupils) == 2
