"""Registers typed as small tables, so that a head teacher can read a test and disagree with it.

    pupil | year group | gender | Summer 2008 | Summer 2009 || this year    | attainment
    Ann   | 4          | girls  | 2a          | 3c          || insufficient | below
    Bob   | 4          | boys   | .           | A           || no result this term | not known

Left of `||` stands what the school wrote, right of it what siptrack must say. `.` is an empty cell.

What the school may have written:

- `year group`: in the academic year of the last term of the table; `year group 2007-08`: in that one
- `class`, `class 2007-08`: likewise
- `gender`, `fsm` ...: a group's key; an empty cell is not recorded
- `born`: the date of birth, as 2015-03-01
- `Summer 2008`: the reading result of that term; `maths Summer 2008` another subject's;
  `Summer 2008 (teacher-assessment)` names the scale, `Summer 2008 (raw marks)` says that there is none;
  `target Summer 2009` is the target for that term
- `left after`: the last term on roll; without it the pupil is still here
- `children`: so many children, alike in everything but their names

What siptrack must say: see tests/spec/typed_tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from siptrack.rules.load import load
from siptrack.school.register import NOT_RECORDED, PLACEMENTS, PUPILS, RESULTS, STILL_HERE, Ledger, Register
from siptrack.school.term import Season, Term

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale
    from siptrack.school.tables import Table

NEVER = 1_000_000  # `on_roll_from` of a pupil without results
RAW_MARKS = "raw marks"
USUAL_SUBJECT = "reading"
_TERM = re.compile(
    r"(?P<target>target )?(?:(?P<subject>[a-z]+) )?(?P<term>(?:Autumn|Spring|Summer) \d{4})"
    r"(?: \((?P<scale>[a-z0-9 -]+)\))?"
)
_PLACEMENT = re.compile(r"(?P<what>year group|class)(?: (?P<year>\d{4})-\d\d)?")

Row = Mapping[str, object]


@cache
def usual_rules() -> Rules:
    """siptrack's own rules, loaded once."""
    return load()


def term(label: str) -> Term:
    """`Summer 2009` is the last term of 2008-09."""
    season_name, year = label.split()
    season = Season[season_name.upper()]
    return Term(int(year) - (season is not Season.AUTUMN), season)


def result(pupil: str, subject: str, when: Term, text: str, scale: Scale | None) -> Row:
    """A row of the results, decoded by the scale as its file prints it; None is a raw mark."""
    row = {"pupil": pupil, "subject": subject, "term": when.number, "text": text, "grade": text, "scale": ""}
    if scale is None:
        return {**row, "points": None, "of_year": None, "counts": False, "test": True}
    row = {**row, "scale": scale.name, "test": scale.test}
    codes = {code.code: code.counts for code in scale.codes}
    if text in codes:
        return {**row, "points": None, "of_year": None, "counts": codes[text]}
    year, code = _named_year(text) if scale.points_a_year else (None, text)
    points = scale.by_code[code].points if code in scale.by_code else float(text)
    return {**row, "points": points, "of_year": year, "counts": True}


def _named_year(text: str) -> tuple[int | None, str]:
    """The year group that a grade names and the rest of it: 3 and At of `3At` or `3 At`."""
    return (int(text[0]), text[1:].strip()) if text[0].isdigit() else (None, text)


def build(
    pupils: Sequence[Row], placements: Sequence[Row], results: Sequence[Row], targets: Sequence[Row] = ()
) -> Register:
    """A register of these rows; whatever a row does not state is empty, and every pupil is still here."""
    subjects = {row["subject"] for row in results}
    first: dict[object, int] = {}
    for row in results:
        first[row["pupil"]] = min(int(str(row["term"])), first.get(row["pupil"], NEVER))
    people = [
        {"surname": row["pupil"], "on_roll_from": first.get(row["pupil"], NEVER), "on_roll_until": STILL_HERE, **row}
        for row in pupils
    ]
    written = [{"row": number, "column": 1, **row} for number, row in enumerate(results, 2)]
    return Register(
        pupils=_frame(people, PUPILS),
        placements=_frame(placements, PLACEMENTS).astype({"academic_year": "int64", "year_group": "Float64"}),
        results=_results(written),
        targets=_results([{"row": number, "column": 2, **row} for number, row in enumerate(targets, 2)]),
        subjects=tuple(subject for subject in usual_rules().columns.subjects if subject in subjects),
        ledger=Ledger((), len(people), len(people), len(written), len(written), ()),
        problems=(),
    )


