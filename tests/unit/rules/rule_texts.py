"""A school's settings typed as text, and the rules that they give."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from functools import cache
from pathlib import Path

from siptrack.rules.document import Entry
from siptrack.rules.load import RuleBook, open_book
from siptrack.rules.model import Rules
from siptrack.school.errors import RulesError
from siptrack.school.scale import Scale
from siptrack.school.term import Season, Term

STARS = """
scales:
  stars:
    label: "our stars"
    era: "2026-"
    kind: relative
    unit: star
    source: "staff meeting"
    grades:
      "***": {points: 2, meaning: "met"}
      none yet: {points: none, meaning: "not begun"}
      "*": {points: 0, meaning: "begun"}
      "**": {points: 1, meaning: "not yet"}
      two: {points: 1, meaning: "as **"}
    reference: {"1-2": "**", "3": {autumn: "*", spring: 1.5, summer: none}}
    thresholds:
      step: {value: 1, source: "one star"}
      tolerance: {value: 0, source: "one star"}
      accelerated: {value: 1, source: "one star"}
      at_within: {value: 0, source: "one star"}
      well_below: {value: 1, source: "one star"}
      above: none
"""


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


def different(scale: Scale, other: Scale) -> list[str]:
    """The names of what differs between two scales, their choices left out."""
    names = [field.name for field in fields(Scale) if field.compare and field.name != "choices"]
    return [name for name in names if getattr(scale, name) != getattr(other, name)]


def year(scale: Scale, year_group: int) -> list[float | None]:
    """The reference line of a year group, from Autumn to Summer."""
    return [scale.reference.get((year_group, season)) for season in Season]


def plain(entry: Entry) -> object:
    """An entry without its lines."""
    if isinstance(entry.value, str):
        return entry.value
    if isinstance(entry.value, tuple):
        return [plain(item) for item in entry.value]
    return {name: plain(value) for name, value in entry.value.items()}


def stars(*more: str, **instead: str) -> str:
    """The settings with a scale of stars, with more lines, and with other thresholds instead."""
    lines = [*STARS.splitlines(), *(f"    {line}" for line in more)]
    said = {f"      {name}": text for name, text in instead.items()}
    return "\n".join(f"{name}: {said[name]}" if (name := line.partition(": ")[0]) in said else line for line in lines)
