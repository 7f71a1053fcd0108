"""Which gaps are clear: each comparison held together with the others of its family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.many_at_once import holm
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.tally import EVERYBODY, Tally
from siptrack.analysis.vocabulary import OF_PROGRESS, GapVerdict, Measure
from siptrack.school.families import Family
from siptrack.school.frame import Frame, numbered
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.groups import HeldTogether

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

_COMPARISON = ("key", "subject", "among", "progress")
_PERCENT = 100  # of a whole
_EVERYBODY = 0  # the place of the whole school among those within whom groups are compared
_KINDS = ("order", "progress", "at_are", "insufficient")  # what tells one child of a tally from another
_DECIMALS = 12  # of a chance: two that differ beyond are of the same children


def judge_gaps(rows: Frame, tally: Tally, rules: Rules) -> Frame:
    """These gaps with their family, with `p` after Holm within it, and with their verdicts.

    `p` and `ahead` (above 0 where the group is ahead by the test) are those of the rows that count children; the means
    of the same children have those of their counts. `moved` is the gap in children.
    """
    rows = rows.having(progress=rows["measure"].isin(OF_PROGRESS))
    counts = rows[rows["measure"].isin(list(COUNTS))]
    alike = _same_children(tally)
    counts = counts.having(family=_families(counts, tally, alike, rules))
    counts = counts.having(p_adjusted=_adjusted(counts, tally, alike))
    rows = rows.having(_of_counts(rows, counts))
    return rows.having(verdict=_verdicts(rows, rules))


def _of_counts(rows: Frame, counts: Frame) -> dict[str, Texts | Numbers]:
    """What each gap has from the one that counts the same children; nothing where nobody of them is counted."""
    of = rows.found_in(counts, *_COMPARISON)
    known: dict[str, Texts | Numbers] = {"family": counts["family"].take(of).filled("")}
    for name in ("p", "p_adjusted", "ahead"):
        known[name] = np.append(counts[name], np.nan)[of]  # the last one where a row is NONE
    return known


def _families(counts: Frame, tally: Tally, alike: Places, rules: Rules) -> Texts:
    """The family of each comparison; empty where it is in none."""
    key, held = counts["key"], rules.groups.held
    characteristic = counts["characteristic"]
    whole = (counts["among"] == EVERYBODY) & ~tally.organisation[key]
    pair = characteristic.isin(list(rules.groups.pairs))
    asked = {*rules.columns.combined, *(part for parts in rules.columns.combined.values() for part in parts)}
    primary = _of_primary(tally, alike, held)[key] & counts["subject"].isin(asked)
    enough = ~np.isnan(counts["placebo"])
    by_start = characteristic.isin(held.starts) & ~counts["progress"]
    conditions = [
        (~whole | by_start) & enough,
        whole
        & ~enough
        & ~pair
        & ~characteristic.isin(held.starts)
        & _small_side_behind(counts, rules.groups.small.compared_from),
        ~enough,
        pair,
        primary & ~counts["progress"],
        primary,
        counts["progress"],
    ]
    families = [Family.THERE, Family.FEW, "", Family.PAIRS, Family.PRIMARY, Family.PROGRESS, Family.THERE]
    return Texts.chosen(conditions, [str(family) for family in families], Family.SECONDARY.value)


def _of_primary(tally: Tally, alike: Places, held: HeldTogether) -> Flags:
    """Which keys are of the primary characteristics, or of what stands in for one, or of the same children."""
    known = {name for name, _ in tally.keys}
    names = {name if name in known else held.stands_in.get(name, name) for name in held.primary}
    mine = np.array([name in names for name, _ in tally.keys], dtype=np.bool_)
    return np.isin(alike, alike[mine])


def _small_side_behind(counts: Frame, enough: int) -> Flags:
    """Where the side with too few children is the one behind, and the other has enough."""
    group_behind = (counts["gap"] < 0) != counts["progress"]
    small, large = (
        np.where(group_behind, counts[ours], counts[theirs]) for ours, theirs in (("n", "peers_n"), ("peers_n", "n"))
    )
    behind: Flags = (small < enough) & (large >= enough) & (counts["gap"] != 0)
    return behind


def _same_children(tally: Tally) -> Places:
    """The number of each key's comparison: with as many children of each kind on both sides two are of the same."""
    assessed = tally.cells["assessed"]
    kind, _ = numbered([np.nan_to_num(tally.cells[name], nan=np.inf) for name in _KINDS])
    own = tally.spread(kind, int(kind.max(initial=0)) + 1, assessed)[:, :, _EVERYBODY]
    sides = [side.reshape(len(tally.keys), -1) for side in (own, tally.of_peers(own))]
    seen: dict[frozenset[bytes], int] = {}
    return np.array(
        [
            seen.setdefault(frozenset({ours.tobytes(), others.tobytes()}), at)
            for at, (ours, others) in enumerate(zip(*sides, strict=True))
        ],
        dtype=np.int64,
    )


def _adjusted(counts: Frame, tally: Tally, alike: Places) -> Numbers:
    """The chances after Holm: each family over the whole school, the parts of each gap by themselves."""
    family, key = counts["family"], counts["key"]
    there, pair = family == Family.THERE.value, family == Family.PAIRS.value
    characteristic = Texts.of(name for name, _ in tally.keys).codes[key]
    same_gap = np.where(tally.organisation[key], -1 - characteristic, key)
    part_of = [np.where(there, of, -1) for of in (same_gap, counts["subject"].codes, counts["progress"])]
    held_with = numbered([family, *part_of])[0]
    # the groups of a pair of two and two all differ from what is predicted by the same difference
    same = np.where(pair, -1 - characteristic, alike[key])
    differs = np.where(pair, np.nan_to_num(counts["p"].round(_DECIMALS), nan=-1), -1)
    once = numbered([same, differs, counts["subject"], counts["among"], counts["progress"]])[0]
    return holm(np.where(family == "", np.nan, counts["p"]), held_with, once)


def _verdicts(rows: Frame, rules: Rules) -> Texts:
    """Clear where chance would seldom make it, it is a whole child at least, and count and test go the same way."""
    family, small = rows["family"], rules.groups.small
    limit = family.looked_up(dict(rules.groups.held.false_alarms.items())) / _PERCENT
    way = np.where(rows["measure"] == Measure.INSUFFICIENT.value, -1, 1) * rows["moved"]
    sure = (rows["p_adjusted"] < limit) & (np.abs(rows["moved"]) >= small.whole_children) & (way * rows["ahead"] > 0)
    few = np.isnan(rows["placebo"])
    return Texts.chosen(
        [few & sure, few, sure & (family == Family.THERE.value), sure],
        [
            verdict.value
            for verdict in (GapVerdict.FAR_BEHIND, GapVerdict.TOO_FEW, GapVerdict.CLEAR_THERE, GapVerdict.CLEAR)
        ],
        GapVerdict.NOT_CLEAR.value,
    )
