"""Who joined, left and stayed on the list since an earlier term, from the invented children and without siptrack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements import whose
from children import SUBJECTS, Child, term_label
from truth import WINDOWS, Answer, Ruler, window_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements import Agreement
    from roll import School

ON, OFF, UNTOLD, ELSEWHERE = "on the list", "not on the list", "cannot tell", "not on roll"


def state(child: Child, subject: str, term: int, ruler: Ruler) -> str:
    """Whether a child is on the list in a subject in a term."""
    if term < min(child.seats) or (term > max(child.seats) and not child.on_roll):
        return ELSEWHERE
    found = {window_of(child, subject, window, term, ruler).verdict for window in WINDOWS}
    if "insufficient" in found:
        return ON
    return UNTOLD if found == {"cannot_tell"} else OFF


def run(child: Child, subject: str, term: int, ruler: Ruler) -> int:
    """For how many terms in a row, up to this one, the child was on the list; terms not told do not count or end it."""
    terms = 0
    while term >= min(child.seats):
        now = state(child, subject, term, ruler)
        if now not in (ON, UNTOLD) or (not terms and now != ON):
            break
        terms += now == ON
        term -= 1
    return terms


def moved(then: str, now: str) -> str:
    """What became of a child and subject that were on the list then or are now; empty for neither."""
    if now == ON:
        return {ON: "stayed", OFF: "joined", UNTOLD: "could not be told then", ELSEWHERE: "new here"}[then]
    if then == ON:
        return {OFF: "left", UNTOLD: "cannot be told now", ELSEWHERE: "left the school"}[now]
    return ""


def answer(school: School, agreed: Sequence[Agreement], then: int, now: int, ruler: Ruler) -> Answer:
    """All that is true of the two terms: every child and subject on either list, and every action."""
    listed = []
    for child in school.children:
        for subject in SUBJECTS:
            states = [state(child, subject, term, ruler) for term in (then, now)]
            if became := moved(*states):
                terms = run(child, subject, now if states[1] == ON else then, ruler)
                named: Answer = {"pupil": child.key, "name": child.name, "subject": subject.lower()}
                listed.append(named | {"moved": became, "terms": terms})
    actions = [_action(school, one, then, now, ruler) for one in agreed]
    return {"from": term_label(then), "to": term_label(now), "listed": listed, "actions": actions}


def _action(school: School, one: Agreement, then: int, now: int, ruler: Ruler) -> Answer:
    """One action, with where the child stood and stands in each subject that it names."""
    child = whose(school, one)
    about = {
        subject.lower(): {"then": state(child, subject, then, ruler), "now": state(child, subject, now, ruler)}
        for subject in SUBJECTS
        if subject.lower() in one.subject.lower()
        or (not one.subject and moved(state(child, subject, then, ruler), state(child, subject, now, ruler)))
    }
    named: Answer = {"pupil": child.key, "name": child.name, "action": one.action, "came": one.came}
    return named | {"subjects": about, "why": one.why}
