"""What is said of a look back: who joined and left the list, what was agreed, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack.cycle.since_tables import Came, Moved, OnList
from siptrack.rendering.numbers import day, listed, plural, quantity, thousands
from siptrack.reports.findings import Finding
from siptrack.reports.wording.flags import movement, what_came
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.cycle.since import Since

LIST_HEADING = "The list, then and now"
LIST_NOTE = (
    "The list: children and subjects with insufficient progress, this year or this key stage. Both terms are judged by "
    "the rules of the later one, so that nobody joins or leaves by a change of rules. Not told: it could not be told."
)
APART_HEADING = "Neither joined nor left"
CAUSE_NOTE = "What came after an action need not have come from it."
EVERY_CLASS = "All"
_CAME: Mapping[Came, str] = {
    Came.PAST: "past its date and not said to be done",
    Came.UNDATED: "without a date and not said to be done",
    Came.NOT_DUE: "not due yet",
    Came.GONE: "for a child who has left the school",
    Came.REVIEWED: "with an outcome written",
    Came.DONE: "done",
    Came.STOPPED: "stopped",
}
_MOVED: Mapping[Moved, str] = {
    Moved.STAYED: "Stayed on the list",
    Moved.JOINED: "Joined the list",
    Moved.LEFT: "Left the list",
}
_THEN: Mapping[OnList, str] = {
    OnList.ON: "On the list then",
    OnList.OFF: "Not on the list then",
    OnList.UNTOLD: "Could not be told then",
    OnList.ELSEWHERE: "No result by then",
}


def since_title(from_term: Term, term: Term) -> str:
    """`Since Spring 2009: Summer 2009 (school year 2008-09)`."""
    year = term.academic_year_label
    return f"Since {inside(from_term)}: {term.label}" + (f" (school year {year})" if year else "")


def inside(term: Term) -> str:
    """A term inside a sentence: `Summer last year` without its comma."""
    return term.label.replace(", ", " ")


def told_sentence(told_then: int, roll_then: int, told_now: int, roll_now: int, terms: tuple[Term, Term]) -> str:
    """Of how many children progress could be told then and can be now, without which nobody joins or leaves."""
    then, now = map(inside, terms)
    of_now = f"{thousands(told_now)} of {thousands(roll_now)} in {now}"
    if not told_then:
        return (
            f"In {then} progress could be told of no child, of {thousands(roll_then)} on roll "
            f"({of_now}), so nobody can be said to have joined or left the list since."
        )
    of_then = f"{thousands(told_then)} of {quantity(roll_then, 'child', 'children')} in {then}"
    return f"Progress in some subject could be told of {of_then}, and can be of {of_now}."


def new_year_sentence() -> str:
    """That the year's start moved between the two terms."""
    return (
        "A new school year began in between. Progress this year is measured from another start now, so a child may "
        "have joined or left the list by that alone."
    )


def actions_heading(actions: int, children: int) -> str:
    """`What was agreed, and what came of it: 8 actions for 7 children`."""
    counted = f"{quantity(actions, 'action')} for {quantity(children, 'child', 'children')}" if actions else "no action"
    return f"What was agreed, and what came of it: {counted}"


def no_record() -> str:
    """That the files hold no record of actions, and what one is."""
    return (
        "No record of actions is among the files. siptrack reads any sheet with a heading for the child and one for "
        "the action, such as the pupil progress meeting workbook with what the meeting wrote in it."
    )


def no_earlier_action(term: Term) -> str:
    """That nothing was agreed before the term."""
    return f"The record holds no action for these children that was agreed before {inside(term)}."


def later_actions(count: int, term: Term) -> str:
    """How many actions are still to be looked back at next time."""
    were = plural(count, "was", "were")
    return f"{quantity(count, 'more action')} {were} agreed in {inside(term)} or later: for next term's look back."


def came_sentence(counts: Mapping[Came, int]) -> str:
    """`By the record: 2 past its date and not said to be done, 1 done`."""
    parts = [f"{thousands(counts[came])} {said}" for came, said in _CAME.items() if counts.get(came)]
    return f"By the record: {', '.join(parts)}."


