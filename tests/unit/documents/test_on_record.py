"""What the school's own records hold of a child, on the child's page."""

from __future__ import annotations

from dataclasses import replace

from hand_built import TERM, analysis, frame, rules
from siptrack.documents.on_record import on_record
from siptrack.school.actions import ACTIONS
from siptrack.school.provision import PROVISION
from siptrack.school.term import Season, Term

SPRING, AUTUMN, LATER = Term(2008, Season.SPRING), Term(2008, Season.AUTUMN), Term(2009, Season.AUTUMN)


def agreed(action, term=SPRING, pupil="P1", **more):
    row = {"pupil": pupil, "term": term.number if term else None, "subjects": "writing", "action": action}
    return {**row, "who": "Mrs Iris", "by_when": "2009-05-22", **more}


def given(intervention, start=AUTUMN, end=SPRING, pupil="P1", **more):
    ends = end.number if end else None
    row = {"pupil": pupil, "intervention": intervention, "subject": "writing", "start_term": start.number}
    return {**row, "end_term": ends, "planned": 36.0, "attended": 34.0, **more}


def with_records(actions=(), provision=None):
    whole = analysis()
    held = None if provision is None else frame(PROVISION, provision)
    return replace(whole, register=replace(whole.register, actions=frame(ACTIONS, actions), provision=held))


def on_the_page(*actions, provision=None):
    return tuple(
        record.words for record in on_record(with_records(actions, provision).register, rules(), TERM).get("P1", ())
    )


def test_an_action_is_told_with_whose_it_is_and_what_the_record_says_came_of_it():
    action = agreed("Guided writing", barrier="Begins late.", outcome="Starts at once", status="done")
    assert on_the_page(action) == (
        (
            "Writing: Guided writing (Mrs Iris; by 22 May 2009; agreed in Spring 2009). "
            "Barrier: Begins late. Outcome: Starts at once. Status: done."
        ),
    )


def test_an_action_of_no_meeting_says_that_its_date_is_not_recorded():
    (words,) = on_the_page(agreed("Guided writing", term=None))
    assert words == "Writing: Guided writing (Mrs Iris; by 22 May 2009; the record does not say when it was agreed)."


def test_provision_is_told_with_its_terms_and_its_sessions():
    assert on_the_page(provision=[given("FLS"), given("Paired Writing", TERM, None, attended=None)]) == (
        "FLS (Writing), Autumn 2008 to Spring 2009; 34 of 36 sessions attended.",
        "Paired Writing (Writing), Summer 2009, not ended.",
    )


def test_what_is_agreed_or_begins_after_the_term_is_not_on_its_page():
    assert on_the_page(agreed("Later", LATER), provision=[given("Later", LATER, None)]) == ()


def test_another_childs_records_are_not_on_the_page():
    assert on_the_page(agreed("Other", pupil="P2"), provision=[given("Other", pupil="P2")]) == ()
