"""What several documents need of one analysis, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

Found = TypeVar("Found")


def once(work_out: Callable[[Analysis, Rules], Found]) -> Callable[[Analysis, Rules], Found]:
    """The same function, which keeps with the analysis what it found of it by these rules; nobody may change that."""
    name = f"{work_out.__module__}.{work_out.__qualname__}"

    @wraps(work_out)
    def found(analysis: Analysis, rules: Rules) -> Found:
        kept: tuple[Rules, Found] | None = vars(analysis).get(name)
        if kept is None or kept[0] is not rules:
            kept = vars(analysis)[name] = rules, work_out(analysis, rules)
        return kept[1]

    return found
