"""Every document that other programs may read, each declared once: its tables, and which of them are in its JSON.

Commands, `siptrack schema`, the library and the manual take what they know of a document's tables from here; what a
document's rows are is for its own module. A table is declared in siptrack.analysis or siptrack.cycle. A document's JSON
Schema lies in the folder `schemas`: what is in its JSON beside the tables is declared there, and a script writes the
tables into it as they are declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

from siptrack.analysis.across.tables import ACROSS, IN_SCHOOLS, SCHOOLS, STANDINGS
from siptrack.analysis.age_tables import AGES_BESIDE
from siptrack.analysis.ahead_tables import FORECASTS, PACE, TARGETS
from siptrack.analysis.evidence_tables import EVIDENCE
from siptrack.analysis.group_tables import CLOSERS, GAPS, GROUPS, LEFT_OUT, PARADOXES
from siptrack.analysis.national_table import NATIONAL
from siptrack.analysis.shareable_tables import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tables import BEHIND, CHECKS, FLAGS, PROGRESS, PUPIL_TABLE, SUMMARY
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.cycle import audit_tables as audit
from siptrack.cycle import enquiry_tables as enquiry
from siptrack.cycle import plan_came_tables as last_plan
from siptrack.cycle import plan_tables as plan
from siptrack.cycle import provision_tables as provision
from siptrack.cycle import review_tables as review
from siptrack.cycle import since_tables as since
from siptrack.cycle import teaching_tables as teaching
from siptrack.cycle.first_tables import FIRST
from siptrack.cycle.working_groups import GROUPED
from siptrack.documents.data_tables import OF_THE_DATA, PROBLEMS
from siptrack.school.column_use import COLUMNS
from siptrack.school.review import HELD
from siptrack.school.tables import Column, Table


class DocumentKind(NamedTuple):
    """A document by the name in its JSON Schema: its own tables in order, and those about the data that follow them.

    `json_tables` are those whose rows stand in its JSON as they are, the problems apart, where they are not its own.
    `version` counts up whenever something is taken out of it.
    """

    name: str
    tables: tuple[Table, ...] = ()
    data: tuple[Table, ...] = OF_THE_DATA
    json_tables: tuple[Table, ...] = ()
    version: int = 1

    @property
    def by_name(self) -> dict[str, Table]:
        """Every table that --table offers."""
        return {table.name: table for table in (*self.tables, *self.data)}

    @property
    def in_json(self) -> tuple[Table, ...]:
        """The tables whose rows stand in its JSON as they are, the problems apart."""
        return self.json_tables or self.tables


def schema_name(document: str) -> str:
    """How a document names its form and version, such as `siptrack/analysis/2`."""
    return f"siptrack/{document}/{_version(document)}"


def schema_file(document: str) -> str:
    """The name of the file that holds its JSON Schema."""
    return f"{document}-{_version(document)}.schema.json"


def _version(document: str) -> int:
    kind = KINDS.get(document)
    return 1 if kind is None else kind.version


def schema_text(document: str) -> str:
    """The text of the JSON Schema that every such document keeps."""
    return (files("siptrack.documents") / "schemas" / schema_file(document)).read_text(encoding="utf-8")


SENTENCE = Column("sentence", "text", "the flag in words", always=True)
FLAGS_IN_WORDS = FLAGS._replace(columns=(*FLAGS.columns, SENTENCE))
PRIORITIES_IN_WORDS = plan.PRIORITIES._replace(
    columns=(*plan.PRIORITIES.columns, SENTENCE._replace(meaning="the priority in words"))
)
_YEAR_GROUP = Column(YEAR_GROUP, "text", "the year group, all, or not_recorded", always=True)
_STANDING = tuple(column for column in SHARED_ROWS.columns if column.name not in ("characteristic", "group"))
_OF_CHILDREN = (PUPIL_TABLE, PROGRESS)
_AFTER_FLAGS = (
    *(EVIDENCE, FIRST, SUMMARY, GROUPS, GAPS, CLOSERS, PARADOXES, TRENDS, POOLED, NATIONAL, LEFT_OUT),
    *(PACE, TARGETS, FORECASTS, AGES_BESIDE),
)
_LAST_PLAN = (last_plan.CRITERIA, last_plan.ACTIONS)
_KINDS = (
    DocumentKind(
        "analysis",
        (*_OF_CHILDREN, FLAGS_IN_WORDS, *_AFTER_FLAGS),
        json_tables=(*_OF_CHILDREN, *_AFTER_FLAGS),
        version=2,
    ),
    DocumentKind(
        "audit",
        (
            *(audit.ON_ROLL, audit.PRIOR, audit.STANDING, GROUPED, audit.CARRIED),
            *(GAPS, TARGETS, audit.COURSES, audit.LINES, audit.MISSING),
        ),
        version=2,
    ),
    DocumentKind("check", (CHECKS, BEHIND), json_tables=(CHECKS, BEHIND, COLUMNS)),
    DocumentKind("child", data=()),
    DocumentKind(
        "plan", (PRIORITIES_IN_WORDS, plan.EVIDENCE, plan.OUTCOMES, plan.REFUSED, last_plan.CRITERIA, last_plan.ACTIONS)
    ),
    DocumentKind(
        "provision",
        (
            *(provision.SPELLS, provision.MAP, provision.WHO, provision.CHILDREN),
            *(provision.INTERVENTIONS, provision.IMPACT, provision.COMPARED, provision.SUGGESTIONS),
        ),
        version=2,
    ),
    DocumentKind("questions", (enquiry.QUESTIONS, enquiry.EVIDENCE, enquiry.BOOKS)),
    DocumentKind("review", (HELD, review.CHANGES, review.STEPS, review.BEARS_ON), (PROBLEMS,)),
    DocumentKind("schools", (SCHOOLS, STANDINGS, ACROSS, IN_SCHOOLS), data=()),
    DocumentKind(
        "shared",
        (
            Table("summary", "How everybody and each year group stands.", (_YEAR_GROUP, *_STANDING)),
            Table("groups", "How each group stands.", SHARED_ROWS.columns),
            SHARED_GAPS,
        ),
        data=(),
    ),
    DocumentKind("since", (since.LISTED, since.COUNTS, since.AGREED, TRENDS, *_LAST_PLAN)),
    DocumentKind(
        "teaching", (teaching.SEEN, teaching.TRAINED, teaching.RECORDED, teaching.BESIDE, teaching.CPD_BESIDE)
    ),
)
KINDS: Mapping[str, DocumentKind] = {kind.name: kind for kind in _KINDS}
