"""The table of reading and spelling ages beside children's own."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.school.tables import column, declared


class OwnAge(StrEnum):
    """What a child's own age at a test comes of."""

    BY_DAY = "birthday and day of the test"
    BY_MONTH = "birthday and start of the test's month"
    BY_TERM = "birthday and start of the term"
    WRITTEN = "written beside the test's age"
    NOT_KNOWN = "no birthday, and no own age beside the test's"
    NO_YEAR = "no day of the test, and a term without a year"


class AgeLimit(StrEnum):
    """Which way an age lies of which a test says only that it is beyond what it measures."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


class NoRatio(StrEnum):
    """Why a test gives no ratio gain."""

    FIRST = "no test of this kind before it"
    LIMIT = "a limit and no measure"
    NO_DAY = "the day of a test is not known"
    TOO_NEAR = "too soon after the test before it"


class AgeBeside(NamedTuple):
    """A reading or spelling age of a child, beside the child's own at the time."""

    pupil: str = column("the pupil's key", always=True)
    kind: str = column("reading or spelling, as in ages.yaml", always=True)
    test: str = column("the test, as its column names it; empty where it names none")
    term: str = column("the term that it is of", always=True)
    tested: str = column("the day of the test, as 2025-09-12; 2025-09 where only its month is known")
    age: str = column("the age in years and months, 7:06; a limit with its sign, as written", always=True)
    months: float = column("the age in months; of a limit the nearest that it can be", always=True, unit="months")
    limit: str = column("whether it is that at most, as <6:00, or at least, as 12+; empty for a measure", AgeLimit)
    own_months: float | None = column("the child's own age then, in whole months", unit="months")
    own_by: str = column("what that comes of", OwnAge, always=True)
    difference: float | None = column("the age minus the own age: under 0 the child is behind", unit="months")
    gain: float | None = column("months gained since the test of this kind before it", unit="months")
    since: float | None = column("months between the two; empty where the day of one is not known", unit="months")
    ratio_gain: float | None = column("gain divided by those months; 1 is a month a month", unit="months a month")
    no_ratio: str = column("why there is no ratio", NoRatio)
    flagged: bool = column("whether the flag behind-own-age is said of it", always=True)
    file: str = column("file", always=True)
    sheet: str = column("its sheet")
    cell: str = column("its cell", always=True)


AGES_BESIDE = declared(
    "ages",
    "Reading and spelling ages by test, up to the term judged, each beside the child's own age and the test before it.",
    AgeBeside,
)
