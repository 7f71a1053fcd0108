"""How children are called in print: by name, else by their key; two of one name in a class are told apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from siptrack.analysis.choosing import as_in_a_register

_LAST = 99  # children whose year group is not known come after the others


class Person(NamedTuple):
    """The columns of a table that say which child a row is about, and in which class."""

    pupil: str
    surname: str
    forename: str
    year_group: float | None
    class_: str


def called(pupil: str, surname: str, forename: str) -> str:
    """A child's name, `Smith, Jo`, else the key."""
    return ", ".join(filter(None, (surname, forename))) or pupil


def names_in_print(rows: Iterable[Person]) -> dict[tuple[str, str], str]:
    """By key and class the name of each child, with the key where two of a class have that name."""
    names = {(row.pupil, row.class_): called(row.pupil, row.surname, row.forename) for row in rows}
    keys: dict[tuple[str, str], set[str]] = {}
    for (pupil, class_name), name in names.items():
        keys.setdefault((name, class_name), set()).add(pupil)
    return {
        (pupil, class_name): f"{name} ({pupil})" if len(keys[name, class_name]) > 1 else name
        for (pupil, class_name), name in names.items()
    }


def in_register_order(year_group: int | None, class_name: str, name: str) -> tuple[int, str, str, str]:
    """What sorts children by year group, class and name."""
    return _LAST if year_group is None else year_group, class_name, as_in_a_register(name), name
