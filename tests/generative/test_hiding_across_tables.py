"""No hidden count of a school follows from all tables of many schools together: attacked by linear programs."""

from __future__ import annotations

import random
from itertools import product
from math import isnan

import pytest
from scipy.optimize import linprog

from registers import register, usual_rules
from siptrack.analysis.across.beside import set_beside
from siptrack.analysis.across.counting import count_school
from siptrack.analysis.across.tables import ALL

GIRLS, FSM = ("girls", "boys"), ("fsm", "not_fsm")
HEADS = "pupil | children | year group | class | gender | fsm | Summer 2018 | Summer 2019"
EVERYBODY = {(ALL, ALL)}


def invented(seed):
    """Schools by how many there are of each kind: one of few children, one of some more, one of few boys, two usual."""
    chance = random.Random(seed)  # noqa: S311  # invented children
    schools = [
        {"girls": (1, 1), "boys": (1, 1 + seed % 2)},
        {"girls": (10, 13), "boys": (10, 13)},
        {"girls": (25, 40), "boys": (2, 2)},
        {"girls": (13, 18), "boys": (3 * (seed % 3), 18)},
        {"girls": (14, 30), "boys": (14, 30)},
    ]
    tables = []
    for of in schools:
        lines = [
            f"Pupil{at} | {chance.randint(*of[gender])} | 4 | Oak | {gender} | {fsm} | EXS | {now}"
            for at, (gender, fsm, now) in enumerate(product(GIRLS, FSM, ("EXS", "WTS")))
        ]
        tables.append("\n".join([HEADS, *lines]))
    return {
        f"School {at}": count_school(register(table, scale="teacher-assessment"), usual_rules(), None, {})
        for at, table in enumerate(tables)
    }


def shown_in(found, measure, side):
    """What a reader sees, each a list of a school's groups and the sum of their counts; and which counts are hidden."""
    sums, hidden = [], []
    for school, name, n, count in found.standings.in_rows("school", "measure", "n", "count"):
        if name == measure and school != ALL:
            (sums if not isnan(n) else hidden).append(([(school, ALL, ALL)], side(n, count)))
    for school, name, key, group, peers, *of in found.in_schools.in_rows(
        "school", "measure", "characteristic", "group", "peers", "n", "count", "peers_n", "peers_count"
    ):
        if name == measure:
            for which, n, count in ((group, *of[:2]), (peers, *of[2:])):
                (sums if not isnan(n) else hidden).append(([(school, key, which)], side(n, count)))
    return sums, [at for (at,), _ in hidden]


def totals_in(found, schools, measure, side):
    """The sums over all schools that a reader sees."""
    sums = [
        ([(name, ALL, ALL) for name in schools], side(n, count))
        for school, name, n, count in found.standings.in_rows("school", "measure", "n", "count")
        if name == measure and school == ALL and not isnan(n)
    ]
    for name, key, group, peers, *of in found.across.in_rows(
        "measure", "characteristic", "group", "peers", "n", "count", "peers_n", "peers_count"
    ):
        if name == measure and not isnan(of[0]):
            sums += [
                ([(school, key, which) for school in schools], side(*both))
                for which, both in ((group, of[:2]), (peers, of[2:]))
            ]
    return sums


def known_range(aim, sums, groups, schools):
    """Between which numbers a count lies, as all sums have it, and each school's groups add up to its children."""
    of = {key for keys, _ in sums for key in keys} | {aim}
    of |= {(school, *group) for school in schools for both in (EVERYBODY, *groups) for group in both}
    place = {key: at for at, key in enumerate(sorted(of))}
    matrix, ends = [], []
    for keys, total in sums:
        matrix.append([float(key in keys) for key in place])
        ends.append(total)
    for school in schools:
        for both in groups:
            inside = {(school, *group) for group in both}
            matrix.append([float(key in inside) - float(key == (school, ALL, ALL)) for key in place])
            ends.append(0)
    cost = [float(key == aim) for key in place]
    low, high = (linprog([sign * each for each in cost], A_eq=matrix, b_eq=ends) for sign in (1, -1))
    assert low.status == 0
    return low.fun, high.fun if high.fun is None else -high.fun


@pytest.mark.parametrize("seed", range(4))
def test_no_hidden_count_is_known_to_be_few_or_exactly(seed):
    schools, rules = invented(seed), usual_rules()
    found = set_beside(schools, [of.cells for of in schools.values()], rules, rules.sharing.modes["governors"])
    pairs = found.in_schools.in_rows("characteristic", "group", "peers")
    groups = {frozenset({(key, group), (key, peers)}) for key, group, peers in pairs}
    assert len(groups) == 2

    for side in (lambda _, count: count, lambda n, count: n - count):
        sums, hidden = shown_in(found, "at_are", side)
        sums += totals_in(found, schools, "at_are", side)
        for aim in hidden:
            low, high = known_range(aim, sums, groups, schools)
            assert high is None or high - low > 1
