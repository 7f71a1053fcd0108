"""Rules that change on a date: which of a rule's values is in force in a term.

A value that changed is a list of its forms, the later ones with the term from which each holds:

    tolerance:
      - {value: 1, source: "one half step"}
      - {from: "Autumn 2026", value: 2, source: "agreed with governors"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.rules.document import FROM, OUT_OF_ORDER, Entry
from siptrack.school.errors import RulesError
from siptrack.school.term import Term


def in_force(entry: Entry, term: Term | None) -> Entry:
    """The entry with each history in it replaced by its form in force in the term, its newest without a term.

    What did not hold yet is left out; its name stays among the entry's `keys`, so that its absence can be explained.

    Raises RulesError for a date that is no term and for forms out of order.
    """
    if isinstance(entry.value, Mapping):
        held = {name: _held(part, term) for name, part in entry.value.items()}
        return Entry({name: part for name, part in held.items() if part is not None}, entry.mark, entry.keys)
    if isinstance(entry.value, tuple):
        parts = (_held(part, term) for part in entry.value)
        return Entry(tuple(part for part in parts if part is not None), entry.mark)
    return entry


def _held(entry: Entry, term: Term | None) -> Entry | None:
    """An entry in force in the term; None where it did not hold yet."""
    form = _form(entry.forms, term) if entry.forms else entry
    return in_force(form, term) if form is not None else None


def terms_of_change(entry: Entry) -> list[Term]:
    """Every term from which some rule in the entry holds, in order."""
    found = [_begins(entry)] if entry.dated else []
    parts = entry.value if isinstance(entry.value, tuple) else ()
    if isinstance(entry.value, Mapping):
        parts = tuple(entry.value.values())
    return sorted({term for term in found if term} | {term for part in parts for term in terms_of_change(part)})


def _form(forms: Sequence[Entry], term: Term | None) -> Entry | None:
    begins = [_begins(form) for form in forms]
    for before, after, form in zip(begins, begins[1:], forms[1:], strict=False):
        if after is None or (before is not None and before >= after):
            raise RulesError(f"{form.mark}: {OUT_OF_ORDER}")
    held = [form for form, begin in zip(forms, begins, strict=True) if term is None or begin is None or begin <= term]
    return _without_date(held[-1]) if held else None


def _begins(form: Entry) -> Term | None:
    """The term from which a form holds; None for the one that held always."""
    if not isinstance(form.value, Mapping):
        raise RulesError(f"{form.mark}: each form of a rule that changed has names with values, such as 'value: 2'.")
    if FROM not in form.value:
        return None
    begins = form.value[FROM]
    term = Term.named(begins.value) if isinstance(begins.value, str) else None
    if term is None:
        raise RulesError(f"{begins.mark}: '{FROM}' must be a term such as Autumn 2026.")
    return term


def _without_date(form: Entry) -> Entry:
    assert isinstance(form.value, Mapping)  # noqa: S101  # `_begins` has seen to it
    return Entry({name: part for name, part in form.value.items() if name != FROM}, form.mark, form.keys)
