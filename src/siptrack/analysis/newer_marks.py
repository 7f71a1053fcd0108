"""Marks of a term that has only begun, where they show a child who is named to have recovered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.flags import places
from siptrack.analysis.in_term import InTerm, judge_term
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.vocabulary import Measured, Verdict
from siptrack.school.codes import FlagCode
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame, numbered, positions
from siptrack.school.register import Register
from siptrack.school.scale import MET
from siptrack.school.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules

_CELL = ("pupil", "subject")
_BELOW = (FlagCode.FELL_BELOW, FlagCode.BELOW, FlagCode.WELL_BELOW)
_CAN_TELL = (Verdict.EXPECTED.value, Verdict.ACCELERATED.value)
_OF_A_MARK = ("term", "grade", "points", "place")


def with_newer_marks(found: InTerm, register: Register, rules: Rules) -> Frame:
    """The flags with each child's newest mark where it shows the child to have recovered.

    Of insufficient progress: by the mark progress in its own term is not insufficient, or it lies where the start lay
    against the line. Of a child below expectations, the mark is at them; of a lower grade than before, it is that grade
    again. Where progress is insufficient, only the flag that says so has the mark.
    """
    flags = found.flags
    marks = [_marks(begun.term, found, register, rules) for begun in reversed(found.opened.begun)]
    there = [part for part in marks if part is not None]
    if not there:
        return flags
    newest = Frame.stacked(there)
    newest = newest[newest.first_of(*_CELL)]
    rows = newest.take(_at(flags, newest))
    recovered = _recovered(flags, rows, rules)
    texts = {f"newer_{name}": rows[name].where(recovered, "").filled("") for name in _OF_A_MARK if name != "points"}
    return flags.having(texts, newer_points=np.where(recovered, rows["points"], np.nan))


def _at(rows: Frame, among: Frame) -> NDArray[np.int64]:
    """Where the pupil and subject of each row first stand among others."""
    return rows.found_in(among, *_CELL)


def _within(rows: Frame, among: Frame) -> NDArray[np.bool_]:
    return _at(rows, among) >= 0


def _recovered(flags: Frame, marks: Frame, rules: Rules) -> NDArray[np.bool_]:
    """Whether the mark beside each flag shows the child to have recovered from it."""
    counting = flags["code"].isin(rules.flags.counting)
    others = ~_within(flags, flags[counting])
    met = flags["code"].isin(_BELOW) & marks["attainment"].isin(MET)
    again = (flags["code"] == FlagCode.FELL_BACK.value) & (marks["points"] >= flags["from_points"])
    shown: NDArray[np.bool_] = (counting & marks["recovered"]) | (others & (met | again))
    return shown


def _marks(term: Term, found: InTerm, register: Register, rules: Rules) -> Frame | None:
    """The marks in the term of the children and subjects that have a flag, with their attainment; None without any.

    `recovered` is whether progress by the mark is not insufficient.
    """
    flagged = found.flags
    results = register.frame("results")
    results = results[results["pupil"].isin(set(flagged["pupil"].distinct()))]
    if not _within(results[results["term"] == term.number], flagged).any():
        return None
    try:
        newer = judge_term(register.with_tables(results=results), rules, term).progress
    except NothingToJudgeError:  # those with a mark are not on roll
        return None
    rows = newer[_within(newer, flagged) & ~np.isnan(newer["distance"])]
    can_tell = _within(rows, rows[rows["verdict"].isin(_CAN_TELL)])
    insufficient = _within(rows, rows[rows["verdict"] == Verdict.INSUFFICIENT.value])
    recovered = (can_tell & ~insufficient) | _at_the_start_again(rows, found.progress)
    marks = rows.having(recovered=recovered, place=places(rows))
    return marks[marks.first_of(*_CELL)][[*_CELL, *_OF_A_MARK, "attainment", "recovered"]]


def _at_the_start_again(marks: Frame, progress: Frame) -> NDArray[np.bool_]:
    """Whether each mark is at least as far up from its line as every start from which progress was insufficient."""
    slow = progress[(progress["verdict"] == Verdict.INSUFFICIENT.value) & (progress["measured"] == Measured.LINE.value)]
    start = (slow["distance"] - slow["progress"]).round(DECIMALS)
    keys = (*_CELL, "scale")
    number, first = numbered([slow[name] for name in keys])
    highest = np.full(len(first), -np.inf)
    np.maximum.at(highest, number, start)
    at = positions([marks[name] for name in keys], [slow[name][first] for name in keys])
    needed = np.append(highest, np.nan)[at]  # nothing is needed where nothing was slow, and nothing shown
    again: NDArray[np.bool_] = marks["distance"] >= needed
    return again
