"""Year groups that are of another school year than the rest of their sheet: found by the children themselves.

A September roll gives last summer's Year 4 as Year 5; a workbook called Year 6 holds its children's results of Year 5.
Where two tables share nearly all of their children, by UPN or name, and nearly all of these are as many year groups
apart, one of the two tells the year groups of another year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from siptrack.reading.calendar import Dated, DatedRow
from siptrack.reading.findings import Findings
from siptrack.reading.headings import UPN_ROLE
from siptrack.reading.identity.numbers import number_key, upn_key
from siptrack.reading.identity.standing import moments_of_rows
from siptrack.reading.layout import Layouts
from siptrack.reading.names import names_in
from siptrack.reading.rows import Row
from siptrack.reading.table import TableColumns
from siptrack.rules.model import MatchingRules
from siptrack.school.term import Season, Term


@dataclass
class _Table:
    """The cohort of each child of a table by UPN and by name; None where one name is of two cohorts.

    `moment` is its newest term, and whether it is a pupil list; `off` how many years its cohorts are to be moved.
    """

    number: int
    moment: tuple[int, bool]
    upns: dict[str, int | None] = field(default_factory=dict)
    names: dict[str, int | None] = field(default_factory=dict)
    children: int = 0
    off: int = 0

    def add(self, upn: str, name: str, cohort: int) -> None:
        self.children += 1
        for known, key in ((self.upns, upn), (self.names, name)):
            if key:
                known[key] = cohort if known.get(key, cohort) == cohort else None


def mend_years(layouts: Layouts, dated: Dated, rules: MatchingRules, findings: Findings) -> Dated:
    """The rows with the year groups, or for a pupil list the school year, that their children show them to be of.

    The newest results are right about their year groups; a pupil list that names no school year is of the year in which
    its year groups fit.
    """
    dated = _of_today(layouts, dated, rules, findings)
    if len(layouts.tables) == 1:
        return dated  # no other knows its children
    tables = _tables(layouts, dated)
    results = sorted(
        (table for table in tables if not table.moment[1]), key=lambda table: (-table.moment[0], table.number)
    )
    lists = [table for table in tables if table.moment[1] and not _says_its_year(table, layouts)]
    for at, table in enumerate(results[1:], start=1):
        table.off = _off(table, results[:at], rules)
    for table in lists:
        table.off = _off(table, results, rules)
    off = {table.number: table for table in tables if table.off}
    for table in off.values():
        _say(table, layouts, findings)
    if not off:
        return dated
    rows = zip(layouts.rows, dated.rows, strict=True)
    return dated._replace(rows=[_mended(year, off[row.table]) if row.table in off else year for row, year in rows])


def _of_today(layouts: Layouts, dated: Dated, rules: MatchingRules, findings: Findings) -> Dated:
    """The rows without the year group of today that a table with a row a result may give its children in all years."""
    held: defaultdict[int, defaultdict[object, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    by_last = sorted(zip(layouts.rows, dated.rows, strict=True), key=lambda pair: pair[0].numbers[-1])
    for row, year in by_last:  # so that of two that a child has in a school year the one that stands last is kept
        if layouts.tables[row.table].row_each_result and year.year_group is not None:
            held[row.table][child_of(row)][year.academic_year] = year.year_group
    newest: dict[int, int] = {}
    for table, children in held.items():
        several = [years for years in children.values() if len(years) > 1]
        steady = sum(1 for years in several if len(set(years.values())) == 1)
        if several and steady >= rules.shared * len(several):
            newest[table] = max(year for years in children.values() for year in years)
            report_of_today(layouts.tables[table], findings)
    if not newest:
        return dated
    rows = zip(layouts.rows, dated.rows, strict=True)
    return dated._replace(rows=[_earlier(year, newest.get(row.table)) for row, year in rows])


def child_of(row: Row) -> object:
    """By what the rows of one child are known before they are matched: the UPN, else the name."""
    return number_key(row.texts.get(UPN_ROLE, "")) or names_in(row.texts).main or id(row.texts)


def report_of_today(table: TableColumns, findings: Findings) -> None:
    """Say of a table that it gives its children one year group, that of today, in all school years."""
    found = "one year group for each child in all school years: read as that of the last of them"
    findings.add("years-apart", table.context.place(), found, "the year group of each school year")


def _earlier(year: DatedRow, newest: int | None) -> DatedRow:
    """A row with the year group of its own school year, where it gives that of the newest."""
    if newest is None or year.year_group is None:
        return year
    return year._replace(year_group=year.year_group - (newest - year.academic_year))


def _tables(layouts: Layouts, dated: Dated) -> Sequence[_Table]:
    tables: dict[int, _Table] = {}
    moments = moments_of_rows(layouts, dated)
    seen: set[tuple[int, int, DatedRow]] = set()
    for row, year, moment in zip(layouts.rows, dated.rows, moments, strict=True):
        table = tables.setdefault(row.table, _Table(row.table, (moment[0], moment[1] >= 0)))
        table.moment = max(table.moment, (moment[0], moment[1] >= 0))
        if year.year_group is not None and (row.table, id(row.texts), year) not in seen:
            seen.add((row.table, id(row.texts), year))
            table.add(
                upn_key(row.texts.get(UPN_ROLE, "")), names_in(row.texts).main, year.academic_year - year.year_group
            )
    return list(tables.values())


def _says_its_year(table: _Table, layouts: Layouts) -> bool:
    return layouts.tables[table.number].context.term.academic_year is not None


def _off(table: _Table, others: Sequence[_Table], rules: MatchingRules) -> int:
    """By how many years a table's cohorts differ from those of the first other table that knows its children."""
    for other in others:
        for ours, theirs in ((table.upns, other.upns), (table.names, other.names)):
            apart = Counter(
                known + other.off - own
                for key, own in ours.items()
                if own is not None and (known := theirs.get(key)) is not None
            )
            if apart.total() < max(rules.least, rules.shared * min(table.children, other.children)):
                continue
            years, count = apart.most_common(1)[0]
            return years if count >= rules.shared * apart.total() else 0
    return 0


def _mended(year: DatedRow, table: _Table) -> DatedRow:
    if table.moment[1]:
        return year._replace(academic_year=year.academic_year + table.off)
    return year._replace(year_group=None if year.year_group is None else year.year_group - table.off)


def _say(table: _Table, layouts: Layouts, findings: Findings) -> None:
    """Say of a table which school year its year groups are of, and which they were read as."""
    now = Term.numbered(table.moment[0]).academic_year
    own, other = (Term(year, Season.AUTUMN).academic_year_label for year in (now, now + table.off))
    if table.moment[1]:
        found = f"a pupil list whose year groups are those of {other or 'another year'}: read as of that year"
    else:
        found = f"the year groups of these children in {other or 'another year'}: read as in {own or 'this year'}"
    findings.add("years-apart", layouts.tables[table.number].context.place(), found, "the sheet's own school year")
