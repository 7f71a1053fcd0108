"""A look back by child and by action: each child by name, with the rows of the tables that speak of the child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from siptrack.analysis.vocabulary import Measured, Unsure
from siptrack.cycle.given import BETWEEN
from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import ON_NOW, Agreed, Came, Counts, ListedChild, Moved, OnList
from siptrack.documents import flags
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.labels import subject_label
from siptrack.documents.people import Person, in_register_order, names_in_print
from siptrack.rules.model import Rules
from siptrack.school.cells import texts
from siptrack.school.frame import Frame
from siptrack.school.tables import rows_of

Row = TypeVar("Row", ListedChild, Agreed)
_ALWAYS = ("then", "stayed", "left", "joined", "now")
_COUNTED = ("then", "stayed", "left", "untold_now", "left_school", "joined", "untold_then", "new_here", "now")
_MOVED = (Moved.STAYED, Moved.JOINED, Moved.LEFT)
_MOVEMENT = ("from_term", "from_grade", "grade", "measured", "gain", "expected_gain")  # of a movement, in words
_APART = (Moved.UNTOLD_THEN, Moved.NEW_HERE, Moved.UNTOLD_NOW, Moved.LEFT_SCHOOL)


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


class ClassList(NamedTuple, Generic[Row]):
    """Children of a class of a year group."""

    year_group: int | None
    name: str
    children: Sequence[NamedChild[Row]]


class SetApart(NamedTuple):
    """Children on one of the lists who neither joined nor left, and why that cannot be told."""

    moved: Moved
    reason: str
    children: Sequence[NamedChild[ListedChild]]


class Effect(NamedTuple):
    """Where the children with an action stood and stand, each counted once.

    `states` are where those who were on the list are now; of the `others`, so many are on it now.
    """

    states: Mapping[OnList, int]
    others: int
    now_on: int


@dataclass(frozen=True)
class LookedBack:
    """The rows of a look back by child and by action, in the order of the page."""

    since: Since
    rules: Rules

    @cached_property
    def listed(self) -> list[ListedChild]:
        """Every child and subject on the list then or now."""
        return rows_of(ListedChild, self.since.frame("listed"))

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

    @cached_property
    def long_without_action(self) -> list[NamedChild[ListedChild]]:
        """The children long on the list for whom the record holds no action at all, the longest first.

        Where there is no record, nobody is.
        """
        if not self.recorded:
            return []
        rows = self.since.long_without_action(self.rules.actions.long)
        return _longest_first(self.children(rows_of(ListedChild, rows)))

    # --- the list -----------------------------------------------------------------------------------------------------

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
        """The counts of the whole school, by subject; none where there is one class."""
        if len({(row.year_group, row.class_) for row in self.counts}) < 2:  # noqa: PLR2004  # of one class they are its counts
            return []
        of_subject = {
            subject: [row for row in self.counts if row.subject == subject] for subject in self.since.analysis.subjects
        }
        return [
            Counts(None, "", subject, *(sum(cells) for cells in zip(*(row[3:] for row in rows), strict=True)))
            for subject, rows in of_subject.items()
            if rows
        ]

    @cached_property
    def long(self) -> list[NamedChild[ListedChild]]:
        """The children long on the list, with every subject in which they stayed on it; the strongest marks first."""
        rows = rows_of(ListedChild, self.since.long_on_list(self.least))
        pupils = {row.pupil for row in rows}
        others = [row for row in self.listed if row.pupil in pupils and row.moved == Moved.STAYED and row not in rows]
        marks = {row.pupil: -1.0 for row in rows}
        for row in rows:
            marks[row.pupil] = max(marks[row.pupil], -1.0 if row.behind_in_100 is None else row.behind_in_100)
        children = self.children([*rows, *others])
        return sorted(children, key=lambda child: (-marks[child.first.pupil], -child.terms, child.order))

    @property
    def _others(self) -> list[ListedChild]:
        """The rows of all that do not stand with those long on the list."""
        long = {row for child in self.long for row in child.rows}
        return [row for row in self.listed if row not in long]

    @property
    def least(self) -> int:
        """How many terms in a row on the list are long."""
        return self.rules.actions.long

    @property
    def without_action(self) -> int:
        """For how many of them the record holds no action at all; where there is no record, for none."""
        return _count_children(self.since.long_without_action(self.least)) if self.recorded else 0

    @property
    def without_provision(self) -> int:
        """For how many of them the sheet of provision holds nothing in a subject; where there is none, for none."""
        return _count_children(self.since.long_without_provision(self.least)) if self.provided else 0

    @property
    def numbers(self) -> bool:
        """Whether any child on the list has a number."""
        return any(row.behind_in_100 is not None for row in self.listed)

    @property
    def moved(self) -> Mapping[Moved, list[NamedChild[ListedChild]]]:
        """Those who stayed less long, joined and left, and in which subjects; those who stayed longest first."""
        every = {moved: self.children(row for row in self._others if row.moved == moved) for moved in _MOVED}
        every[Moved.STAYED].sort(key=lambda child: (*child.order[:2], -child.terms))
        return {moved: children for moved, children in every.items() if children}

    @property
    def apart(self) -> list[SetApart]:
        """Those who came to the school or left it, or of whom it cannot be told, by why."""
        reasons: dict[tuple[Moved, str], list[ListedChild]] = {}
        for row in self._others:
            reasons.setdefault((Moved(row.moved), row.reason), []).append(row)
        parts = [SetApart(moved, reason, self.children(rows)) for (moved, reason), rows in reasons.items()]
        return sorted((part for part in parts if part.moved in _APART), key=lambda part: _APART.index(part.moved))

    # --- a child ------------------------------------------------------------------------------------------------------

    def alike(self, child: NamedChild[ListedChild]) -> list[list[ListedChild]]:
        """The child's rows, those together of which the same is said."""
        found: dict[object, list[ListedChild]] = {}
        for row in child.rows:
            finding = self.shown(row)
            movement = [getattr(finding, name) for name in _MOVEMENT]
            found.setdefault((*movement, row.terms, row.since, self.recovered(row)), []).append(row)
        return list(found.values())

    def early(self, row: ListedChild) -> bool:
        """Whether it is too early to be sure of the child's marks."""
        return (row.pupil, row.subject) in self._early

    @cached_property
    def _early(self) -> set[tuple[object, ...]]:
        evidence = self.since.analysis.children.evidence
        return set(evidence[evidence["reason"] == Unsure.TOO_EARLY.value].in_rows("pupil", "subject"))

    def agreed_now(self, child: NamedChild[ListedChild]) -> list[str]:
        """What was agreed for the child, each once, with what came of it."""
        return self._agreed_of.get(child.first.pupil, [])

    @cached_property
    def _agreed_of(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for row in self.agreed:
            found.setdefault(row.pupil, {})[f"{row.action} ({row.came})"] = None
        return {pupil: list(actions) for pupil, actions in found.items()}

    def shown(self, row: ListedChild) -> Finding:
        """The movement that is said of a child: of one on the list now, one that says why.

        That is the movement since the start of a window, unless the child joined by what it lost since then.
        """
        since_then = self.finding(row)
        lost = row.gain is not None and row.gain < (row.expected_gain or 0)
        if row.moved not in ON_NOW or (lost and row.moved != Moved.STAYED):
            return since_then
        return self._naming.get((row.pupil, row.subject), since_then)

    @cached_property
    def _naming(self) -> dict[tuple[str, str], Finding]:
        """The finding by which each child and subject is on the list: of two, that in which more is missing."""
        found: dict[tuple[str, str], Finding] = {}
        for finding in list_findings(self.since.analysis, self.rules, self.rules.flags.counting):
            what = finding.pupil, finding.subject
            found[what] = max(found.get(what, finding), finding, key=_missing)
        return found

    def given(self, child: NamedChild[ListedChild]) -> dict[str, list[str]]:
        """The child's interventions since then, each with the subjects it is for, in the order of the rows."""
        found: dict[str, list[str]] = {}
        for row in child.rows:
            for intervention in filter(None, row.interventions.split(BETWEEN)):
                found.setdefault(intervention, []).append(self.subject(row))
        return found

    def subject(self, row: ListedChild | Agreed | Counts) -> str:
        """The subject of a row, in print; empty where it has none."""
        return subject_label(row.subject, self.rules) if row.subject else ""

    @cached_property
    def _recovered(self) -> dict[tuple[str, str], str]:
        flagged = self.since.analysis.children.flags
        newer = flagged[flagged["newer_term"] != ""]
        columns = [texts(newer[name]) for name in ("pupil", "subject", "newer_term", "newer_grade")]
        return {
            (pupil, subject): flags.already_at(term, grade)
            for pupil, subject, term, grade in zip(*columns, strict=True)
        }

    def recovered(self, row: ListedChild) -> str:
        """`Summer 2026 already: EXS`, where a newer mark shows the child to have recovered; else nothing."""
        return self._recovered.get((row.pupil, row.subject), "")

    def finding(self, row: ListedChild | Agreed) -> Finding:
        """The child's movement between the two terms, ready for the words of the scale."""
        return Finding(
            code="",
            pupil=row.pupil,
            subject=row.subject,
            label=self.subject(row),
            scale=self.rules.scales.get(row.scale),
            from_term=self.since.from_term.label,
            from_grade=row.from_grade,
            grade=row.grade,
            measured=Measured.LINE.value,
            gain=row.gain,
            expected_gain=row.expected_gain,
        )

    @staticmethod
    def by_class(children: Iterable[NamedChild[Row]]) -> list[ClassList[Row]]:
        """Children, or actions, who stand by class, class by class."""
        grouped = groupby(children, key=lambda child: (child.year_group, child.class_name))
        return [ClassList(year, name, list(of_class)) for (year, name), of_class in grouped]


def _count_children(rows: Frame) -> int:
    return len(set(rows["pupil"].tolist()))


def _missing(finding: Finding) -> float:
    """How much is missing to what was expected."""
    return (finding.expected_gain or 0) - (finding.gain or 0)


def _longest_first(children: Iterable[NamedChild[ListedChild]]) -> list[NamedChild[ListedChild]]:
    return sorted(children, key=lambda child: -child.terms)
