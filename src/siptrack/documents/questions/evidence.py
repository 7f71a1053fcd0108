"""What the data says to one kind of evidence: a sentence with its figures, and the lines behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from siptrack.cycle.enquiry_tables import Answer


class Held(Enum):
    """What a school's records hold for a child whose progress is insufficient."""

    NOTHING = auto()
    ELSEWHERE = auto()  # provision for another subject only
    SOMETHING = auto()


@dataclass(frozen=True)
class Line:
    """A sentence; one that `leads` stands before those that belong to it."""

    words: str
    leads: bool = False


@dataclass(frozen=True)
class EvidenceText:
    """What the data says to one kind of evidence; where it has no `answer`, `says` is why."""

    says: str
    lines: tuple[Line, ...] = ()
    answer: Answer = Answer.ANSWERED


def silent(why: str) -> EvidenceText:
    """That the data has nothing to say, and why."""
    return EvidenceText(why, answer=Answer.SILENT)
