"""Where the rows that say the same of a pupil stand: in which tables, and at which moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.calendar import NEVER, Dated, of_now
from siptrack.reading.identity.groups import Mention, Moment, Standing
from siptrack.reading.layout import Layouts
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from siptrack.school.frame import Positions


_RESULTS = -1  # the results of a term are one moment, whichever sheets hold them


def moments_of_rows(layouts: Layouts, dated: Dated) -> Sequence[Moment]:
    """When each row speaks: in the newest term of its sheet, or, where each result has a row, of the row.

    A pupil list speaks after all results of its year.
    """
    own_year = np.array([row.academic_year for row in dated.rows], dtype=np.int64)
    of_year, of_row = _newest_terms(layouts, dated, own_year)
    moments = []
    alike: dict[Moment, Moment] = {}
    for row, year, newest in zip(layouts.rows, own_year.tolist(), of_row.tolist(), strict=True):
        of_its_own = layouts.tables[row.table].row_each_result
        term = (None if newest == NEVER else newest) if of_its_own else of_year.get((row.table, year))
        moment = (Term(year, Season.SUMMER).number, row.table) if term is None else (term, _RESULTS)
        moments.append(alike.setdefault(moment, moment))
    return moments


def find_standings(
    layouts: Layouts, moments: Sequence[Moment], mentions: Sequence[Mention]
) -> Mapping[Mention, Standing]:
    """Where each mention's rows stand; `moments` and `mentions` have one for each row."""
    tables: defaultdict[Mention, set[int]] = defaultdict(set)
    when: defaultdict[Mention, set[Moment]] = defaultdict(set)
    for row, moment, mention in zip(layouts.rows, moments, mentions, strict=True):
        tables[mention].add(row.table)
        when[mention].add(moment)
    single = layouts.single
    alike: dict[Standing, Standing] = {}  # as the most are, and each is held once
    found = (
        (mention, Standing(frozenset(tables[mention] & single), frozenset(when[mention]), frozenset(tables[mention])))
        for mention in when
    )
    return {mention: alike.setdefault(standing, standing) for mention, standing in found}


def find_repeated(layouts: Layouts, moments: Sequence[Moment], mentions: Sequence[Mention]) -> frozenset[int]:
    """Rows alike in all they say of the pupil, in a sheet which has one row a pupil, and not alike in their results.

    Where a pupil has a row for each term, the rows of one term are looked at. Rows alike in both are one child's who is
    listed twice.
    """
    seen: defaultdict[tuple[int, Mention, Moment | None], list[int]] = defaultdict(list)
    for index, (mention, moment) in enumerate(zip(mentions, moments, strict=True)):
        number = layouts.rows[index].table
        table = layouts.tables[number]
        if not table.row_each_result:
            seen[number, mention, None].append(index)
        elif "subject" not in table.roles and "date" not in table.roles:  # a later date is a further try
            seen[number, mention, moment].append(index)
    twice = [rows for rows in seen.values() if len(rows) > 1]
    results = results_of_rows(layouts, (row for rows in twice for row in rows))
    return frozenset(index for rows in twice if len({results[row] for row in rows}) > 1 for index in rows)


def results_of_rows(layouts: Layouts, rows: Iterable[int]) -> Mapping[int, frozenset[tuple[int, str]]]:
    """What these rows hold of results, by column."""
    held: dict[int, set[tuple[int, str]]] = {row: set() for row in rows}
    written = layouts.written
    there = np.isin(written.row, list(held))
    column = written.each(lambda slot: slot.column)[there]
    for row, at, text in zip(written.row[there].tolist(), column.tolist(), written.text[there].tolist(), strict=True):
        held[row].add((at, str(text)))
    return {row: frozenset(results) for row, results in held.items()}


def _newest_terms(
    layouts: Layouts, dated: Dated, own_year: Positions
) -> tuple[Mapping[tuple[int, int], int], Positions]:
    """The newest term with results of each table in each academic year, and of each row in its own; else NEVER."""
    written, results = layouts.written, of_now(layouts, dated.known)
    row, term = written.row[results], dated.terms[results]
    year, table = term // SEASONS_IN_A_YEAR, written.each(lambda slot: slot.table)[results]
    of_year: dict[tuple[int, int], int] = {}
    for at, of, number in sorted(set(zip(table.tolist(), year.tolist(), term.tolist(), strict=True))):
        of_year[at, of] = number
    of_row = np.full(len(layouts.rows), NEVER)
    mine = year == own_year[row]
    np.maximum.at(of_row, row[mine], term[mine])
    return of_year, of_row
