"""Whose row is whose: every row about a pupil with what it says of who that is, matched to children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.identity import Matching, match
from siptrack.reading.joining import Mention
from siptrack.reading.layout import Layouts
from siptrack.reading.mentions import make_mentions, surname_and_forename
from siptrack.reading.standing import find_repeated, find_standings
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.rules.model import Rules
from siptrack.school.register import STILL_HERE

if TYPE_CHECKING:
    from pandas import DataFrame

_MUCH_ALIKE = 0.8
NEVER = -1_000_000  # the last term of a row that holds no results


def match_rows(layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> DataFrame:
    """One row for each row about a pupil, in the order of `layouts.rows`.

    Columns: `who` (the pupil's number, -1 where the row fits several and was set aside), `table`, `number` (the row in
    its sheet), `is_list`, `first_term` and `last_term` (STILL_HERE and NEVER without results), `academic_year`,
    `year_group` and the row's texts.
    """
    _report_year_groups(layouts, rules, findings)
    mentions = make_mentions(layouts, dated, rules, findings)
    matching = _matched(layouts, dated, mentions, findings)
    _report_near_names(layouts, mentions, matching, findings)
    return _frame(layouts, dated, mentions, matching)


def _frame(layouts: Layouts, dated: Dated, mentions: Sequence[Mention], matching: Matching) -> DataFrame:
    """The rows as a table."""
    import pandas as pd

    first, last = _first_and_last_terms(layouts, dated)
    said = [row.texts for row in layouts.rows]
    names = [surname_and_forename(texts) for texts in said]
    return pd.DataFrame(
        {
            "who": [-1 if who is None else who for who in matching.pupils],
            "table": [row.table for row in layouts.rows],
            "number": [row.number for row in layouts.rows],
            "is_list": [not layouts.tables[row.table].holds_results for row in layouts.rows],
            "first_term": [first.get(index, STILL_HERE) for index in range(len(said))],
            "last_term": [last.get(index, NEVER) for index in range(len(said))],
            "academic_year": [row.academic_year for row in dated.rows],
            "year_group": pd.array([row.year_group for row in dated.rows], dtype="Float64"),
            "name_key": [mention.name for mention in mentions],
            "upn": [mention.upn for mention in mentions],
            "date_of_birth": [mention.date_of_birth for mention in mentions],
            "surname": [surname for surname, _ in names],
            "forename": [forename for _, forename in names],
            **{role: [texts.get(role, "") for texts in said] for role in ("id", "class", "enrolment", "leaving_date")},
        }
    )


def _matched(layouts: Layouts, dated: Dated, mentions: Sequence[Mention], findings: Findings) -> Matching:
    """The pupil of each row, each different mention matched once; rows in doubt are reported."""
    first: dict[Mention, int] = {}
    for index, mention in enumerate(mentions):
        first.setdefault(mention, index)
    different = list(first)
    number = {mention: at for at, mention in enumerate(different)}
    twice = frozenset(number[mentions[index]] for index in find_repeated(layouts, mentions))
    matching = match(different, twice, find_standings(layouts, dated, mentions))
    pupils = [matching.pupils[number[mention]] for mention in mentions]
    for index, who in enumerate(pupils):
        if who is None:
            _add(findings, "ambiguous-pupil", layouts, index, "a row that fits more than one pupil", "one pupil's row")
            findings.set_aside("rows", "fits more than one pupil", layouts.place(layouts.rows[index]))
    for at in matching.conflicts:
        found = "a number or birthday that stands under another number elsewhere"
        _add(findings, "two-identities", layouts, first[different[at]], found, "one pupil under one number")
    return Matching(pupils, matching.conflicts)


def _report_near_names(layouts: Layouts, mentions: Sequence[Mention], matching: Matching, findings: Findings) -> None:
    """Report pupils known by name alone who never share a table, and may yet be one.

    Those are pupils of one class whose names are much alike, and those of one name and year group in two classes.
    """
    tables: defaultdict[int, set[int]] = defaultdict(set)
    near: defaultdict[object, dict[int, int]] = defaultdict(dict)
    for index, who in enumerate(matching.pupils):
        if who is not None:
            mention = mentions[index]
            tables[who].add(layouts.rows[index].table)
            if mention.class_in_year:
                near[mention.class_in_year].setdefault(who, index)
            if mention.class_in_year and mention.name and mention.cohort is not None:
                near[mention.name, mention.class_in_year[0], mention.cohort].setdefault(who, index)
    for children in near.values():
        weak = [index for index in children.values() if mentions[index].weak]
        for first in weak:
            for who, second in children.items():
                ours = matching.pupils[first]
                if ours is None or who == ours or tables[ours] & tables[who]:
                    continue
                alike = SequenceMatcher(None, mentions[first].name, mentions[second].name).ratio()
                if alike >= _MUCH_ALIKE and (first < second or not mentions[second].weak):
                    how = "the same name as" if alike == 1 else f"a name {alike:.0%} like that"
                    found = f"{how} in {layouts.place(layouts.rows[second]).label}"
                    _add(findings, "uncertain-match", layouts, first, found, "one spelling for one child")


def _first_and_last_terms(layouts: Layouts, dated: Dated) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """The numbers of the first and the last term in which each row has a result."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for written, term in zip(layouts.written, dated.terms, strict=True):
        if term is not None and not written.is_target:
            first[written.row] = min(term.number, first.get(written.row, STILL_HERE))
            last[written.row] = max(term.number, last.get(written.row, NEVER))
    return first, last


def _report_year_groups(layouts: Layouts, rules: Rules, findings: Findings) -> None:
    """Report year groups that no primary school has."""
    reader, years = YearGroupReader(rules.years), rules.years
    expected = f"{years.label(years.lowest)} to {years.label(years.highest)}"
    for index, row in enumerate(layouts.rows):
        text = row.texts.get("year_group", "")
        if reader.read(text) == OUT_OF_RANGE:
            _add(findings, "year-group-out-of-range", layouts, index, f"year group '{text}'", expected)


def _add(findings: Findings, code: str, layouts: Layouts, index: int, found: str, expected: str) -> None:
    findings.add(code, layouts.place(layouts.rows[index]), found, expected)
