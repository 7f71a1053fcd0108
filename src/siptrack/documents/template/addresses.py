"""The figures that a template can ask for by address, such as `writing.year5.at_are_percent`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from siptrack.analysis.group_tables import GROUPS
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.tally import EVERYBODY
from siptrack.documents.template import faults
from siptrack.rendering.numbers import percentage
from siptrack.rendering.ruler import ruler_digits
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sharing import Status
from siptrack.school.tables import Table

SCHOOL = "school"
_CHILDREN = "pupils"  # the unit of a count of children
_PARTS = 3  # subject, whose, measure
_PERCENTAGES = {  # of which count, and of how many
    "at_are_percent": ("at_are", "assessed"),
    "insufficient_percent": ("insufficient", "judged"),
}
Counts = Mapping[str, Cell]


@dataclass(frozen=True)
class Figure:
    """What stands in the place of an address: a number or text in a cell of its own, `words` inside a text."""

    cell: float | str
    words: str


class UnknownAddressError(Exception):
    """An address that leads nowhere; its message says which part, and what is known."""


def measures(table: Table) -> list[str]:
    """What can be asked of the rows of a table: its counts, and percentages of them."""
    return [*_counts(table), *_PERCENTAGES]


@dataclass(frozen=True)
class Figures:
    """Finds the figure of an address in an analysis."""

    analysis: Analysis
    rules: Rules

    def find(self, address: str) -> Figure:
        """The figure at an address.

        Raises UnknownAddressError where no data could ever have one there.
        """
        wanted = address.casefold()
        plain = {
            "term": self.analysis.term.label,
            "school_year": self.analysis.term.academic_year_label or "",
            "rules": ruler_digits(self.rules.ruler),
        }
        if wanted in plain:
            return Figure(plain[wanted], plain[wanted])
        parts = wanted.split(".")
        if len(parts) != _PARTS:
            raise UnknownAddressError(faults.shape(list(plain)))
        subject = _known(parts[0], self._subjects, faults.SUBJECT)
        rows = self._years if parts[1] in self._places else self._groups
        _known(parts[1], [*self._places, *self._group_names], faults.WHOSE)
        measure = _known(parts[2], measures(SUMMARY if rows is self._years else GROUPS), faults.MEASURE)
        return self._figure(rows.get((subject, parts[1])), measure)

    @cached_property
    def _subjects(self) -> list[str]:
        columns = self.rules.columns
        return list(dict.fromkeys((*self.analysis.subjects, *columns.subjects, *columns.combined)))

    @cached_property
    def _places(self) -> dict[str, int | None]:
        """The whole school and every year group there can be, by the word in an address: `year5`, `reception`."""
        years = self.rules.years
        named: dict[str, int | None] = {_word(years.label(at)): at for at in range(years.lowest, years.highest + 1)}
        return {SCHOOL: None, **named}

    @cached_property
    def _group_names(self) -> list[str]:
        """Every group by its key where no other has it, and with its characteristic before it."""
        every = {**self.rules.groups.all(), **self.analysis.characteristics}
        keys = [(key, group) for key in every for group in (*every[key].groups, NOT_RECORDED)]
        counts: dict[str, int] = {}
        for _, group in keys:
            counts[_word(group)] = counts.get(_word(group), 0) + 1
        alone = [_word(group) for _, group in keys if counts[_word(group)] == 1]
        return [*alone, *(f"{key}:{_word(group)}" for key, group in keys)]

    @cached_property
    def _years(self) -> dict[tuple[str, str], Counts]:
        words = {year: word for word, year in self._places.items() if year is not None}
        found: dict[tuple[str, str], Counts] = {}
        whole: dict[str, list[Counts]] = {}
        for row in records(self.analysis.compared.summary, SUMMARY.names):
            year = number(row["year_group"])
            whole.setdefault(text(row["subject"]), []).append(row)
            if year is not None:
                found[text(row["subject"]), words[int(year)]] = _with_judged(row)
        for subject, rows in whole.items():
            found[subject, SCHOOL] = _with_judged({name: _sum(row[name] for row in rows) for name in _counts(SUMMARY)})
        return found

    @cached_property
    def _groups(self) -> dict[tuple[str, str], Counts]:
        found: dict[tuple[str, str], Counts] = {}
        alone = set(self._group_names)
        for row in records(self.analysis.compared.groups, GROUPS.names):
            if row["among"] != EVERYBODY:
                continue
            word = _word(text(row["group"]))
            found[text(row["subject"]), f"{row['characteristic']}:{word}"] = row
            if word in alone:
                found[text(row["subject"]), word] = row
        return found

    def _figure(self, row: Counts | None, measure: str) -> Figure:
        if row is None:
            return self._symbol(Status.NOT_AVAILABLE)
        if measure not in _PERCENTAGES:
            count = number(row[measure])
            return self._symbol(Status.NOT_APPLICABLE) if count is None else Figure(count, f"{count:,.0f}")
        count, of = (number(row[name]) for name in _PERCENTAGES[measure])
        if count is None or of is None:
            return self._symbol(Status.NOT_APPLICABLE)
        if of < max(self.rules.groups.small.percentages_from, 1):
            return self._symbol(Status.LOW_RELIABILITY)
        return Figure(count / of, f"{percentage(count, of)} %")

    def _symbol(self, status: Status) -> Figure:
        shown = self.rules.sharing.symbols[status].shown
        return Figure(shown, shown)


def _known(word: str, known: Iterable[str], what: str) -> str:
    """The word where it is known; the error says what comes near, or what there is."""
    every = list(dict.fromkeys(known))
    if word in every:
        return word
    raise UnknownAddressError(faults.unknown_part(what, word, every))


def _word(label: str) -> str:
    """A label as one word of an address."""
    return "".join(label.split()).casefold()


def _counts(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.unit == _CHILDREN]


def _sum(cells: Iterable[Cell]) -> Cell:
    """A sum of those that are told; None where none is."""
    told = [value for value in map(number, cells) if value is not None]
    return sum(told) if told else None


def _with_judged(row: Counts) -> Counts:
    """A row with how many children's progress can be told."""
    n, untold = number(row["n"]), number(row["cannot_tell"])
    return {**row, "judged": None if n is None or untold is None else n - untold}
