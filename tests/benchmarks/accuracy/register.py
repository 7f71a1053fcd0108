"""Simulated children as the register that siptrack would have read from the school's files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from grades import Written
from simulate import Children

from siptrack.school.register import PLACEMENTS, PUPILS, RESULTS, STILL_HERE, Ledger, Register
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

_FILE = "simulated.xlsx"


def register_of(
    children: Children,
    written: Mapping[str, Written],
    characteristics: Mapping[str, NDArray[np.object_]] | None = None,
) -> Register:
    """The register of these children with what is written for each subject.

    `characteristics` hold each child's group, by the key of the characteristic.
    """
    keys = keys_of(children)
    parts = [_results(children, keys, subject, at, one) for at, (subject, one) in enumerate(written.items())]
    results = pd.concat(parts, ignore_index=True)
    empty = pd.DataFrame(dict.fromkeys(PUPILS.names, ""), index=range(children.count))
    first = int(results["term"].min())
    return Register(
        pupils=empty.assign(
            pupil=keys, surname=keys, on_roll_from=first, on_roll_until=STILL_HERE, **(characteristics or {})
        ),
        placements=_placements(children, keys),
        results=results,
        targets=results.iloc[:0],
        subjects=tuple(written),
        ledger=Ledger((_FILE,), children.count, children.count, len(results), len(results), ()),
        problems=(),
    )


def keys_of(children: Children) -> NDArray[np.object_]:
    """The key of each child, in order."""
    return np.array([f"child {number:06d}" for number in range(children.count)], dtype=object)


def _results(children: Children, keys: NDArray[np.object_], subject: str, at: int, written: Written) -> DataFrame:
    """A row for each child and term with a result; each term has its own column of the file."""
    who, term = np.nonzero(~np.isnan(written.points))
    grade = written.grade[who, term]
    table = pd.DataFrame(
        {
            "pupil": keys[who],
            "subject": subject,
            "term": children.terms[term],
            "scale": children.scale.name,
            "text": grade,
            "grade": grade,
            "mark": "",
            "lean": 0.0,
            "stands_from": np.nan,
            "points": written.points[who, term],
            "of_year": written.of_year[who, term],
            "counts": True,
            "test": children.scale.test,
            "file": _FILE,
            "sheet": "",
            "row": who + 2,
            "column": 2 + at * len(children.terms) + term,
        }
    )
    return table[RESULTS.names]


def _placements(children: Children, keys: NDArray[np.object_]) -> DataFrame:
    """The year group of each child in every academic year."""
    years, first = np.unique(children.terms // SEASONS_IN_A_YEAR, return_index=True)
    table = pd.DataFrame(
        {
            "pupil": np.repeat(keys, len(years)),
            "academic_year": np.tile(years, children.count),
            "year_group": children.year_group[:, first].ravel(),
            "class": "",
        }
    )
    return table.astype({"academic_year": "int64", "year_group": "Float64"})[PLACEMENTS.names]
