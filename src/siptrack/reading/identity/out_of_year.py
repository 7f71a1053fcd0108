"""Children whose birthday and year group do not fit; each is judged by the year group taught all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.rules.model import YearRules
from siptrack.school.term import Season, Term


class _Taught(NamedTuple):
    """A child's newest row with a year group, and how many year groups that is above the one that fits the birthday."""

    row: PupilRow
    above: int


def report_out_of_year(best_first: Sequence[PupilRow], layouts: Layouts, rules: YearRules, findings: Findings) -> None:
    """Ask about each child out of year group, and about a sheet of which most children are alike so, once.

    `best_first` are the rows whose pupil is known, those that count most first.
    """
    children = list(_children(best_first, rules))
    with_birthday = Counter(child.row.row.table for child in children)
    alike = Counter((child.row.row.table, child.above) for child in children if child.above)
    limits = rules.birthdays
    of_sheets = {
        (table, above)
        for (table, above), count in alike.items()
        if count >= limits.least and 100 * count > limits.share * with_birthday[table]
    }
    for table, above in sorted(of_sheets):
        way = "above" if above > 0 else "below"
        count = f"{alike[table, above]} of {with_birthday[table]} children with a birthday"
        found = f"{count} are {_groups(above)} {way} theirs"
        place = layouts.tables[table].context.place()
        findings.add("year-groups-misfit", place, found, "year groups of the sheet's school year")
    for child in children:
        if child.above and (child.row.row.table, child.above) not in of_sheets:
            near = abs(child.above) <= limits.out_of_year
            taught = rules.label(child.row.year_group)
            found = f"{taught}, {_groups(child.above)} {'above' if child.above > 0 else 'below'} what fits the birthday"
            code = "out-of-year-group" if near else "birthday-misfit"
            findings.add(code, layouts.place(child.row.row), found, "a year group that fits the birthday")


def _children(best_first: Sequence[PupilRow], rules: YearRules) -> Iterator[_Taught]:
    """Each child with a birthday and a year group, by the newest row that tells the year group."""
    born: dict[str, str] = {}
    newest: dict[str, PupilRow] = {}
    for row in best_first:
        if row.date_of_birth:
            born.setdefault(row.pupil, row.date_of_birth)
        if row.year_group is not None and Term(row.academic_year, Season.AUTUMN).dated:
            held = newest.setdefault(row.pupil, row)
            if row.academic_year > held.academic_year:
                newest[row.pupil] = row
    for pupil, row in newest.items():
        fitting = rules.fitting(born.get(pupil, ""), row.academic_year)
        if fitting is not None and row.year_group is not None:
            yield _Taught(row, row.year_group - fitting)


def _groups(count: int) -> str:
    return "one year group" if abs(count) == 1 else f"{abs(count)} year groups"