def effect_sentence(then: Term, states: Mapping[OnList, int], off_then: int, off_now_on: int) -> str:
    """Of the children with an action, how many were on the list then and where they are now; and the others."""
    words = {
        OnList.ON: ("is on it now", "are on it now"),
        OnList.OFF: ("has left it", "have left it"),
        OnList.UNTOLD: ("cannot be told now", "cannot be told now"),
        OnList.ELSEWHERE: ("has left the school", "have left the school"),
    }
    parts = [f"{thousands(states[one])} {plural(states[one], *said)}" for one, said in words.items() if states.get(one)]
    on = sum(states.values())
    if not on:
        first = f"None of these children was on the list in {inside(then)}"
        now_on = f"{thousands(off_now_on)} of the {thousands(off_then)} {plural(off_now_on, 'is', 'are')}"
        return f"{first}; {now_on} on it now."
    was = plural(on, "was", "were")
    first = f"{thousands(on)} of these children {was} on the list in {inside(then)}: {listed(parts)}."
    if off_then:
        others = "The other one" if off_then == 1 else f"Of the {thousands(off_then)} others {thousands(off_now_on)}"
        first += f" {others} {plural(off_now_on, 'is', 'are')}{'' if off_now_on or off_then > 1 else ' not'} on it now."
    return f"{first} {CAUSE_NOTE}"


def came_heading(came: Came, actions: int) -> str:
    """`Past its date and not said to be done: 2 actions`."""
    return f"{came_words(came)}: {quantity(actions, 'action')}"


def came_words(came: Came) -> str:
    """`Past its date and not said to be done`."""
    said = _CAME[came]
    return f"{said[:1].upper()}{said[1:]}"


def action_line(subjects: Sequence[str], action: str, who: str, by_when: str, meeting: str) -> str:
    """`Writing: guided writing (Mrs Iris; by 22/05/2009; agreed in Spring 2009)`."""
    about = f"{listed(subjects)}: " if subjects else ""
    agreed = f"agreed in {meeting.replace(', ', ' ')}" if meeting else "the record does not say when it was agreed"
    further = [who, f"by {day(by_when).removeprefix('by ')}" if by_when else "", agreed]
    return f"{about}{action} ({'; '.join(filter(None, further))})"


def record_line(barrier: str, outcome: str, status: str) -> str:
    """What else the record says; empty where it says nothing."""
    parts = [("Barrier", barrier), ("Outcome", outcome), ("Status", status)]
    return ". ".join(f"{name}: {text.rstrip('.')}" for name, text in parts if text) + (
        "." if any(text for _, text in parts) else ""
    )


def came_to_child(subject: str, then: OnList, now: OnList, terms: int, moved: str) -> str:
    """`Writing: on the list then, and now for 4 terms in a row. 2a in Spring 2009, still 2a now; ..`."""
    nows = {
        OnList.ON: f"on it now{f', for {terms} terms in a row' if terms > 1 else ''}",
        OnList.OFF: "not on it now",
        OnList.UNTOLD: "cannot be told now",
        OnList.ELSEWHERE: "has left the school",
    }
    first = f"{subject}: {_lower(_THEN[then])}" if subject else _THEN[then]
    return f"{first}, {nows[now]}{f' ({moved})' if moved else ''}."


def nothing_listed(now: OnList) -> str:
    """Of a child with an action for no named subject who is on the list in none."""
    gone = now is OnList.ELSEWHERE
    return "On the list in no subject then; has left the school." if gone else "On the list in no subject, then or now."


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def moved_words(finding: Finding) -> str:
    """`2a in Spring 2009, still 2a now; 1 point was expected, 0 made`: the movement alone where points say nothing."""
    if not finding.grade:
        return f"{finding.from_grade} in {finding.when}" if finding.from_grade else ""
    if not finding.from_grade:
        return f"{finding.grade} now"
    if finding.gain is None:
        return movement(finding)
    return f"{movement(finding)}; {what_came(finding)}"


NO_ACTION, NO_PROVISION = "no action in the record", "no provision in the school's sheet"


def without_heading(terms: int, what: str, children: int) -> str:
    """`On the list for 3 terms or more, with no action in the record: 4 children`."""
    counted = quantity(children, "child", "children")
    return f"On the list for {quantity(terms, 'term')} or more, with {what}: {counted}"


def without_line(name: str, class_name: str, subjects: Mapping[str, int]) -> str:
    """`Toadflax, Idris (2B): reading and maths, 4 terms in a row; writing, 3`."""
    by_terms: dict[int, list[str]] = {}
    for subject, terms in subjects.items():
        by_terms.setdefault(terms, []).append(_lower(subject))
    parts = [f"{listed(by_terms[terms])} for {quantity(terms, 'term')}" for terms in sorted(by_terms, reverse=True)]
    return f"{name}{f' ({class_name})' if class_name else ''}: {'; '.join(parts)}"


