"""A register opened in a term: which pupils are spoken of, and their results set against the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.history import Histories, histories
from siptrack.analysis.judged import judge
from siptrack.analysis.prior import prior_attainment
from siptrack.analysis.selection import Chosen, Filters, Roll, call_roll, choose, nothing_left
from siptrack.analysis.term_judged import choose_term
from siptrack.analysis.windows import stage_began
from siptrack.school.begun import Begun, Reached
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.problem import Severity
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.term import Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


class Opened(NamedTuple):
    """Who was on roll, who of them is spoken of, in which subjects, and what was judged.

    `begun` are newer terms in which few children have a result, where no term was named. `histories` are those by
    which progress is judged; `past` the judged results of everybody in the files; `judged` those of the pupils chosen,
    `who` being their position among these.
    """

    term: Term
    begun: tuple[Begun, ...]
    subjects: Sequence[str]
    roll: Roll
    chosen: Chosen
    histories: Histories
    past: Frame
    judged: Frame

    def judge(self, results: Frame, rules: Rules) -> Frame:
        """Other results of the pupils chosen, such as their targets, judged in the same way."""
        return judge(results, self.chosen.cohort, self.chosen.keys, self.roll.years, rules.scales)


def open_register(register: Register, rules: Rules, term: Term | None, filters: Filters) -> Opened:
    """The register as it was in the term named, else in the one that the school has come to.

    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    results = register.frame("results")
    if results.empty:
        raise NothingToJudgeError(why_nothing(register, rules))
    opened = open_in(register, rules, choose_term(register, rules, term), filters)
    judged = opened.judged
    if not (judged["subject"].isin(set(opened.subjects)) & (judged["term"] == opened.term.number)).any():
        raise NothingToJudgeError(nothing_left(opened.term, filters, rules.years))
    return opened


def open_in(register: Register, rules: Rules, chosen_term: Reached, filters: Filters) -> Opened:
    """The register as it was in that term, also where no result is left."""
    term, results = chosen_term.term, register.frame("results")
    subjects = subjects_asked(register, filters)
    roll = call_roll(register, term, rules)
    history = histories(results, rules, term)
    past = judge(history.results, roll.cohorts, roll.everyone, roll.years, rules.scales)
    roll = with_prior_attainment(roll, past, term, rules)
    chosen = choose(roll, rules, filters)
    judged = _of_the_chosen(past, roll, chosen)
    return Opened(term, chosen_term.begun, subjects, roll, chosen, history, past, judged)


def subjects_asked(register: Register, filters: Filters) -> list[str]:
    """The register's subjects that are spoken of."""
    return [subject for subject in register.subjects if not filters.subjects or subject in filters.subjects]


def _of_the_chosen(past: Frame, roll: Roll, chosen: Chosen) -> Frame:
    """The judged results of the pupils chosen."""
    who = Texts(past["who"], roll.everyone).in_words(chosen.keys)
    return past.having(who=who)[who >= 0]


def with_prior_attainment(roll: Roll, past: Frame, term: Term, rules: Rules) -> Roll:
    """The roll with each pupil's prior attainment, where anybody has a baseline."""
    began = stage_began(roll.cohorts, roll.years, term.number, rules.years)
    prior = prior_attainment(past, began, term, rules)
    if (prior == NOT_RECORDED).all():
        return roll
    of_roll = prior.take(roll.pupils["pupil"].in_words(roll.everyone))
    return roll._replace(pupils=roll.pupils.having({rules.groups.prior.key: of_roll}))


def why_nothing(register: Register, rules: Rules) -> list[str]:
    """What kept every result from being used: a line for each kind of error, and the columns that were not used.

    Where there is no error, the queries may tell. No message quotes what the cells hold.
    """
    wrong = [problem for problem in register.problems if problem.severity is Severity.ERROR] or register.problems
    errors: dict[str, list[str]] = {}
    for problem in wrong:
        errors.setdefault(problem.code, []).append(problem.place.label)
    lines = [
        f"{places[0]}{f' and {len(places) - 1} more' if len(places) > 1 else ''}: "
        f"{rules.problems[code].meaning} {rules.problems[code].remedy}"
        for code, places in errors.items()
    ]
    files = ", ".join(register.ledger.files)
    unused = [
        f"'{column.heading}'" if column.heading else f"column {column.letter}"
        for column in register.ledger.unused
        if column.heading or column.such_as
    ]
    named = [f"Columns not used: {', '.join(unused)}."] if unused else []
    return [f"{files}: no result could be used, so there is nothing to judge.", *lines, *named]
