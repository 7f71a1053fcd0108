"""What a school's data give beside its own review: all that the guidance's questions rest on, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.analysis.analyse import analyse, check
from siptrack.cycle.provision import provide
from siptrack.cycle.since import look_back
from siptrack.school.errors import NothingToJudgeError

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis, Checked
    from siptrack.cycle.provision import Provided
    from siptrack.cycle.since import Since
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.term import Term


@dataclass(frozen=True)
class Beside:
    """The data beside a review. `since` is None where there is no earlier term, `provided` without such a sheet."""

    analysis: Analysis
    checked: Checked
    since: Since | None
    provided: Provided | None


def lay_beside(register: Register, rules: Rules, term: Term | None) -> Beside:
    """What the data of a term give, the newest unless one is named.

    Raises NothingToJudgeError when nothing in them can be judged.
    """
    try:
        since = look_back(register, rules, term=term)
    except NothingToJudgeError:
        since = None
    analysis = analyse(register, rules, term) if since is None else since.analysis
    provided = None if register.provision is None else provide(analysis, rules)
    return Beside(analysis, check(register, rules, term), since, provided)
