"""From and until when the files show each pupil on roll: by a pupil list, else by the results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from siptrack.reading.calendar import HISTORY_YEARS, NEVER
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.reading.spelling import words
from siptrack.reading.terms import term_on
from siptrack.reading.values import read_date
from siptrack.rules.model import ColumnRules
from siptrack.school.register import STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term


def terms_on_roll(known: Sequence[PupilRow], layouts: Layouts, columns: ColumnRules) -> Mapping[str, tuple[int, int]]:
    """From and until when the files show each pupil on roll, as terms' numbers."""
    roll = _Roll(known, layouts, columns)
    found: dict[str, tuple[int, int]] = {}
    for pupil_row in known:
        since, until = found.get(pupil_row.pupil, (STILL_HERE, NEVER))
        found[pupil_row.pupil] = min(since, pupil_row.first_term), max(until, roll.until(pupil_row))
    return found


class _Roll:
    """Until when each row shows its pupil on roll."""

    def __init__(self, known: Sequence[PupilRow], layouts: Layouts, columns: ColumnRules) -> None:
        self.layouts, self.columns = layouts, columns
        self.listed = {pupil_row.pupil for pupil_row in known if pupil_row.is_list}
        self.left = {pupil_row.pupil for pupil_row in known if pupil_row.is_list and self._has_left(pupil_row)}
        self.terms: defaultdict[int, set[int]] = defaultdict(set)
        for pupil_row in known:
            if pupil_row.last_term > NEVER:
                self.terms[pupil_row.row.table].add(pupil_row.last_term)
        self.of_table = {table: self._of_table(table) for table in {pupil_row.row.table for pupil_row in known}}

    def _has_left(self, pupil_row: PupilRow) -> bool:
        """Whether a row of a pupil list says that its pupil has left, or when the pupil leaves."""
        if words(pupil_row.row.texts.get("enrolment", "")) in self.columns.left:
            return True
        return read_date(pupil_row.row.texts.get("leaving_date", ""), self.columns.date_formats) is not None

    def until(self, pupil_row: PupilRow) -> int:
        """The number of the last term in which a row shows its pupil on roll.

        A sheet with one row a pupil lists who is here; a row of a result lists nobody, nor does a history in which
        leavers stay.
        """
        if pupil_row.is_list:
            return self._as_listed(pupil_row)
        if pupil_row.pupil in self.left:  # nobody who has left waits for a result
            return pupil_row.last_term
        if self.listed and pupil_row.pupil not in self.listed:
            return (
                pupil_row.last_term
            )  # who is on roll is the list's to say: others are here as long as they have results
        newest, of_those_here = self.of_table[pupil_row.row.table]
        same_year = newest // SEASONS_IN_A_YEAR == pupil_row.last_term // SEASONS_IN_A_YEAR
        return newest if of_those_here or same_year else pupil_row.last_term

    def _of_table(self, number: int) -> tuple[int, bool]:
        """The newest term of a table, and whether it lists those who are here."""
        terms = self.terms.get(number, set())
        years = {term // SEASONS_IN_A_YEAR for term in terms}
        of_those_here = 0 < len(years) < HISTORY_YEARS and not self.layouts.tables[number].row_each_result
        return max(terms, default=NEVER), of_those_here

    def _as_listed(self, pupil_row: PupilRow) -> int:
        """Until when a row of a pupil list shows its pupil on roll."""
        if day := read_date(pupil_row.row.texts.get("leaving_date", ""), self.columns.date_formats):
            return term_on(day, self.columns.season_months).number
        if words(pupil_row.row.texts.get("enrolment", "")) in self.columns.left:
            return NEVER
        year = self.layouts.context(pupil_row.row).term.academic_year
        return STILL_HERE if year is None else Term(year, Season.SUMMER).number
