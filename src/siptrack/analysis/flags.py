"""Flags: one coded finding about one child in one subject, each from its own rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.cube import NONE, Cube
from siptrack.analysis.judged import DECIMALS, reference, threshold
from siptrack.analysis.progress import term_labels
from siptrack.analysis.tables import FLAGS
from siptrack.analysis.verdicts import between_any, limit_only
from siptrack.analysis.vocabulary import Measured, Reason, Verdict, Window
from siptrack.school.codes import FlagCode
from siptrack.school.place import Place
from siptrack.school.scale import MET, Attainment, Kind, Scale
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Index, Series

    from siptrack.rules.model import FlagRule, Rules

_UNMET = (Attainment.BELOW.value, Attainment.WELL_BELOW.value)


@dataclass(frozen=True)
class Evidence:
    """What the flags are found in: progress by window, the judged results and where they stand.

    `due` says for each pupil and subject whether anybody of the year group has a result in it this term.
    """

    progress: DataFrame
    judged: DataFrame
    targets: DataFrame
    cube: Cube
    subjects: Index[str]
    rules: Rules
    due: NDArray[np.bool_]

    @cached_property
    def windows(self) -> Mapping[Window, DataFrame]:
        """The progress of each window, with the start's attainment."""
        return {window: self._window(window) for window in Window}

    def window(self, window: Window) -> DataFrame:
        """The progress of one window, with the start's attainment."""
        return self.windows[window]

    def _window(self, window: Window) -> DataFrame:
        rows = self.progress[self.progress["window"] == window.value].reset_index(drop=True)
        start = attainment_at(rows, self.judged).where(rows["reason"] == "")
        return rows.assign(start_attainment=start)

    def earlier(self, back: int) -> tuple[DataFrame, DataFrame]:
        """This term's results and, row by row, those of the same pupil and subject exactly `back` terms before."""
        size = self.cube.row.shape[2]
        if back >= size:
            none = self.judged.iloc[:0]
            return none, none
        then, now = self.cube.row[:, :, size - 1 - back], self.cube.now
        both = (then != NONE) & (now != NONE) & self.cube.graded[:, :, -1] & self.cube.graded[:, :, size - 1 - back]
        ours, theirs = self.judged.loc[now[both]], self.judged.loc[then[both]]
        ours, theirs = ours.reset_index(drop=True), theirs.reset_index(drop=True)
        told = (ours["scale"] == theirs["scale"]) & ~between_any(ours, theirs, self.rules.scales)
        return ours[told].reset_index(drop=True), theirs[told].reset_index(drop=True)


def attainment_at(rows: DataFrame, judged: DataFrame) -> Series[str]:
    """The attainment of each progress row's start; missing where there is none."""
    starts = judged.set_index(["pupil", "subject", "file", "sheet", "cell"])["attainment"]
    keys = pd.MultiIndex.from_frame(rows[["pupil", "subject", "start_file", "start_sheet", "start_cell"]])
    return pd.Series(starts.reindex(keys).to_numpy(), index=rows.index, dtype="object")


