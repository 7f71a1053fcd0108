"""Reading and spelling ages set beside children's own: who is more than a year behind, and what was gained."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.age_tables import AGES_BESIDE, AgeLimit, NoRatio, OwnAge
from siptrack.analysis.progress import term_labels
from siptrack.school.ages import DAYS_A_MONTH, AgeRules, Day, day_in, in_years, months_old
from siptrack.school.frame import Frame, numbered
from siptrack.school.place import column_letters
from siptrack.school.term import SEASONS_IN_A_YEAR, Term
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

    Numbers = NDArray[np.float64]
    Which = NDArray[np.bool_]

_DONE_BY = {len("2025-09-12"): OwnAge.BY_DAY, len("2025-09"): OwnAge.BY_MONTH, 0: OwnAge.BY_TERM}
_IN_TIME = ("pupil", "kind", "term", "tested")


def ages_beside(
    register: Register, term: Term, pupils: Collection[str], subjects: Collection[str], rules: Rules
) -> Frame:
    """The ages of these pupils up to a term, each beside the own age then: the table AGES_BESIDE, and where it stands.

    `subjects` are those asked about, none where all are. Beside the table's columns are the `subject` that each belongs
    to, the number of its term as `rank`, its `text` as written, and its `row` and `column`.
    """
    every = register.frame("ages")
    kinds = {key: kind.subject for key, kind in rules.ages.kinds.items()}
    asked = {key for key, subject in kinds.items() if not subjects or subject in subjects}
    rows = every if every.empty else every[every["pupil"].isin(set(pupils)) & every["kind"].isin(asked)]
    rows = rows if rows.empty else rows[rows["term"] <= term.number]
    if rows.empty:
        return AGES_BESIDE.no_rows().having(subject="", text="", rank=0, row=0, column=0)
    rows = rows.sorted_by("pupil", "kind", "test", "term", "tested")
    rows = _with_own_ages(rows, register.frame("pupils"), rules.ages)
    rows = _with_gains(rows, rules.ages).sorted_by(*_IN_TIME, "test")
    flag = rules.flags.behind_own_age
    behind = _newest(rows, term) & (rows["limit"] <= 0) & (rows["difference"] < -flag.months)
    cells = Texts.of(f"{column_letters(column)}{row}" for row, column in rows.in_rows("row", "column"))
    return rows.having(
        subject=rows["kind"].renamed(kinds),
        rank=rows["term"],
        term=term_labels(rows["term"]),
        age=Texts.of(
            text if limit else in_years(months) for text, months, limit in rows.in_rows("text", "months", "limit")
        ),
        flagged=_of_all_then(rows, behind) if flag.active else np.zeros(len(rows), dtype=np.bool_),
        limit=Texts.chosen([rows["limit"] < 0, rows["limit"] > 0], [limit.value for limit in AgeLimit], ""),
        cell=cells,
    )


def _with_own_ages(rows: Frame, pupils: Frame, rules: AgeRules) -> Frame:
    """The rows with the child's own age at each, by the birthday, else as it is written beside the age."""
    birthdays = pupils["date_of_birth"].take(rows.found_in(pupils, "pupil"))
    born = _days(map(day_in, birthdays.words), birthdays.codes)
    time, first = numbered([rows["term"], rows["tested"]])
    times = list(rows[["term", "tested"]].take(first).in_rows("term", "tested"))
    on = _days((_earliest(Term.numbered(int(term)), tested or "", rules) for term, tested in times), time)
    by_birthday = months_old(born, on)
    done_by = Texts.of(_DONE_BY[len(tested or "")].value for _, tested in times)[time]
    from_birthday = ~np.isnan(by_birthday)
    own = np.where(from_birthday, by_birthday, rows["own_months"])
    written, without_year = ~from_birthday & ~np.isnan(own), ~from_birthday & ~np.isnan(born.year)
    own_by = done_by.where(from_birthday, OwnAge.NOT_KNOWN.value).where(~without_year, OwnAge.NO_YEAR.value)
    return rows.having(
        own_months=own,
        own_by=own_by.where(~written, OwnAge.WRITTEN.value),
        difference=rows["months"] - own,
        on=_ordinals(on),
        dated=np.array([bool(tested) for _, tested in times])[time],
    )


def _earliest(term: Term, tested: str, rules: AgeRules) -> Day | None:
    """The day of a test, else the first of its month, else the first of its term; None where no year is known."""
    if day := day_in(tested):
        return day
    if tested:
        year, month = map(int, tested.split("-"))
    else:
        month = rules.term_starts[term.season]
        year = term.year_of(month)
    return Day(year, month, 1) if tested or term.dated else None


def _days(days: Iterable[Day | None], at: NDArray[np.int64]) -> Day:
    """Days as columns, by their places; NaN where there is none."""
    none = (np.nan,) * len(Day._fields)
    table = np.array([*(none if day is None else day for day in days), none], dtype=np.float64)
    return Day(*table[at].T)


def _ordinals(days: Day) -> Numbers:
    """The days counted on one line."""
    parts = zip(*(part.tolist() for part in days), strict=True)
    known = ((int(year), int(month), int(day)) if year == year else None for year, month, day in parts)  # noqa: PLR0124  # NaN is not
    return np.array([np.nan if day is None else date(*day).toordinal() for day in known])


def _with_gains(rows: Frame, rules: AgeRules) -> Frame:
    """The rows with what was gained since the test of the kind before; they stand in order of it."""
    _, first = numbered([rows["pupil"], rows["kind"], rows["test"]])
    is_first = np.zeros(len(rows), dtype=np.bool_)
    is_first[first] = True
    before = np.where(is_first, NONE, np.arange(len(rows)) - 1)
    limit = (rows["limit"] != 0) | (rows["limit"][before] != 0)
    undated = ~(rows["dated"] & rows["dated"][before])
    gain = np.where(is_first | limit, np.nan, rows["months"] - rows["months"][before])
    since = np.where(is_first | undated, np.nan, (rows["on"] - rows["on"][before]) / DAYS_A_MONTH)
    near = since < rules.least_months
    ratio = np.divide(gain, since, out=np.full(len(rows), np.nan), where=~(near | np.isnan(since)))
    why = [reason.value for reason in (NoRatio.FIRST, NoRatio.LIMIT, NoRatio.NO_DAY, NoRatio.TOO_NEAR)]
    no_ratio = Texts.chosen([is_first, limit, undated, near], why, "")
    return rows.having(gain=gain, since=since.round(1), ratio_gain=ratio.round(2), no_ratio=no_ratio)


def _newest(rows: Frame, term: Term) -> Which:
    """Which rows are of the newest time of their child and kind, where that is of the school year of the term."""
    kind, time = numbered([rows["pupil"], rows["kind"]])[0], numbered([rows[name] for name in _IN_TIME])[0]
    last = np.full(int(kind.max()) + 1, NONE)
    np.maximum.at(last, kind, time)
    this_year: Which = rows["term"] >= term.academic_year * SEASONS_IN_A_YEAR
    return this_year & (time == last[kind])


def _of_all_then(rows: Frame, behind: Which) -> Which:
    """Which rows are behind, where no other test of the same kind and time says otherwise."""
    time, _ = numbered([rows[name] for name in _IN_TIME])
    all_then = np.ones(int(time.max()) + 1, dtype=np.bool_)
    np.logical_and.at(all_then, time, behind)
    every: Which = all_then[time]
    return every
