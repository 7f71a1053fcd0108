"""Every table that is written, each once: commands, files, schema and manual all take them from here.

A new table is declared in siptrack.analysis, has a field of its name in its model, and a place in OF_THE_ANALYSIS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from siptrack.analysis.ahead_tables import FORECASTS, PACE, TARGETS
from siptrack.analysis.group_tables import CLOSERS, GAPS, GROUPS, LEFT_OUT, PARADOXES
from siptrack.analysis.national_table import NATIONAL
from siptrack.analysis.tables import CHECKS, FLAGS, PROGRESS, PUPIL_TABLE, SUMMARY
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.cycle.audit_tables import CARRIED, COURSES, LINES, MISSING, ON_ROLL, PRIOR, STANDING
from siptrack.cycle.provision_tables import CHILDREN, IMPACT, INTERVENTIONS, MAP, PAIRS, SPELLS, SUGGESTIONS, WHO
from siptrack.cycle.since_tables import AGREED, COUNTS, LISTED
from siptrack.cycle.working_groups import GROUPED
from siptrack.school.tables import Column, Table

SENTENCE = Column("sentence", "text", "the flag in words", always=True)
CHARACTERISTIC = Column("", "text", "the pupil's group in this characteristic; not_recorded where it is not known")
PROBLEMS = Table(
    "problems",
    "Oddities of the data, one row each.",
    (
        Column("code", "text", "the problem's code, as in problems.yaml"),
        Column("severity", "text", "error (must be corrected) or query (check it)"),
        Column("file", "text", "the file"),
        Column("sheet", "text", "the sheet; empty for a file without sheets"),
        Column("cell", "text", "the cell, or the row or column"),
        Column("found", "text", "what stands there"),
        Column("expected", "text", "what was expected"),
        Column("action", "text", "what to do"),
    ),
)
LEDGER = Table(
    "ledger",
    "What was read and what became of it: in rows and in results, used and set aside add up to read.",
    (
        Column("of", "text", "rows or results"),
        Column("reason", "text", "read, used, or why they were set aside"),
        Column("count", "integer", "how many", unit="rows or results"),
    ),
)
SET_ASIDE = Table(
    "set_aside",
    "Every row and result that was read and not used, and where it stands.",
    (
        Column("of", "text", "rows or results"),
        Column("reason", "text", "why it was set aside"),
        Column("file", "text", "file"),
        Column("sheet", "text", "sheet; empty for a CSV file"),
        Column("cell", "text", "its cell, or its row"),
    ),
)

SAID_FLAGS = replace(FLAGS, columns=(*FLAGS.columns, SENTENCE))
OF_THE_DATA = (PROBLEMS, LEDGER, SET_ASIDE)
OF_THE_ANALYSIS = (
    *(PUPIL_TABLE, PROGRESS, SAID_FLAGS, SUMMARY, GROUPS, GAPS),
    *(CLOSERS, PARADOXES, TRENDS, POOLED, NATIONAL, LEFT_OUT),
    *(PACE, TARGETS, FORECASTS),
)
ANALYSED = {table.name: table for table in (*OF_THE_ANALYSIS, *OF_THE_DATA)}
LOOKED_BACK = {table.name: table for table in (LISTED, COUNTS, AGREED, TRENDS, *OF_THE_DATA)}
CHECKED = {table.name: table for table in (CHECKS, *OF_THE_DATA)}
OF_PROVISION = (SPELLS, MAP, WHO, CHILDREN, INTERVENTIONS, IMPACT, PAIRS, SUGGESTIONS)
PROVIDED = {table.name: table for table in (*OF_PROVISION, *OF_THE_DATA)}
OF_AN_AUDIT = (ON_ROLL, PRIOR, STANDING, GROUPED, CARRIED, GAPS, TARGETS, COURSES, LINES, MISSING)
AUDITED = {table.name: table for table in (*OF_AN_AUDIT, *OF_THE_DATA)}


def columns_of(name: str, written: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a table as it is written: those declared, and for the pupils their characteristics."""
    every = {**ANALYSED, **CHECKED, **LOOKED_BACK, **PROVIDED, **AUDITED}
    declared = {column.name: column for column in every[name].columns}
    return tuple(declared.get(column) or replace(CHARACTERISTIC, name=column) for column in written)
