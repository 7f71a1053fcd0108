"""Attainment and progress of every pupil in every subject, in both windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.cube import NONE, Cube
from siptrack.analysis.tables import PROGRESS
from siptrack.analysis.verdicts import tell
from siptrack.analysis.vocabulary import Reason, Verdict, Window
from siptrack.analysis.windows import Starts
from siptrack.school.place import column_letters
from siptrack.school.scale import Attainment, Scale
from siptrack.school.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Index, Series


WITH = ["who", "subject_at", "year_group", "span"]  # what the analysis needs beside the table's own columns


def measure(
    cube: Cube,
    judged: DataFrame,
    starts: Mapping[Window, Starts],
    pupils: Index[str],
    subjects: Sequence[str],
    taught: NDArray[np.bool_],
    scales: Mapping[str, Scale],
) -> DataFrame:
    """The progress table: for each pupil and subject that is `taught` one row a window; `span` is its terms."""
    who, subject = np.nonzero(taught)
    windows = []
    for order, (window, found) in enumerate(starts.items()):
        frame = pd.DataFrame(
            {
                "pupil": pupils.to_numpy()[who],
                "subject": np.asarray(subjects, dtype=object)[subject],
                "window": window.value,
                "who": who,
                "subject_at": subject,
                "order": order,
                "reason": found.reason[who, subject],
            }
        )
        windows.append(_measured(frame, judged, cube.now[who, subject], found.row[who, subject], scales))
    rows = pd.concat(windows, ignore_index=True).sort_values(["who", "subject_at", "order"], ignore_index=True)
    rows["term"] = Term.numbered(int(cube.terms[-1])).label
    return rows[[*PROGRESS.names, *WITH]]


def _measured(
    frame: DataFrame,
    judged: DataFrame,
    now_row: NDArray[np.int64],
    start_row: NDArray[np.int64],
    scales: Mapping[str, Scale],
) -> DataFrame:
    now = _rows(judged, now_row)
    start = _rows(judged, start_row)
    frame["scale"] = now["scale"].fillna("")
    for name in ("grade", "points", "reference", "distance", "file", "sheet", "year_group"):
        frame[name] = now[name]
    frame["span"] = now["term"] - start["term"]
    for name in ("grade", "points", "file", "sheet"):
        frame[f"start_{name}"] = start[name]
    frame["cell"], frame["start_cell"] = cells(now), cells(start)
    frame["start_term"] = term_labels(start["term"])
    frame["attainment"] = now["attainment"].fillna(Attainment.NOT_KNOWN.value)
    no_scale = now["term"].notna() & (now["scale"] == "")
    frame["reason"] = frame["reason"].mask(no_scale, Reason.NO_SCALE.value)
    frame["bridge"] = start["bridge"].fillna("")
    told = tell(now, start, frame["reason"], scales)
    frame[told.columns] = told
    return frame


def _rows(judged: DataFrame, rows: NDArray[np.int64]) -> DataFrame:
    """The judged results at these rows; a row of missing values for NONE."""
    return judged.reindex(np.where(rows == NONE, -1, rows)).reset_index(drop=True)


def overall(progress: DataFrame) -> DataFrame:
    """One verdict for each pupil and subject: insufficient if either window is, then accelerated, then expected."""
    rank = {Verdict.INSUFFICIENT: 0, Verdict.ACCELERATED: 1, Verdict.EXPECTED: 2, Verdict.CANNOT_TELL: 3}
    names = {order: verdict.value for verdict, order in rank.items()}
    ranked = progress.assign(rank=progress["verdict"].map({v.value: order for v, order in rank.items()}))
    first = ranked.groupby(["who", "subject"], sort=False, as_index=False).agg(
        pupil=("pupil", "first"), attainment=("attainment", "first"), rank=("rank", "min")
    )
    return first.assign(verdict=first["rank"].map(names)).drop(columns="rank")


def cells(rows: DataFrame) -> Series[str]:
    """The cells of results as Excel names them; missing where there is no result."""
    letters = {column: column_letters(int(column)) for column in rows["column"].dropna().unique()}
    numbers = rows["row"].astype("Int64").astype("string")
    return rows["column"].map(letters).astype("object") + numbers.astype("object")


def term_labels(terms: Series[float] | Series[int]) -> Series[str]:
    """The labels of terms' numbers; missing where there is none."""
    return terms.map({number: Term.numbered(int(number)).label for number in terms.dropna().unique()}).astype("object")
