"""What is to be known of a child beside progress, and is never said to be its cause."""

from __future__ import annotations

from collections.abc import Iterator

from siptrack.documents.child.evidence import words
from siptrack.documents.child.facts import Circumstance
from siptrack.documents.child.rows import ChildRows
from siptrack.documents.labels import subject_label
from siptrack.school.register import STILL_HERE, Percentage
from siptrack.school.term import Term

_SHOWN = 3  # terms of a year


def circumstances(pupil: str, every: ChildRows) -> Iterator[Circumstance]:
    """What the files tell of a child."""
    yield from _out_of_year(pupil, every)
    yield from _standing(pupil, every)
    yield from _percentages(pupil, every)


def _out_of_year(pupil: str, every: ChildRows) -> Iterator[Circumstance]:
    """That the year group taught is not the one that the birthday fits."""
    here, years, term = every.here[pupil], every.rules.years, every.analysis.term
    fitting = years.fitting(here.born, term.academic_year) if term.dated else None
    if fitting is not None and here.year_group not in (None, fitting):
        near = abs(here.year_group - fitting) <= years.birthdays.out_of_year
        yield Circumstance(words("out_of_year", years.label(here.year_group), years.label(fitting), near))


def _standing(pupil: str, every: ChildRows) -> Iterator[Circumstance]:
    """The judgements of the term that are no new ones, because an earlier one is said to stand."""
    for cell in every.written[pupil]:
        if cell.stands_from is not None and cell.term == every.analysis.term.number:
            judged_in = Term.numbered(int(cell.stands_from)).label
            label = subject_label(cell.subject, every.rules)
            yield Circumstance(words("still_stands", label, judged_in, cell.text), cell.place)


def _percentages(pupil: str, every: ChildRows) -> Iterator[Circumstance]:
    """The newest percentages up to the term judged, such as attendance, and the group that the newest makes."""
    term, here = every.analysis.term.number, every.here[pupil]
    for key, rule in every.rules.groups.characteristics.items():
        known = [row for row in every.percentages[pupil] if row.characteristic == key and _is_known_in(term, row)]
        if rule.percent and known:
            group = rule.groups.get(here.groups.get(key, ""))
            yield Circumstance(words("percentages", rule, known[:_SHOWN], group), known[0].place)


def _is_known_in(term: int, row: Percentage) -> bool:
    """Whether a percentage is of no later term than the one judged; one without a term is of now."""
    return row.term <= term or row.term == STILL_HERE
