"""The JSON Schema of each document beside that of an analysis, with which it shares its frame."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.shareable import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tables import CHECKS
from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.enquiry_tables import EVIDENCE, QUESTIONS
from siptrack.cycle.since_tables import AGREED, COUNTS, LISTED
from siptrack.reports.catalogue import OF_A_REVIEW, OF_AN_AUDIT, OF_PROVISION, OF_TEACHING, OF_THE_PLAN
from siptrack.reports.schema.from_tables import Object, closed_object, of_the_data, schema_name, table_schema
from siptrack.school.column_use import COLUMNS
from siptrack.school.tables import Column, Table

_HEAD = ("version", "term", "begun", "filters", "ruler")


def of_a_check(analysis: Object) -> Object:
    """The schema of what `siptrack check` found."""
    return _document("check", analysis, {**_head(analysis), **of_the_data()}, [CHECKS, COLUMNS])


def of_a_look_back(analysis: Object) -> Object:
    """The schema of what `siptrack since` found."""
    head = _head(analysis)
    count = {"type": "integer"}
    stood = closed_object({"on_roll": count, "told": count})
    properties = {
        "version": head["version"],
        "from_term": {**head["term"], "description": "the earlier term"},
        **{name: head[name] for name in ("term", "begun", "filters", "ruler")},
        "told": {
            "description": "children on roll in each term, and of how many of them progress could be told",
            **closed_object({"then": stood, "now": stood}),
        },
        "agreed_now": {**count, "description": "actions agreed at the later term's meeting or after it"},
    }
    return _document("since", analysis, properties, [LISTED, COUNTS, AGREED, TRENDS])


def of_provision(analysis: Object) -> Object:
    """The schema of what `siptrack provision` tells."""
    properties = {**_head(analysis), "ledger": analysis["properties"]["ledger"]}
    return _document("provision", analysis, properties, OF_PROVISION)


def of_a_plan(analysis: Object) -> Object:
    """The schema of what `siptrack plan` drafts."""
    properties = {
        **_head(analysis),
        "terms": {"type": "array", "description": "the terms by which outcomes stand", "items": {"type": "string"}},
        "leaving": {"type": "integer", "description": "children who will have left before the last of these terms"},
    }
    return _document("plan", analysis, properties, OF_THE_PLAN)


def of_questions(analysis: Object) -> Object:
    """The schema of the lines of enquiry."""
    share = {"description": "where it is a copy to share: with whom; else null", "anyOf": [_share(), {"type": "null"}]}
    source = {"type": "string", "description": "where the questions are taken from"}
    written = _document(
        "questions", analysis, {**_head(analysis), "share": share, "source": source}, [QUESTIONS, EVIDENCE]
    )
    problems = {**written["properties"]["problems"], "description": "oddities of the data; none in a copy to share"}
    return {**written, "properties": {**written["properties"], "problems": problems}}


def of_a_review(analysis: Object) -> Object:
    """The schema of what `siptrack review` holds."""
    head = _head(analysis)
    told = {"description": "the term of the results; null where nothing in them can be judged"}
    reviews = {"type": "array", "items": {"type": ["string", "null"]}}
    properties = {
        "version": head["version"],
        "term": {"anyOf": [head["term"], {"type": "null"}], **told},
        "begun": head["begun"],
        "review_terms": {**reviews, "description": "the terms of the reviews, the oldest first; null: it names none"},
        "ruler": head["ruler"],
    }
    return _document("review", analysis, properties, OF_A_REVIEW)


def of_teaching(analysis: Object) -> Object:
    """The schema of what `siptrack teaching` tells."""
    later = {"type": "integer", "description": "records of a later term, left aside"}
    return _document("teaching", analysis, {**_head(analysis), "later": later}, OF_TEACHING)


def of_an_audit(analysis: Object) -> Object:
    """The schema of what `siptrack audit` tells."""
    head = _head(analysis)
    a_term = {**head["term"], "type": ["object", "null"]}
    properties = {
        "version": head["version"],
        "term": {**head["term"], "description": "the term that opens the year, or as at which it is opened"},
        "before": {
            **a_term,
            "description": "the last term with results from before the year; null where there is none",
        },
        "now": {**a_term, "description": "the last term of the year with results; null where there is none yet"},
        **{name: head[name] for name in ("begun", "filters", "ruler")},
        "told": {"type": "integer", "description": "children of whom progress could be told in the term before"},
        "leaving": {"type": "integer", "description": "children of the term before who passed the highest year group"},
    }
    return _document("audit", analysis, properties, OF_AN_AUDIT)


def _head(analysis: Object) -> Object:
    """What most documents begin with."""
    return {name: analysis["properties"][name] for name in _HEAD}


def _document(name: str, analysis: Object, properties: Object, tables: Sequence[Table]) -> Object:
    """A document of a command: what it begins with, its tables, and the problems of the data."""
    known = analysis["properties"]
    whole = {
        "schema": {**known["schema"], "const": schema_name(name)},
        **properties,
        **{table.name: table_schema(table) for table in tables},
        "problems": known["problems"],
    }
    return {
        "$schema": analysis["$schema"],
        "$id": f"urn:siptrack:{name}:1",
        "title": f"siptrack {name}, version 1",
        "description": f"What siptrack {name} --format json writes. null means missing. "
        "Nothing is removed within a version; keys may be added.",
        **closed_object(whole),
        "$defs": {each: analysis["$defs"][each] for each in ("place", "problem")},
    }


def _share() -> Object:
    """With whom a document may be shared."""
    return closed_object(
        {
            "mode": {"type": "string", "description": "with whom it may be shared"},
            "hide_below": {"type": "integer", "description": "counts of fewer children are hidden"},
            "round_to": {"type": "integer", "description": "counts are rounded to the nearest multiple"},
            "percentages_from": {"type": "integer", "description": "percentages are of so many children at least"},
        }
    )


def shared_schema(schema: Object) -> Object:
    """The JSON Schema of what --share writes, from that of an analysis and the tables as they are declared today."""
    head = {name: schema["properties"][name] for name in ("version", "term", "filters")}
    rows = [column for column in SHARED_ROWS.columns if column.name not in ("characteristic", "group")]
    year_group = Column(YEAR_GROUP, "text", "the year group, all, or not_recorded", always=True)
    properties = {
        "schema": {"const": schema_name("shared"), "description": "the name and version of this form"},
        **head,
        "share": {"description": "With whom, and what was done to protect children.", **_share()},
        "ruler": {
            "description": "The rules in force.",
            **closed_object({"sha256": schema["properties"]["ruler"]["properties"]["sha256"]}),
        },
    }
    tables = {
        "summary": table_schema(Table("summary", "How everybody and each year group stands.", (year_group, *rows))),
        "groups": table_schema(Table("groups", "How each group stands.", SHARED_ROWS.columns)),
        "gaps": table_schema(SHARED_GAPS),
    }
    return {
        "$schema": schema["$schema"],
        "$id": "urn:siptrack:shared:1",
        "title": "siptrack shared tables, version 1",
        "description": "What siptrack analyse --share --format json writes, or with --table one table of it. A figure "
        "that is null is explained by the row's status. Nothing is removed within a version; keys may be added.",
        **closed_object({**properties, **tables}),
        "required": list(properties),
    }
