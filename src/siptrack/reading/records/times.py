"""When something is to be done or was: a date, a term or several, in the words of a school's record."""

from __future__ import annotations

from siptrack.reading.records.sheets import BETWEEN
from siptrack.reading.terms import TermFinder, TermParts, term_on
from siptrack.reading.values import read_date
from siptrack.rules.model import ColumnRules
from siptrack.school.term import Term


class TimeReader:
    """Understands dates and terms where either may stand."""

    def __init__(self, finder: TermFinder, columns: ColumnRules) -> None:
        self.finder, self.columns = finder, columns

    def when(self, text: str) -> TermParts:
        """What a date or the name of a term says of a term."""
        day = read_date(text, self.columns.date_formats)
        if day is None:
            return self.finder.find(text)[0]
        term = term_on(day, self.columns.season_months)
        return TermParts(term.season, term.academic_year)

    def only_a_time(self, text: str) -> bool:
        """Whether a text is a date or a term and nothing else: when it will be looked at, not how it went."""
        parts, rest = self.finder.find(text)
        return read_date(text, self.columns.date_formats) is not None or (parts.speaks and rest in ("", "term"))

    def due(self, by_when: str, agreed: Term | None) -> Term | None:
        """The last term that a text names; a season without a year is the next one from when it was agreed on."""
        found = []
        for text in by_when.split(BETWEEN):
            parts = self.when(text)
            if parts.season is not None and parts.academic_year is not None:
                found.append(Term(parts.academic_year, parts.season))
            elif parts.season is not None and agreed is not None:
                found.append(Term(agreed.academic_year + (parts.season < agreed.season), parts.season))
        return max(found, default=None)

    def written(self, text: str) -> str:
        """A date as 2009-07-08; anything else as it is written."""
        day = read_date(text, self.columns.date_formats)
        return text if day is None else day.isoformat()
