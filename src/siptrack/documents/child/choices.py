"""The children who fit what was typed, so that one can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from siptrack.rendering.model import Document
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.cells import numbers, texts
from siptrack.school.register import Register
from siptrack.school.tables import rows_of
from siptrack.school.term import Term


class _Pupil(NamedTuple):
    pupil: str
    surname: str
    forename: str
    on_roll_until: int | None

    @property
    def name(self) -> str:
        return ", ".join(filter(None, (self.surname, self.forename))) or self.pupil


class FittingChild(NamedTuple):
    """A child who fits: where the child is or was last, and until when the child was there, if the child has left."""

    key: str
    name: str
    year: str
    class_name: str
    left: str


def choices(register: Register, rules: Rules, found: Sequence[str], term: Term | None, *, fits: bool) -> Document:
    """The children with these keys, to choose one; without `fits` those whose names come near, since nobody fits."""
    pupils = register.frame("pupils")
    placed = _last_placements(register, found)
    lines = []
    for child in rows_of(_Pupil, pupils[pupils["pupil"].isin(found)]):
        year, class_name = placed.get(child.pupil, (None, ""))
        until = child.on_roll_until or 0
        left = Term.numbered(until).label if term is not None and until < term.number else ""
        lines.append(FittingChild(child.pupil, child.name, rules.years.label(year), class_name, left))
    return document("child/choices.jinja", "", fits=fits, fit=sorted(lines, key=lambda child: (child.name, child.key)))


def _last_placements(register: Register, found: Sequence[str]) -> dict[str, tuple[int | None, str]]:
    """The newest year group and class of each child."""
    placements = register.frame("placements")
    newest_last = placements[placements["pupil"].isin(found)].sorted_by("academic_year")
    who, classes = (texts(newest_last[name]) for name in ("pupil", "class"))
    years = (None if year is None else int(year) for year in numbers(newest_last["year_group"]))
    return dict(zip(who, zip(years, classes, strict=True), strict=True))
