"""CSV files whose quote marks or rows do not fit: each is read, and the place is named."""

from __future__ import annotations

import pytest

from siptrack.reading.separated import read_separated
from siptrack.reading.uneven import faults_of_shape

HEADINGS = "Name,Year,Reading,Writing\n"
ROWS = [f"{name},4,EXS,GDS\n" for name in ("Ash", "Beech", "Cedar", "Dahlia", "Erica", "Fern")]


def faults(text: str) -> list[str]:
    sheet, _ = read_separated(text.encode(), "4K.csv")
    return [f"{code} {place.row}: {found}" for code, place, found, _ in faults_of_shape(sheet, text.encode())]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Gale,4,\nEXS,GDS\n", ["row-uneven 8: 3 cells, and the others in the next line"]),
        ("Gale\nHazel,4,EXS,GDS\n", []),
        ("Gale Ha\nzel,4,EXS\n", ["row-uneven 9: 3 cells"]),
        ("Gale,4,EXS,,GDS\n", ["row-uneven 8: 5 cells"]),
        ("Gale,4,EXS\n", ["row-uneven 8: 3 cells"]),
        ('"Ga"le",4,EXS,GDS\n', ["quote-astray 8: a quote mark that is not closed"]),
        ("Gale,4,EXS,GDS\n", []),
        ("\nReported in March\n", []),
    ],
)
def test_a_row_that_does_not_fit_is_named(row, said):
    assert faults(HEADINGS + "".join(ROWS) + row) == said


def test_a_number_alone_in_a_line_is_the_rest_of_the_row_above():
    assert faults(HEADINGS + "".join(ROWS) + "Gale,4,99,\n101\n") == [
        "row-uneven 8: 4 cells, and the others in the next line"
    ]


def test_a_heading_that_is_broken_off_is_named():
    broken = HEADINGS.replace("Reading,", "Reading,\n")

    assert faults(broken + "".join(ROWS)) == ["row-uneven 1: 4 cells, and the others in the next line"]


def test_a_heading_too_many_is_named():
    assert faults(HEADINGS.replace("Reading", "Reading,") + "".join(ROWS) * 2) == ["row-uneven 1: 5 cells"]


def test_a_file_of_several_tables_is_even_enough():
    assert not faults("Class 4K\n" + HEADINGS + "".join(ROWS) + "Class 5K\nName,Reading\n" + "Gale,EXS\n" * 6)
