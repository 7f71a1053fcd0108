"""The term that is judged: the one named, else the one that the whole school has come to, whatever is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.school.begun import Reached, reached
from siptrack.school.register import Register
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


def choose_term(register: Register, rules: Rules, wanted: Term | None = None) -> Reached:
    """The term to judge, and which newer ones have begun where none is named; the register must hold results.

    A term named without its year is the newest of its season.
    """
    if wanted is None:
        found = reached(register.frame("results"), rules.special_codes, rules.years.share)
        assert found is not None  # noqa: S101  # there are results; tells the type checker
        return found
    if wanted.academic_year:  # 0 where no year is named
        return Reached(wanted, ())
    terms = (Term.numbered(number) for number in sorted(set(register.frame("results")["term"].tolist())))
    return Reached(max((term for term in terms if term.season is wanted.season), default=wanted), ())


def judged_term(register: Register, rules: Rules, wanted: Term | None) -> Term:
    """The term to judge alone."""
    return choose_term(register, rules, wanted).term
