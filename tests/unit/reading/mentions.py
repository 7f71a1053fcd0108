"""Mentions typed shortly, and whose each is."""

from __future__ import annotations

from school_files import usual_rules

from siptrack.reading.identity.groups import UPN, Mention
from siptrack.reading.identity.matching import Matching, match
from siptrack.reading.names import names_in


def mention(name: str = "", born: str = "", in_class: str = "", cohort: int | None = None, **numbers: str) -> Mention:
    """What a row of 2025-26 says of its pupil; numbers are given by their kind."""
    called = names_in({"name": name})
    return Mention(
        numbers=frozenset((UPN if kind == "upn" else kind, number) for kind, number in numbers.items()),
        name=called.main,
        date_of_birth=born,
        class_in_year=(2025, in_class) if in_class else None,
        cohort=cohort,
        called=called,
    )


def matched(*mentions: Mention, **where) -> Matching:
    return match(mentions, usual_rules().matching, **where)


def who(*mentions: Mention, **where) -> list[int | None]:
    return matched(*mentions, **where).pupils
