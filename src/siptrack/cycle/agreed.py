"""What was agreed for children at earlier meetings, and what the record and the results say came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.cycle.movement import with_movement
from siptrack.cycle.on_the_list import ListInTerm, Lists
from siptrack.cycle.since_tables import AGREED, Came
from siptrack.school.actions import BETWEEN_SUBJECTS, ActionStatus
from siptrack.school.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

OPEN = tuple(came.value for came in (Came.PAST, Came.UNDATED, Came.NOT_DUE))


def list_agreed(lists: Lists, then: ListInTerm, now: ListInTerm, people: DataFrame) -> DataFrame:
    """The actions of these people that were agreed before the later term, those of which nothing is known first.

    Of meetings before the earlier term only those of which the record does not say what came.
    """
    actions = lists.register.actions
    actions = actions[actions["pupil"].isin(people["pupil"]) & ~(actions["term"] >= now.term.number)]
    came = _came(actions, now)
    recent = ~(actions["term"] < then.term.number)
    chosen = (recent | np.isin(came, OPEN)).to_numpy(dtype=np.bool_)
    rows = _by_subject(actions.assign(came=came)[chosen], then, now, lists.register.subjects)
    what = pd.MultiIndex.from_frame(rows[["pupil", "subject"]])
    rows = rows.assign(
        then=then.states(what).to_numpy(),
        now=now.states(what).to_numpy(),
        terms=lists.runs(what, now.term)["terms"].to_numpy(),
        meeting=_labels(rows["term"]),
        due=_labels(rows["due"]),
    )
    rows = with_movement(rows, then, now).merge(people, on="pupil", how="left")
    rows["order"] = rows["came"].map({came.value: at for at, came in enumerate(Came)})
    by = ["order", "year_group", "class", "surname", "forename", "pupil", "term", "file", "sheet", "row", "subject_at"]
    return rows.sort_values(by, kind="stable", ignore_index=True)[AGREED.names]


def _labels(numbers: Series[float]) -> list[str]:
    """The terms' labels; empty where a number is missing."""
    return ["" if pd.isna(number) else Term.numbered(int(number)).label for number in numbers]


def _came(actions: DataFrame, now: ListInTerm) -> NDArray[np.object_]:
    """What the record says came of each action; a date is past when its term is over or is the term judged.

    Of a child who has left the school nothing more is asked.
    """
    term, gone = now.term, ~actions["pupil"].isin(now.on_roll)
    status, due = actions["status"], actions["due"]
    undone = status.isin([ActionStatus.UNDER_WAY.value, ActionStatus.NOT_STARTED.value])
    cases = [
        (status == ActionStatus.DONE.value, Came.DONE),
        (status == ActionStatus.STOPPED.value, Came.STOPPED),
        ((actions["outcome"] != "") & ~undone, Came.REVIEWED),
        (gone, Came.GONE),
        (due <= term.number, Came.PAST),
        (due > term.number, Came.NOT_DUE),
    ]
    return np.select([at.to_numpy() for at, _ in cases], [one.value for _, one in cases], Came.UNDATED.value)


def _by_subject(actions: DataFrame, then: ListInTerm, now: ListInTerm, subjects: Sequence[str]) -> DataFrame:
    """A row for each action and subject; one that names none is about those in which the child is on either list."""
    listed = now.on.union(then.on, sort=False)
    of_child = pd.Series(listed.get_level_values(1), index=listed.get_level_values(0)).groupby(level=0).agg(list)
    named = actions["subjects"].map(lambda text: text.split(BETWEEN_SUBJECTS) if text else None)
    unnamed = actions["pupil"].map(of_child)
    every = named.where(named.notna(), unnamed)
    rows = actions.assign(
        named=named.notna(), subject=every.map(lambda found: found if isinstance(found, list) else [""])
    )
    rows = rows.explode("subject", ignore_index=True)
    rows["subject_at"] = pd.Index(subjects).get_indexer(pd.Index(rows["subject"]))
    return rows
