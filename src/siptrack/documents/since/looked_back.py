"""A look back by child and by action: each child by name, with the rows of the tables that speak of the child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import Agreed, Came, Counts, ListedChild, Moved, OnList
from siptrack.documents.labels import subject_label
from siptrack.documents.people import Person, in_register_order, names_in_print
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.tables import rows_of

Row = TypeVar("Row", ListedChild, Agreed)
_ALWAYS = ("then", "stayed", "left", "joined", "now")
_COUNTED = ("then", "stayed", "left", "untold_now", "left_school", "joined", "untold_then", "new_here", "now")


@dataclass(frozen=True)
class NamedChild(Generic[Row]):
    """A child by name, in a class, with rows about them."""

    name: str
    year_group: int | None
    class_name: str
    rows: tuple[Row, ...]

    @property
    def terms(self) -> int:
        """The most terms in a row on the list."""
        return max((row.terms for row in self.rows), default=0)

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Its place among others: by year group, class and name."""
        return in_register_order(self.year_group, self.class_name, self.name)

    @property
    def first(self) -> Row:
        """The first row: of an action, all that is alike in every one."""
        return self.rows[0]

    def state(self, when: str) -> OnList:
        """Where the child is `then` or `now`, in any of the subjects: on the list before anything else."""
        found = {getattr(row, when) for row in self.rows}
        return next(state for state in OnList if state in found)


class Effect(NamedTuple):
    """Where the children with an action stood and stand, each counted once.

    `states` are where those who were on the list are now; of the `others`, so many are on it now.
    """

    states: Mapping[OnList, int]
    others: int
    now_on: int


@dataclass(frozen=True)
class LookedBack:
    """The rows of a look back by child and by action."""

    since: Since
    rules: Rules

    @cached_property
    def agreed(self) -> list[Agreed]:
        """Every action and subject."""
        return rows_of(Agreed, self.since.frame("actions"))

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        tables = self.since.analysis.children.pupils, self.since.frame("listed"), self.since.frame("actions")
        return names_in_print(row for table in tables for row in rows_of(Person, table))

    def _named(self, rows: Sequence[Row]) -> NamedChild[Row]:
        first = rows[0]
        year = None if first.year_group is None else int(first.year_group)
        return NamedChild(self._names[first.pupil, first.class_], year, first.class_, tuple(rows))

    def children(self, rows: Iterable[Row]) -> list[NamedChild[Row]]:
        """The children of these rows by year group, class and name."""
        of_pupil: dict[str, list[Row]] = {}
        for row in rows:
            of_pupil.setdefault(row.pupil, []).append(row)
        return sorted((self._named(found) for found in of_pupil.values()), key=lambda child: child.order)

    @cached_property
    def listed(self) -> list[NamedChild[ListedChild]]:
        """Every child on the list then or now."""
        return self.children(rows_of(ListedChild, self.since.frame("listed")))

    # --- what was agreed ----------------------------------------------------------------------------------------------

    @cached_property
    def actions(self) -> list[NamedChild[Agreed]]:
        """Every action as its child, with a row for each subject; those of which the record says nothing first."""
        of_place: dict[tuple[str, str, int], list[Agreed]] = {}
        for row in self.agreed:
            of_place.setdefault((row.file, row.sheet, row.row), []).append(row)
        return [self._named(rows) for rows in of_place.values()]

    @property
    def recorded(self) -> bool:
        """Whether there is a record of actions."""
        return not self.since.analysis.register.frame("actions").empty

    @property
    def provided(self) -> bool:
        """Whether there is a sheet of provision."""
        return self.since.analysis.register.optional_frame("provision") is not None

    @property
    def agreed_for(self) -> int:
        """For how many children something was agreed."""
        return len({row.pupil for row in self.agreed})

    @property
    def came(self) -> Mapping[str, list[NamedChild[Agreed]]]:
        """The actions by what came of them."""
        found: dict[str, list[NamedChild[Agreed]]] = {came: [] for came in Came}
        for action in self.actions:
            found[action.first.came].append(action)
        return {came: alike for came, alike in found.items() if alike}

    @property
    def effect(self) -> Effect:
        """Where the children with an action stood then and stand now."""
        children = self.children(self.agreed)
        on = [child for child in children if child.state("then") is OnList.ON]
        off = [child for child in children if child.state("then") is not OnList.ON]
        now_on = sum(child.state("now") is OnList.ON for child in off)
        return Effect(Counter(child.state("now") for child in on), len(off), now_on)

    # --- the list -----------------------------------------------------------------------------------------------------

    @property
    def least(self) -> int:
        """How many terms in a row on the list are long."""
        return self.rules.actions.long

    @cached_property
    def long(self) -> set[str]:
        """The keys of the children long on the list."""
        return self._pupils(self.since.long_on_list(self.least))

    @cached_property
    def long_without_action(self) -> list[NamedChild[ListedChild]]:
        """Those of them for whom the record holds no action at all, the longest first; nobody without a record."""
        if not self.recorded:
            return []
        rows = self.since.long_without_action(self.least)
        return sorted(self.children(rows_of(ListedChild, rows)), key=lambda child: -child.terms)

    @cached_property
    def nothing(self) -> set[str]:
        """For whom of them the records hold neither an action nor provision since then; for nobody without records."""
        if not (self.recorded or self.provided):
            return set()
        given = {row.pupil for child in self.listed for row in child.rows if row.interventions}
        return self.long - given - self._pupils(self.since.analysis.register.frame("actions"))

    @staticmethod
    def _pupils(rows: Frame) -> set[str]:
        return set(rows["pupil"].tolist())

    @cached_property
    def counts(self) -> list[Counts]:
        """How many moved how in each class and subject."""
        return rows_of(Counts, self.since.frame("counts"))

    @property
    def counted(self) -> list[str]:
        """What is counted in the table: what always is, and what there is of the rest."""
        return [name for name in _COUNTED if name in _ALWAYS or any(getattr(row, name) for row in self.counts)]

    @property
    def totals(self) -> list[Counts]:
        """The counts of the whole school, by subject."""
        of_subject = {
            subject: [row for row in self.counts if row.subject == subject] for subject in self.since.analysis.subjects
        }
        return [
            Counts(None, "", subject, *(sum(cells) for cells in zip(*(row[3:] for row in rows), strict=True)))
            for subject, rows in of_subject.items()
            if rows
        ]

    def moved(self, moved: Moved) -> int:
        """How many children moved so in a subject."""
        return sum(any(row.moved == moved for row in child.rows) for child in self.listed)

    def subject(self, row: ListedChild | Agreed | Counts) -> str:
        """The subject of a row, in print; empty where it has none."""
        return subject_label(row.subject, self.rules) if row.subject else ""
