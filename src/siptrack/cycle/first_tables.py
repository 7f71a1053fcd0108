"""The table of the children to talk about first, and the words in it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.school.tables import column, declared


class WhyFirst(StrEnum):
    """Why a child is to be talked about first."""

    STRONG = "strong marks"
    LONG = "long on the list"
    NOTHING = "neither provision nor action"


class FirstChild(NamedTuple):
    """A child to talk about first."""

    rank: int = column("1 for the child to begin with", always=True, unit="rank")
    pupil: str = column("the pupil's key", always=True)
    surname: str = column("surname")
    forename: str = column("forename")
    year_group: float | None = column("year group in the term", unit="year group")
    class_: str = column("class in the academic year")
    subject: str = column(
        "the subject of which most reasons hold, and of these the one with the strongest marks", always=True
    )
    behind_in_100: float | None = column(
        "of 100 children with the pupil's marks in it, how many have truly fallen behind", unit="children"
    )
    named: bool = column("whether the pupil makes insufficient progress in it; else slipping slowly", always=True)
    terms: int = column(
        "terms in a row on the list in it, this one too; 0 for a child who slips slowly", always=True, unit="terms"
    )
    since: str = column("the first of these terms; empty for a child who slips slowly")
    why: str = column("the reasons for the place, parted by ; and a blank", always=True)


FIRST = declared(
    "first",
    "The children to talk about first: those of whom most reasons hold, then those with the strongest marks. Nobody "
    "whose marks hardly say that the child has fallen.",
    FirstChild,
    order=("rank",),
)
