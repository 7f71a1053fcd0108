"""A whole school at a glance: each year group in each subject, and who is in no percentage there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.group_tables import LEFT_OUT
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import LeftOut
from siptrack.documents.labels import subject_label
from siptrack.school.cells import Cell, number, records, text, whole, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

    Reasons = Sequence[tuple[str, int]]


class StandingAtAGlance(NamedTuple):
    """A year group in a subject: on roll, assessed, at expectations; None of progress where none is judged.

    Had none of those `left_out`, each reason with how many, been at expectations and had all, the percentage of all on
    roll would lie between `low` and `high`.
    """

    year_group: int | None
    year: str
    subject: str
    label: str
    n: int
    assessed: int
    at_are: int
    insufficient: int | None
    accelerated: int | None
    cannot_tell: int | None
    low: float
    high: float
    left_out: Reasons


class Glance(NamedTuple):
    """Every year group in every subject; over all of them, why judgements are missing, and how many children `few` is.

    With a child left out of several subjects at once counted in these alone.
    """

    rows: Sequence[StandingAtAGlance]
    left_out: Reasons
    few: int


def at_a_glance(analysis: Analysis, rules: Rules) -> Glance:
    """A school by year group and subject."""
    out: dict[tuple[Cell, Cell], list[tuple[str, int]]] = {}
    for row in records(analysis.compared.left_out, LEFT_OUT.names):
        out.setdefault((row["year_group"], row["subject"]), []).append((text(row["reason"]), whole(row["count"])))
    rows = [
        _standing(row, most_first(out.get((row["year_group"], row["subject"]), ())), rules)
        for row in records(analysis.compared.summary, SUMMARY.names)
    ]
    each = [reason for reasons in out.values() for reason in reasons]
    single = [(reason, count) for reason, count in each if reason != LeftOut.A_PART.value]
    return Glance(rows, most_first(single or each), rules.groups.small.percentages_from)


def most_first(reasons: Iterable[tuple[str, int]]) -> Reasons:
    """How many in all for each reason, the most first."""
    whole = Counter[str]()
    for reason, count in reasons:
        whole[reason] += count
    return sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))


def _standing(row: dict[str, Cell], left_out: Reasons, rules: Rules) -> StandingAtAGlance:
    year, subject = whole_number(row["year_group"]), text(row["subject"])
    return StandingAtAGlance(
        year_group=year,
        year=rules.years.label(year),
        subject=subject,
        label=subject_label(subject, rules),
        n=whole(row["n"]),
        assessed=whole(row["assessed"]),
        at_are=whole(row["at_are"]),
        insufficient=whole_number(row["insufficient"]),
        accelerated=whole_number(row["accelerated"]),
        cannot_tell=whole_number(row["cannot_tell"]),
        low=number(row["at_are_low"]) or 0,
        high=number(row["at_are_high"]) or 0,
        left_out=left_out,
    )
