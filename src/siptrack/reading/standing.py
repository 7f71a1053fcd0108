"""Where the rows that say the same of a pupil stand: in which sheets, and at which moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from siptrack.reading.calendar import Dated
from siptrack.reading.joining import Mention, Moment, Standing
from siptrack.reading.layout import Layouts
from siptrack.school.term import Season, Term

_RESULTS = -1  # the results of a term are one moment, whichever sheets hold them


def find_standings(layouts: Layouts, dated: Dated, mentions: Sequence[Mention]) -> Mapping[Mention, Standing]:
    """Where each mention's rows stand; `mentions` has one for each row.

    The class beside a pupil is that of the newest term of the sheet, or, where each result has a row, of the row.
    """
    sheets: defaultdict[Mention, set[int]] = defaultdict(set)
    moments: defaultdict[Mention, set[Moment]] = defaultdict(set)
    newest = _newest_terms(layouts, dated)
    for index, (row, mention) in enumerate(zip(layouts.rows, mentions, strict=True)):
        alone = layouts.tables[row.table].row_each_result
        year = dated.rows[index].academic_year
        term = newest.get((row.table, index if alone else None, year))
        moment = (Term(year, Season.SUMMER).number, row.table) if term is None else (term, _RESULTS)
        moments[mention].add(moment)
        if not alone:
            sheets[mention].add(row.table)
    return {one: Standing(frozenset(sheets[one]), frozenset(moments[one])) for one in moments}


def find_repeated(layouts: Layouts, mentions: Sequence[Mention]) -> frozenset[int]:
    """Rows alike in all they say of the pupil, in a sheet which has one row a pupil."""
    seen: defaultdict[tuple[int, Mention], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        table = layouts.rows[index].table
        if not layouts.tables[table].row_each_result:
            seen[table, mention].append(index)
    return frozenset(index for rows in seen.values() if len(rows) > 1 for index in rows)


def _newest_terms(layouts: Layouts, dated: Dated) -> Mapping[tuple[int, int | None, int], int]:
    """The newest term with results by table, row (None for the whole table) and academic year."""
    newest: dict[tuple[int, int | None, int], int] = {}
    for written, term in zip(layouts.written, dated.terms, strict=True):
        if term is not None and not written.is_target:
            table = layouts.rows[written.row].table
            for row in (written.row, None):
                key = table, row, term.academic_year
                newest[key] = max(term.number, newest.get(key, term.number))
    return newest
