"""A child's reading and spelling ages by test, each beside the child's own age then and the test before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siptrack.analysis.age_tables import AgeBeside, NoRatio
from siptrack.documents.child.evidence import Sources, label_of
from siptrack.documents.child.facts import AgeJourney, AgeTest, Flagged, fields_of
from siptrack.documents.child.rows import ChildRows
from siptrack.rendering.numbers import day
from siptrack.school.ages import AgeKind, day_in, in_years
from siptrack.school.term import Term


def age_journeys(
    pupil: str, every: ChildRows, known: Sources, flags: Callable[[AgeKind], tuple[Flagged, ...]]
) -> Iterator[AgeJourney]:
    """The ages of each kind that a child has, the newest last."""
    this_year = every.analysis.term.academic_year
    for kind in every.rules.ages.kinds.values():
        if rows := [row for row in every.ages[pupil] if row.kind == kind.key]:
            tests = tuple(_test(row, known) for row in rows)
            newest = Term.named(rows[-1].term) or Term.counted(rows[-1].term)
            is_old = newest is not None and newest.academic_year < this_year
            yield AgeJourney(kind.key, kind.label, tests, tests[-1].when if is_old else "", flags(kind))


def _test(row: AgeBeside, known: Sources) -> AgeTest:
    own = {
        "when": _when(row),
        "own_age": "" if row.own_months is None else in_years(row.own_months),
        "no_ratio": "" if row.no_ratio == NoRatio.FIRST else row.no_ratio,
        "place": known.cells[label_of(row.file, row.sheet, row.cell)].place,
    }
    return AgeTest(**fields_of(AgeTest, row) | own)


def _when(row: AgeBeside) -> str:
    """`12 September 2025`, `September 2025` or `Autumn 2025`, as far as it is known."""
    if not row.tested:
        return row.term
    if day_in(row.tested):
        return day(row.tested)
    return day(f"{row.tested}-01").partition(" ")[2]
