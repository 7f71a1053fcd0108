"""What is written of pupils as a percentage, attendance: each column read as percent or as shares of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.group_words import GroupReader
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.reading.terms import term_text
from siptrack.reading.written import Slot
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.register import NOT_RECORDED, STILL_HERE, Percentage
from siptrack.school.term import Season, Term

_NUMBER = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(%|per ?cent)?", re.IGNORECASE)
_WHOLE = 100.0


class Percentages(NamedTuple):
    """The percentages of pupils, the newest first; and what cells say in words, as pupil, characteristic, term, group.

    One that another contradicts for the same time is not among them.
    """

    numbers: Sequence[Percentage]
    in_words: Sequence[tuple[str, str, int, str]]


class _Cell(NamedTuple):
    """A cell of a known pupil, with its term's number and the time in words."""

    pupil: str
    slot: Slot
    text: str
    term: int
    period: str
    place: Place


def read_percentages(rows: Sequence[PupilRow], layouts: Layouts, rules: Rules, findings: Findings) -> Percentages:
    """Every percentage of the pupils who are known; what is none is reported with its place. `rows` are all rows."""
    columns: defaultdict[tuple[int, int], list[_Cell]] = defaultdict(list)
    for cell in _cells(rows, layouts):
        columns[cell.slot.table, cell.slot.column].append(cell)
    numbers: dict[tuple[str, str, int], Percentage] = {}
    in_words: list[tuple[str, str, int, str]] = []
    known = rules.groups.characteristics
    readers = {key: GroupReader(rule, rules.groups) for key, rule in known.items() if rule.percent}
    for cells in columns.values():
        key = cells[0].slot.subject
        shares = _are_shares(cell.text for cell in cells)
        for cell in cells:
            percent = _percent(cell.text, shares=shares)
            group = readers[key].read(cell.text) if percent is None else None
            if percent is not None:
                _take(Percentage(cell.pupil, key, cell.term, cell.period, percent, *cell.place), numbers, findings)
            elif group is None:
                found = f"'{cell.text}' under {known[key].label}"
                findings.add("unknown-value", cell.place, found, "a percentage from 0 to 100")
            elif group != NOT_RECORDED:
                in_words.append((cell.pupil, key, cell.term, group))
    return Percentages(
        sorted(numbers.values(), key=lambda row: (row.characteristic, row.pupil, -row.term)),
        sorted(in_words, key=lambda word: -word[2]),
    )


def _take(percentage: Percentage, taken: dict[tuple[str, str, int], Percentage], findings: Findings) -> None:
    """Take a percentage, the first of its time; another one for that is asked about."""
    first = taken.setdefault((percentage.pupil, percentage.characteristic, percentage.term), percentage)
    if first.percent != percentage.percent:
        found = f"{percentage.percent:g} %, and {first.percent:g} % elsewhere for the same time, which was taken"
        findings.add("characteristic-clash", percentage.place, found, "one value")


def _number(text: str) -> tuple[float, bool] | None:
    """The number in a cell, and whether it says itself that it is in percent; None for what is no number."""
    match = _NUMBER.fullmatch(text.strip())
    return (float(match[1].replace(",", ".")), bool(match[2])) if match else None


def _are_shares(texts: Iterable[str]) -> bool:
    """Whether most numbers of a column are shares of one, as a spreadsheet holds a cell that shows 96.4 %: 0.964."""
    bare = [number for number, says_percent in filter(None, map(_number, texts)) if not says_percent]
    return sum(0 <= number <= 1 for number in bare) > len(bare) / 2


def _percent(text: str, *, shares: bool) -> float | None:
    """A cell in percent; None for what is none, such as 964 and -3, and 0.964 among 96.4s. `shares`: 0.964 is 96.4."""
    number, says_percent = _number(text) or (-1.0, False)
    if says_percent:
        return number if 0 <= number <= _WHOLE else None
    if shares:
        return round(number * _WHOLE, 4) if 0 <= number <= 1 else None
    return number if number == 0 or 1 < number <= _WHOLE else None


def _cells(rows: Sequence[PupilRow], layouts: Layouts) -> Iterator[_Cell]:
    written = layouts.beside
    newest = max((row.academic_year for row in rows), default=0)
    for at, number, slot, text in written.cells():
        row = rows[at]
        if row.who is not None and not slot.is_age:
            term, period = _when(row, slot, newest)
            place = layouts.tables[slot.table].context.place(number, slot.column)
            yield _Cell(row.pupil, slot, text, term, period, place)


def year_of(row: PupilRow, slot: Slot) -> int | None:
    """The school year that a column names, also by a year group that the row's pupil was once in; None for none."""
    if slot.term.academic_year is None and slot.term.year_group is not None and row.year_group is not None:
        return row.academic_year - (row.year_group - slot.term.year_group)
    return slot.term.academic_year


def _when(row: PupilRow, slot: Slot, newest: int) -> tuple[int, str]:
    """The number of the term that a percentage is of, and the time in words; of a whole year its last term.

    Where nothing says when, it is of the row's own time: as the children on roll are now in a list of these.
    """
    year = year_of(row, slot)
    if slot.term.season is not None:
        term = Term(row.academic_year if year is None else year, slot.term.season)
        return term.number, term.label
    if year is not None and year < newest:
        return Term(year, Season.SUMMER).number, term_text(slot.term._replace(academic_year=year, year_group=None))
    return STILL_HERE if row.is_list else row.last_term, ""