def _results(rows: Sequence[Row]) -> pd.DataFrame:
    types = {"term": "int64", "points": "float64", "of_year": "float64", "counts": "bool", "test": "bool"}
    types |= {"row": "int64", "column": "int64", "lean": "float64", "stands_from": "float64"}
    return _frame([{"lean": 0, "stands_from": None, **row} for row in rows], RESULTS).astype(types)


def _frame(rows: Sequence[Row], table: Table) -> pd.DataFrame:
    """The rows as a table, with its columns in order and any characteristics after them."""
    further = dict.fromkeys(name for row in rows for name in row if name not in table.names)
    empty = dict.fromkeys(table.names, "")
    return pd.DataFrame([{**empty, **row} for row in rows], columns=[*table.names, *further])


# --- tables as text ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TypedTable:
    """A table as typed: for each pupil what the school wrote, and what siptrack must say."""

    written: Mapping[str, Mapping[str, str]]
    wanted: Mapping[str, Mapping[str, str]]

    @property
    def last_term(self) -> Term:
        """The newest term that has a column."""
        headings = next(iter(self.written.values()))
        matches = filter(None, map(_TERM.fullmatch, headings))
        return max(term(match["term"]) for match in matches if not match["target"])


def typed(table: str) -> TypedTable:
    """The cells of a table typed as text."""
    lines = [line for line in map(str.strip, table.splitlines()) if line]
    headings, *rows = ([_cells(side) for side in (*line.split("||"), "")[:2]] for line in lines)
    written, wanted = {}, {}
    for number, (left, right) in enumerate(rows, 1):
        given = dict(zip(headings[0], left, strict=True))
        children = int(given.pop("children", "1"))
        for child in range(1, children + 1):
            name = given.get("pupil", f"child {number}") + (f" {child}" if children > 1 else "")
            written[name] = {**given, "pupil": name}
            wanted[name] = dict(zip(headings[1], right, strict=True))
    return TypedTable(written, wanted)


def _cells(side: str) -> list[str]:
    cells = [cell.strip() for cell in side.split("|")] if side.strip() else []
    return ["" if cell == "." else cell for cell in cells]


def register(table: str, *, scale: str = "nc-levels") -> Register:
    """The register of a table typed as text; `scale` is that of the columns which name none."""
    sheet = typed(table)
    pupils: list[Row] = []
    placements: list[Row] = []
    results: list[Row] = []
    targets: list[Row] = []
    for name, cells in sheet.written.items():
        about: dict[str, object] = {"pupil": name}
        placed: dict[int, dict[str, object]] = {}
        for heading, text in cells.items():
            if match := _PLACEMENT.fullmatch(heading):
                year = int(match["year"] or sheet.last_term.academic_year)
                if text:
                    there = placed.setdefault(year, {"pupil": name, "academic_year": year, "year_group": None})
                    there |= {"class": text} if match["what"] == "class" else {"year_group": int(text)}
            elif match := _TERM.fullmatch(heading):
                if text:
                    subject, on = match["subject"] or USUAL_SUBJECT, _scale(match["scale"] or scale)
                    kept = targets if match["target"] else results
                    kept.append(result(name, subject, term(match["term"]), text, on))
            elif heading == "left after":
                about["on_roll_until"] = term(text).number if text else STILL_HERE
            elif heading == "born":
                about["date_of_birth"] = text
            elif heading != "pupil":
                about[_characteristic(heading)] = text or NOT_RECORDED
        pupils.append(about)
        placements += placed.values()
    return build(pupils, placements, results, targets)


def _scale(name: str) -> Scale | None:
    return None if name == RAW_MARKS else usual_rules().scales[name]


def _characteristic(heading: str) -> str:
    if heading not in usual_rules().groups.characteristics:
        raise ValueError(f"'{heading}' is neither a term, nor a year group, nor a characteristic")
    return heading
