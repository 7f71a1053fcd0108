"""The children who make the gaps: those nearest to the line whose reaching it would close each clear gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.causes import own_findings
from siptrack.analysis.group_tables import CLOSERS
from siptrack.analysis.tally import REST
from siptrack.analysis.vocabulary import Measure
from siptrack.school.frame import Frame, numbered
from siptrack.school.register import NOT_RECORDED
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.groups import Characteristic

JOINT = "; "  # between the groups of a child
_GAP = ("characteristic", "group", "peers", "measure", "gap")
_NEAREST = {Measure.AT_ARE: "distance", Measure.INSUFFICIENT: "progress"}


def find_closers(
    gaps: Frame,
    standing: Frame,
    groups: Frame,
    pupils: Frame,
    combined: Mapping[str, tuple[str, ...]],
    characteristics: Mapping[str, Characteristic],
) -> Frame:
    """The closers table: for each gap found the fewest children who would close it, nearest first, each once a subject.

    Of children as near as each other, those in more of the clear gaps come first. A gap whose side behind is the rest
    of the school is left to the groups that are behind in it; nobody is asked to close those between year groups.
    """
    organisation = [key for key, characteristic in characteristics.items() if characteristic.organisation]
    to_close = gaps["measure"].isin(_NEAREST) & (gaps["close"] > 0) & ~gaps["characteristic"].isin(organisation)
    clear = gaps[own_findings(gaps) & to_close]
    number, first = numbered([clear["subject"], clear["measure"]])
    found = []
    for at in np.sort(first):
        of_measure = clear[number == number[at]]
        subject, measure = next(of_measure.in_rows("subject", "measure"))
        candidates = _candidates(standing, pupils, subject, Measure(measure), combined.get(subject, ()))
        named = (dict(zip(_GAP, gap, strict=True)) for gap in of_measure.in_rows(*_GAP))
        sides = [_behind(gap, candidates["who"], groups, characteristics) for gap in named]
        wanted = [(gap, side) for gap, side in zip(of_measure["close"], sides, strict=True) if side is not None]
        if wanted:
            found.append(_chosen(candidates, wanted).having(subject=subject, measure=measure))
    return Frame.stacked(found)[CLOSERS.names] if found else CLOSERS.no_rows()


def _candidates(standing: Frame, pupils: Frame, subject: str, measure: Measure, parts: Sequence[str]) -> Frame:
    """The children who are not yet at ARE, or whose progress is insufficient, with how far they have to go."""
    if measure is Measure.AT_ARE:
        has_to = (standing["assessed"] == 1) & (standing["at_are"] == 0)
    else:
        has_to = (standing["judged"] == 1) & (standing["insufficient"] == 1)
    rows = standing[has_to & (standing["subject"] == subject)]
    who, away = rows["who"], rows[_NEAREST[measure]]
    if np.isnan(away).all() and parts:
        short = standing[standing["subject"].isin(parts) & (standing["at_are"] == 0)]
        together = np.bincount(short["who"], np.nan_to_num(short["distance"]), len(pupils))
        is_short = np.bincount(short["who"], minlength=len(pupils)) > 0
        away = np.where(is_short, together, np.nan)[who]
    return Frame({"who": who, "pupil": pupils["pupil"].take(who), "away": away})


def _behind(
    gap: Mapping[str, object],
    who: NDArray[np.int64],
    groups: Frame,
    characteristics: Mapping[str, Characteristic],
) -> tuple[str, str, NDArray[np.bool_]] | None:
    """The group that is behind in a gap, and which of the candidates are in it; None where that is everybody else."""
    ahead = (float(str(gap["gap"])) > 0) == (gap["measure"] == Measure.AT_ARE.value)
    characteristic, group = str(gap["characteristic"]), str(gap["peers"] if ahead else gap["group"])
    inside = groups[characteristic] == group
    known = characteristics[characteristic].groups
    if not inside.any() or group in {REST, NOT_RECORDED} or (group in known and known[group].complement):
        return None
    return characteristic, group, inside[who]


def _chosen(candidates: Frame, wanted: Sequence[tuple[float, tuple[str, str, NDArray[np.bool_]]]]) -> Frame:
    """The children chosen for any of these gaps, and the groups they were chosen in."""
    inside = np.stack([side for _, (_, _, side) in wanted], axis=1)
    away = candidates["away"]
    nearness = np.where(np.isnan(away), -np.inf, away)
    order = np.lexsort((candidates["pupil"].ranks(), -inside.sum(axis=1), -nearness))
    chosen = np.zeros_like(inside)
    for at, (close, _) in enumerate(wanted):
        nearest = order[inside[order, at]][: int(close)]
        chosen[nearest, at] = True
    is_chosen: NDArray[np.bool_] = np.asarray(chosen.any(axis=1))
    kept = order[is_chosen[order]]
    names = [f"{characteristic}={group}" for _, (characteristic, group, _) in wanted]
    listed = [JOINT.join(dict.fromkeys(compress(names, row))) for row in chosen[kept]]
    return candidates.take(kept).having(groups=Texts.of(listed))
