"""The school year that an audit opens: its term, the results that it starts from, and who is on roll in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.history import histories
from siptrack.analysis.judged import judge
from siptrack.analysis.opened import why_nothing, with_prior_attainment
from siptrack.analysis.selection import Filters, Roll, call_roll, choose, nothing_left
from siptrack.analysis.term_judged import choose_term
from siptrack.school.begun import Begun
from siptrack.school.errors import ChoiceError, NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.register import STILL_HERE, Register
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


@dataclass(frozen=True)
class YearOpened:
    """A school year with the results from before it and of it.

    `term` is the one that the audit was asked for; `before` the last term with results before the year and `now` the
    last of the year up to `term`, either None where there is none. `pupils` are those spoken of, with the columns of
    PUPIL_TABLE and their characteristics in this year; `register` holds nobody else. `leaving` counts those who have
    passed the highest year group since. `begun` are newer terms in which few children have a result, where no term was
    named.
    """

    term: Term
    before: Term | None
    now: Term | None
    pupils: Frame
    register: Register
    leaving: int
    begun: tuple[Begun, ...]

    @property
    def newest(self) -> Term:
        """The term of the newest results that the audit rests on."""
        found = self.now or self.before
        assert found is not None  # noqa: S101  # a year without either is not opened; tells the type checker
        return found

    @property
    def moved_up(self) -> bool:
        """Whether the year has no result yet, so that the children are those of the year before, a year group up."""
        return self.now is None


def open_year(register: Register, rules: Rules, wanted: Term | None, filters: Filters) -> YearOpened:
    """The year of the term named; else the next where the term that the school has come to is a Summer, else its own.

    Raises NothingToJudgeError when no result or child is left, ChoiceError when the year lies too far off.
    """
    results = register.frame("results")
    if results.empty:
        raise NothingToJudgeError(why_nothing(register, rules))
    reached = choose_term(register, rules, wanted)
    if filters.subjects:
        results = results[results["subject"].isin(filters.subjects)]
    numbers = sorted(set(results["term"].tolist()) - {begun.term.number for begun in reached.begun})
    if not numbers:
        raise NothingToJudgeError(nothing_left(reached.term, filters, rules.years))
    term = reached.term if wanted is not None else _next(reached.term)
    began = term.academic_year * SEASONS_IN_A_YEAR
    before = max((number for number in numbers if began - SEASONS_IN_A_YEAR <= number < began), default=None)
    now = max((number for number in numbers if began <= number <= term.number), default=None)
    if before is None and now is None:
        raise ChoiceError(
            f"--term {term.label}: neither that school year nor the one before has results up to then. The results go "
            f"from {Term.numbered(numbers[0]).label} to {Term.numbered(numbers[-1]).label}."
        )
    as_at = Term.numbered(now if now is not None else before or 0)
    roll, leaving = _roll(register, rules, term, as_at)
    chosen = choose(roll, rules, filters)
    if chosen.pupils.empty:
        raise NothingToJudgeError(nothing_left(term, filters, rules.years))
    everyone = register.frame("pupils")
    return YearOpened(
        term=term,
        before=None if before is None else Term.numbered(before),
        now=None if now is None else Term.numbered(now),
        pupils=chosen.pupils,
        register=register.with_tables(pupils=everyone[everyone["pupil"].isin(set(chosen.keys))]),
        leaving=leaving,
        begun=reached.begun,
    )


def _next(newest: Term) -> Term:
    """The term that opens the year after a Summer, else the term itself."""
    return Term(newest.academic_year + 1, Season.AUTUMN) if newest.season is Season.SUMMER else newest


def _roll(register: Register, rules: Rules, term: Term, as_at: Term) -> tuple[Roll, int]:
    """Everybody on roll in the year with their prior attainment in it, and how many have passed the highest year group.

    Where the year has no result yet, all who were here at the end of the year before stay.
    """
    moved = as_at.academic_year < term.academic_year
    roll = call_roll(_staying(register, as_at) if moved else register, term if moved else as_at, rules)
    history = histories(register.frame("results"), rules, as_at)
    past = judge(history.results, roll.cohorts, roll.everyone, roll.years, rules.scales)
    roll = with_prior_attainment(roll, past, term if moved else as_at, rules)
    if not moved:
        return roll, 0
    placements = register.frame("placements")
    last = placements[placements["academic_year"] == as_at.academic_year]
    class_then = last["class"].take(roll.pupils["pupil"].in_words(last["pupil"].tolist())).filled("")
    class_now, year_now = roll.pupils["class"], roll.pupils["year_group"]
    year_then = year_now - (term.academic_year - as_at.academic_year)
    gone = (year_now > rules.years.highest) & (year_then <= rules.years.highest)
    pupils = roll.pupils.having({"class": class_now.where(class_now != "", class_then)})[~gone]
    return roll._replace(pupils=pupils), int(np.count_nonzero(gone))


def _staying(register: Register, as_at: Term) -> Register:
    """The register with everybody who was on roll in that term on roll after it."""
    pupils = register.frame("pupils")
    until = pupils["on_roll_until"]
    staying = np.where(until < as_at.number, until, STILL_HERE)
    return register.with_tables(pupils=pupils.having(on_roll_until=staying))
