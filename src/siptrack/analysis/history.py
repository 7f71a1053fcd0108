"""A child's history in a subject: judgements or tests, on one scale, crossed by a bridge where one is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.model import Beside, Crossing
from siptrack.school.frame import Frame, numbered
from siptrack.school.term import Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.rules.model import Rules, Subject
    from siptrack.school.scale import Bridge

_CELL = ("pupil", "subject")
_OF_A_TERM = (*_CELL, "term")


class Histories(NamedTuple):
    """The results to judge, one for each pupil, subject and term.

    `results` have two more columns: `bridge` (the bridge a result crossed by; empty for none) and `old` (the scale it
    was written on). `other` are the results of the other kind, test or judgement; `now` has a row for each `pupil` and
    `subject` with a result this term, and its `scale`.
    """

    results: Frame
    other: Frame
    now: Frame


def histories(results: Frame, rules: Rules, term: Term) -> Histories:
    """The history of every pupil and subject, as it is judged in that term.

    Where a term has no result of the kind that progress rests on, one of the other kind stands in its place, and then
    a baseline's that stands for the subject and crosses by a bridge.
    """
    bridges = {(bridge.old, bridge.new): bridge for bridge in rules.bridges}
    known = results.having(bridge="", old=results["scale"])
    counting, other = _counting(known, rules.columns.subjects, term)
    now = _scale_now(counting, term)
    counting, other = _on_same_scale(counting, other, now)
    stood_for = _crossed(_stood_for(counting, rules.columns.subjects), now, bridges)
    parts = [_crossed(counting, now, bridges), _crossed(other, now, bridges), stood_for[stood_for["bridge"] != ""]]
    whole = Frame.stacked(parts)
    return Histories(whole[whole.first_of(*_OF_A_TERM)], other, now)


def _counting(results: Frame, subjects: Mapping[str, Subject], term: Term) -> tuple[Frame, Frame]:
    """The results on which each pupil's progress in a subject rests, and the others: tests beside judgements.

    On the kind that the subject's rule prefers, where this term has a result of it; else by the other.
    """
    test = results["test"]
    if test.all() or not test.any():  # tests alone, or judgements alone
        return results, results[:0]
    by_test = (
        results["subject"].looked_up({key: float(subject.judged_by_test) for key, subject in subjects.items()}, 0) == 1
    )
    now, past = results["term"] == term.number, results["term"] < term.number
    rank = np.select([now & ~np.isnan(results["points"]), now, past], [3, 2, 1], 0)
    best_last = np.lexsort((test == by_test, results["term"], rank))
    cell, first = numbered([results[name] for name in _CELL])
    kind = np.zeros(len(first), dtype=np.bool_)
    kind[cell[best_last]] = test[best_last]
    counts = test == kind[cell]
    return results[counts], results[~counts]


def _on_same_scale(counting: Frame, other: Frame, now: Frame) -> tuple[Frame, Frame]:
    """Of several results of one kind in a term, on several scales, the one on this term's scale; the others beside."""
    if counting.first_of(*_OF_A_TERM).all():
        return counting, other
    elsewhere = counting["scale"] != _scale_of(counting, now)
    order = np.argsort(elsewhere, kind="stable")
    kept = np.zeros(len(counting), dtype=np.bool_)
    kept[order] = counting.take(order).first_of(*_OF_A_TERM)
    return counting[kept], Frame.stacked([other, counting[~kept]])


def _scale_of(results: Frame, now: Frame) -> Texts:
    """The scale of this term's result of each one's pupil and subject; missing where there is none."""
    at = results.found_in(now, *_CELL)
    scale: Texts = now["scale"].take(at)
    return scale


def _stood_for(results: Frame, subjects: Mapping[str, Subject]) -> Frame:
    """Copies of the results of baselines, such as phonics, under the subjects that they stand for."""
    copies = [
        results[results["subject"] == key].having(subject=subject)
        for key, rule in subjects.items()
        for subject in rule.stands_for
    ]
    return Frame.stacked([results[:0], *copies])


def _scale_now(results: Frame, term: Term) -> Frame:
    """The scale of each pupil's result in each subject this term; of several the one of most results there."""
    number, first = numbered([results["subject"], results["scale"]])
    most = np.bincount(number, minlength=len(first))[number]
    rows = np.flatnonzero((results["term"] == term.number) & (results["scale"] != ""))
    now = results[[*_CELL, "scale"]].take(rows[np.argsort(-most[rows], kind="stable")])
    return now[now.first_of(*_CELL)]


def _crossed(results: Frame, now: Frame, bridges: Mapping[tuple[str, str], Bridge]) -> Frame:
    """The results, those on an older scale counted on this term's where a bridge leads there."""
    scales, written = _scale_of(results, now), results["scale"]
    other = scales.known & (written != scales) & (scales != "") & (written != "")
    if not other.any() or not bridges:
        return results
    points, scale, crossed_by = results["points"], written, results["bridge"]
    for (old, new), bridge in bridges.items():
        over = results["grade"].looked_up(bridge.points) if bridge.points else results["points"]
        crosses = other & (written == old) & (scales == new) & ~np.isnan(over)
        points = np.where(crosses, over, points)
        scale, crossed_by = scale.where(~crosses, new), crossed_by.where(~crosses, bridge.name)
    return results.having(points=points, scale=scale, bridge=crossed_by)


def beside(histories: Histories, pupils: Sequence[str], term: Term) -> tuple[Beside, ...]:
    """How many results of these pupils stand this term beside those that progress rests on, in each subject."""
    other = histories.other
    now = other[(other["term"] == term.number) & other["pupil"].isin(set(pupils))]
    number, first = numbered([now["subject"], now["test"]])
    counts = np.bincount(number, minlength=len(first))
    counted = now.take(first).having(count=counts).take(np.argsort(first))
    return tuple(Beside(*row) for row in counted.in_rows("subject", "test", "count"))


def crossings(histories: Histories, pupils: Sequence[str], term: Term, rules: Rules) -> tuple[Crossing, ...]:
    """In each subject from which scale to which these pupils changed, how many, and by which bridge, if any."""
    tests = {name for name, scale in rules.scales.items() if scale.test}
    rows = histories.results
    graded = (rows["term"] <= term.number) & ~np.isnan(rows["points"]) & (rows["old"] != "")
    rows = rows[graded & rows["pupil"].isin(set(pupils))]
    rows = rows.having(new=_scale_of(rows, histories.now))
    old, new = rows["old"], rows["new"]
    alike = (rows["bridge"] != "") | (old.isin(tests) == new.isin(tests))
    rows = rows[new.known & (old != new) & alike]
    names = ("subject", "old", "new", "bridge")
    each_child = rows[rows.first_of(*names, "pupil")]
    number, first = numbered([each_child[name] for name in names])
    counted = each_child.take(first).having(children=np.bincount(number, minlength=len(first)))
    order = counted["subject"].in_words(list(rules.columns.subjects))
    return tuple(Crossing(*row) for row in counted.take(np.argsort(order, kind="stable")).in_rows(*names, "children"))
