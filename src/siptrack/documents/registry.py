"""Every document that other programs may read, each declared once: its tables, and what its JSON holds besides them.

Commands, `siptrack schema`, the library and the manual take what they know of a document's tables from here; what a
document's rows are is told in `contents`. A table is declared in siptrack.analysis or siptrack.cycle.
"""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.analysis.ahead_tables import FORECASTS, PACE, TARGETS
from siptrack.analysis.evidence_tables import EVIDENCE
from siptrack.analysis.group_tables import CLOSERS, GAPS, GROUPS, LEFT_OUT, PARADOXES
from siptrack.analysis.national_table import NATIONAL
from siptrack.analysis.shareable_tables import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tables import CHECKS, FLAGS, PROGRESS, PUPIL_TABLE, SUMMARY
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.cycle import audit_tables as audit
from siptrack.cycle import enquiry_tables as enquiry
from siptrack.cycle import plan_tables as plan
from siptrack.cycle import provision_tables as provision
from siptrack.cycle import review_tables as review
from siptrack.cycle import since_tables as since
from siptrack.cycle import teaching_tables as teaching
from siptrack.cycle.first_tables import FIRST
from siptrack.cycle.working_groups import GROUPED
from siptrack.documents.data_tables import PROBLEMS
from siptrack.documents.schema import (
    SENTENCE,
    DocumentKind,
    Object,
    closed_object,
    counted,
    of_the_files_joined,
    sharing_schema,
    usual,
)
from siptrack.school.column_use import COLUMNS
from siptrack.school.review import HELD
from siptrack.school.tables import Column, Table


def _look_back(known: Object) -> Object:
    stood = closed_object({"on_roll": {"type": "integer"}, "told": {"type": "integer"}})
    says = "children on roll in each term, and of how many of them progress could be told"
    from_term = {**known["term"], "description": "the earlier term"}
    return {
        "version": known["version"],
        "from_term": from_term,
        **usual(known),
        "told": {"description": says, **closed_object({"then": stood, "now": stood})},
        "agreed_now": counted("actions agreed at the later term's meeting or after it"),
    }


def _plan(known: Object) -> Object:
    by = {"type": "array", "description": "the terms by which outcomes stand", "items": {"type": "string"}}
    leaving = counted("children who will have left before the last of these terms")
    return {**usual(known), "terms": by, "leaving": leaving}


def _questions(known: Object) -> Object:
    share = "where it is a copy to share: with whom; else null"
    source = {"type": "string", "description": "where the questions are taken from"}
    either = [sharing_schema(), {"type": "null"}]
    return {**usual(known), "share": {"description": share, "anyOf": either}, "source": source}


def _review(known: Object) -> Object:
    term = {
        "anyOf": [known["term"], {"type": "null"}],
        "description": "the term of the results; null where nothing in them can be judged",
    }
    reviews = {
        "type": "array",
        "items": {"type": ["string", "null"]},
        "description": "the terms of the reviews, the oldest first; null: it names none",
    }
    begun, ruler = known["begun"], known["ruler"]
    return {"version": known["version"], "term": term, "begun": begun, "review_terms": reviews, "ruler": ruler}


def _audit(known: Object) -> Object:
    def term(says: str, **kind: object) -> Object:
        return {**known["term"], **kind, "description": says}

    either = ["object", "null"]
    before = "the last term with results from before the year; null where there is none"
    now = "the last term of the year with results; null where there is none yet"
    opened = term("the term that opens the year, or as at which it is opened")
    terms = {"term": opened, "before": term(before, type=either), "now": term(now, type=either)}
    return {
        "version": known["version"],
        **terms,
        **usual(known),
        **terms,
        "told": counted("children of whom progress could be told in the term before"),
        "leaving": counted("children of the term before who passed the highest year group"),
    }


def _shared(known: Object) -> Object:
    digits = closed_object({"sha256": known["ruler"]["properties"]["sha256"]})
    share = {"description": "With whom, and what was done to protect children.", **sharing_schema()}
    ruler = {"description": "The rules in force.", **digits}
    return {**{name: known[name] for name in ("version", "term", "filters")}, "share": share, "ruler": ruler}


IN_WORDS = Column("sentence", "text", "the priority in words", always=True)
FLAGS_IN_WORDS = FLAGS._replace(columns=(*FLAGS.columns, SENTENCE))
PRIORITIES_IN_WORDS = plan.PRIORITIES._replace(columns=(*plan.PRIORITIES.columns, IN_WORDS))
_YEAR_GROUP = Column(YEAR_GROUP, "text", "the year group, all, or not_recorded", always=True)
_STANDING = tuple(column for column in SHARED_ROWS.columns if column.name not in ("characteristic", "group"))
_ANALYSED = (
    *(PUPIL_TABLE, PROGRESS, FLAGS_IN_WORDS, EVIDENCE, FIRST, SUMMARY, GROUPS, GAPS),
    *(CLOSERS, PARADOXES, TRENDS, POOLED, NATIONAL, LEFT_OUT),
    *(PACE, TARGETS, FORECASTS),
)
_KINDS = (
    DocumentKind("analysis", _ANALYSED, json_tables=tuple(table for table in _ANALYSED if table is not FLAGS_IN_WORDS)),
    DocumentKind(
        "audit",
        (
            *(audit.ON_ROLL, audit.PRIOR, audit.STANDING, GROUPED, audit.CARRIED),
            *(GAPS, TARGETS, audit.COURSES, audit.LINES, audit.MISSING),
        ),
        besides=_audit,
    ),
    DocumentKind(
        "check",
        (CHECKS,),
        besides=lambda known: {**usual(known), **of_the_files_joined()},
        json_tables=(CHECKS, COLUMNS),
    ),
    DocumentKind("child", data=()),
    DocumentKind("plan", (PRIORITIES_IN_WORDS, plan.EVIDENCE, plan.OUTCOMES, plan.REFUSED), besides=_plan),
    DocumentKind(
        "provision",
        (
            *(provision.SPELLS, provision.MAP, provision.WHO, provision.CHILDREN),
            *(provision.INTERVENTIONS, provision.IMPACT, provision.PAIRS, provision.SUGGESTIONS),
        ),
        besides=lambda known: {**usual(known), "ledger": known["ledger"]},
    ),
    DocumentKind(
        "questions",
        (enquiry.QUESTIONS, enquiry.EVIDENCE),
        besides=_questions,
        problems={"description": "oddities of the data; none in a copy to share"},
    ),
    DocumentKind("review", (HELD, review.CHANGES, review.STEPS, review.BEARS_ON), (PROBLEMS,), _review),
    DocumentKind(
        "shared",
        (
            Table("summary", "How everybody and each year group stands.", (_YEAR_GROUP, *_STANDING)),
            Table("groups", "How each group stands.", SHARED_ROWS.columns),
            SHARED_GAPS,
        ),
        data=(),
        besides=_shared,
        title="shared tables",
        says="analyse --share --format json writes, or with --table one table of it. A figure that is null is "
        "explained by the row's status.",
    ),
    DocumentKind("since", (since.LISTED, since.COUNTS, since.AGREED, TRENDS), besides=_look_back),
    DocumentKind(
        "teaching",
        (teaching.SEEN, teaching.TRAINED, teaching.RECORDED, teaching.BESIDE, teaching.CPD_BESIDE),
        besides=lambda known: {**usual(known), "later": counted("records of a later term, left aside")},
    ),
)
KINDS: Mapping[str, DocumentKind] = {kind.name: kind for kind in _KINDS}
