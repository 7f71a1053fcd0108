"""Attainment and progress of every pupil in every subject, in both windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.cube import Cube
from siptrack.analysis.tables import PROGRESS
from siptrack.analysis.verdicts import tell
from siptrack.analysis.vocabulary import Reason, Verdict, Window
from siptrack.analysis.windows import NO_START, Starts
from siptrack.school.frame import Frame, numbered
from siptrack.school.place import column_letters
from siptrack.school.scale import Attainment, Scale
from siptrack.school.term import Term
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray


_CELLS = ("cell", "start_cell")
_PLACES = ["row", "column", "start_row", "start_column"]
_WITH = ["who", "subject_at", "year_group", "span", *_PLACES]  # what the analysis needs beside the table's own columns
_BY_WEIGHT = (Verdict.INSUFFICIENT, Verdict.ACCELERATED, Verdict.EXPECTED, Verdict.CANNOT_TELL)


def measure(
    cube: Cube,
    judged: Frame,
    starts: Mapping[Window, Starts],
    pupils: Sequence[str],
    subjects: Sequence[str],
    taught: NDArray[np.bool_],
    scales: Mapping[str, Scale],
) -> Frame:
    """The progress table: for each pupil and subject that is `taught` one row a window; `span` is its terms.

    The cells of its results are still rows and columns by number: see `with_cells`.
    """
    who, subject = np.nonzero(taught)
    windows = []
    for order, (window, found) in enumerate(starts.items()):
        named = Frame(
            {
                "pupil": Texts(who, tuple(pupils)),
                "subject": Texts(subject, tuple(subjects)),
                "window": Texts.every(window.value, len(who)),
                "who": who,
                "subject_at": subject,
                "order": np.full(len(who), order),
                "reason": Texts(found.reason[who, subject], NO_START),
            }
        )
        windows.append(_measured(named, judged, cube.now[who, subject], found.row[who, subject], scales))
    rows = Frame.stacked(windows).sorted_by("who", "subject_at", "order")
    return rows.having(term=Term.numbered(int(cube.terms[-1])).label)[
        [*(name for name in PROGRESS.names if name not in _CELLS), *_WITH]
    ]


def _measured(
    named: Frame,
    judged: Frame,
    now_row: NDArray[np.int64],
    start_row: NDArray[np.int64],
    scales: Mapping[str, Scale],
) -> Frame:
    """The rows of one window: this term's results, those of the start beside them, and the verdict on the two."""
    now, start = judged.take(now_row), judged.take(start_row)
    no_scale = (now_row != NONE) & (now["scale"] == "")
    reason = named["reason"].where(~no_scale, Reason.NO_SCALE.value)
    own = ("grade", "points", "reference", "distance", "file", "sheet", "row", "column", "year_group")
    of_start = ("grade", "points", "attainment", "file", "sheet", "row", "column")
    return named.having(
        {name: now.held(name) for name in own},
        **{f"start_{name}": start.held(name) for name in of_start},
        scale=now["scale"].filled(""),
        span=np.where(start_row == NONE, np.nan, now["term"] - start["term"]),
        start_term=term_labels(start["term"]),
        attainment=now["attainment"].filled(Attainment.NOT_KNOWN.value),
        bridge=start["bridge"].filled(""),
        **tell(now, start, reason, scales),
    )


def overall(progress: Frame) -> Frame:
    """One verdict for each pupil and subject: insufficient if either window is, then accelerated, then expected."""
    number, first = numbered([progress["who"], progress["subject"]])
    weightiest = np.full(len(first), len(_BY_WEIGHT))
    np.minimum.at(weightiest, number, progress["verdict"].in_words([verdict.value for verdict in _BY_WEIGHT]))
    in_order = np.argsort(first, kind="stable")  # they mostly are in order
    whole = progress[["who", "subject", "pupil", "attainment"]].take(first[in_order])
    return whole.having(verdict=Texts(weightiest[in_order], tuple(verdict.value for verdict in _BY_WEIGHT)))


def with_cells(progress: Frame) -> Frame:
    """The progress table with the cells of its results, as Excel names them."""
    return progress.having(cell=cells(progress), start_cell=cells(progress, "start_"))[PROGRESS.names]


def cells(rows: Frame, prefix: str = "") -> Texts:
    """The cells of results as Excel names them; missing where there is no result."""
    column, row = rows[f"{prefix}column"], rows[f"{prefix}row"]
    known = ~np.isnan(column)
    letters = {number: column_letters(int(number)) for number in set(column[known].tolist())}
    numbers = zip(column[known].tolist(), row[known].tolist(), strict=True)
    named = Texts.of(f"{letters[across]}{int(down)}" for across, down in numbers)
    codes = np.full(len(rows), NONE, dtype=np.int64)
    codes[known] = named.codes
    return Texts(codes, named.words)


def term_labels(terms: NDArray[np.float64] | NDArray[np.int64]) -> Texts:
    """The labels of terms' numbers; missing where there is none."""
    number, at = np.unique(terms, return_inverse=True)
    return Texts(at, tuple(map(str, number.tolist()))).renamed(
        {str(value): Term.numbered(int(value)).label for value in number.tolist() if value == value}  # noqa: PLR0124  # NaN is not
    )
