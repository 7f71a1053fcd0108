"""The figures that a template can ask for by address, such as `writing.year5.at_are_percent`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from siptrack.analysis.group_tables import GROUPS
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.tally import EVERYBODY
from siptrack.rendering.numbers import listed, percentage
from siptrack.rendering.ruler import ruler_digits
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.near import instead
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


class AddressedFigure(NamedTuple):
    """What stands in the place of an address: a number or text in a cell of its own, `words` inside a text."""

    cell: float | str
    words: str


class UnknownAddressError(Exception):
    """An address that leads nowhere; its message says which part, and what is known."""


def measures(table: Table) -> list[str]:
    """What can be asked of the rows of a table: its counts, and percentages of them."""
    return [*_counts(table), *_PERCENTAGES]


def known_word(word: str, known: Iterable[str], what: str) -> str:
    """The word where it is known.

    Raises UnknownAddressError with what comes near, or what there is.
    """
    every = list(dict.fromkeys(known))
    if word in every:
        return word
    raise UnknownAddressError(f"'{word}' is not a {what} here. {instead(word, every)}")


@dataclass(frozen=True)
class AddressedFigures:
    """Finds the figure of an address in an analysis."""

    analysis: Analysis
    rules: Rules

    def find(self, address: str) -> AddressedFigure:
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
            return AddressedFigure(plain[wanted], plain[wanted])
        parts = wanted.split(".")
        if len(parts) != _PARTS:
            raise UnknownAddressError(
                "An address has three parts, as in writing.year5.at_are_percent or maths.school.assessed; "
                f"or it is {listed(list(plain), 'or')}; or a table, as in table:flags."
            )
        subject = known_word(parts[0], self._subjects, "subject")
        whose = known_word(parts[1], [*self._places, *self._group_names], "year group or group")
        table, rows = (SUMMARY, self._years) if whose in self._places else (GROUPS, self._groups)
        return self._figure(rows.get((subject, whose)), known_word(parts[2], measures(table), "measure"))

    @cached_property
    def _subjects(self) -> list[str]:
        columns = self.rules.columns
        return [*self.analysis.subjects, *columns.subjects, *columns.combined]

    @cached_property
    def _places(self) -> dict[str, int | None]:
        """The whole school and every year group there can be, by the word in an address: `year5`, `reception`."""
        years = self.rules.years
        return {SCHOOL: None} | {_word(years.label(at)): at for at in range(years.lowest, years.highest + 1)}

    @cached_property
    def _group_names(self) -> list[str]:
        """Every group by its key where no other has it, and with its characteristic before it."""
        every = {**self.rules.groups.all(), **self.analysis.characteristics}
        keys = [(key, _word(group)) for key in every for group in (*every[key].groups, NOT_RECORDED)]
        counts = Counter(group for _, group in keys)
        return [*(group for _, group in keys if counts[group] == 1), *(f"{key}:{group}" for key, group in keys)]

    @cached_property
    def _years(self) -> dict[tuple[str, str], Counts]:
        words = {year: word for word, year in self._places.items()}
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
        for row in records(self.analysis.compared.groups, GROUPS.names):
            if row["among"] == EVERYBODY:
                word = _word(text(row["group"]))
                for name in {word, f"{row['characteristic']}:{word}"}.intersection(self._group_names):
                    found[text(row["subject"]), name] = row
        return found

    def _figure(self, row: Counts | None, measure: str) -> AddressedFigure:
        if row is None:
            return self._symbol(Status.NOT_AVAILABLE)
        if measure not in _PERCENTAGES:
            count = number(row[measure])
            return self._symbol(Status.NOT_APPLICABLE) if count is None else AddressedFigure(count, f"{count:,.0f}")
        count, of = (number(row[name]) for name in _PERCENTAGES[measure])
        if count is None or of is None:
            return self._symbol(Status.NOT_APPLICABLE)
        if of < max(self.rules.groups.small.percentages_from, 1):
            return self._symbol(Status.LOW_RELIABILITY)
        return AddressedFigure(count / of, f"{percentage(count, of)} %")

    def _symbol(self, status: Status) -> AddressedFigure:
        shown = self.rules.sharing.symbols[status].shown
        return AddressedFigure(shown, shown)


def _word(label: str) -> str:
    """A label as one word of an address."""
    return "".join(label.split()).casefold()


def _counts(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.unit == _CHILDREN]


def _sum(cells: Iterable[Cell]) -> Cell:
    """A sum of those that are known; None where none is."""
    known = [value for value in map(number, cells) if value is not None]
    return sum(known) if known else None


def _with_judged(row: Counts) -> Counts:
    """A row with how many children's progress can be told."""
    n, cannot_tell = number(row["n"]), number(row["cannot_tell"])
    return {**row, "judged": None if n is None or cannot_tell is None else n - cannot_tell}
