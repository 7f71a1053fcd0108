"""An audit with what its page looks up: children by key, names, subjects and year groups in print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from siptrack.cycle.audit import Audit
from siptrack.cycle.audit_tables import ON_ROLL, STANDING
from siptrack.documents.labels import subject_label
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Told:
    """An audit with what is looked up for its page: the children by key, and how many each year group has."""

    audit: Audit
    rules: Rules

    @cached_property
    def children(self) -> dict[str, dict[str, Cell]]:
        """The children of the year, in order."""
        return {text(row["pupil"]): row for row in records(self.audit.frame("on_roll"), ON_ROLL.names)}

    @cached_property
    def standing(self) -> list[dict[str, Cell]]:
        """How each year group stood, term by term."""
        return records(self.audit.frame("standing"), STANDING.names)

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for pupil, row in self.children.items():
            named.setdefault(", ".join(filter(None, (text(row["surname"]), text(row["forename"])))), []).append(pupil)
        return named

    @cached_property
    def names(self) -> dict[str, str]:
        """Each child's name; two children of one name are told apart by their keys."""
        return {
            pupil: (name if len(alike) == 1 else f"{name} ({pupil})") if name else pupil
            for name, alike in self._named.items()
            for pupil in alike
        }

    def subject(self, row: Row) -> str:
        """The subject of a row, in print."""
        return subject_label(text(row["subject"]), self.rules)

    def year(self, row: Row) -> str:
        """The year group of a row, in print."""
        year = number(row["year_group"])
        return self.rules.years.label(None if year is None else int(year))

    def size(self, label: str) -> int:
        """How many children the year group of that label has."""
        return sum(self.year(row) == label for row in self.children.values())

    @property
    def small(self) -> int:
        """From how many children on a percentage is printed."""
        return self.rules.groups.small.percentages_from


def by_year(children: Iterable[Sequence[Row]], told: Told) -> list[tuple[str, list[Sequence[Row]]]]:
    """The rows of each child by year group, in the order of the year groups."""
    found: dict[str, list[Sequence[Row]]] = {told.year(row): [] for row in told.children.values()}
    for rows in children:
        found[told.year(told.children[text(rows[0]["pupil"])])].append(rows)
    return [(label, of) for label, of in found.items() if of]


def whole(cell: Cell) -> int:
    """A cell that counts."""
    return int(number(cell) or 0)
