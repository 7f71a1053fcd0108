"""The school beside national results: the groups large enough for a percentage, and why there are no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.national_table import NATIONAL, NoComparison
from siptrack.documents.labels import group_label, subject_label
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.national import EVERYBODY

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.national import Standard

EVERYBODY_HERE = "All"


class BesideNational(NamedTuple):
    """A group of the school beside national figures of a year; `other` is None where there is none of other pupils.

    `by_test` is whether the national figure is of tests, `unlike` how many here have the other kind of result.
    """

    subject: str
    group: str
    year: str
    n: int
    met: int
    unlike: int
    by_test: bool
    same: float
    gap: float
    low: float
    high: float
    children: int
    other: float | None
    gap_to_other: float | None
    doubt: str


class StandardBeside(NamedTuple):
    """A standard, and the groups beside it."""

    label: str
    year: str
    rows: Sequence[BesideNational]

    def unlike(self, *, by_test: bool) -> list[str]:
        """The subjects of which some results here are of another kind than the national ones, these being of tests."""
        return list(dict.fromkeys(row.subject for row in self.rows if row.unlike and row.by_test is by_test))

    @property
    def doubts(self) -> Mapping[tuple[str, str], list[str]]:
        """The subjects whose national figures of a year are in doubt, by that year and why."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for row in self.rows:
            if row.doubt:
                found.setdefault((row.year, row.doubt), {})[row.subject] = None
        return {why: list(subjects) for why, subjects in found.items()}


class WhyNone(NamedTuple):
    """The year groups that are not compared for one reason, and the seasons in which they would be."""

    reason: str
    years: Sequence[str]
    seasons: Sequence[str]


class BesideEngland(NamedTuple):
    """What stands beside national results: `few` groups have too few children."""

    standards: Sequence[StandardBeside]
    few: int
    why_none: Sequence[WhyNone]


def national(table: Frame, rules: Rules) -> BesideEngland:
    """The school beside national results, and for each reason which year groups are not."""
    rows = records(table, NATIONAL.names)
    compared = [row for row in rows if row["reason"] is None]
    large = [row for row in compared if (number(row["n"]) or 0) >= rules.groups.small.percentages_from]
    standards = [
        StandardBeside(of.label, rules.years.label(of.year_group), [_beside(row, of, rules) for row in alike])
        for of, alike in groupby(large, key=lambda row: _standard(row, rules))
    ]
    reasons = ((why, [_standard(row, rules) for row in rows if row["reason"] == why]) for why in NoComparison)
    why_none = [
        WhyNone(
            why.name,
            list(dict.fromkeys(rules.years.label(of.year_group) for of in found)),
            list(dict.fromkeys(of.season.label for of in found)),
        )
        for why, found in reasons
        if found
    ]
    return BesideEngland(standards, len(compared) - len(large), why_none)


def _standard(row: Mapping[str, Cell], rules: Rules) -> Standard:
    return rules.national.standards[text(row["standard"])]


def _beside(row: dict[str, Cell], standard: Standard, rules: Rules) -> BesideNational:
    n, met, unlike, children = (whole(row[name]) for name in ("n", "count", "unlike", "children"))
    same, gap, low, high = (number(row[name]) or 0 for name in ("same", "gap_to_same", "low", "high"))
    return BesideNational(
        subject=subject_label(text(row["subject"]), rules),
        group=group_name(text(row["characteristic"]), text(row["group"]), rules),
        year=text(row["year"]),
        n=n,
        met=met,
        unlike=unlike,
        by_test=standard.by_test[text(row["subject"])],
        same=same,
        gap=gap,
        low=low,
        high=high,
        children=children,
        other=number(row["other"]),
        gap_to_other=number(row["gap_to_other"]),
        doubt=rules.national.doubt(text(row["sure"])),
    )


def group_name(characteristic: str, group: str, rules: Rules) -> str:
    """A group's name in print, and that of everybody."""
    return EVERYBODY_HERE if group == EVERYBODY else group_label(rules.groups.all()[characteristic], group)
