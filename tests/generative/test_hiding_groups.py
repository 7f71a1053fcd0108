"""No hidden group of all schools follows from what is shown of finer and wider ones: attacked by linear programs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from registers import usual_rules
from siptrack.analysis.across.laid import Laid
from siptrack.analysis.across.linked import shown_groups
from siptrack.analysis.across.tables import ALL
from siptrack.school.frame import Frame
from siptrack.school.groups import ALL_OTHERS
from siptrack.school.register import NOT_RECORDED
from siptrack.school.texts import Texts

BELOW = 6
ETHNICITY, MAJOR, MINORITY = "ethnicity", "ethnic_major", "minority_ethnic"
EVERY = usual_rules().groups.all()
ATOMS = [*EVERY[ETHNICITY].groups, NOT_RECORDED]
WIDER = {
    atom: {
        MAJOR: next((key for key, group in EVERY[MAJOR].groups.items() if atom in group.members), NOT_RECORDED),
        MINORITY: MINORITY if atom in EVERY[MINORITY].groups[MINORITY].members else ALL_OTHERS,
        ETHNICITY: atom,
    }
    for atom in ATOMS
}


def invented(seed):
    """A school of all sizes of ethnic groups: children, and of them how many at expectations, by finest group."""
    chance = np.random.default_rng(seed)
    there = chance.random(len(ATOMS)) < chance.choice([0.2, 0.5, 0.9])
    there[0] = True
    n = np.where(there, chance.choice([3, 8, 14, 40, 200], len(ATOMS)) + chance.integers(0, 4, len(ATOMS)), 0)
    if seed % 3:
        n[ATOMS.index(NOT_RECORDED)] = 40 * (seed % 2)
    return n, chance.binomial(n, chance.uniform(0.3, 0.8))


def laid_of(n, count):
    """One subject of a trust of these children, with its primary and its other ethnic groups."""
    totals = {(ALL, ALL): (int(n.sum()), int(count.sum()))}
    for atom, size, some in zip(ATOMS, n.tolist(), count.tolist(), strict=True):
        for level in (MINORITY, MAJOR, ETHNICITY) if size else ():
            before = totals.get((level, WIDER[atom][level]), (0, 0))
            totals[level, WIDER[atom][level]] = before[0] + size, before[1] + some
    of = [(key, group, "reading", "at_are") for key, group in totals]
    sides = np.array([list(totals.values())]).reshape(1, -1, 2)
    return Laid(["All"], of, sides[:, :, 0], sides[:, :, 1], BELOW)


def gaps_of(laid):
    rows = [(key, group) for key, group, _, _ in laid.of if key != ALL]
    names = [Texts.of(each) for each in zip(*rows, strict=True)]
    return Frame(
        {
            "subject": Texts.every("reading", len(rows)),
            "measure": Texts.every("at_are", len(rows)),
            "characteristic": names[0],
            "group": names[1],
        }
    )


def members(level, group):
    return np.array([WIDER[atom][level] == group for atom in ATOMS], dtype=float)


def told(laid, gaps, shown):
    """Every sum that a reader knows of: all children, the primary groups unless small, each shown group and its peers.

    The peers are all others whose group is known.
    """
    small = dict(zip(laid.of, laid.small().tolist(), strict=True))
    sums = [np.ones(len(ATOMS))]
    if not any(is_small for (key, *_), is_small in small.items() if key == MINORITY):
        sums += [members(MINORITY, MINORITY), members(MINORITY, ALL_OTHERS)]
    for (level, group), is_shown in zip(gaps.in_rows("characteristic", "group"), shown.tolist(), strict=True):
        if level != MINORITY and is_shown and group != NOT_RECORDED:
            of = members(level, group)
            sums += [of, 1 - of - members(level, NOT_RECORDED)]
    return np.array(sums)


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_group_is_known_to_be_few_or_exactly(seed):
    n, count = invented(seed)
    laid = laid_of(n, count)
    gaps = gaps_of(laid)
    shown = shown_groups(gaps, laid, usual_rules())
    matrix = told(laid, gaps, shown)
    hidden = [
        members(level, group)
        for (level, group), is_shown in zip(gaps.in_rows("characteristic", "group"), shown.tolist(), strict=True)
        if level != MINORITY and not is_shown
    ]
    for part in (count, n - count):
        for of in hidden:
            if (n * of).sum() and min((count * of).sum(), ((n - count) * of).sum()) < BELOW:
                ends = [linprog(sign * of, A_eq=matrix, b_eq=matrix @ part).fun for sign in (1, -1)]
                assert -ends[1] - ends[0] > 1


@pytest.mark.parametrize("seed", range(40))
def test_what_is_shown_is_never_small_and_something_is_shown_where_all_are_many(seed):
    n, count = invented(seed)
    laid = laid_of(n, count)
    gaps = gaps_of(laid)
    shown = shown_groups(gaps, laid, usual_rules())
    for (level, group), is_shown in zip(gaps.in_rows("characteristic", "group"), shown.tolist(), strict=True):
        if is_shown:
            of = members(level, group)
            assert min((count * of).sum(), ((n - count) * of).sum()) >= BELOW
    many = np.where(n > 0, 300, 0)
    laid = laid_of(many, many // 2)
    rows = gaps_of(laid)

    assert shown_groups(rows, laid, usual_rules())[rows["characteristic"] != MINORITY].all()
