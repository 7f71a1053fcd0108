"""An attacker with several shared outputs: knows every child's groups, and that children come in whole numbers.

Each child is not assessed, or at expectations or not, and of progress that cannot be told, is insufficient or is not:
both measures are told of the same children. What an output shows bounds how many are of each. The attacker looks for
another school that fits all of it, and has found a hidden count where there is none in which it is another.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from attacker import Found
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

OUTCOMES = [("-", "-"), *itertools.product("ny", "-ny")]  # at expectations, and of insufficient progress
MEASURES = {"at_are": 0, "insufficient": 1}
Child = dict[str, str]


class Output(NamedTuple):
    """The rows of a subject in an output, the hidden ones too, and the groups of each child; None for one not in it."""

    name: str
    rows: pd.DataFrame
    children: Sequence[Child | None]


def attack_outputs(outputs: Sequence[Output], truth: Sequence[int], *, sizes: bool = True) -> list[Found]:
    """Every hidden count that is the same in every school that fits; `truth` is the outcome of each child.

    With `sizes` the attacker knows how many children are in each group, assessed or not.
    """
    every = _Children(outputs, truth)
    told, values, secrets, names = [], [], [], []
    for output, row in ((one, row) for one in outputs for row in one.rows.to_dict("records")):
        inside = [child is not None and child.get(row["characteristic"]) == row["group"] for child in output.children]
        for what, value in (("y", row["count"]), ("n", row["n"] - row["count"])):
            cells = every.cells(inside, row["measure"], what)
            if row["status"] == "suppressed":
                secrets.append(cells)
                names.append((output.name, row["measure"], row["characteristic"], row["group"], what))
            elif row["status"] == "not_available" or not pd.isna(row["n"]):
                told.append(cells)
                values.append(0 if pd.isna(row["n"]) else value)
    width = len(every.kinds) * len(OUTCOMES)
    told, secrets = (np.array(one, dtype=float).reshape(len(one), width) for one in (told, secrets))
    return [names[at] for at in every.pinned(told, np.array(values), secrets, sizes=sizes)]


class _Children:
    """Children who are in the same groups of every output are alike: how many are of each outcome is asked."""

    def __init__(self, outputs: Sequence[Output], truth: Sequence[int]) -> None:
        alike = [
            tuple(tuple(sorted(one.children[at].items())) if one.children[at] else () for one in outputs)
            for at in range(len(truth))
        ]
        self.kinds = list(dict.fromkeys(alike))
        self.kind = np.array([self.kinds.index(one) for one in alike])
        self.size = np.bincount(self.kind, minlength=len(self.kinds))
        self.real = np.zeros((len(self.kinds), len(OUTCOMES)))
        np.add.at(self.real, (self.kind, list(truth)), 1)

    def cells(self, inside: Sequence[bool], measure: str, what: str) -> np.ndarray:
        """Which kinds with which outcomes are counted."""
        of_kind = np.zeros(len(self.kinds))
        of_kind[self.kind[np.array(inside, dtype=bool)]] = 1
        holds = [outcome[MEASURES[measure]] == what for outcome in OUTCOMES]
        return np.outer(of_kind, np.array(holds, dtype=float)).ravel()

    def pinned(self, told: np.ndarray, values: np.ndarray, secrets: np.ndarray, *, sizes: bool) -> list[int]:
        """The places of the secrets that are what they are in every school of whole children that fits."""
        of_kinds = np.kron(np.eye(len(self.kinds)), np.ones(len(OUTCOMES)))
        matrix = csr_matrix(np.vstack([told, of_kinds]))
        least, most = (self.size, self.size) if sizes else (np.zeros(len(self.size)), np.full(len(self.size), 1000))
        fits = LinearConstraint(matrix, np.concatenate([values, least]), np.concatenate([values, most]))
        assert np.allclose(told @ self.real.ravel(), values), "what is told is not of these children"
        real, chance = secrets @ self.real.ravel(), random.Random(1)  # noqa: S311  # for the same schools each time
        left = list(range(len(secrets)))
        tries = 12
        while left and tries:
            signs = np.array([chance.choice([-1, 1]) for _ in left])
            found = _school(signs @ secrets[left], fits)
            left, tries = [at for at in left if abs(secrets[at] @ found - real[at]) < 0.5], tries - 1
        for sign in (1, -1):
            left = [at for at in left if abs(secrets[at] @ _school(sign * secrets[at], fits) - real[at]) < 0.5]
        return left


def _school(cost: np.ndarray, fits: LinearConstraint) -> np.ndarray:
    """A school that fits, the one at which this is least."""
    found = milp(cost, constraints=fits, bounds=Bounds(0, np.inf), integrality=np.ones(len(cost)))
    assert found.status == 0, found.message
    return np.round(found.x)
