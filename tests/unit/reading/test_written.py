"""Results in columns: each of a slot that many share, and rows of a long table that say the same as one."""

from __future__ import annotations

import numpy as np
from school_files import register_of

from siptrack.reading.terms import NO_TERM, TermParts
from siptrack.reading.written import Slot, Writing
from siptrack.school.term import Season
from siptrack.school.texts import NONE

READING, WRITING, MATHS = (Slot(0, at, name, is_target=False, term=NO_TERM) for at, name in enumerate(("r", "w", "m")))


def written(*results):
    """Results by row, slot and text; each row has the number after its own in the sheet. All slots are known before."""
    writing = Writing()
    for slot in (READING, WRITING, MATHS):
        writing.number(slot)
    for row, slot, text in results:
        writing.add(row, row + 1, writing.number(slot), text)
    return writing.written()


def plain(these):
    slots = [these.slots[at].subject for at in these.slot.tolist()]
    return list(zip(these.row.tolist(), these.number.tolist(), slots, these.text.tolist(), strict=True))


def test_slots_stand_in_the_order_in_which_results_are_met_and_those_without_any_are_none():
    these = written((0, MATHS, "EXS"), (0, READING, "WTS"), (1, MATHS, "GDS"))

    assert [slot.subject for slot in these.slots] == ["m", "r"]
    assert plain(these) == [(0, 1, "m", "EXS"), (0, 1, "r", "WTS"), (1, 2, "m", "GDS")]
    assert these.each(lambda slot: slot.column).tolist() == [2, 0, 2]


def test_with_the_rows_of_another_school_go_the_slots_that_they_alone_have():
    these = written((0, MATHS, "EXS"), (1, READING, "WTS"), (2, MATHS, "GDS"))

    left = these.in_rows(np.array([NONE, 0, NONE]))

    assert plain(left) == [(0, 2, "r", "WTS")]
    assert [slot.subject for slot in left.slots] == ["r"]


def test_a_term_is_changed_in_every_slot():
    autumn = written((0, MATHS, "EXS")).in_terms(lambda term: term.filled(TermParts(season=Season.AUTUMN)))

    assert [slot.term.season for slot in autumn.slots] == [Season.AUTUMN]


def test_nothing_written_has_no_slot():
    assert (len(written()), list(written().slots), written().each(len).tolist()) == (0, [], [])


def test_rows_of_a_long_table_that_say_the_same_are_each_counted_and_each_named():
    register = register_of("""
        UPN           | Surname | Forename | FSM   | Subject | Term        | Result
        A999200123001 | Alder   | Ann      | maybe | Reading | Autumn 2025 | EXS
        A999200123001 | Alder   | Ann      | maybe | Writing | Autumn 2025 | WTS
        A999200123001 | Alder   | Ann      | maybe | Maths   | Autumn 2025 | GDS
    """)

    places = [one.place.row for one in register.problems if one.code == "unknown-value"]
    results = register.frame("results")
    assert places == [2, 3, 4]
    assert (register.ledger.rows_read, register.ledger.rows_used) == (3, 3)
    assert dict(zip(results["subject"].tolist(), results["row"].tolist(), strict=True)) == {
        "reading": 2,
        "writing": 3,
        "maths": 4,
    }


def test_a_row_without_a_result_is_not_one_with_those_that_have_one_in_its_term():
    register = register_of("""
        UPN           | Surname | Forename | Subject | Term        | Result
        A999200123001 | Alder   | Ann      | Reading | Autumn 2025 | EXS
        A999200123001 | Alder   | Ann      | Writing | Autumn 2025 | .
        A999200123001 | Alder   | Ann      | Maths   | Autumn 2025 | GDS
    """)

    assert (register.ledger.rows_read, register.ledger.rows_used) == (3, 3)
    assert register.frame("results")["subject"].tolist() == ["maths", "reading"]
