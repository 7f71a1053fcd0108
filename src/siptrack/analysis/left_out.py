"""The ledger of denominators: who on roll is in no percentage at ARE, and why."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from siptrack.analysis.group_tables import LEFT_OUT
from siptrack.analysis.judged import looked_up
from siptrack.analysis.vocabulary import LeftOut
from siptrack.school.frame import Frame, numbered
from siptrack.school.scale import Scale
from siptrack.school.texts import NONE, Texts


def count_left_out(
    standing: Frame,
    judged_now: Frame,
    pupils: Frame,
    combined: Mapping[str, tuple[str, ...]],
    scales: Mapping[str, Scale],
) -> Frame:
    """The left out table: pupils on roll who are not assessed, by year group, subject and reason.

    With the pupils assessed they add up to those on roll: the one rule by which every percentage at ARE is made.
    """
    out = standing[standing["assessed"] == 0]
    keys = ("who", "subject")
    at = out.found_in(judged_now, *keys)
    written = judged_now.take(at)
    meaning = _meanings(written, scales)
    made_up = set(combined) - set(judged_now["subject"].distinct())
    rows = out[["subject"]].having(
        year_group=pupils["year_group"][out["who"]],
        reason=Texts.chosen(
            [out["subject"].isin(made_up), at == NONE, meaning.known, written["scale"] == ""],
            [LeftOut.A_PART.value, LeftOut.NO_RESULT.value, "", LeftOut.NO_SCALE.value],
            LeftOut.NO_LINE.value,
        ),
    )
    rows = rows.having(reason=rows["reason"].where(rows["reason"] != "", meaning))
    number, first = numbered([rows[name] for name in ("year_group", "subject", "reason")])
    return rows.take(first).having(count=np.bincount(number, minlength=len(first)))[LEFT_OUT.names]


def _meanings(written: Frame, scales: Mapping[str, Scale]) -> Texts:
    """What each special code says, such as absent; missing for a grade."""
    reasons = sorted({text for scale in scales.values() for text in scale.no_grades.values() if text})
    place = {text: float(at) for at, text in enumerate(reasons)}
    code = looked_up(
        written["scale"],
        written["grade"],
        scales,
        lambda entry: {code: place[text] for code, text in entry.no_grades.items() if text},
    )
    return Texts(np.where(np.isnan(code), NONE, code).astype(np.int64), tuple(reasons))
