"""Marks of a term that has only begun, where they show a child who is named to have recovered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.flags import places
from siptrack.analysis.in_term import InTerm, judge_term
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.vocabulary import Measured, Verdict
from siptrack.school.codes import FlagCode
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.register import Register
from siptrack.school.scale import MET
from siptrack.school.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, MultiIndex, Series

    from siptrack.rules.model import Rules

_CELL = ["pupil", "subject"]
_BELOW = (FlagCode.FELL_BELOW, FlagCode.BELOW, FlagCode.WELL_BELOW)
_TOLD = (Verdict.EXPECTED.value, Verdict.ACCELERATED.value)
_MARK = ["newer_term", "newer_grade", "newer_points", "newer_place"]


def with_newer_marks(found: InTerm, register: Register, rules: Rules) -> DataFrame:
    """The flags with each child's newest mark where it shows the child to have recovered from what is said.

    Of insufficient progress: by the mark progress in its own term is not insufficient, or it lies where the start lay
    against the line. Of a child below expectations, the mark is at them; of a lower grade than before, it is that grade
    again. Where progress is insufficient, only the flag that says so has the mark.
    """
    flags = found.flags
    marks = [_marks(one.term, found, register, rules) for one in reversed(found.opened.begun)]
    there = [part for part in marks if len(part)]
    if not there:
        return flags
    newest = pd.concat(there).drop_duplicates(_CELL).set_index(_CELL)
    rows = newest.reindex(_cells(flags)).set_axis(flags.index)
    rows = rows.loc[:, _MARK].where(_recovered(flags, rows, rules))
    texts = rows.drop(columns="newer_points").astype("object").fillna("")
    return flags.assign(**texts, newer_points=rows["newer_points"])


def _recovered(flags: DataFrame, marks: DataFrame, rules: Rules) -> Series[bool]:
    """Whether the mark beside each flag shows the child to have recovered from it."""
    counting = flags["code"].isin(rules.flags.counting)
    others = ~_cells(flags).isin(_cells(flags[counting]))
    met = flags["code"].isin(_BELOW) & marks["attainment"].isin(MET)
    again = (flags["code"] == FlagCode.FELL_BACK) & (marks["newer_points"] >= flags["from_points"])
    return (counting & (marks["recovered"] == 1)) | (others & (met | again))


def _marks(term: Term, found: InTerm, register: Register, rules: Rules) -> DataFrame:
    """The marks in the term of the children and subjects that have a flag, with their attainment.

    `recovered` is 1 where progress by the mark is not insufficient.
    """
    results = register.results[register.results["pupil"].isin(found.flags["pupil"])]
    flagged = _cells(found.flags)
    none = pd.DataFrame(columns=[*_CELL, *_MARK])
    if not _cells(results[results["term"] == term.number]).isin(flagged).any():
        return none
    try:
        newer = judge_term(replace(register, results=results), rules, term).progress
    except NothingToJudgeError:  # those with a mark are not on roll
        return none
    rows = newer[_cells(newer).isin(flagged) & newer["distance"].notna()]
    cells = _cells(rows)
    told = cells.isin(cells[rows["verdict"].isin(_TOLD)])
    insufficient = cells.isin(cells[rows["verdict"] == Verdict.INSUFFICIENT.value])
    recovered = (told & ~insufficient) | _at_the_start_again(rows, found.progress)
    marks = rows.assign(recovered=recovered.astype(np.int64)).drop_duplicates(_CELL)
    named = marks.assign(place=places(marks)).rename(columns={one.removeprefix("newer_"): one for one in _MARK})
    return named[[*_CELL, *_MARK, "attainment", "recovered"]].reset_index(drop=True)


def _at_the_start_again(marks: DataFrame, progress: DataFrame) -> NDArray[np.bool_]:
    """Whether each mark is at least as far up from its line as every start from which progress was insufficient."""
    slow = progress[(progress["verdict"] == Verdict.INSUFFICIENT.value) & (progress["measured"] == Measured.LINE.value)]
    keys = [*_CELL, "scale"]
    started = slow.assign(start=(slow["distance"] - slow["progress"]).round(DECIMALS)).groupby(keys)["start"].max()
    needed = started.reindex(pd.MultiIndex.from_frame(marks[keys])).to_numpy(dtype=np.float64)
    return np.asarray(marks["distance"].to_numpy(dtype=np.float64) >= needed, dtype=np.bool_)


def _cells(rows: DataFrame) -> MultiIndex:
    return pd.MultiIndex.from_frame(rows[_CELL])
