"""An attacker on shared tables: knows who is in which group and every shown cell, adds, subtracts and bounds.

Nothing here is siptrack's: the groups are worked out again from the rules, the bounds are those of linear programs.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from siptrack.rules.model import Rules

Found = tuple[str, str, str, str, str]  # measure, characteristic, group, what, value
CLOSE = 1e-6


def groups_of(pupils: pd.DataFrame, rules: Rules) -> list[dict[str, str]]:
    """Each child's group in everything that is told of groups."""
    return [_groups_of(row, rules) for row in pupils.to_dict("records")]


def _groups_of(child: dict[str, object], rules: Rules) -> dict[str, str]:
    year = child["year_group"]
    groups = {"all": "all", "year_group": NOT_RECORDED if pd.isna(year) else str(int(year))}
    groups |= {key: str(child[key]) or NOT_RECORDED for key in rules.groups.all() if key in child and key not in groups}
    for key, derived in rules.groups.derived.items():
        if key not in groups and derived.of and derived.of[0] in groups:
            found = [name for name, group in derived.groups.items() if groups[derived.of[0]] in group.members]
            groups[key] = found[0] if found else NOT_RECORDED
    for key, characteristic in rules.groups.all().items():
        if characteristic.others and groups.get(key) in {characteristic.others, NOT_RECORDED}:
            groups[key] = "all_others"
    for key, pair in rules.groups.pairs.items():
        if all(part in groups for part in pair.of):
            both = [groups[part] for part in pair.of]
            groups[key] = NOT_RECORDED if NOT_RECORDED in both else "+".join(both)
    return groups


def with_hidden(shared: pd.DataFrame, exact: pd.DataFrame) -> pd.DataFrame:
    """Every row of exact tables, with its counts before they were rounded where they are shown; the others hidden."""
    keys = ["subject", "characteristic", "group", "measure"]
    told = shared[[*keys, "status", "n"]].rename(columns={"n": "told"})
    rows = exact.drop(columns="status").merge(told, "left", keys)
    told = rows["told"].notna()
    status = rows["status"].fillna("suppressed")
    return rows.assign(n=rows["n"].where(told), count=rows["count"].where(told), status=status)


def attack(shared: pd.DataFrame, gaps: pd.DataFrame, children: list[dict[str, str]]) -> list[Found]:
    """Every hidden cell of one subject that can be found, with its value."""
    kinds = [dict(items) for items in sorted({tuple(sorted(child.items())) for child in children})]
    found: list[Found] = []
    for measure, rows in shared.groupby("measure"):
        known = [*_told(rows, kinds), *_told_by_gaps(gaps[gaps["measure"] == measure], kinds)]
        hidden = rows[rows["status"] == "suppressed"]
        for characteristic, group in zip(hidden["characteristic"], hidden["group"], strict=True):
            inside = _inside(kinds, characteristic, {group})
            for what, value in _pinned(inside, known):
                found.append((measure, characteristic, group, what, f"{value:g}"))
    return found


def _inside(kinds: list[dict[str, str]], characteristic: str, groups: set[str]) -> np.ndarray:
    return np.array([kind.get(characteristic) in groups for kind in kinds], dtype=float)


def _told(rows: pd.DataFrame, kinds: list[dict[str, str]]) -> Iterator[tuple[np.ndarray, float, float]]:
    """Who is in each shown row, how many it holds of, and of how many it does not."""
    for row in rows.to_dict("records"):
        if row["status"] == "not_available":
            yield _inside(kinds, row["characteristic"], {row["group"]}), 0, 0
        elif not pd.isna(row["n"]):
            yield _inside(kinds, row["characteristic"], {row["group"]}), row["count"], row["n"] - row["count"]


def _told_by_gaps(gaps: pd.DataFrame, kinds: list[dict[str, str]]) -> Iterator[tuple[np.ndarray, float, float]]:
    for row in gaps.to_dict("records"):
        every = {kind[row["characteristic"]] for kind in kinds} - {NOT_RECORDED, row["group"]}
        peers = every if row["peers"] == "rest" else {row["peers"]}
        yield _inside(kinds, row["characteristic"], {row["group"]}), row["count"], row["n"] - row["count"]
        yield _inside(kinds, row["characteristic"], peers), row["peers_count"], row["peers_n"] - row["peers_count"]


def _pinned(inside: np.ndarray, known: list[tuple[np.ndarray, float, float]]) -> Iterator[tuple[str, float]]:
    """Which of a row's counts can have one value only. It is n only where it is both of its parts."""
    for what, at in (("count", 1), ("rest", 2)):
        matrix = np.array([one[0] for one in known]) if known else None
        values = np.array([one[at] for one in known]) if known else None
        low, high = (_bound(sign * inside, matrix, values) * sign for sign in (1, -1))
        if high < math.inf and math.ceil(low - CLOSE) >= math.floor(high + CLOSE):
            yield what, low


def _bound(cost: np.ndarray, matrix: np.ndarray | None, values: np.ndarray | None) -> float:
    found = linprog(cost, A_eq=matrix, b_eq=values, bounds=(0, None), method="highs")
    assert found.status in (0, 3), found.message
    return -math.inf if found.status == 3 else float(found.fun)


# --- subjects and their combination -----------------------------------------------------------------------------------

NOT_ASSESSED, NOT_MET, MET = "-", "n", "y"


def attack_together(shared: pd.DataFrame, children: list[dict[str, str]], parts: tuple[str, ...]) -> list[Found]:
    """Every hidden cell that is found where the combined subject holds of those of whom each of its parts does."""
    kinds = [dict(items) for items in sorted({tuple(sorted(child.items())) for child in children})]
    outcomes = list(itertools.product((NOT_ASSESSED, NOT_MET, MET), repeat=len(parts)))

    def cells(row: dict[str, str], what: str) -> np.ndarray:
        inside = _inside(kinds, row["characteristic"], {row["group"]})
        holds = [_outcome(row["subject"], outcome, parts) == what for outcome in outcomes]
        return np.outer(inside, np.array(holds, dtype=float)).ravel()

    told = shared[shared["n"].notna()].to_dict("records")
    matrix = csr_matrix(np.array([cells(row, what) for row in told for what in (MET, NOT_MET)] or [[]]))
    values = np.array([value for row in told for value in (row["count"], row["n"] - row["count"])])
    found = []
    for row in shared[shared["status"] == "suppressed"].to_dict("records") if told else []:
        for what in (MET, NOT_MET):
            low, high = (sign * _bound(sign * cells(row, what), matrix, values) for sign in (1, -1))
            if high < math.inf and math.ceil(low - CLOSE) >= math.floor(high + CLOSE):
                found.append((row["subject"], row["characteristic"], row["group"], what, f"{low:g}"))
    return found


def _outcome(subject: str, outcome: tuple[str, ...], parts: tuple[str, ...]) -> str:
    if subject in parts:
        return outcome[parts.index(subject)]
    return NOT_ASSESSED if NOT_ASSESSED in outcome else MET if set(outcome) == {MET} else NOT_MET
