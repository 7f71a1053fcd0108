"""Something odd in the data, as a value: nothing is dropped and nothing stops the rest."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.school.place import Place


class Severity(StrEnum):
    """The two words that school data managers know from the census."""

    ERROR = "error"  # must be corrected: something was left out because of it
    QUERY = "query"  # unusual: check it


class Problem(NamedTuple):
    """One oddity: what was found where, what was expected there, and what to do.

    `found` quotes grades and codes, never a child's name, date of birth or number. One with an `alarm` may make the
    whole report wrong, and stands in its first lines; the alarm says what several of them are.
    """

    code: str
    severity: Severity
    place: Place
    found: str
    expected: str
    action: str
    alarm: str = ""

    @property
    def known_as(self) -> str:
        """What siptrack.yaml calls it where the school dismisses it: its code and place."""
        return f"{self.code} at {self.place.label}"
