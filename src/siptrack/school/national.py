"""National results: a standard, which grades meet it, and what percentage of pupils in England did, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.term import Season, Term

EVERYBODY = "all"  # the characteristic, and the group, of all pupils together


class Lowest(NamedTuple):
    """The lowest grade of a scale that meets a standard, as printed, and its points as the analysis counts them."""

    grade: str
    points: float


class Sureness(NamedTuple):
    """How sure a figure is, in words, and whether that leaves it in doubt."""

    says: str
    doubt: bool


class Figure(NamedTuple):
    """What percentage of a group met a standard in a subject at the end of an academic year.

    `sure` is a name among the rules' degrees of sureness, empty for a school's own figure that names none; `place` is
    the line in which it stands.
    """

    academic_year: int
    subject: str
    characteristic: str
    group: str
    percent: float
    source: str
    sure: str
    place: str

    @property
    def year(self) -> str:
        """`2024-25`."""
        return Term(self.academic_year, Season.SUMMER).academic_year_label or ""


class Standard(NamedTuple):
    """A national standard: whose results of which season are set beside it, what meets it, and the national figures.

    `met_from` is the lowest grade that meets it, by scale; results on other scales are not compared. `by_test` names
    the subjects in which it is used, and says whether their national figures are of tests or of teachers' judgements.
    """

    key: str
    label: str
    population: str
    year_group: int
    season: Season
    met_from: Mapping[str, Lowest]
    by_test: Mapping[str, bool]
    figures: tuple[Figure, ...]
    source: str


class National(NamedTuple):
    """Every standard; for a characteristic and group, whom its national others are; and the degrees of sureness."""

    standards: Mapping[str, Standard]
    others: Mapping[tuple[str, str], str]
    sure: Mapping[str, Sureness]

    def doubt(self, sure: str) -> str:
        """The words that stand beside a figure that sure; empty where there is no doubt."""
        known = self.sure.get(sure)
        return known.says if known is not None and known.doubt else ""