def find_flags(evidence: Evidence) -> DataFrame:
    """Every flag that is switched on, in order of pupil, subject and importance."""
    finders: Mapping[str, Callable[[FlagRule], DataFrame]] = {
        FlagCode.INSUFFICIENT_YEAR: lambda _: _insufficient(evidence, Window.YEAR),
        FlagCode.INSUFFICIENT_KEY_STAGE: lambda _: _insufficient(evidence, Window.KEY_STAGE),
        FlagCode.FELL_BELOW: lambda _: _fell_below(evidence),
        FlagCode.NO_LONGER_ABOVE: lambda _: _no_longer_above(evidence),
        FlagCode.NO_MOVEMENT: lambda rule: _no_movement(evidence, rule.terms),
        FlagCode.FELL_BACK: lambda _: _fell_back(evidence),
        FlagCode.BEHIND_TARGET: lambda _: _behind_target(evidence),
        FlagCode.WELL_BELOW: lambda _: _attaining(evidence, Attainment.WELL_BELOW),
        FlagCode.BELOW: lambda _: _attaining(evidence, Attainment.BELOW),
        FlagCode.NO_RESULT: lambda _: _no_result(evidence),
    }
    found = [
        finders[code](rule).assign(code=code, importance=importance)
        for importance, (code, rule) in enumerate(evidence.rules.flags.flags.items())
        if rule.active
    ]
    columns = [*FLAGS.names, "importance"]
    rows = pd.concat([frame.reindex(columns=columns) for frame in found if len(frame)] or [_none()])
    rows["subject_at"] = evidence.subjects.get_indexer(pd.Index(rows["subject"]))
    rows = rows.sort_values(["pupil", "subject_at", "importance"], ignore_index=True)
    texts = [column.name for column in FLAGS.columns if column.kind == "text"]
    rows[texts] = rows[texts].astype("object").fillna("")
    return rows[FLAGS.names]


def _none() -> DataFrame:
    return FLAGS.empty().assign(importance=0)


def places(rows: DataFrame, prefix: str = "") -> list[str]:
    """The whole addresses of results in words; empty where there is none."""
    parts = zip(rows[f"{prefix}file"], rows[f"{prefix}sheet"], rows[f"{prefix}cell"], strict=True)
    return [_address(file, sheet, cell) for file, sheet, cell in parts]


def _address(file: object, sheet: object, cell: object) -> str:
    return f"{Place(file, str(sheet)).label}, cell {cell}" if isinstance(file, str) else ""


def _from_progress(rows: DataFrame, *, with_start: bool = True) -> DataFrame:
    """Flags from rows of the progress table."""
    flags = rows[["pupil", "subject", "grade", "points", "reference"]].assign(place=places(rows))
    if not with_start:
        return flags
    return flags.assign(
        window=rows["window"],
        from_term=rows["start_term"],
        from_grade=rows["start_grade"],
        from_points=rows["start_points"],
        from_place=places(rows, "start_"),
        gain=rows["gain"],
        expected_gain=rows["expected_gain"],
        measured=rows["measured"],
    )


def _insufficient(evidence: Evidence, window: Window) -> DataFrame:
    rows = evidence.window(window)
    return _from_progress(rows[rows["verdict"] == Verdict.INSUFFICIENT.value])


def _fell_below(evidence: Evidence) -> DataFrame:
    """At ARE at the start of a window and below now; said once, of the key stage where it holds there."""
    rows = pd.concat([evidence.window(Window.KEY_STAGE), evidence.window(Window.YEAR)])
    fell = rows["start_attainment"].isin(MET) & rows["attainment"].isin(_UNMET)
    return _from_progress(rows[fell].drop_duplicates(["pupil", "subject"]))


def _no_longer_above(evidence: Evidence) -> DataFrame:
    rows = evidence.window(Window.KEY_STAGE)
    was_above = rows["start_attainment"] == Attainment.ABOVE.value
    known = rows["attainment"] != Attainment.NOT_KNOWN.value
    return _from_progress(rows[was_above & known & (rows["attainment"] != Attainment.ABOVE.value)])


def _attaining(evidence: Evidence, attainment: Attainment) -> DataFrame:
    rows = evidence.window(Window.YEAR)
    return _from_progress(rows[rows["attainment"] == attainment.value], with_start=False)


def _no_result(evidence: Evidence) -> DataFrame:
    rows = evidence.window(Window.YEAR)
    due = evidence.due[rows["who"], rows["subject_at"]]
    return _from_progress(rows[due & (rows["reason"] == Reason.NO_RESULT.value)], with_start=False)


