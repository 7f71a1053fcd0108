"""The rows about pupils, each with its pupil's number, from which the records are built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from siptrack.reading.calendar import NEVER, Dated, of_now
from siptrack.reading.headings import NUMBER_ROLES, UPN_ROLE
from siptrack.reading.identity.groups import UPN
from siptrack.reading.identity.identified import Identified
from siptrack.reading.identity.numbers import upn_key
from siptrack.reading.layout import Layouts
from siptrack.reading.names import Names, surname_and_forename
from siptrack.reading.rows import Row
from siptrack.reading.schools import class_with_school
from siptrack.school.register import STILL_HERE

_NONE: frozenset[str] = frozenset()  # which is held once, however many rows have no number


class PupilRow(NamedTuple):
    """A row about a pupil: whose it is, when it speaks, and what it says; a text is empty where it says nothing.

    `who` is the pupil's number, None where the row fits several and was set aside; `pupil` the pupil's key, empty
    until it is known. `names` and `numbers`, all but UPNs, are those that tell who it is. `first_term` and `last_term`
    are STILL_HERE and NEVER without results.
    """

    row: Row
    who: int | None
    is_list: bool
    first_term: int
    last_term: int
    academic_year: int
    year_group: int | None
    names: Names
    numbers: frozenset[str]
    upn: str
    id: str
    date_of_birth: str
    surname: str
    forename: str
    in_class: str
    pupil: str = ""


def rows_of_pupils(found: Identified) -> list[PupilRow]:
    """The rows, in the order of `layouts.rows`."""
    layouts = found.layouts
    first, last = _first_and_last_terms(layouts, found.dated)
    several = layouts.several_schools
    called: dict[int, tuple[str, str, str, str]] = {}  # by the identity of texts, which rows that say the same share
    numbers: dict[int, frozenset[str]] = {}  # and of mentions
    rows = []
    for index, row in enumerate(layouts.rows):
        mention, dated, node = found.mentions[index], found.dated.rows[index], found.nodes[index]
        if id(row.texts) not in called:
            ids = _upn_as_known(index, found), _number_as_written(index, found)
            called[id(row.texts)] = (*ids, *surname_and_forename(row.texts))
        if id(mention) not in numbers:
            numbers[id(mention)] = frozenset(number for kind, number in mention.numbers if kind != UPN) or _NONE
        upn, number, surname, forename = called[id(row.texts)]
        in_class = found.classes.text(node) if node else row.texts.get("class", "")
        rows.append(
            PupilRow(
                row=row,
                who=found.matching.pupils[index],
                is_list=not layouts.tables[row.table].holds_results,
                first_term=first[index],
                last_term=last[index],
                academic_year=dated.academic_year,
                year_group=dated.year_group,
                names=mention.called,
                numbers=numbers[id(mention)],
                upn=upn,
                id=number,
                date_of_birth=mention.date_of_birth,
                surname=surname,
                forename=forename,
                in_class=class_with_school(in_class, row.school if several else ""),
            )
        )
    return rows


def _upn_as_known(row: int, found: Identified) -> str:
    """The UPN that tells whose a row is, in capitals without spaces; empty where none does."""
    text = _as_written(row, found, (UPN_ROLE,))
    return upn_key(text) or "".join(text.split()).upper()


def _number_as_written(row: int, found: Identified) -> str:
    return _as_written(row, found, NUMBER_ROLES[1:])


def _as_written(row: int, found: Identified, roles: Sequence[str]) -> str:
    """The first number of these roles that tells whose a row is, as it is written."""
    texts = found.layouts.rows[row].texts
    first = found.first_row[id(texts)]
    return next((texts[role] for role in roles if texts.get(role) and (first, role) in found.settled.used), "")


def _first_and_last_terms(layouts: Layouts, dated: Dated) -> tuple[Sequence[int], Sequence[int]]:
    """The numbers of the first and the last term in which each row has a result; without, STILL_HERE and NEVER."""
    written, results = layouts.written, of_now(layouts, dated.known)
    row, term = written.row[results], dated.terms[results]
    first, last = np.full(len(layouts.rows), STILL_HERE), np.full(len(layouts.rows), NEVER)
    np.minimum.at(first, row, term)
    np.maximum.at(last, row, term)
    return first.tolist(), last.tolist()
