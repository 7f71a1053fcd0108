"""The term that is judged: the one named, else the one that the whole school has come to, whatever is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.school.begun import Reached, reached
from siptrack.school.errors import ChoiceError
from siptrack.school.register import Register
from siptrack.school.term import Before, Term

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


def choose_term(register: Register, rules: Rules, wanted: Term | None = None) -> Reached:
    """The term to judge, and which newer ones have begun where none is named; the register must hold results.

    A term named without its year is the newest of its season; one of last year, of the year before the newest term's.
    """
    if wanted is not None and wanted.dated:
        return Reached(wanted, ())
    if wanted is not None and not wanted.academic_year:
        of_season = (term for term in _terms(register) if term.season is wanted.season)
        return Reached(max(of_season, default=wanted), ())
    found = reached(register.frame("results"), rules.special_codes, rules.years.share)
    assert found is not None  # noqa: S101  # there are results; tells the type checker
    if wanted is None:
        return found
    newest = found.term.academic_year if found.term.dated else 0
    return Reached(Term(newest + wanted.academic_year, wanted.season), ())


def judged_term(register: Register, rules: Rules, wanted: Term | None) -> Term:
    """The term to judge alone."""
    return choose_term(register, rules, wanted).term


def term_before(register: Register, wanted: Before, than: Term) -> Term:
    """The term of the results that lies before another. Raises ChoiceError where there is none."""
    if (found := wanted.among(_terms(register), than)) is None:
        which = f"{wanted.season.label} term" if wanted.season is not None else "term"
        raise ChoiceError(f"No {which} before {than.label} has results. Name a term that has.")
    return found


def _terms(register: Register) -> list[Term]:
    """The terms that have results."""
    return [Term.numbered(number) for number in sorted(set(register.frame("results")["term"].tolist()))]
