"""Each bad input in tests/bad_workbooks ends with its exit code and its plain words, and no name on standard error.

Beside each input lies `NAME.expect`: the exit code, then the words that must appear on standard error or in the report.
Adding a case is adding both files.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from running import siptrack_here as siptrack

GALLERY = Path(__file__).parents[1] / "bad_workbooks"
CASES = sorted(GALLERY.glob("*.expect"))
NAMES_IN_THE_OTHERS = {"Thistledown", "Tobermory"}  # of inputs that are no table


def _names(path: Path) -> set[str]:
    """Every surname and forename in the input."""
    names = set(NAMES_IN_THE_OTHERS)
    for file in [path, *path.glob("*.csv")]:
        if file.suffix == ".csv" and file.is_file():
            rows = csv.reader(file.read_text(encoding="latin-1").splitlines())
            names |= {cell for row in rows for cell in row[:3] if cell.isalpha() and cell not in HEADINGS}
    return names


HEADINGS = {"Surname", "Forename", "Class", "Year"}


def test_every_input_has_its_expectation():
    inputs = {path.name for path in GALLERY.iterdir() if path.suffix not in (".expect", ".py") and path.name[0] != "_"}

    assert inputs - {case.stem for case in CASES} == set()
    assert {case.stem for case in CASES} - inputs == {"missing-file.csv"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_bad_input_ends_in_plain_words(case):
    given = GALLERY / case.stem
    first, *words = case.read_text(encoding="utf-8").splitlines()

    run = siptrack("analyse", given)

    assert f"exit {run.code}" == first, run.err
    assert [word for word in words if word not in run.err + run.out] == []
    assert run.err or run.code == 0
    assert {name for name in _names(given) if name in run.err} == set()