def _compared(now: DataFrame, then: DataFrame, chosen: NDArray[np.bool_]) -> DataFrame:
    """Flags from this term's results and earlier ones beside them."""
    now, then = now[chosen], then[chosen]
    return now[["pupil", "subject", "grade", "points", "reference"]].assign(
        place=places(now),
        from_term=term_labels(then["term"]),
        from_grade=then["grade"],
        from_points=then["points"],
        from_place=places(then),
        gain=(now["points"] - then["points"]).round(DECIMALS),
        expected_gain=(now["reference"] - then["reference"]).round(DECIMALS),
        measured=Measured.LINE.value,
    )


def _fell_back(evidence: Evidence) -> DataFrame:
    """A grade at least one step lower than last term's: in points, or, judged against the year group, from the line.

    A small step is a rung of the ladder.
    """
    now, then = evidence.earlier(1)
    scales = evidence.rules.scales
    lost = (then["points"] - now["points"]).where(_must_gain(now["scale"], scales), then["distance"] - now["distance"])
    a_step_lower = lost.round(DECIMALS) >= threshold("step", now["scale"], scales)
    down_a_rung = (now["small"] | now["points"].isna()) & (now["rung"] < then["rung"])
    may_not_be_lower = limit_only(now, 1) | limit_only(then, -1)
    return _compared(now, then, ((a_step_lower | down_a_rung) & ~may_not_be_lower).to_numpy(dtype=bool))


def _no_movement(evidence: Evidence, terms: int) -> DataFrame:
    """The same grade now, `terms` - 1 terms back, and wherever there is a result between, where a child must gain."""
    now, then = evidence.earlier(terms - 1)
    still = _same(now, then)
    for back in range(1, terms - 1):
        between_now, between = evidence.earlier(back)
        moved = between_now[~_same(between_now, between)]
        still = still & ~now.set_index(["who", "subject"]).index.isin(moved.set_index(["who", "subject"]).index)
    must_gain = _must_gain(now["scale"], evidence.rules.scales) | (now["small"] & then["small"])
    return _compared(now, then, still & must_gain.to_numpy(dtype=bool))


def _same(now: DataFrame, then: DataFrame) -> NDArray[np.bool_]:
    """Whether two results stand on the same rung of the ladder, or have the same points."""
    same = (now["points"] == then["points"]) | (now["points"].isna() & (now["rung"] == then["rung"]))
    return same.to_numpy(dtype=bool)


def _must_gain(scale: Series[str], scales: Mapping[str, Scale]) -> Series[bool]:
    """Whether a child must gain points on the scale to stand still."""
    return scale.map({name: one.kind is Kind.CUMULATIVE for name, one in scales.items()}).astype(bool)


def _behind_target(evidence: Evidence) -> DataFrame:
    """Expected progress from here to the target's term would end below the target."""
    scales = evidence.rules.scales
    year = evidence.window(Window.YEAR)
    rows = year.merge(evidence.targets, on=["pupil", "subject", "scale"], suffixes=("", "_target"))
    now = int(evidence.cube.terms[-1])
    rows = rows[rows["points_target"].notna() & (rows["term_target"] >= now)].reset_index(drop=True)
    later = rows["year_group"] + rows["term_target"] // SEASONS_IN_A_YEAR - now // SEASONS_IN_A_YEAR
    rise = reference(rows["scale"], later, rows["term_target"], scales) - rows["reference"]
    missed = (rows["points_target"] - rows["points"] - rise).round(DECIMALS)
    short = missed > threshold("tolerance", rows["scale"], scales)
    flags = _from_progress(rows, with_start=False).assign(
        from_term=term_labels(rows["term_target"]),
        from_grade=rows["grade_target"],
        from_points=rows["points_target"],
        from_place=places(rows.assign(cell_target=rows["cell_target"]).rename(columns=_target_names)),
        expected_gain=rise,
        measured=Measured.LINE.value,
    )
    return flags[short]


def _target_names(name: str) -> str:
    """The target's own file, sheet and cell in place of the result's."""
    if name in ("file", "sheet", "cell"):
        return f"result_{name}"
    return name.removesuffix("_target") if name in ("file_target", "sheet_target", "cell_target") else name
