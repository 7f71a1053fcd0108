"""The pupils' records: one row a child from all that the files say, the pupil list's word first, then the latest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.reading.calendar import HISTORY_YEARS
from siptrack.reading.characteristics import characteristics_by_term, newest_characteristics
from siptrack.reading.findings import Findings
from siptrack.reading.identity.frame import NEVER
from siptrack.reading.layout import Layouts
from siptrack.reading.spelling import words
from siptrack.reading.table import SheetContext
from siptrack.reading.terms import term_on
from siptrack.reading.values import read_date
from siptrack.rules.model import ColumnRules, Rules
from siptrack.school.register import PUPILS, STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from pandas import DataFrame, Series


@dataclass(frozen=True)
class Records:
    """The tables of pupils (with their newest characteristics), placements, and characteristics by term."""

    pupils: DataFrame
    placements: DataFrame
    histories: DataFrame


_BEST_FIRST = ["is_list", "last_term"]
_TIE_BREAKS = ["surname", "forename", "upn", "id", "date_of_birth", "class"]


def build_records(rows: DataFrame, layouts: Layouts, rules: Rules, findings: Findings) -> Records:
    """What is known of each pupil; `rows` gains the column `pupil`."""
    known = rows[rows["who"] >= 0].sort_values(
        [*_BEST_FIRST, *_TIE_BREAKS], ascending=[False, False, *[True] * len(_TIE_BREAKS)], kind="stable"
    )
    blank_as_missing = known[["who", "upn", "id", "date_of_birth", "class", "school"]].replace("", None)
    records = blank_as_missing.groupby("who").first()
    named = known[(known["surname"] != "") | (known["forename"] != "")].drop_duplicates("who").set_index("who")
    records = records.join(named[["surname", "forename"]]).fillna("")
    records["pupil"] = _keys(records)
    rows["pupil"] = rows["who"].map(records["pupil"])
    known = known.assign(pupil=known["who"].map(records["pupil"]))
    _report_two_names(known, layouts, findings)
    on_roll = _on_roll(known, layouts, rules.columns).set_index("pupil")
    pupils = records.set_index("pupil").join(on_roll)
    histories = characteristics_by_term(known, layouts, rules, findings)
    groups = newest_characteristics(histories, sorted(known["pupil"].unique()), rules.groups)
    pupils = pupils.join(groups).reset_index().sort_values(["surname", "forename", "pupil"], ignore_index=True)
    _report_missing_from_list(known, layouts, findings)
    return Records(pupils[[*PUPILS.names, *groups.columns]], _placements(known, layouts, findings), histories)


def _keys(records: DataFrame) -> Series:
    """The UPN, else the id, else the name, with the date of birth or class, so that no two pupils share a key.

    A number that stands on two names is nobody's key.
    """
    name = (records["surname"] + ", " + records["forename"]).str.removesuffix(", ")
    name = name.where(name != "", records["id"])
    more = records["date_of_birth"].where(records["date_of_birth"] != "", records["class"])
    full = (name + " (" + more + ")").where(more != "", name)
    several = len(set(records["school"])) > 1  # where numbers and names begin again
    school = (", " + records["school"]).where(several & (records["school"] != ""), "")
    key = records["upn"].where(records["upn"] != "", (records["id"] + school).where(records["id"] != "", ""))
    key = key.where((key != "") & ~(key.duplicated(keep=False) & (full != "")), full + school)
    again = key.groupby(key).cumcount()
    return key.where(again == 0, key + " [" + (again + 1).astype(str) + "]")


def _report_two_names(known: DataFrame, layouts: Layouts, findings: Findings) -> None:
    """Report rows of one number which give a name or date of birth that no row of it before gives."""
    numbers = [{upn, *others} - {""} for upn, others in zip(known["upn"], known["numbers"], strict=True)]
    called = [names.keys for names in known["names"]]
    born = [{day} if day else set() for day in known["date_of_birth"]]
    rows = [known[name].tolist() for name in ("pupil", "table", "number")]
    for said, what in ((called, "another name"), (born, "another date of birth")):
        given: dict[tuple[str, str], set[str]] = {}
        for pupil, table, row, those, keys in zip(*rows, numbers, said, strict=True):
            before = [given.setdefault((pupil, number), set(keys)) for number in sorted(those)]
            if keys and any(one and one.isdisjoint(keys) for one in before):
                found = f"{what} than elsewhere for the same number"
                findings.add("two-identities", layouts.place_in(table, row), found, "one pupil's details")
            for known_so_far in before:
                known_so_far.update(keys)


def _on_roll(known: DataFrame, layouts: Layouts, columns: ColumnRules) -> DataFrame:
    """From and until when the files show each pupil on roll, as terms' numbers."""
    results = known[known["last_term"] > NEVER]
    last_of_table = known["table"].map(results.groupby("table")["last_term"].max()).fillna(NEVER).astype("int64")
    years_of_table = (results["last_term"] // SEASONS_IN_A_YEAR).groupby(results["table"]).nunique()
    until = known["last_term"].copy()
    # A sheet with one row a pupil lists who is here; a row of a result lists nobody.
    lists_pupils = ~known["table"].map(lambda table: layouts.tables[table].row_each_result).astype("bool")
    of_those_here = known["table"].map(years_of_table).lt(HISTORY_YEARS) & lists_pupils
    until = until.mask(of_those_here & ~known["is_list"], last_of_table)
    same_year = (last_of_table // SEASONS_IN_A_YEAR) == (known["last_term"] // SEASONS_IN_A_YEAR)
    until = until.mask(same_year & ~known["is_list"], last_of_table)
    listed = [
        _until(layouts.tables[table].context, enrolment, leaving, columns)
        for table, enrolment, leaving in zip(known["table"], known["enrolment"], known["leaving_date"], strict=True)
    ]
    until = until.mask(known["is_list"], listed)
    gone = known["pupil"].isin(_left(known, columns))
    until = until.mask(gone & ~known["is_list"], known["last_term"])  # nobody who has left waits for a result
    if known["is_list"].any():  # who is on roll is the list's to say: others are here as long as they have results
        unlisted = ~known["pupil"].isin(known.loc[known["is_list"], "pupil"])
        until = until.mask(unlisted, known["last_term"])
    frame = known.assign(on_roll_until=until.astype("int64"), first=known["first_term"])
    return (
        frame.groupby("pupil").agg(on_roll_from=("first", "min"), on_roll_until=("on_roll_until", "max")).reset_index()
    )


def _left(known: DataFrame, columns: ColumnRules) -> set[str]:
    """The pupils of whom a pupil list says that they have left, or when they leave."""
    names = ("pupil", "is_list", "enrolment", "leaving_date")
    return {
        pupil
        for pupil, is_list, enrolment, leaving in zip(*(known[name].tolist() for name in names), strict=True)
        if is_list and (words(enrolment) in columns.left or read_date(leaving, columns.date_formats) is not None)
    }


def _until(context: SheetContext, enrolment: str, leaving: str, columns: ColumnRules) -> int:
    """Until when a row of a pupil list shows its pupil on roll."""
    if day := read_date(leaving, columns.date_formats):
        return term_on(day, columns.season_months).number
    if words(enrolment) in columns.left:
        return NEVER
    if context.term.academic_year is not None:
        return Term(context.term.academic_year, Season.SUMMER).number
    return STILL_HERE


def _placements(known: DataFrame, layouts: Layouts, findings: Findings) -> DataFrame:
    """Year group and class by pupil and academic year; a second year group in one year is reported."""
    said = known[known["year_group"].notna()]
    keys = ["pupil", "academic_year"]
    said = said.assign(taken=said.groupby(keys)["year_group"].transform("first"))
    for row in said[said["year_group"] != said["taken"]].itertuples():
        found = f"year group {row.year_group:g}, and {row.taken:g} elsewhere in that school year"
        findings.add("year-group-clash", layouts.place_in(row.table, row.number), found, "one year group a year")
    placed = known.assign(**{"class": known["class"].replace("", None)})
    return placed.groupby(keys, as_index=False)[["year_group", "class"]].first().fillna({"class": ""})


def _report_missing_from_list(known: DataFrame, layouts: Layouts, findings: Findings) -> None:
    """Where there is a pupil list, report how many pupils with results in the newest term are not in it."""
    lists = known[known["is_list"]]
    if lists.empty or (known["last_term"] == NEVER).all():
        return
    newest = known["last_term"].max()
    missing = set(known.loc[known["last_term"] == newest, "pupil"]) - set(lists["pupil"])
    if missing:
        sizes = lists.groupby("table")["pupil"].nunique()
        context = layouts.tables[int(str(sizes.idxmax()))].context  # the longest list is likeliest to be the roll
        found = f"{len(missing)} pupils with results in the newest term who are not listed"
        findings.add("not-in-list", context.place(), found, "every pupil on roll")
