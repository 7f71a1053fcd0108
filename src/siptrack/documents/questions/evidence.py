"""What the data says to one kind of evidence: a sentence with its figures, and the lines behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from siptrack.cycle.enquiry_tables import Answer
from siptrack.rendering import template
from siptrack.rules.model import Rules

words = partial(template.sentence, template="questions/words.jinja")


class EvidenceText(NamedTuple):
    """What the data says to one kind of evidence; where it has no `answer`, `says` is why.

    `lines` are all that it says, `first` those that a page has room for, without which it takes the first of the lines.
    `worth` is what it found to look into, in a sentence; empty where it found nothing.
    """

    says: str
    lines: tuple[str, ...] = ()
    answer: Answer = Answer.ANSWERED
    first: tuple[str, ...] | None = None
    worth: str = ""


def silent(why: str) -> EvidenceText:
    """That the data has nothing to say, and why."""
    return EvidenceText(why, answer=Answer.SILENT)


def there(lines: Iterable[str]) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(filter(None, lines))


def few_of(items: Sequence[str], rules: Rules) -> list[str]:
    """The first of a list, and how many there are beside."""
    shown = list(items[: rules.enquiry.page.named])
    return [*shown, *([words("more", len(items) - len(shown))] if len(items) > len(shown) else [])]
