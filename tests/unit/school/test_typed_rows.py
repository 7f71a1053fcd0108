"""A table declared as the named tuple of its rows."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

from siptrack.school.tables import Column, column, declared, rows_of


class Child(NamedTuple):
    """A child."""

    name: str = column("the name", always=True)
    year: int = column("the year group")
    points: float | None = column("points", unit="points")
    fsm: bool = column("whether eligible", always=True)
    sex: str = column("the sex", ("F", "M"))
    class_: str = column("the class")


CHILDREN = declared("children", "Some children.", Child, ("name",))


def test_its_columns_are_the_fields_and_their_kinds_the_types():
    assert CHILDREN.columns == (
        Column("name", "text", "the name", (), always=True),
        Column("year", "integer", "the year group"),
        Column("points", "number", "points", unit="points"),
        Column("fsm", "flag", "whether eligible", always=True),
        Column("sex", "text", "the sex", ("F", "M")),
        Column("class", "text", "the class"),
    )
    assert (CHILDREN.name, CHILDREN.order) == ("children", ("name",))


def test_its_rows_are_read_in_words_whatever_the_order_of_the_columns():
    frame = CHILDREN.of([("Ann", 5, 2.5, True, None, "5K"), ("Bo", 4, nan, False, "M", "4T")])[
        ["sex", "fsm", *("points", "class", "year", "name")]
    ]

    assert rows_of(Child, frame) == [
        Child("Ann", 5, 2.5, fsm=True, sex="", class_="5K"),
        Child("Bo", 4, None, fsm=False, sex="M", class_="4T"),
    ]
    assert rows_of(Child, CHILDREN.no_rows()) == []


def test_a_whole_number_in_a_column_of_numbers_is_whole():
    (row,) = rows_of(Child, CHILDREN.of([("Ann", None, 3.0, True, "F", "")]))

    assert (row.year, row.points) == (None, 3)
    assert isinstance(row.points, int)
