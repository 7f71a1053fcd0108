"""A long file read by its columns gives the register that its rows give, whatever is odd about some of them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siptrack.documents.analysis import of_a_summary, of_an_analysis
from siptrack.many.summed import sum_up
from siptrack.reading import separated
from siptrack.reading.by_columns import parts
from siptrack.reading.files import Files, read_files
from siptrack.reading.grid import TextGrid
from siptrack.reading.read import read
from siptrack.rules.load import RuleBook, load, open_book
from siptrack.school.errors import SiptrackError
from siptrack.school.register import Register
from siptrack.scope import Scope
from siptrack.session import open_session

if TYPE_CHECKING:
    from pathlib import Path

    from siptrack.rules.model import Rules

HEADINGS = [
    *("School", "UPN", "Surname", "Forename", "Date of birth", "Year group", "Class", "FSM", "SEN"),
    *("Subject", "Term", "Result"),
]
TERMS = [("Summer 2024", 0), ("Autumn 2024", 1), ("Spring 2025", 1)]
SUBJECTS = ("Reading", "Maths")
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # that may lead a UPN, by what its digits add up to
PLAIN, ODD = "Ash School", "Oak School"
TABLES = ("pupils", "placements", "results", "targets", "histories", "percentages", "ages")
# What may stand in a row, by its column, where another text is expected.
ODDITIES = {
    "UPN": ["", "tbc", "a000000000000", "Z000000000001", "A00000000000B"],
    "Surname": ["", "Sur1", "Sur 2", "Total"],
    "Forename": ["", "For1", "Fore"],
    "Date of birth": ["", "soon", "01/01/1980", "02/03/2017", "02/03/2014"],
    "Year group": ["", "2", "9", "Year 3"],
    "Class": ["", "3A", "3 a", "4B"],
    "FSM": ["", "Y", "N", "maybe"],
    "SEN": ["", "K", "E", "N", "?"],
    "Term": ["Autumn 2024", "Summer 2024"],
    "Result": ["", "WTS", "GDS", "EXS+", "xyz", "#N/A", "A"],
    "School": [ODD, "ash school", "Elm School"],
}


def _upn(number: int) -> str:
    digits = f"{number:012d}"
    return LETTERS[sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % len(LETTERS)] + digits


def _rows(pupils: int, schools: tuple[str, ...] = (PLAIN, PLAIN, ODD)) -> list[dict[str, str]]:
    rows = []
    for pupil in range(pupils):
        year = 2 + pupil % 2
        school = schools[pupil % len(schools)]
        who = (school, _upn(pupil), f"Sur{pupil}", f"For{pupil % 4}", f"0{1 + pupil % 9}/03/{2024 - 5 - year}")
        for term, later in TERMS:
            said = (f"{year + later}", f"{year + later}{'AB'[pupil % 2]}", "YN"[pupil % 2], "NK"[pupil % 2])
            rows += [dict(zip(HEADINGS, (*who, *said, subject, term, "EXS"), strict=True)) for subject in SUBJECTS]
    return rows


@st.composite
def long_files(draw: st.DrawFn) -> str:
    """A CSV file with a row a result, with a few odd cells, and rows written twice, mostly of one of two schools."""
    rows = _rows(draw(st.sampled_from([9, 30])))
    anywhere = draw(st.booleans())
    may_be_odd = [at for at, row in enumerate(rows) if anywhere or row["School"] == ODD]
    for _ in range(draw(st.integers(0, 4))):
        at, column = draw(st.sampled_from(may_be_odd)), draw(st.sampled_from(sorted(ODDITIES)))
        text = draw(st.sampled_from(ODDITIES[column]))
        same = draw(st.sampled_from(["row", "term", "pupil"]))
        for row in [rows[at]] if same == "row" else [row for row in rows if row["UPN"] == rows[at]["UPN"]]:
            if same != "term" or row["Term"] == rows[at]["Term"]:
                row[column] = text
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, len(rows))), dict(rows[draw(st.sampled_from(may_be_odd))]))
    left_out = draw(st.sets(st.sampled_from(["Date of birth", "Class", "Year group", "SEN", "Forename"]), max_size=3))
    kept = [heading for heading in HEADINGS if heading not in left_out]
    return _written(kept, rows)


def _written(headings: list[str], rows: list[dict[str, str]]) -> str:
    lines = [headings, *([row[name] for name in headings] for row in rows)]
    return "".join(f"{','.join(line)}\n" for line in lines)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return open_book(None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("long")


def _files(folder: Path, content: str) -> tuple[Files, Files]:
    """The file as it is read by columns, and row by row."""
    path = folder / "results.csv"
    path.write_text(content, encoding="utf-8")
    with patch.object(separated, "LEAST_BYTES", 0):
        files = read_files([path])
    return files, replace(files, sheets=[sheet._replace(rows=tuple(sheet.rows)) for sheet in files.sheets])


def _register(files: Files, rules: Rules, school: str) -> Register | tuple[str, ...]:
    try:
        return read(files, rules, school=school)
    except SiptrackError as error:
        return tuple(error.lines)


def _told(register: Register | tuple[str, ...]) -> dict[str, Any]:
    """Everything that a register says, the places of what was set aside among it."""
    if isinstance(register, tuple):
        return {"lines": register}
    tables = {name: register.frame(name) for name in TABLES}
    rows = {name: {column: repr(table[column].tolist()) for column in table} for name, table in tables.items()}
    plain = {
        one.name: getattr(register, one.name)
        for one in fields(register)
        if one.name not in {*TABLES, "actions", "reviews", "plan_heads", "plan_actions", "plan_training"}
    }
    return {**plain, **rows, "places": [aside.places for aside in register.ledger.set_aside]}


@given(long_files(), st.sampled_from(["all", "ash"]))
def test_columns_give_what_rows_give(rules: Rules, folder: Path, content: str, school: str) -> None:
    by_columns, by_rows = _files(folder, content)
    assert _told(_register(by_columns, rules, school)) == _told(_register(by_rows, rules, school))


def _with(column: str, text: str, school: str) -> str:
    rows = _rows(30)
    next(row for row in rows if row["School"] == school)[column] = text
    return "".join(
        f"{','.join(row[name] for name in HEADINGS)}\n" for row in [dict(zip(HEADINGS, HEADINGS, strict=True)), *rows]
    )


def test_a_long_file_with_ages_is_read_row_by_row(rules: Rules, folder: Path) -> None:
    rows = [{**row, "Reading age": "7:06"} for row in _rows(9)]
    by_columns, by_rows = _files(folder, _written([*HEADINGS, "Reading age"], rows))
    assert isinstance(by_columns.sheets[0].rows, TextGrid)

    register = _register(by_columns, rules, "all")

    assert isinstance(register, Register)
    assert register.frame("ages")["months"].tolist() == [90] * 27  # once for each of nine children's three terms
    assert _told(register) == _told(_register(by_rows, rules, "all"))


@pytest.mark.parametrize("column", ["UPN", "Surname", "Date of birth", "Year group", "FSM"])
def test_one_odd_cell_leaves_the_rows_of_the_other_schools_unmade(rules: Rules, folder: Path, column: str) -> None:
    by_columns, by_rows = _files(folder, _with(column, ODDITIES[column][1], ODD))
    assert isinstance(by_columns.sheets[0].rows, TextGrid)
    expected = _told(_register(by_rows, rules, "all"))
    with patch("siptrack.reading.read.understand", side_effect=AssertionError("every row was made")):
        assert _told(_register(by_columns, rules, "all")) == expected


SCHOOLS = ("Ash School", "Birch School", "Elm School", "Oak School", "Yew School")


@st.composite
def files_of_schools(draw: st.DrawFn) -> str:
    """A CSV file with a row a result of several schools that differ in what they hold, with a few odd cells."""
    rows = _rows(draw(st.sampled_from([10, 40])), SCHOOLS)
    rows = rows if draw(st.booleans()) else sorted(rows, key=lambda row: row["School"])
    for school in draw(st.lists(st.sampled_from(SCHOOLS), max_size=3)):
        column = draw(st.sampled_from(["Subject", "Term", "Term", *ODDITIES]))
        theirs = {"Subject": ["Writing", "xyz"], "Term": ["Autumn 2025", "Summer 2025", "Autumn 2024"]}
        text = draw(st.sampled_from([*theirs.get(column, ()), *ODDITIES.get(column, ())]))
        those = draw(st.sampled_from(["all", "one subject", "one term", "one pupil"]))
        one = draw(st.sampled_from([row for row in rows if row["School"] == school] or rows))
        same = {"all": "School", "one subject": "Subject", "one term": "Term", "one pupil": "UPN"}[those]
        for row in rows:
            if row["School"] == one["School"] and row[same] == one[same]:
                row[column] = text
    left_out = draw(st.sets(st.sampled_from(["Date of birth", "Class", "Year group", "FSM", "Forename"]), max_size=2))
    return _written([heading for heading in HEADINGS if heading not in left_out], rows)


def _summary(files: Files, book: RuleBook) -> tuple[Any, ...]:
    analysis = open_session(files, book, Scope(school="all")).analysis
    return analysis.term, analysis.begun, of_an_analysis(analysis, book.newest).tables("summary")


def _in_parts(files: Files, book: RuleBook) -> tuple[Any, ...] | None:
    with patch.multiple(parts, AT_ONCE=1, FEW=1):
        found = sum_up(files, book)
    return found and (found[0].term, found[0].begun, of_a_summary(*found).tables("summary"))


@given(files_of_schools())
def test_parts_add_up_to_what_the_whole_file_gives(book: RuleBook, folder: Path, content: str) -> None:
    files, _ = _files(folder, content)
    try:
        added = _in_parts(files, book)
        whole = _summary(files, book)
    except SiptrackError:
        whole = added = None
    assert added is None or added == whole


@pytest.mark.parametrize("column", ["UPN", "Surname", "Date of birth", "Year group", "Class", "Result"])
def test_a_file_is_read_in_parts_where_something_in_a_school_is_to_be_weighed(
    book: RuleBook, folder: Path, column: str
) -> None:
    rows = _rows(40, SCHOOLS)
    next(row for row in rows if row["School"] == ODD)[column] = ODDITIES[column][1]
    files, _ = _files(folder, _written(HEADINGS, rows))
    added = _in_parts(files, book)
    assert added is not None
    assert added == _summary(files, book)
