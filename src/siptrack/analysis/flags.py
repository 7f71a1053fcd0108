"""Flags: one coded finding about one child in one subject, each from its own rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.age_tables import AGES_BESIDE
from siptrack.analysis.cube import NONE, Cube
from siptrack.analysis.judged import DECIMALS, reference, threshold
from siptrack.analysis.progress import term_labels
from siptrack.analysis.tables import FLAGS
from siptrack.analysis.verdicts import between_any, limit_only
from siptrack.analysis.vocabulary import Measured, Reason, Verdict, Window
from siptrack.school.codes import FlagCode
from siptrack.school.frame import Frame, numbered
from siptrack.school.place import Place
from siptrack.school.scale import MET, UNMET, Attainment, Scale
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.rules.model import FlagRule, Rules
    from siptrack.school.frame import Column

    Flags = NDArray[np.bool_]

_PLACE = ("file", "sheet", "row", "column")
_NOWHERE = {
    f"{prefix}{name}": np.nan if name in {"row", "column"} else "" for prefix in ("", "from_") for name in _PLACE
}
_BLANK = {column.name: "" if column.kind == "text" else np.nan for column in FLAGS.columns} | _NOWHERE


@dataclass(frozen=True)
class FlagEvidence:
    """What the flags are found in: progress by window, the judged results and where they stand.

    `due` says for each pupil and subject whether anybody of the year group has a result in it this term; `ages` gives
    the reading and spelling ages beside the children's own.
    """

    progress: Frame
    judged: Frame
    targets: Frame
    cube: Cube
    subjects: Sequence[str]
    rules: Rules
    due: Flags
    ages: Callable[[], Frame] = AGES_BESIDE.no_rows

    @cached_property
    def windows(self) -> Mapping[Window, Frame]:
        """The progress of each window, with the start's attainment."""
        return {window: self._window(window) for window in Window}

    def window(self, window: Window) -> Frame:
        """The progress of one window, with the start's attainment."""
        return self.windows[window]

    def _window(self, window: Window) -> Frame:
        rows = self.progress[self.progress["window"] == window.value]
        return rows.having(start_attainment=rows["start_attainment"].where(rows["reason"] == "", None))

    def earlier(self, back: int) -> tuple[Frame, Frame]:
        """This term's results and, row by row, those of the same pupil and subject exactly `back` terms before."""
        size = self.cube.row.shape[2]
        if back >= size:
            return self.judged[:0], self.judged[:0]
        then, now = self.cube.row[:, :, size - 1 - back], self.cube.now
        both = (then != NONE) & (now != NONE) & self.cube.graded[:, :, -1] & self.cube.graded[:, :, size - 1 - back]
        ours, theirs = self.judged[now[both]], self.judged[then[both]]
        comparable = (ours["scale"] == theirs["scale"]) & ~between_any(ours, theirs, self.rules.scales)
        return ours[comparable], theirs[comparable]


def find_flags(evidence: FlagEvidence, codes: Collection[str]) -> Frame:
    """Every flag of these codes that is switched on, in order of pupil, subject and importance.

    Where its results stand is a number: see `with_places`.
    """
    finders: Mapping[str, Callable[[FlagRule], Frame]] = {
        FlagCode.INSUFFICIENT_YEAR: lambda _: _insufficient(evidence, Window.YEAR),
        FlagCode.INSUFFICIENT_KEY_STAGE: lambda _: _insufficient(evidence, Window.KEY_STAGE),
        FlagCode.FELL_BELOW: lambda _: _fell_below(evidence),
        FlagCode.NO_LONGER_ABOVE: lambda _: _no_longer_above(evidence),
        FlagCode.NO_MOVEMENT: lambda rule: _no_movement(evidence, rule.terms),
        FlagCode.FELL_BACK: lambda _: _fell_back(evidence),
        FlagCode.BEHIND_TARGET: lambda _: _behind_target(evidence),
        FlagCode.WELL_BELOW: lambda _: _attaining(evidence, Attainment.WELL_BELOW),
        FlagCode.BELOW: lambda _: _attaining(evidence, Attainment.BELOW),
        FlagCode.BEHIND_OWN_AGE: lambda _: _behind_own_age(evidence.ages()),
        FlagCode.NO_RESULT: lambda _: _no_result(evidence),
    }
    found = [
        _whole(finders[code](rule)).having(code=str(code), importance=importance)
        for importance, (code, rule) in enumerate(evidence.rules.flags.flags.items())
        if rule.active and code in codes
    ]
    if not found:
        return FLAGS.no_rows().having(_NOWHERE)
    rows = Frame.stacked(found)
    rows = rows.having(subject_at=rows["subject"].in_words(evidence.subjects))
    return rows.sorted_by("pupil", "subject_at", "importance")


