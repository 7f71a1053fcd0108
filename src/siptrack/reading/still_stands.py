"""Cells that say an earlier judgement still stands: neither a new result nor a missing one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.frame import Frame, numbered
from siptrack.school.scale import Scale
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_KIND = ("pupil", "subject", "scale", "test")  # of a judgement that stands: a test's stands for no teacher's
_TAKEN = ("grade", "points", "of_year", "counts", "lean")


class Stood(NamedTuple):
    """Results with the judgements that stand among them, and those that could not be used.

    `nothing` say that a judgement stands where there is none, or only one that is in doubt; `beside` stand beside a
    judgement of the same term.
    """

    results: Frame
    nothing: Frame
    beside: Frame


def says_it_stands(frame: Frame, code: str, words: Collection[str]) -> Flags:
    """Which results say so: by the code that their scale decodes it to, or, in a column without a scale, in words."""
    of_code: Flags = frame["grade"] == code
    in_words: Flags = (frame["scale"] == "") & frame["text"].isin(words)
    return of_code | in_words


def with_standing(real: Frame, doubted: Frame, standing: Frame, scales: Mapping[str, Scale]) -> Stood:
    """The results and those that say that a judgement stands, each with the last one before it of its kind.

    `doubted` are results that were set aside: where the last judgement is one of these, nobody can say what stands.
    """
    standing = _with_scale(standing, real)
    beside = standing.found_in(real, *_KIND, "term") != NONE
    standing, not_new = standing[~beside], standing[beside]
    whole = Frame.stacked([real, doubted, standing])
    sure = np.arange(len(whole)) < len(real)
    stands = np.arange(len(whole)) >= len(real) + len(doubted)
    judged = (_graded(whole, scales) & sure) | ~(sure | stands)
    at = _last_before(whole, judged, stands, _KIND)[stands]
    there = (at != NONE) & sure[at]
    found, held = whole.take(at[there]), standing[there]
    marks = zip(found["mark"].tolist(), held["text"].tolist(), strict=True)
    held = held.having(
        {name: found[name] for name in _TAKEN},
        mark=Texts.of(f"{mark or ''} {text}".strip() for mark, text in marks),
        stands_from=found["term"].astype(np.float64),
    )
    return Stood(Frame.stacked([real, held]).sorted_by(*_KIND[:2], "term", "test", "scale"), standing[~there], not_new)


def _with_scale(standing: Frame, real: Frame) -> Frame:
    """Those in a column without a grade of its own, as the child's last judgement in the subject has it."""
    bare = standing["scale"] == ""
    if not bare.any():
        return standing
    standing = standing.having(test=standing["test"] & ~bare)
    whole = Frame.stacked([real, standing])
    stands = np.arange(len(whole)) >= len(real)
    at = _last_before(whole, ~stands & ~np.isnan(whole["points"]), stands, ("pupil", "subject", "test"))[stands]
    scale = whole["scale"].take(at).filled("")
    return standing.having(scale=scale.where(bare, standing["scale"]))


def _graded(rows: Frame, scales: Mapping[str, Scale]) -> Flags:
    """Which are grades or scores of a scale, and no code for a missing one."""
    of_scale = [
        (rows["scale"] == name) & rows["grade"].isin(scales[name].rungs)
        for name in rows["scale"].distinct()
        if name in scales
    ]
    return np.logical_or.reduce([~np.isnan(rows["points"]), *of_scale])


def _last_before(rows: Frame, judged: Flags, stands: Flags, keys: tuple[str, ...]) -> Positions:
    """For each row the last judged one of the same keys of an earlier term, for those that stand; NONE without."""
    group, _ = numbered([rows[key] for key in keys])
    order = np.lexsort((~stands, rows["term"], group))  # in a term, what stands comes before what is new
    last = np.maximum.accumulate(np.where(judged[order], np.arange(len(rows)), NONE))
    there = (last != NONE) & (group[order][last] == group[order])
    found = np.full(len(rows), NONE, dtype=np.int64)
    found[order] = np.where(there, order[last], NONE)
    return found
