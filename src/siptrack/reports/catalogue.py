"""Every table that is written, each once: commands, files, schema and manual all take them from here.

A new table is declared in siptrack.analysis, has a field of its name in its model, and a place in OF_THE_ANALYSIS.
"""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.ahead_tables import FORECASTS, PACE, TARGETS
from siptrack.analysis.group_tables import CLOSERS, GAPS, GROUPS, LEFT_OUT, PARADOXES
from siptrack.analysis.national_table import NATIONAL
from siptrack.analysis.tables import CHECKS, FLAGS, PROGRESS, PUPIL_TABLE, SUMMARY
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.cycle import enquiry_tables
from siptrack.cycle.audit_tables import CARRIED, COURSES, LINES, MISSING, ON_ROLL, PRIOR, STANDING
from siptrack.cycle.enquiry_tables import QUESTIONS
from siptrack.cycle.plan_tables import EVIDENCE, OUTCOMES, PRIORITIES, REFUSED
from siptrack.cycle.provision_tables import CHILDREN, IMPACT, INTERVENTIONS, MAP, PAIRS, SPELLS, SUGGESTIONS, WHO
from siptrack.cycle.review_tables import BEARS_ON, CHANGES, STEPS
from siptrack.cycle.since_tables import AGREED, COUNTS, LISTED
from siptrack.cycle.teaching_tables import BESIDE, CPD_BESIDE, RECORDED, SEEN, TRAINED
from siptrack.cycle.working_groups import GROUPED
from siptrack.school.column_use import COLUMNS
from siptrack.school.review import HELD
from siptrack.school.sources import SOURCES
from siptrack.school.tables import Column, Table

SENTENCE = Column("sentence", "text", "the flag in words", always=True)
IN_WORDS = Column("sentence", "text", "the priority in words", always=True)
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

SAID_FLAGS = FLAGS._replace(columns=(*FLAGS.columns, SENTENCE))
SAID_PRIORITIES = PRIORITIES._replace(columns=(*PRIORITIES.columns, IN_WORDS))
OF_THE_DATA = (PROBLEMS, LEDGER, SET_ASIDE, COLUMNS, SOURCES)
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
OF_THE_PLAN = (SAID_PRIORITIES, EVIDENCE, OUTCOMES, REFUSED)
PLANNED = {table.name: table for table in (*OF_THE_PLAN, *OF_THE_DATA)}
ENQUIRED = {table.name: table for table in (QUESTIONS, enquiry_tables.EVIDENCE, *OF_THE_DATA)}
OF_A_REVIEW = (HELD, CHANGES, STEPS, BEARS_ON)
REVIEWED = {table.name: table for table in (*OF_A_REVIEW, PROBLEMS)}
OF_TEACHING = (SEEN, TRAINED, RECORDED, BESIDE, CPD_BESIDE)
TAUGHT = {table.name: table for table in (*OF_TEACHING, *OF_THE_DATA)}
OF_AN_AUDIT = (ON_ROLL, PRIOR, STANDING, GROUPED, CARRIED, GAPS, TARGETS, COURSES, LINES, MISSING)
AUDITED = {table.name: table for table in (*OF_AN_AUDIT, *OF_THE_DATA)}
EVERY = (ANALYSED, CHECKED, LOOKED_BACK, PROVIDED, PLANNED, ENQUIRED, REVIEWED, TAUGHT, AUDITED)


def columns_of(name: str, written: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a table as it is written: those declared, and for the pupils their characteristics."""
    named = [tables[name] for tables in EVERY if name in tables]
    table = next((one for one in named if one.names == list(written)), named[0])
    declared = {column.name: column for column in table.columns}
    return tuple(declared.get(column) or CHARACTERISTIC._replace(name=column) for column in written)
