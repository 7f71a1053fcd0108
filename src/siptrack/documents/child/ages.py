"""A child's reading and spelling ages by test, each beside the child's own age then and the test before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siptrack.analysis.age_tables import NoRatio
from siptrack.documents.child.facts import AgeJourney, AgeTest, Flagged, fields_of
from siptrack.documents.child.rows import ChildAge, ChildRows
from siptrack.rendering.numbers import day
from siptrack.school.ages import AgeKind, in_years
from siptrack.school.term import SEASONS_IN_A_YEAR

_A_MONTH = len("2025-09")


def age_journeys(pupil: str, every: ChildRows, flags: Callable[[AgeKind], tuple[Flagged, ...]]) -> Iterator[AgeJourney]:
    """The ages of each kind that a child has, the newest last."""
    this_year = every.analysis.term.academic_year
    for kind in every.rules.ages.kinds.values():
        if rows := [row for row in every.ages[pupil] if row.kind == kind.key]:
            tests = tuple(map(_test, rows))
            is_old = rows[-1].rank // SEASONS_IN_A_YEAR < this_year
            yield AgeJourney(kind.key, kind.label, tests, tests[-1].tested if is_old else "", flags(kind))


def _test(row: ChildAge) -> AgeTest:
    own = {
        "tested": _when(row),
        "own_age": "" if row.own_months is None else in_years(row.own_months),
        "no_ratio": "" if row.no_ratio == NoRatio.FIRST else row.no_ratio,
    }
    return AgeTest(**fields_of(AgeTest, row) | own)


def _when(row: ChildAge) -> str:
    """`12 September 2025`, `September 2025` or `Autumn 2025`, as far as it is known."""
    if not row.tested:
        return row.term
    whole = day(row.tested if len(row.tested) > _A_MONTH else f"{row.tested}-01")
    return whole if len(row.tested) > _A_MONTH else whole.partition(" ")[2]
