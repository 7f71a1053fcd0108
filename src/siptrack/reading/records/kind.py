"""A kind of record, declared: which sheets are one, what its columns hold, and how a row of it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from siptrack.reading.cells import Cells
from siptrack.reading.findings import Findings
from siptrack.reading.headings import Meaning
from siptrack.reading.records.lines import RecordLine, Row
from siptrack.reading.records.sheets import Columns, RowRefusal
from siptrack.rules.model import Rules
from siptrack.school.tables import Table


class OfAChild(NamedTuple):
    """That each row is about one known child: why one about none or several is refused, and the term it speaks of."""

    nobody: RowRefusal
    several: RowRefusal
    since: str = "term"


class LikeResults(NamedTuple):
    """That rows are laid out as those of results are: the column that each fills; why one with half is refused."""

    named: str
    nameless: RowRefusal
    unnamed: RowRefusal


@dataclass(frozen=True, eq=False)
class RecordKind:
    """A kind of record, which a sheet is when one of its upper rows has the headings that tell it.

    Which sheets: `headings` are those of each column, one column of `needs` there must be, and `columns_of` has all
    that there are, none where it is no such record. Other headings may mean a role in `roles`; of the rest one names
    pupils where `beside_pupils`, and none is `never_beside` it. `beside_results`: it may stand on a sheet of results,
    where a heading that is known means what it means there. `in_own_files`: it is looked for in files that siptrack
    wrote too. A sheet with the headings `laid_beside` was laid beside one by siptrack.

    How it is read: in columns named in `merged` a merged cell counts for every row; an empty cell of `carried` says
    what the one above says; with `repeats`, rows that say the headings again count; with `as_written`, what a school
    writes for nothing counts as text. `refusal` is why a row is set aside, `cells` what is understood of one, every
    other column of the `table` being as written; `spellings` are words by what they stand for, a name for each list.
    `undated` is reported where rows are of no known term; `settled` is what all rows come to together.

    `name` and `called` are under what it and its columns are listed; `holds` what a file holds that has nothing else.
    """

    name: str
    called: str
    table: Table
    headings: Callable[[Rules], Mapping[str, tuple[str, ...]]]
    needs: tuple[str, ...]
    cells: Callable[[RecordLine], Row]
    columns_of: Callable[[Columns, Cells, Rules], Columns] = lambda columns, *_: columns
    spellings: Mapping[str, Callable[[Rules], Mapping[str, Iterable[str]]]] = field(default_factory=dict)
    refusal: Callable[[RecordLine], RowRefusal | None] = lambda _: None
    roles: tuple[str, ...] = ()
    beside_pupils: bool = False
    never_beside: Callable[[Meaning], bool] = lambda _: False
    beside_results: bool = False
    in_own_files: bool = False
    laid_beside: Callable[[Rules], tuple[str, ...]] = lambda _: ()
    merged: tuple[str, ...] = ()
    carried: str = ""
    repeats: bool = False
    as_written: bool = False
    child: OfAChild | None = None
    like_results: LikeResults | None = None
    undated: tuple[str, str] | None = None
    settled: Callable[[list[Row], Findings, Rules], list[Row]] = lambda rows, *_: rows
    order: Callable[[Row, Rules], tuple[object, ...]] | None = None
    holds: str = ""
