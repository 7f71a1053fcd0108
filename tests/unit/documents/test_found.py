"""What was found, said with its first places, and short whatever it is."""

import pytest

from hand_built import problem
from siptrack.documents.found import NAMED, ROOM, every_place, expectations, gather_found, joined
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity


def found(*texts_and_places, expected="one thing"):
    """What was found, from each text and its places: `("'EX'", ("a.csv", "", 3, 6))`."""
    return gather_found(
        Problem("a-code", Severity.ERROR, Place(*place), text, expected, "Mend it.")
        for text, *places in texts_and_places
        for place in places
    )


@pytest.mark.parametrize(
    ("places", "where"),
    [
        ([("Summer.xlsx", "", 3, 6)], "Summer.xlsx, cell F3"),
        ([("Summer.xlsx", "5K", 3, 6), ("Summer.xlsx", "5K", 4, 6)], "Summer.xlsx, sheet 5K, cells F3, F4"),
        ([("Summer.xlsx", "", row, 6) for row in range(3, 9)], "Summer.xlsx, cells F3, F4 and 4 more"),
        ([("Summer.xlsx", "", 3, 0), ("Summer.xlsx", "", 4, 0)], "Summer.xlsx, rows 3, 4"),
        ([("Summer.xlsx", "", 0, 6)], "Summer.xlsx, column F"),
        ([("Summer.xlsx", "", 3, 0), ("Summer.xlsx", "", 4, 6)], "Summer.xlsx, row 3, F4"),
        (
            [("Summer.xlsx", sheet, row, 6) for sheet in ("4K", "5K") for row in range(3, 6)],
            "Summer.xlsx, sheet 4K, cells F3, F4 and 4 more on 2 sheets",
        ),
    ],
)
def test_the_first_places_are_named_and_the_others_counted(places, where):
    assert joined(found(("'EX'", *places))) == f"'EX' in {where}"


@pytest.mark.parametrize(
    ("places", "where"),
    [
        ([("Summer.xlsx",)], "Summer.xlsx"),
        ([("a.csv",), ("b.csv",)], "a.csv, b.csv"),
        ([("a.csv",), ("b.csv",), ("c.csv",), ("d.csv",)], "a.csv, b.csv and 2 more"),
        ([("Summer.xlsx", "Key"), ("Summer.xlsx", "Notes")], "Summer.xlsx, sheets Key, Notes"),
    ],
)
def test_what_is_in_a_whole_file_or_sheet_stands_behind_its_name(places, where):
    assert joined(found(("no cells", *places))) == f"{where}: no cells"


def test_a_file_and_a_sheet_are_named_once_and_again_where_they_change():
    said = joined(
        found(
            ("'a'", ("A.xlsx", "4K", 3, 6)),
            ("'b'", ("A.xlsx", "4K", 4, 6)),
            ("'c'", ("A.xlsx", "5K", 1, 6)),
            ("'d'", ("B.xlsx", "5K", 1, 6)),
        )
    )

    assert said == (
        "'a' in A.xlsx, sheet 4K, cell F3; 'b' in cell F4; 'c' in sheet 5K, cell F1; 'd' in B.xlsx, sheet 5K, cell F1"
    )


def test_what_is_found_most_often_comes_first():
    rare, often = ("'rare'", ("a.csv", "", 2, 1)), ("'often'", ("a.csv", "", 5, 1), ("a.csv", "", 6, 1))

    assert joined(found(rare, often)) == "'often' in a.csv, cells A5, A6; 'rare' in cell A2"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            "'EXS', and another result elsewhere",
            "'GDS', and another result elsewhere",
            "'EXS' in a.csv, cell F1, and another result elsewhere; 'GDS' in cell F2",
        ),
        ("'x' under EAL", "'y' under EAL", "'x' under EAL in a.csv, cell F1; 'y' in cell F2"),
        ("'x' under EAL", "'y' under SEN", "'x' under EAL in a.csv, cell F1; 'y' under SEN in cell F2"),
        (
            "'2024' gives a year, read as Summer",
            "'2025' gives a year, read as Summer",
            "'2024' in a.csv, cell F1, gives a year, read as Summer; '2025' in cell F2",
        ),
        (
            "all 11 children of 4A, counted as having left",
            "all 9 children of 5B, counted as having left",
            "a.csv, cell F1: all 11 children of 4A, counted as having left; cell F2: all 9 children of 5B",
        ),
        ("'O'Neil'", "'a, b'", "'O'Neil' in a.csv, cell F1; 'a, b' in cell F2"),
        (
            "13 zeros among marks",
            "9 zeros among marks",
            "13 zeros among marks in a.csv, cell F1; 9 zeros among marks in cell F2",
        ),
    ],
)
def test_what_two_have_in_common_is_said_once(first, second, said):
    assert joined(found((first, ("a.csv", "", 1, 6)), (second, ("a.csv", "", 2, 6)))) == said


def test_what_there_is_no_room_for_is_counted_and_its_cells_quoted():
    many = [(f"'grade {number:03}'", ("a.csv", "", number + 2, 6)) for number in range(3_260)]

    said = joined(found(*many))

    assert len(said) < 2 * ROOM
    assert said.startswith("'grade 000' in a.csv, cell F2; 'grade 001' in cell F3; ")
    assert said.endswith("' and 3,250 others")
    assert "; and 3,254 more places: 'grade 006', 'grade 007', " in said


def test_a_whole_remark_in_a_cell_is_cut_short_and_every_letter_is_among_the_details():
    remark = f"'{'no grade yet ' * 20}'"
    (one,) = found((remark, ("a.csv", "", 2, 6)))

    assert len(joined([one])) < ROOM
    assert joined([one]).endswith("...' in a.csv, cell F2")
    assert remark in every_place(one)[0]


def test_every_place_is_told_a_line_a_sheet():
    cells = [("a.xlsx", "4K", row, 6) for row in range(1, 2 * NAMED)]
    (one,) = found(("'EX'", *cells, ("a.xlsx", "5K", 1, 6)), expected="WTS")

    assert every_place(one) == [
        "a.xlsx, sheet 4K, cells F1, F2, F3, F4, F5: found 'EX'; expected WTS.",
        "a.xlsx, sheet 5K, cell F1: found 'EX'; expected WTS.",
    ]


def test_what_was_expected_is_said_once_however_many_there_are():
    assert expectations(gather_found([problem(), problem(row=18)])) == " Expected a grade of its scale."
    assert expectations(found(("'a'", ("a.csv",)), expected="")) == ""
