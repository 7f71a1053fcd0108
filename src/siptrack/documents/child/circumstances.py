"""What is to be known of a child beside progress, and is never said to be its cause."""

from __future__ import annotations

from collections.abc import Iterator

from siptrack.documents.child.evidence import words
from siptrack.documents.child.facts import Circumstance
from siptrack.documents.child.rows import ChildRows


def circumstances(pupil: str, every: ChildRows) -> Iterator[Circumstance]:
    """What the files tell of a child."""
    yield from _out_of_year(pupil, every)


def _out_of_year(pupil: str, every: ChildRows) -> Iterator[Circumstance]:
    """That the year group taught is not the one that the birthday fits."""
    here, years, term = every.here[pupil], every.rules.years, every.analysis.term
    fitting = years.fitting(here.born, term.academic_year) if term.dated else None
    if fitting is not None and here.year_group not in (None, fitting):
        near = abs(here.year_group - fitting) <= years.birthdays.out_of_year
        yield Circumstance(words("out_of_year", years.label(here.year_group), years.label(fitting), near))
