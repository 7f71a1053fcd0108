"""The rows about pupils as a table, each with its pupil's number, from which the records are built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack.reading.calendar import Dated, dated_results
from siptrack.reading.headings import NUMBER_ROLES, UPN_ROLE
from siptrack.reading.identity.groups import UPN
from siptrack.reading.identity.identified import Identified
from siptrack.reading.identity.numbers import upn_key
from siptrack.reading.layout import Layouts
from siptrack.reading.names import surname_and_forename
from siptrack.reading.schools import told_apart
from siptrack.school.register import STILL_HERE

if TYPE_CHECKING:
    from pandas import DataFrame

NEVER = -1_000_000  # the last term of a row that holds no results


def rows_of_pupils(found: Identified) -> DataFrame:
    """The rows as a table."""
    import pandas as pd

    layouts, dated = found.layouts, found.dated
    first, last = _first_and_last_terms(layouts, dated)
    rows, said = layouts.rows, [row.texts for row in layouts.rows]
    names = [surname_and_forename(texts) for texts in said]
    several = len({row.school for row in rows}) > 1
    classes = [
        found.classes.text(node) if node else texts.get("class", "")
        for node, texts in zip(found.nodes, said, strict=True)
    ]
    return pd.DataFrame(
        {
            "who": [-1 if who is None else who for who in found.matching.pupils],
            "table": [row.table for row in rows],
            "number": [row.number for row in rows],
            "is_list": [not layouts.tables[row.table].holds_results for row in rows],
            "first_term": [first.get(index, STILL_HERE) for index in range(len(said))],
            "last_term": [last.get(index, NEVER) for index in range(len(said))],
            "academic_year": [row.academic_year for row in dated.rows],
            "year_group": pd.array([row.year_group for row in dated.rows], dtype="Float64"),
            "names": [mention.called for mention in found.mentions],
            "numbers": [
                frozenset(number for kind, number in mention.numbers if kind != UPN) for mention in found.mentions
            ],
            "upn": [_upn_as_known(row, found) for row in range(len(said))],
            "id": [_number_as_written(row, found) for row in range(len(said))],
            "date_of_birth": [mention.date_of_birth for mention in found.mentions],
            "surname": [surname for surname, _ in names],
            "forename": [forename for _, forename in names],
            "school": [row.school for row in rows],
            "class": [told_apart(name, row.school if several else "") for name, row in zip(classes, rows, strict=True)],
            "class_written": [texts.get("class", "") for texts in said],
            **{role: [texts.get(role, "") for texts in said] for role in ("enrolment", "leaving_date")},
        }
    )


def _upn_as_known(row: int, found: Identified) -> str:
    """The UPN that tells whose a row is, in capitals without spaces; empty where none does."""
    text = _as_written(row, found, (UPN_ROLE,))
    return upn_key(text) or "".join(text.split()).upper()


def _number_as_written(row: int, found: Identified) -> str:
    return _as_written(row, found, NUMBER_ROLES[1:])


def _as_written(row: int, found: Identified, roles: Sequence[str]) -> str:
    """The first number of these roles that tells whose a row is, as it is written."""
    said = found.layouts.rows[row].texts
    first = found.first_row[id(said)]
    return next((said[role] for role in roles if said.get(role) and (first, role) in found.settled.used), "")


def _first_and_last_terms(layouts: Layouts, dated: Dated) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """The numbers of the first and the last term in which each row has a result."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for written, term in dated_results(layouts, dated.terms):
        first[written.row] = min(term.number, first.get(written.row, STILL_HERE))
        last[written.row] = max(term.number, last.get(written.row, NEVER))
    return first, last
