"""A cell that says that an earlier judgement still stands: what the child has now, and what is not said of it."""

from __future__ import annotations

import pytest

from registers import usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.reading.read import read

TERMS = ("Autumn 2007", "Spring 2008", "Summer 2008", "Autumn 2008", "Spring 2009")
WRITTEN = """
    Ann  | 2b | 2b | 2a | 2a     | as last term
    Bob  | 2b | 2b | 2a | a/a    | Unchanged
    Cy   | 2b | 2b | 2a | absent | A/A
    Dee  | 2b | 2b | 2a | a/a    | 2a
    Eve  | 2b | 2b | 2a | 2a     | 2a
    Fay  |    |    |    |        | a/a
    Gus  | 2b | 2b | 2a | 9z     | a/a
    Hal  | 2b | 2b | 2a | 2a     |
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    path = tmp_path_factory.mktemp("school") / "marks.csv"
    rows = [[cell.strip() for cell in line.split("|")] for line in WRITTEN.strip().splitlines()]
    lines = [("Name", "Year group", *(f"Reading {term}" for term in TERMS))]
    lines += [(name, "4", *cells) for name, *cells in rows]
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    register = read([path], usual_rules())
    return register, analyse(register, usual_rules())


@pytest.mark.parametrize(
    ("child", "grade", "terms_that_count", "flags"),
    [
        # Nothing new is known of who has "as last term": no three terms of one grade were judged.
        ("Ann", "2a", 4, ["insufficient-year", "insufficient-key-stage"]),
        ("Bob", "2a", 3, ["insufficient-year", "insufficient-key-stage"]),
        ("Cy", "2a", 3, ["insufficient-year", "insufficient-key-stage"]),
        # Judged anew in Summer and now, with the same grade between, said to stand: no movement for three terms.
        ("Dee", "2a", 4, ["insufficient-year", "insufficient-key-stage", "no-movement"]),
        ("Eve", "2a", 5, ["insufficient-year", "insufficient-key-stage", "no-movement"]),
        # Nobody knows what stands: there is no result this term.
        ("Fay", "", 0, ["no-result"]),
        ("Gus", "", 0, ["no-result"]),
        ("Hal", "", 0, ["no-result"]),
    ],
)
def test_it_is_no_new_result_and_no_missing_one(school, child, grade, terms_that_count, flags):
    _, analysis = school
    progress, evidence = analysis.progress.fillna({"grade": ""}), analysis.evidence
    now = progress[(progress["pupil"].str.startswith(child)) & (progress["window"] == "year")].iloc[0]
    marks = evidence[evidence["pupil"].str.startswith(child)].iloc[0]
    said = analysis.flags[analysis.flags["pupil"].str.startswith(child)]["code"].tolist()

    assert (now["grade"], int(marks["terms"])) == (grade, terms_that_count)
    assert [code for code in said if code not in ("below", "well-below", "fell-below")] == flags


def test_where_nothing_is_known_to_stand_it_is_asked(school):
    register, _ = school

    asked = [problem.place.label for problem in register.problems if problem.code == "nothing-stands"]

    assert asked == ["marks.csv, cell G7", "marks.csv, cell G8"]


def test_every_result_is_accounted_for(school):
    register, _ = school

    aside = {entry.reason: entry.count for entry in register.ledger.set_aside}

    assert register.ledger.balances()
    assert aside["says that a judgement stands, and none is known"] == 2
