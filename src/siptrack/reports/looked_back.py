"""A look back made ready for words: each child by name, with the rows of the tables that speak of the child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from siptrack.analysis.choosing import as_in_a_register
from siptrack.analysis.vocabulary import Measured
from siptrack.cycle.given import BETWEEN
from siptrack.cycle.since import WHO, Since
from siptrack.cycle.since_tables import AGREED, LISTED, Came, Moved, OnList
from siptrack.documents.labels import subject_label
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.children import known_as
from siptrack.reports.findings import Finding
from siptrack.reports.wording import since as wording
from siptrack.reports.wording.flags import already_at
from siptrack.rules.model import Rules

if TYPE_CHECKING:
    from siptrack.school.frame import Frame

Row = Mapping[str, Cell]
Place = tuple[str, str, Cell]  # file, sheet and row of an action
_LAST = 99  # children whose year group is not known come after the others


@dataclass(frozen=True)
class Named:
    """A child by name, in a class, with rows about them."""

    name: str
    year_group: int | None
    class_name: str
    rows: tuple[Row, ...]

    @property
    def terms(self) -> int:
        """The most terms in a row on the list."""
        return max((whole(row["terms"]) for row in self.rows), default=0)


@dataclass(frozen=True)
class Agreed:
    """One action, with a row for each subject that it is about."""

    child: Named
    came: Came
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class LookedBack:
    """The rows of a look back by child and by action, in the order in which they are told."""

    since: Since
    rules: Rules

    @cached_property
    def listed(self) -> list[dict[str, Cell]]:
        """Every child and subject on the list then or now."""
        return records(self.since.frame("listed"), LISTED.names)

    @cached_property
    def agreed(self) -> list[dict[str, Cell]]:
        """Every action and subject."""
        return records(self.since.frame("actions"), AGREED.names)

    @cached_property
    def _shared_names(self) -> frozenset[tuple[str, str]]:
        """The names that two children of a class have."""
        keys: dict[tuple[str, str], set[str]] = {}
        for row in (*records(self.since.analysis.children.pupils, WHO), *self.listed, *self.agreed):
            keys.setdefault(known_as(row), set()).add(text(row["pupil"]))
        return frozenset(name for name, pupils in keys.items() if len(pupils) > 1)

    def named(self, rows: Iterable[Row]) -> list[Named]:
        """The children of these rows by year group, class and name."""
        of_pupil: dict[str, list[Row]] = {}
        for row in rows:
            of_pupil.setdefault(text(row["pupil"]), []).append(row)
        return sorted((self._named(found) for found in of_pupil.values()), key=_in_order)

    def _named(self, rows: Sequence[Row]) -> Named:
        name, class_name = known_as(rows[0])
        twice = f" ({text(rows[0]['pupil'])})" if (name, class_name) in self._shared_names else ""
        year = number(rows[0]["year_group"])
        return Named(name + twice, None if year is None else int(year), class_name, tuple(rows))

    def moved(self, moved: Moved) -> list[Named]:
        """The children who moved so, with the subjects in which they did."""
        return self.named(row for row in self.listed if row["moved"] == moved.value)

    def by_reason(self, moved: Moved) -> dict[str, list[Named]]:
        """The same by why it cannot be told, or could not be; empty where that is no question."""
        rows = [row for row in self.listed if row["moved"] == moved.value]
        reasons = dict.fromkeys(text(row["reason"]) for row in rows)
        return {reason: self.named(row for row in rows if text(row["reason"]) == reason) for reason in reasons}

    @cached_property
    def actions(self) -> list[Agreed]:
        """Every action, those of which the record says nothing first."""
        of_place: dict[Place, list[Row]] = {}
        for row in self.agreed:
            place = text(row["file"]), text(row["sheet"]), row["row"]
            of_place.setdefault(place, []).append(row)
        return [Agreed(self._named(rows), Came(text(rows[0]["came"])), tuple(rows)) for rows in of_place.values()]

    def effect(self) -> str:
        """Where the children with an action stood then and stand now, each child counted once."""
        children = self.named(self.agreed)
        on = [child for child in children if state_of(child.rows, "then") is OnList.ON]
        off = [child for child in children if state_of(child.rows, "then") is not OnList.ON]
        states = Counter(state_of(child.rows, "now") for child in on)
        off_now_on = sum(state_of(child.rows, "now") is OnList.ON for child in off)
        return wording.effect_sentence(self.since.from_term, states, len(off), off_now_on)

    def could_be_told(self) -> str:
        """Of how many children progress could be told then and can be now."""
        since = self.since
        told = since.told_then, since.roll_then, since.told_now, since.roll_now
        return wording.told_sentence(*told, (since.from_term, since.term))

    @cached_property
    def long_without_action(self) -> list[Named]:
        """The children long on the list for whom the record holds no action at all, the longest first."""
        return self._longest_first(self.since.long_without_action(self.rules.actions.long))

    @cached_property
    def long_without_provision(self) -> list[Named]:
        """The same for whom the sheet of provision holds nothing, with the subjects in which that is so."""
        return self._longest_first(self.since.long_without_provision(self.rules.actions.long))

    def _longest_first(self, rows: Frame) -> list[Named]:
        return sorted(self.named(records(rows, LISTED.names)), key=lambda child: -child.terms)

    def given(self, child: Named) -> dict[str, list[str]]:
        """The child's interventions since then, each with the subjects it is for, in the order of the rows."""
        found: dict[str, list[str]] = {}
        for row in child.rows:
            for intervention in filter(None, text(row["interventions"]).split(BETWEEN)):
                found.setdefault(intervention, []).append(self.subject(row))
        return found

    def subject(self, row: Row) -> str:
        """The subject of a row, in print; empty where it has none."""
        return subject_label(text(row["subject"]), self.rules) if row["subject"] else ""

    @cached_property
    def _recovered(self) -> dict[tuple[str, str], str]:
        """The words on a newer mark by which a child has recovered, by child and subject."""
        flags = self.since.analysis.children.flags
        rows = records(flags[flags["newer_term"] != ""], ["pupil", "subject", "newer_term", "newer_grade"])
        return {
            (text(row["pupil"]), text(row["subject"])): already_at(text(row["newer_term"]), text(row["newer_grade"]))
            for row in rows
        }

    def recovered(self, row: Row) -> str:
        """`Summer 2026 already: EXS`, where a newer mark shows the child to have recovered; else nothing."""
        return self._recovered.get((text(row["pupil"]), text(row["subject"])), "")

    def movement(self, row: Row) -> str:
        """The child's movement between the two terms, in the words of the scale."""
        return wording.moved_words(
            Finding(
                code="",
                pupil=text(row["pupil"]),
                subject=text(row["subject"]),
                label=self.subject(row),
                scale=self.rules.scales.get(text(row["scale"])),
                from_term=self.since.from_term.label,
                from_grade=text(row["from_grade"]),
                grade=text(row["grade"]),
                measured=Measured.LINE.value,
                gain=number(row["gain"]),
                expected_gain=number(row["expected_gain"]),
            )
        )


def by_class(children: Iterable[Named], key: Callable[[Named], int]) -> list[tuple[int | None, str, list[Named]]]:
    """Children by class, in each by that key and then as they stood."""
    classes: dict[tuple[int | None, str], list[Named]] = {}
    for child in children:
        classes.setdefault((child.year_group, child.class_name), []).append(child)
    return [(year, name, sorted(of_class, key=key)) for (year, name), of_class in classes.items()]


def state_of(rows: Iterable[Row], when: str) -> OnList:
    """Where a child is in a term, in any of these subjects: on the list before anything else."""
    found = {OnList(text(row[when])) for row in rows}
    return next(state for state in OnList if state in found)


def whole(cell: Cell) -> int:
    """A cell that counts."""
    return int(number(cell) or 0)


def _in_order(child: Named) -> tuple[int, str, str, str]:
    year = _LAST if child.year_group is None else child.year_group
    return year, child.class_name, as_in_a_register(child.name), child.name
