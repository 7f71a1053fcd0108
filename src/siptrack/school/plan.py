"""The single plan: when something is a priority, and what people choose from when they write in the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.term import Season


class PlanRules(NamedTuple):
    """When insufficient progress is a priority, how many priorities a plan holds, and what it offers to choose from.

    Progress is a priority where it is insufficient of more than `share` percent of the children of a key stage or year
    group, and of `children` at least. Success criteria stand at `seasons`; `rows` are the empty ones of each table.
    `heads`, `actions` and `training` are the headings, by column, of the sheets that come back filled in.
    """

    share: float
    children: int
    most: int
    seasons: tuple[Season, ...]
    rows: int
    themes: tuple[str, ...]
    monitoring: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    actions: Mapping[str, tuple[str, ...]]
    training: Mapping[str, tuple[str, ...]]
