"""The children who fit what was typed, so that one can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from siptrack.documents.people import called
from siptrack.rendering.model import Document
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text, whole
from siptrack.school.register import Register
from siptrack.school.term import Term


class FittingChild(NamedTuple):
    """A child who fits: where the child is or was last, and until when the child was there, if the child has left."""

    key: str
    name: str
    year: str
    class_name: str
    left: str


def choices(register: Register, rules: Rules, found: Sequence[str], term: Term | None, *, fits: bool) -> Document:
    """The children with these keys, to choose one; without `fits` those whose names come near, since nobody fits."""
    pupils, placements = (register.frame(name) for name in ("pupils", "placements"))
    newest_last = placements[placements["pupil"].isin(found)].sorted_by("academic_year")
    placed = {row["pupil"]: row for row in records(newest_last, ["pupil", "year_group", "class"])}
    fit = []
    for child in records(pupils[pupils["pupil"].isin(found)], ["pupil", "surname", "forename", "on_roll_until"]):
        last, until = placed.get(child["pupil"], {}), whole(child["on_roll_until"])
        key, year = text(child["pupil"]), number(last.get("year_group"))
        name = called(key, text(child["surname"]), text(child["forename"]))
        left = Term.numbered(until).label if term is not None and until < term.number else ""
        label = rules.years.label(year)
        fit.append(FittingChild(key, name, label, text(last.get("class")), left))
    return document("child/choices.jinja", "", fits=fits, fit=sorted(fit, key=lambda child: (child.name, child.key)))
