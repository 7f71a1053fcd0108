"""Reading and spelling ages: the ages that tests gave a pupil, and the rules by which they are read and compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from siptrack.school.tables import column, declared
from siptrack.school.term import Season

OWN_AGE, TEST_DATE = "own", "date"  # what columns beside ages hold
MONTHS_IN_A_YEAR = 12
DAYS_A_MONTH = 365.25 / MONTHS_IN_A_YEAR  # on average
described = column  # in a table that has a column of that name


class AgeResult(NamedTuple):
    """An age that a test gave a pupil."""

    pupil: str = described("the pupil's key", always=True)
    kind: str = described("reading or spelling, as in ages.yaml", always=True)
    test: str = described("the test, as its column names it; empty where it names none")
    term: int = described("number of the term that it is of", always=True)
    tested: str = described(
        "the day of the test, as 2025-09-12; 2025-09 where only its month is known; empty for neither"
    )
    months: float = described("the age; of a limit the nearest that it can be", always=True, unit="months")
    limit: float = described("-1 where the age is that at most, 1 where at least, as in 12+; else 0", always=True)
    text: str = described("what was written", always=True)
    own_months: float | None = described("the child's own age as written beside it; empty where none is", unit="months")
    file: str = described("file", always=True)
    sheet: str = described("sheet")
    row: int = described("row, counted from 1", always=True)
    column: int = described("column, counted from 1", always=True)


AGES = declared("ages", "The ages that tests of reading or spelling gave pupils, in order of time.", AgeResult)


class AgeKind(NamedTuple):
    """A kind of age: how its columns are headed, and the subject that a flag of it belongs to.

    A `short` heading counts only where cells of its column are years and months.
    """

    key: str
    label: str
    headings: tuple[str, ...]
    short: tuple[str, ...]
    subject: str = ""


class AgeUnits(NamedTuple):
    """Words of a heading that say whether ages are in months, in years, or in both."""

    months: tuple[str, ...]
    years: tuple[str, ...]
    both: tuple[str, ...]


class AgeRules(NamedTuple):
    """How ages are read and compared.

    `own` heads the child's own age, `dates` the day of the test; `tests` are names of tests beside the known makers.
    What lies outside `years` is no age of a test. `term_starts` is the month with which each term begins. Tests nearer
    than `least_months` give no ratio gain; own ages that lie further `apart` are asked about.
    """

    kinds: Mapping[str, AgeKind]
    own: AgeKind
    dates: tuple[str, ...]
    units: AgeUnits
    tests: tuple[str, ...]
    years: range
    term_starts: Mapping[Season, int]
    least_months: int
    apart: int

    @property
    def named(self) -> tuple[str, ...]:
        """What a column of an age, or one beside it, may be called."""
        return (*self.kinds, OWN_AGE, TEST_DATE)

    @property
    def months(self) -> range:
        """The months of age that a test may give."""
        return range(self.years[0] * MONTHS_IN_A_YEAR, (self.years[-1] + 1) * MONTHS_IN_A_YEAR)


class Day(NamedTuple):
    """A day, or the days of a column: numbers, or arrays of them."""

    year: Any
    month: Any
    day: Any


def day_in(text: str) -> Day | None:
    """The day in a text such as 2025-09-12; None for any other, such as the month 2025-09."""
    parts = text.split("-")
    return Day(*map(int, parts)) if len(parts) == len(Day._fields) else None


def months_old(born: Day, on: Day) -> Any:  # noqa: ANN401  # a number, or an array of them
    """The whole months of age on a day: one is complete on the day of the month on which the child was born.

    Where a month lacks that day, on the first of the next: born on 29 February, a year is complete on 1 March.
    """
    return (on.year - born.year) * MONTHS_IN_A_YEAR + on.month - born.month - (on.day < born.day)


def in_years(months: float) -> str:
    """`7:06`, years and months as schools write them."""
    years, rest = divmod(round(months), MONTHS_IN_A_YEAR)
    return f"{years}:{rest:02d}"