def moved_heading(moved: Moved, children: int) -> str:
    """`Stayed on the list: 47 children`."""
    return f"{_MOVED[moved]}: {quantity(children, 'child', 'children')}"


def moved_note(moved: Moved, since: Since) -> str:
    """What being in the part of the list means."""
    then = inside(since.from_term)
    given = " Provision stands below those for whom the school's sheet has some."
    return {
        Moved.STAYED: f"The longest on it first, in each class. What is shown is the movement since {then}; "
        "how far each child is behind since the start of the year or key stage is in siptrack analyse."
        f"{'' if since.analysis.register.provision is None else given}",
        Moved.JOINED: f"Progress could be told in {then} and was not insufficient.",
        Moved.LEFT: "Progress can be told now and is not insufficient. The child may be below expectations still.",
    }[moved]


def stayed_words(subject: str, terms: int, since: str, moved: str) -> str:
    """`Reading, 4 terms in a row since Summer 2008: 2a in Spring 2009, still 2a now; ..`."""
    run = f"{quantity(terms, 'term')} in a row since {since.replace(', ', ' ')}"
    return f"{subject}, {run}: {moved}." if moved else f"{subject}, {run}."


def given_words(given: Mapping[str, Sequence[str]], subjects: int) -> str:
    """`Provision: Paired Reading (reading), Talk Time.`: the subjects only where it is not for all of them."""
    named = [
        f"{intervention} ({listed([_lower(one) for one in of])})" if len(of) < subjects else intervention
        for intervention, of in given.items()
    ]
    return f"Provision: {', '.join(named)}."


def subject_words(subject: str, moved: str) -> str:
    """`Reading: 2a in Spring 2009, 3c now; 1 point was expected, 2 made`."""
    return f"{subject}: {moved}." if moved else f"{subject}."


def sentences(words: str, newer: str) -> str:
    """A sentence, and where a newer mark shows the child to have recovered, one more: `Summer 2026 already: EXS.`."""
    return f"{words} {newer}." if newer else words


def with_newer(subject: str, newer: str) -> str:
    """`Reading (Summer 2026 already: EXS)`: the subject alone where no newer mark shows the child to have recovered."""
    return f"{subject} ({newer})" if newer else subject


def apart_line(moved: Moved, reason: str, then: Term, children: int) -> str:
    """What the children set apart have in common, why, and how many they are."""
    said = {
        Moved.UNTOLD_THEN: f"On the list now; progress could not be told in {inside(then)}",
        Moved.NEW_HERE: f"On the list now; no result by {inside(then)}, so new to the school or to assessment",
        Moved.UNTOLD_NOW: f"On the list in {inside(then)}; progress cannot be told now",
        Moved.LEFT_SCHOOL: f"On the list in {inside(then)}; has left the school",
    }[moved]
    return f"{said}{f' ({reason})' if reason else ''}: {quantity(children, 'child', 'children')}"


def apart_child(name: str, class_name: str, subjects: Sequence[str]) -> str:
    """`Lupin, Tunde (6W): reading and maths`."""
    return f"{name}{f' ({class_name})' if class_name else ''}: {listed([_lower(subject) for subject in subjects])}"


def gaps_heading(then: Term) -> str:
    """What leads the gaps."""
    return f"Gaps since {inside(then)}, on the same children"


def gaps_note() -> str:
    """What the table of gaps shows."""
    return "Gaps at age-related expectations, in percentage points: those that are clear now, or whose change is."


def no_gaps(years: int) -> str:
    """That no gap is followed so far back, or that there is none."""
    return f"No gap can be followed: gaps are followed among children assessed both times, {years} years back at most."


def other_gaps(count: int) -> str:
    """How many gaps are not in the table."""
    return (
        f"{thousands(count)} more {plural(count, 'gap')} between groups of enough children: --detail shows every one."
    )


def nobody_listed(terms: Sequence[Term]) -> str:
    """That the list is empty in these terms, those in which progress can be told."""
    return f"Nobody is on the list in {' or in '.join(map(inside, terms))}."


def every_gap_note() -> str:
    """What the table of all gaps shows."""
    return "Gaps at age-related expectations, in percentage points, between groups of enough of the same children."
