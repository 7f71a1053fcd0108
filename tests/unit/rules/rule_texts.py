"""A school's settings typed as text, and the rules that they give."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from siptrack.rules.load import RuleBook, open_book
from siptrack.rules.model import Rules
from siptrack.school.errors import RulesError
from siptrack.school.scale import Scale
from siptrack.school.term import Term


@cache
def book_of(settings: str = "") -> RuleBook:
    """The rule files with these settings of a school, siptrack's own where the text is empty."""
    if not settings:
        return open_book()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siptrack.yaml"
        path.write_text(settings, encoding="utf-8")
        return open_book(path)


@cache
def rules_of(settings: str = "", term: str = "") -> Rules:
    """The rules in force in a term such as `Autumn 2026`; the newest where none is named."""
    return book_of(settings).at(Term.named(term))


def scale_of(name: str, settings: str = "", term: str = "") -> Scale:
    """One scale as these settings make it."""
    return rules_of(settings, term).scales[name]


def refusal_of(settings: str, term: str = "") -> str:
    """What the settings are refused with."""
    try:
        rules_of(settings, term)
    except RulesError as error:
        return str(error)
    return "not refused"
