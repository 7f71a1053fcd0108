"""Who belongs to which group: characteristics as recorded, those derived from them, and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.rules.model import Characteristic, GroupRules


def group_of(pupils: DataFrame, rules: GroupRules) -> DataFrame:
    """The group of each pupil in each characteristic compared: recorded, derived from recorded ones, and pairs."""
    every = rules.all()
    wanted = {key: every[key] for key in (*rules.compared, *rules.pairs)}
    groups: dict[str, Series[str]] = {}
    for key, characteristic in wanted.items():
        if key in pupils:
            groups[key] = pupils[key]
        elif characteristic.of and all(part in pupils for part in characteristic.of):
            groups[key] = _derived(pupils, characteristic)
    return pd.DataFrame(groups, index=pupils.index)


def _derived(pupils: DataFrame, characteristic: Characteristic) -> Series[str]:
    if len(characteristic.of) == 1:
        members = {code: group.key for group in characteristic.groups.values() for code in group.members}
        return pupils[characteristic.of[0]].map(members).fillna(NOT_RECORDED)
    first, *others = characteristic.of
    joined = pupils[first].astype("object")
    for part in others:
        joined = joined + "+" + pupils[part].astype("object")
    return joined.where(joined.isin(list(characteristic.groups)), NOT_RECORDED)
