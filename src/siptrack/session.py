"""A school's files opened, what is asked about chosen, and judged: once, for the library and for every command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from siptrack.scope import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from siptrack.analysis.model import Analysis, Checked
    from siptrack.analysis.selection import Filters
    from siptrack.analysis.tally import Peers
    from siptrack.cycle.audit import Audit
    from siptrack.cycle.enquiry import Enquiry
    from siptrack.cycle.plan import Plan
    from siptrack.cycle.provision import Provided
    from siptrack.cycle.review import Reviewed
    from siptrack.cycle.since import Since
    from siptrack.cycle.teaching import Taught
    from siptrack.reading.files import Files
    from siptrack.rules.load import RuleBook
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.term import Before, Term


@dataclass(frozen=True)
class Session:
    """A school's files read by the rules of the term judged, and what of them is asked about.

    `term` is None where the newest is meant. Whatever is worked out of it raises NothingToJudgeError where nobody asked
    about has a result, and ChoiceError where what is asked about is not in the data; both say what to do.
    """

    rules: Rules
    register: Register
    term: Term | None
    scope: Scope

    @cached_property
    def filters(self) -> Filters:
        """The children and subjects asked about."""
        from siptrack.scope import choose_filters

        return choose_filters(self.rules, self.register, self.scope)

    @cached_property
    def peers(self) -> Peers:
        """Whom groups are compared with."""
        from siptrack.scope import choose_peers

        return choose_peers(self.rules, self.register, self.scope.peers)

    @cached_property
    def analysis(self) -> Analysis:
        """Each child's progress, the flags, and the groups compared."""
        from siptrack.analysis.analyse import analyse

        return analyse(self.register, self.rules, self.term, self.filters, self.peers)

    @cached_property
    def checked(self) -> Checked:
        """What to ask about the judgements."""
        from siptrack.analysis.analyse import check

        return check(self.register, self.rules, self.term, self.filters)

    def since(self, from_term: str | None = None) -> Since:
        """Who joined, left and stayed on the list since an earlier term; the last before with results unless named."""
        from siptrack.cycle.since import look_back

        return look_back(self.register, self.rules, term_named(from_term, self.rules), self.term, self.filters)

    def provided(self) -> Provided:
        """Who has what provision, and what became of the children in it."""
        from siptrack.cycle.provision import provide

        return provide(self.analysis, self.rules, self.filters)

    def audited(self) -> Audit:
        """What opens a school year."""
        from siptrack.cycle.audit import audit

        return audit(self.register, self.rules, self.term, self.filters)

    def enquiry(self) -> Enquiry:
        """What bears on a School Improvement Partner's questions."""
        from siptrack.cycle.enquiry import enquire

        return enquire(self.analysis, self.rules, self.filters)

    def drafted(self) -> Plan:
        """The priorities that the data support."""
        from siptrack.cycle.plan import draft

        return draft(self.analysis, self.rules)

    def taught(self) -> Taught:
        """What was recorded of lessons, books and CPD beside progress."""
        from siptrack.cycle.teaching import set_beside

        return set_beside(self.analysis, self.rules, self.filters)

    def reviewed(self) -> Reviewed:
        """The school's own reviews beside what its data give."""
        from siptrack.cycle.review import review

        return review(self.register, self.rules, self.term)


def open_rules(paths: Sequence[Path], *, config: Path | None = None, ruler: Path | None = None) -> RuleBook:
    """The rules for files in these places: the school's siptrack.yaml beside them, a file named, or a saved ruler."""
    from siptrack.rules.load import find_settings, open_book

    return open_book(config or (None if ruler else find_settings(list(paths))), ruler=ruler)


def open_session(files: Files, book: RuleBook, scope: Scope = Scope(), *, reviews_alone: bool = False) -> Session:  # noqa: B008  # a constant
    """The files understood by the rules of the term asked about, or of their newest.

    They may be understood twice: by the newest rules to learn their term, and by those of that term. With
    `reviews_alone`, files that hold no results but a review of the school's are taken too.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.reading.read import read, read_reviews_alone
    from siptrack.school.errors import InputError
    from siptrack.school.term import Term

    rules = book.newest
    wanted = term_named(scope.term, rules)
    named = wanted if isinstance(wanted, Term) else None
    try:
        register = read(files, rules, named, scope.school)
    except InputError:
        if not reviews_alone or (register := read_reviews_alone(files, rules)).frame("reviews").empty:
            raise
        return Session(rules, register, named, scope)
    term = _in_the_data(wanted, register, rules)
    if (then := _earlier_rules(book, register, term)) is not None:
        return Session(then, read(files, then, named, scope.school), term, scope)
    return Session(rules, register, term, scope)


def term_named(text: str | None, rules: Rules) -> Term | Before | None:
    """The term of a text such as `Spring 2026` or `last summer`; None without one. Raises ChoiceError for no term."""
    from siptrack.reading.terms import TermFinder, parse_wanted

    return parse_wanted(text, TermFinder(rules)) if text else None


def _in_the_data(wanted: Term | Before | None, register: Register, rules: Rules) -> Term | None:
    """The term itself, where it was named by the newest that there is."""
    from siptrack.school.term import Before

    if not isinstance(wanted, Before):
        return wanted
    if register.frame("results").empty:
        return None
    from siptrack.analysis.term_judged import judged_term, term_before

    return term_before(register, wanted, judged_term(register, rules, None))


def _earlier_rules(book: RuleBook, register: Register, wanted: Term | None) -> Rules | None:
    """The rules of the term that will be judged, where some rule has changed since; None where none has."""
    from siptrack.analysis.term_judged import judged_term

    if not book.changes() or register.frame("results").empty:
        return None
    return earlier_rules(book, judged_term(register, book.newest, wanted))


def earlier_rules(book: RuleBook, term: Term) -> Rules | None:
    """The rules of a term, where some rule has changed since; None where none has."""
    changes = book.changes()
    return book.at(term) if changes and term.dated and changes[-1] > term else None
