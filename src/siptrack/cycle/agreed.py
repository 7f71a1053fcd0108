"""What was agreed for children at earlier meetings, and what the record and the results say came of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from siptrack.analysis.progress import term_labels
from siptrack.cycle.movement import with_movement
from siptrack.cycle.on_the_list import ListInTerm, Lists
from siptrack.cycle.since_tables import AGREED, Came
from siptrack.school.actions import BETWEEN_SUBJECTS, ActionStatus
from siptrack.school.frame import Frame
from siptrack.school.texts import NONE, Texts

_OPEN = tuple(came.value for came in (Came.PAST, Came.UNDATED, Came.NOT_DUE))
_UNDONE = (ActionStatus.UNDER_WAY.value, ActionStatus.NOT_STARTED.value)
_IN_ORDER = ("order", "year_group", "class", "surname", "forename", "pupil", "term", "file", "sheet", "row", "at")


def list_agreed(lists: Lists, then: ListInTerm, now: ListInTerm, people: Frame) -> Frame:
    """The actions of these people that were agreed before the later term, those of which nothing is known first.

    Of meetings before the earlier term only those of which the record does not say what came.
    """
    actions = lists.register.frame("actions")
    actions = actions.having(came=_came(actions, now), person=actions.found_in(people, "pupil"))
    asked = (actions["person"] != NONE) & ~(actions["term"] >= now.term.number)
    recent = ~(actions["term"] < then.term.number)
    rows = _by_subject(actions[asked & (recent | actions["came"].isin(_OPEN))], then, now)
    rows = with_movement(rows, then, now)
    who = people.take(rows["person"])
    rows = rows.having(
        {name: who[name] for name in people},
        then=then.states(rows),
        now=now.states(rows),
        terms=lists.runs(rows, now.term).terms,
        meeting=term_labels(rows["term"]).filled(""),
        due=term_labels(rows["due"]).filled(""),
        order=rows["came"].in_words([came.value for came in Came]),
        at=rows["subject"].in_words(lists.register.subjects),
    )
    return rows.sorted_by(*_IN_ORDER)[AGREED.names]


def _came(actions: Frame, now: ListInTerm) -> Texts:
    """What the record says came of each action; a date is past when its term is over or is the term judged.

    Of a child who has left the school nothing more is asked.
    """
    status, due = actions["status"], actions["due"]
    cases = [
        (status == ActionStatus.DONE.value, Came.DONE),
        (status == ActionStatus.STOPPED.value, Came.STOPPED),
        ((actions["outcome"] != "") & ~status.isin(_UNDONE), Came.REVIEWED),
        (~actions["pupil"].isin(now.on_roll), Came.GONE),
        (due <= now.term.number, Came.PAST),
        (due > now.term.number, Came.NOT_DUE),
    ]
    return Texts.chosen([at for at, _ in cases], [came.value for _, came in cases], Came.UNDATED.value)


def _by_subject(actions: Frame, then: ListInTerm, now: ListInTerm) -> Frame:
    """A row for each action and subject; one that names none is about those in which the child is on either list."""
    of_child: dict[str, dict[str, None]] = {}
    for pupil, subject in Frame.stacked([now.on, then.on]).in_rows("pupil", "subject"):
        of_child.setdefault(pupil, {})[subject] = None
    about: list[Sequence[str]] = [
        subjects.split(BETWEEN_SUBJECTS) if subjects else list(of_child.get(pupil, [""]))
        for pupil, subjects in actions.in_rows("pupil", "subjects")
    ]
    each = np.repeat(np.arange(len(actions)), np.array([len(subjects) for subjects in about], dtype=np.int64))
    rows = actions.having(named=actions["subjects"] != "").take(each)
    return rows.having(subject=Texts.of(subject for subjects in about for subject in subjects))