def _whole(flags: Frame) -> Frame:
    """Flags with every column of the table: an empty text, or a missing number, where it has none."""
    whole = flags.having({name: value for name, value in _BLANK.items() if name not in flags})
    return whole.having({name: whole[name].filled("") for name, value in _BLANK.items() if value == ""})[list(_BLANK)]


def with_places(flags: Frame) -> Frame:
    """The table FLAGS, with the places of the results in words."""
    return flags.having(place=places(flags), from_place=places(flags, "from_"))[FLAGS.names]


def places(rows: Frame, prefix: str = "") -> Texts:
    """The whole addresses of results in words, each made once; empty where there is none."""
    names = [f"{prefix}{name}" for name in _PLACE]
    number, first = numbered([rows[name] for name in names])
    each = rows[names].take(first).in_rows(*names)
    return Texts.of(_address(file, sheet, row, column) for file, sheet, row, column in each).take(number)


def _address(file: str, sheet: str, row: float, column: float) -> str:
    return "" if np.isnan(row) else Place(file, sheet, int(row), int(column)).label


def _written(rows: Frame, prefix: str) -> dict[str, Column]:
    """Where the results that a flag compares with are written."""
    return {f"from_{name}": rows[f"{prefix}{name}"] for name in _PLACE}


def _from_progress(rows: Frame, *, with_start: bool = True) -> Frame:
    """Flags from rows of the progress table."""
    flags = rows[["pupil", "subject", "grade", "points", "reference", *_PLACE]]
    if not with_start:
        return flags
    return flags.having(
        _written(rows, "start_"),
        window=rows["window"],
        from_term=rows["start_term"],
        from_grade=rows["start_grade"],
        from_points=rows["start_points"],
        gain=rows["gain"],
        expected_gain=rows["expected_gain"],
        measured=rows["measured"],
    )


def _insufficient(evidence: FlagEvidence, window: Window) -> Frame:
    rows = evidence.window(window)
    return _from_progress(rows[rows["verdict"] == Verdict.INSUFFICIENT.value])


def _fell_below(evidence: FlagEvidence) -> Frame:
    """At ARE at the start of a window and below now; once, of the key stage where it holds there."""
    rows = Frame.stacked([evidence.window(Window.KEY_STAGE), evidence.window(Window.YEAR)])
    fell = rows[rows["start_attainment"].isin(MET) & rows["attainment"].isin(UNMET)]
    return _from_progress(fell[fell.first_of("pupil", "subject")])


def _no_longer_above(evidence: FlagEvidence) -> Frame:
    rows = evidence.window(Window.KEY_STAGE)
    was_above = rows["start_attainment"] == Attainment.ABOVE.value
    known = rows["attainment"] != Attainment.NOT_KNOWN.value
    return _from_progress(rows[was_above & known & (rows["attainment"] != Attainment.ABOVE.value)])


def _attaining(evidence: FlagEvidence, attainment: Attainment) -> Frame:
    rows = evidence.window(Window.YEAR)
    return _from_progress(rows[rows["attainment"] == attainment.value], with_start=False)


def _behind_own_age(ages: Frame) -> Frame:
    """Too far behind the child's own age; where several tests of a time say so, the one furthest behind."""
    if ages.empty:
        return FLAGS.no_rows()[["pupil", "subject"]]
    rows = ages[ages["flagged"]].sorted_by("pupil", "kind", "difference")
    rows = rows[rows.first_of("pupil", "kind")]
    return rows[["pupil", "subject"]].having(
        _written(rows, ""),
        from_term=rows["term"],
        from_grade=rows["age"],
        from_points=rows["months"],
        reference=rows["own_months"],
    )


def _no_result(evidence: FlagEvidence) -> Frame:
    rows = evidence.window(Window.YEAR)
    due = evidence.due[rows["who"], rows["subject_at"]]
    return _from_progress(rows[due & (rows["reason"] == Reason.NO_RESULT.value)], with_start=False)


