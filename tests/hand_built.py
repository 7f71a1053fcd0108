"""Small analyses built by hand, so that a test of words says all that the words rest on."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from registers import usual_rules as rules
from siptrack.analysis.cells import CELLS
from siptrack.analysis.group_tables import GAPS, GROUPS
from siptrack.analysis.model import Ahead, Analysis, Children, Compared, OverTime
from siptrack.analysis.tables import CHECKS, FLAGS, PROGRESS, PUPIL_TABLE, SUMMARY
from siptrack.documents.findings import Finding
from siptrack.documents.registry import KINDS
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity
from siptrack.school.register import PLACEMENTS, RESULTS, Ledger, Register, SetAside
from siptrack.school.tables import Column
from siptrack.school.term import Season, Term

TERM = Term(2008, Season.SUMMER)
START = "Summer 2008"
TREND = {
    "from_term": "Summer 2008",
    "term": "Summer 2009",
    "terms": 3,
    "subject": "writing",
    "characteristic": "gender",
    "group": "girls",
    "peers": "boys",
    "measure": "at_are",
    "n": 30,
    "peers_n": 28,
    "gap_then": 12.4,
    "gap_now": 25.2,
    "change": 12.8,
    "low": 3.1,
    "high": 22.5,
    "chance": 0.001,
    "trend": "widening",
    "rescaled": 0,
    "joined": 4,
    "left": 2,
    "mix": 0.2,
}


def frame(table, rows, extra=()):
    columns = (*table.columns, *(Column(name, "text", "") for name in extra))
    return table._replace(columns=columns).of([row.get(column.name) for column in columns] for row in rows)


def pupil(key="P1", name="Smith, Jo", class_name="5K", **more):
    surname, _, forename = name.partition(", ")
    known = {"pupil": key, "upn": key, "surname": surname, "forename": forename, "year_group": 5.0, "class": class_name}
    return {**known, "gender": "boys", **more}


def progress(key="P1", subject="writing", verdict="insufficient", scale="nc-levels", **more):
    row = {
        "pupil": key,
        "subject": subject,
        "scale": scale,
        "window": "year",
        "start_term": START,
        "start_grade": "2a",
        "start_points": 17.0,
        "start_attainment": "at",
        "term": TERM.label,
        "grade": "2a",
        "points": 17.0,
        "reference": 24.0,
        "distance": -7.0,
        "attainment": "well below",
        "measured": "line",
        "gain": 0.0,
        "expected_gain": 3.0,
        "progress": -3.0,
        "verdict": verdict,
        "file": "Summer.xlsx",
        "sheet": "5K",
        "cell": "F17",
    }
    return {**row, **more}


def flag(code="insufficient-year", key="P1", subject="writing", **more):
    row = {
        "code": code,
        "pupil": key,
        "subject": subject,
        "window": "year",
        "from_term": START,
        "from_grade": "2a",
        "from_points": 17.0,
        "from_place": "Before.xlsx, sheet 4K, cell F16",
        "grade": "2a",
        "points": 17.0,
        "reference": 24.0,
        "measured": "line",
        "gain": 0.0,
        "expected_gain": 3.0,
        "place": "Summer.xlsx, sheet 5K, cell F17",
    }
    return {**row, **more}


def gap(verdict="clear", **more):
    row = {
        "subject": "writing",
        "characteristic": "gender",
        "group": "boys",
        "peers": "girls",
        "measure": "at_are",
        "n": 30,
        "count": 14,
        "value": 46.66666666,
        "peers_n": 30,
        "peers_count": 24,
        "peers_value": 80.0,
        "gap": -33.333333333,
        "placebo": 0.0151,
        "p": 0.0151,
        "p_adjusted": 0.0151,
        "family": "primary",
        "explained_by": "",
        "among": "all",
        "low": -52.2,
        "high": -9.4,
        "children": -10,
        "verdict": verdict,
    }
    return {**row, **more}


def result(key="P1", term=TERM, file="Summer.xlsx", sheet="5K", row=17, grade="2a"):
    where = {"file": file, "sheet": sheet, "row": row, "column": 6}
    read = {"subject": "writing", "scale": "nc-levels", "text": grade, "grade": grade, "points": 17.0, "counts": True}
    return {"pupil": key, "term": term.number, **read, **where}


def problem(code="unknown-grade", row=17, found="'2z'", severity=Severity.ERROR, sheet="5K"):
    return Problem(
        code, severity, Place("Summer.xlsx", sheet, row, 6), found, "a grade of its scale", "Correct the cell."
    )


def finding(code="insufficient-year", **more):
    known = {
        "code": code,
        "pupil": "P1",
        "subject": "writing",
        "label": "Writing",
        "scale": rules().scales["nc-levels"],
        "from_term": START,
        "from_grade": "2a",
        "grade": "2a",
        "points": 17,
        "reference": 24,
        "gain": 0,
        "expected_gain": 3,
    }
    return Finding(**{**known, **more})


def analysis(*, pupils=None, flags=None, gaps=(), problems=(), **more):
    pupils = [pupil()] if pupils is None else pupils
    flags = [flag()] if flags is None else flags
    summary = {"year_group": 5.0, "subject": "writing", "n": 1, "assessed": 1, "at_are": 0, "insufficient": 1.0}
    group = {"subject": "writing", "characteristic": "gender", "group": "boys", "n": 1, "assessed": 1, "at_are": 0}
    group = {**group, "among": "all"}
    register = Register(
        pupils=frame(PUPIL_TABLE, pupils, ["gender"]),
        placements=PLACEMENTS.no_rows(),
        results=frame(
            RESULTS, [result(), result(term=Term(2007, Season.SUMMER), file="Before.xlsx", sheet="4K", row=16)]
        ),
        targets=RESULTS.no_rows(),
        subjects=("writing",),
        ledger=Ledger(("Before.xlsx", "Summer.xlsx"), 1265, 1262, 40, 40, (SetAside("rows", "headings repeated", 3),)),
        problems=tuple(problems),
    )
    tables = {
        "pupils": frame(PUPIL_TABLE, pupils, ["gender"]),
        "judged": frame(RESULTS, []).having(year_group=nan, distance=nan),
        "standing": CELLS.no_rows(),
        "set_beside": frame(RESULTS, []),
        "progress": frame(PROGRESS, [progress(row["pupil"]) for row in pupils]),
        "flags": frame(FLAGS, flags),
        "summary": frame(SUMMARY, [summary]),
        "groups": frame(GROUPS, [group]),
        "gaps": frame(GAPS, gaps),
        "warned": (),
        "beside": (),
        "crossings": (),
    }
    every = {table.name: table for table in KINDS["analysis"].tables} | {"cells": CELLS, "copied": CHECKS}
    tables = {name: table.no_rows() for name, table in every.items()} | tables
    tables |= {name: more.pop(name) for name in list(more) if name in tables}
    parts = {"children": Children, "compared": Compared, "over_time": OverTime, "ahead": Ahead}
    whole = Analysis(
        term=TERM,
        begun=(),
        register=register,
        subjects=("reading", "writing", "maths"),
        characteristics=rules().groups.all(),
        leavers=11,
        filters={},
        **{part: kind(**{name: tables[name] for name in kind.names()}) for part, kind in parts.items()},
    )
    return replace(whole, **more)
