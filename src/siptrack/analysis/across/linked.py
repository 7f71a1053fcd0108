"""Which groups of all schools together are shown, where the groups of one characteristic are made of another's.

White, Asian and Minority ethnic are sums of the same finer groups, so that what is hidden in one is sought in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.across.counting import primary_of
from siptrack.analysis.across.hiding import hidden_groups
from siptrack.school.groups import ALL_OTHERS
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.across.laid import Laid
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.groups import Characteristic

    Counts = NDArray[np.int64]
    Totals = Mapping[str, tuple[int, int]]  # of each group, children and of them how many


def shown_groups(gaps: Frame, laid: Laid, rules: Rules) -> NDArray[np.bool_]:
    """Which gaps are of a group that is shown, of the characteristics that are not primary."""
    totals: dict[tuple[str, str], dict[str, dict[str, tuple[int, int]]]] = {}
    sums = zip(laid.n.sum(axis=0).tolist(), laid.count.sum(axis=0).tolist(), strict=True)
    for (key, group, subject, measure), both in zip(laid.of, sums, strict=True):
        totals.setdefault((subject, measure), {}).setdefault(key, {})[group] = both
    shown = {
        (subject, measure, key, group)
        for (subject, measure), of in totals.items()
        for key, groups in _shown(of, rules, laid.below).items()
        for group in groups
    }
    return np.array([key in shown for key in gaps.in_rows("subject", "measure", "characteristic", "group")], dtype=bool)


def _shown(totals: Mapping[str, Totals], rules: Rules, below: int) -> dict[str, set[str]]:
    """The groups shown of each characteristic, by what its groups are made of: the primary ones are shown first."""
    every = rules.groups.all()
    first = primary_of(totals, rules)
    families: dict[str, list[str]] = {}
    for key in dict.fromkeys((*first, *totals)):
        if key in every:
            of = every[key].of
            families.setdefault(of[0] if of and of[0] in totals else key, []).append(key)
    found: dict[str, set[str]] = {}
    for finest, keys in families.items():
        found |= _of_family(totals, [every[key] for key in keys], finest, set(first), below)
    return found


def _of_family(
    totals: Mapping[str, Totals], levels: Sequence[Characteristic], finest: str, first: set[str], below: int
) -> dict[str, set[str]]:
    """The groups shown of characteristics that are made of the same finest groups, each in turn.

    Nothing where the sums are not those of the finest groups, as where a school has recorded a wider one alone; nothing
    of a characteristic whose not recorded are hidden: the others of each group would give them away.
    """
    atoms = list(totals[finest])
    n, count = np.array([totals[finest][atom] for atom in atoms], dtype=np.int64).T
    known = np.zeros(len(atoms), dtype=np.int64)
    found: dict[str, set[str]] = {}
    for level in levels:
        groups = list(totals[level.key])
        at = np.array([groups.index(_group_of(atom, level, finest, groups)) for atom in atoms], dtype=np.int64)
        sums = [(int(n[at == group].sum()), int(count[at == group].sum())) for group in range(len(groups))]
        if sums != list(totals[level.key].values()):
            return found
        if level.key in first:
            known = _refined(known, at)
            continue
        hide = hidden_groups(n, count, known, at, below)
        if NOT_RECORDED in groups and hide[groups.index(NOT_RECORDED)]:
            continue
        known = _refined(known, np.where(hide[at], -1, at))
        found[level.key] = {group for group, hidden in zip(groups, hide.tolist(), strict=True) if not hidden}
    return found


def _group_of(atom: str, level: Characteristic, finest: str, groups: Sequence[str]) -> str:
    """The group of a characteristic that holds a finest group; that of all others, or the first, where none does."""
    if level.key == finest:
        return atom
    holding = [key for key, group in level.groups.items() if atom in group.members and key in groups]
    return next((key for key in (*holding, ALL_OTHERS, NOT_RECORDED) if key in groups), groups[0])


def _refined(known: Counts, at: Counts) -> Counts:
    """The sums that are known when those of these groups are too."""
    cells: Counts = np.unique(np.stack([known, at]), axis=1, return_inverse=True)[1].ravel()
    return cells