def _compared(now: Frame, then: Frame, chosen: Flags) -> Frame:
    """Flags from this term's results and earlier ones beside them."""
    now, then = now[chosen], then[chosen]
    return now[["pupil", "subject", "grade", "points", "reference", *_PLACE]].having(
        _written(then, ""),
        from_term=term_labels(then["term"]),
        from_grade=then["grade"],
        from_points=then["points"],
        gain=(now["points"] - then["points"]).round(DECIMALS),
        expected_gain=(now["reference"] - then["reference"]).round(DECIMALS),
        measured=Measured.LINE.value,
    )


def _fell_back(evidence: FlagEvidence) -> Frame:
    """A grade at least one step lower than last term's: in points, or, judged against the year group, from the line.

    A small step is a rung of the ladder.
    """
    now, then = evidence.earlier(1)
    scales = evidence.rules.scales
    in_points, from_line = then["points"] - now["points"], then["distance"] - now["distance"]
    lost = np.where(_must_gain(now["scale"], scales), in_points, from_line).round(DECIMALS)
    a_step_lower = lost >= threshold("step", now["scale"], scales)
    down_a_rung = (now["small"] | np.isnan(now["points"])) & (now["rung"] < then["rung"])
    may_not_be_lower = limit_only(now, 1) | limit_only(then, -1)
    return _compared(now, then, (a_step_lower | down_a_rung) & ~may_not_be_lower)


def _no_movement(evidence: FlagEvidence, terms: int) -> Frame:
    """The same grade now, `terms` - 1 terms back, and wherever there is a result between, where a child must gain.

    Both ends are judgements of their own: one that only still stands shows no movement, and none missing.
    """
    now, then = evidence.earlier(terms - 1)
    still = _same(now, then) & np.isnan(now["stands_from"]) & np.isnan(then["stands_from"])
    for back in range(1, terms - 1):
        between_now, between = evidence.earlier(back)
        moved = between_now[~_same(between_now, between)]
        at = now.found_in(moved, "who", "subject")
        still = still & (at == NONE)
    must_gain = _must_gain(now["scale"], evidence.rules.scales) | (now["small"] & then["small"])
    return _compared(now, then, still & must_gain)


def _same(now: Frame, then: Frame) -> Flags:
    """Whether two results stand on the same rung of the ladder, or have the same points."""
    same: Flags = (now["points"] == then["points"]) | (np.isnan(now["points"]) & (now["rung"] == then["rung"]))
    return same


def _must_gain(scale: Texts, scales: Mapping[str, Scale]) -> Flags:
    """Whether a child must gain points on the scale to stand still."""
    return scale.isin({name for name, entry in scales.items() if entry.grows})


def _behind_target(evidence: FlagEvidence) -> Frame:
    """Expected progress from here to the target's term would end below the target."""
    scales, targets = evidence.rules.scales, evidence.targets
    now = int(evidence.cube.terms[-1])
    year = evidence.window(Window.YEAR)
    rows, aims = _beside_targets(year, targets[~np.isnan(targets["points"]) & (targets["term"] >= now)])
    later = rows["year_group"] + aims["term"] // SEASONS_IN_A_YEAR - now // SEASONS_IN_A_YEAR
    rise = reference(rows["scale"], later, aims["term"], scales) - rows["reference"]
    missed = (aims["points"] - rows["points"] - rise).round(DECIMALS)
    short = missed > threshold("tolerance", rows["scale"], scales)
    flags = _from_progress(rows, with_start=False).having(
        _written(aims, ""),
        from_term=term_labels(aims["term"]),
        from_grade=aims["grade"],
        from_points=aims["points"],
        expected_gain=rise,
        measured=Measured.LINE.value,
    )
    return flags[short]


def _beside_targets(progress: Frame, targets: Frame) -> tuple[Frame, Frame]:
    """Each target with the progress of its pupil and subject on its scale beside it, in the order of the progress."""
    keys = ("pupil", "subject", "scale")
    at = targets.found_in(progress, *keys)
    there = np.flatnonzero(at != NONE)
    there = there[np.argsort(at[there], kind="stable")]
    return progress[at[there]], targets[there]
