"""The analysis as one JSON document, version 1: what other programs may build upon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from siptrack.analysis.model import Analysis, Checked
from siptrack.analysis.tables import FLAGS, PUPIL_TABLE
from siptrack.reports.begun import begun_objects, term_object
from siptrack.reports.catalogue import OF_THE_ANALYSIS
from siptrack.reports.cells import Cell, place_of, records
from siptrack.reports.findings import Finding, list_findings
from siptrack.reports.provision_tables import provided_records
from siptrack.reports.schema.from_tables import PLACES, schema_name
from siptrack.reports.tables import (
    check_records,
    column_records,
    problem_records,
    recorded_characteristics,
    source_records,
    table_records,
)
from siptrack.reports.wording.flags import flag_sentence
from siptrack.rules.model import Rules
from siptrack.school.column_use import COLUMNS
from siptrack.school.register import Register
from siptrack.version import VERSION

if TYPE_CHECKING:
    from siptrack.cycle.provision import Provided

_IN_PLACE = ("file", "sheet", "cell")

Object: TypeAlias = dict[str, Any]  # JSON: the schema says what may be in it


def document(analysis: Analysis, rules: Rules) -> Object:
    """Everything that is in the tables, with the rules and the files that it rests on."""
    findings = list_findings(analysis, rules)
    places = _places(analysis, findings)
    of_pupils = recorded_characteristics(analysis, rules)
    written = [table.name for table in OF_THE_ANALYSIS if table.name != FLAGS.name]
    rows = {name: table_records(name, analysis, rules) for name in written}
    return {
        **head("analysis", analysis, rules),
        "ledger": _ledger(analysis),
        **{name: [gathered(row, PLACES.get(name, ())) for row in table] for name, table in rows.items()},
        "pupils": [_pupil(row, of_pupils) for row in rows[PUPIL_TABLE.name]],
        "flags": [_flag(finding, analysis, rules, places) for finding in findings],
        "warned": [one._asdict() for one in analysis.warned],
        "crossings": [{**one._asdict(), "bridge": one.bridge or None} for one in analysis.crossings],
        "beside": [asdict(one) for one in analysis.beside],
        **_of_the_data(analysis.register),
    }


def checked_document(checked: Checked, rules: Rules) -> Object:
    """What `siptrack check` found: every comparison, and the problems of the data."""
    return {
        **head("check", checked, rules),
        "checks": check_records(checked, rules),
        COLUMNS.name: column_records(checked.register),
        **_of_the_data(checked.register),
    }


def _of_the_data(register: Register) -> Object:
    """How the files found each other's children, and what is odd in them."""
    return {
        "schools": list(register.schools),
        "school": register.school or None,
        "sources": source_records(register),
        "problems": [problem_object(row) for row in problem_records(register)],
        "dismissed": register.dismissed,
    }


def head(document: str, about: Analysis | Checked, rules: Rules) -> Object:
    """What each document begins with: its form, who wrote it, of which term and children, and by which rules."""
    return {
        "schema": schema_name(document),
        "version": VERSION,
        "term": term_object(about.term),
        "begun": begun_objects(about.begun),
        "filters": dict(about.filters),
        "ruler": ruler_object(rules),
    }


def provided_document(provided: Provided, rules: Rules) -> Object:
    """All that `siptrack provision` tells: every table, and the problems of the data."""
    analysis = provided.analysis
    return {
        **head("provision", analysis, rules),
        "ledger": _ledger(analysis),
        **provided_records(provided),
        "problems": [problem_object(row) for row in problem_records(analysis.register)],
    }


def ruler_object(rules: Rules) -> Object:
    """The rules in force as they stand in every document."""
    return {
        "sha256": rules.ruler.sha256,
        "files": [{"name": file.name, "sha256": file.sha256} for file in rules.ruler.files],
    }


def _ledger(analysis: Analysis) -> Object:
    ledger = analysis.register.ledger
    return {
        "files": list(ledger.files),
        "pupils": len(analysis.register.frame("pupils")),
        "on_roll": len(analysis.frame("pupils")),
        "leavers": analysis.leavers,
        "results": ledger.results_used,
        "rows_read": ledger.rows_read,
        "rows_used": ledger.rows_used,
        "results_read": ledger.results_read,
        "results_used": ledger.results_used,
        "set_aside": [
            {"of": one.of, "reason": one.reason, "count": one.count}
            for one in sorted(ledger.set_aside, key=lambda one: (one.of != "rows", one))
        ],
        "columns": column_records(analysis.register),
        "terms_named": [
            {"file": file, "sheet": sheet or None, "term": term} for file, sheet, term in ledger.terms_named
        ],
    }


def _pupil(row: Mapping[str, Cell], characteristics: Iterable[str]) -> Object:
    known = {key: row[key] for key in characteristics}
    return {**{name: cell for name, cell in row.items() if name not in known}, "characteristics": known}


def _place(file: Cell, sheet: Cell, cell: Cell) -> Object | None:
    return dict(zip(_IN_PLACE, (file, sheet, cell), strict=True)) if file else None


def gathered(row: Mapping[str, Cell], prefixes: Iterable[str]) -> Object:
    """A row with the cells of each place, `start_file` and the like, gathered into `start_place`."""
    hidden = {f"{prefix}{part}" for prefix in prefixes for part in _IN_PLACE}
    rest = {name: cell for name, cell in row.items() if name not in hidden}
    places = {f"{prefix}place": _place(*(row[f"{prefix}{part}"] for part in _IN_PLACE)) for prefix in prefixes}
    return {**rest, **places}


def problem_object(row: Mapping[str, Cell]) -> Object:
    """A problem as it stands in every document."""
    return {
        "code": row["code"],
        "severity": row["severity"],
        "place": _place(*(row[name] for name in _IN_PLACE)),
        "found": row["found"],
        "expected": row["expected"],
        "action": row["action"],
    }


def _places(analysis: Analysis, findings: Iterable[Finding]) -> dict[str, Object]:
    """The places that flags rest on, by their addresses in words."""
    wanted = {place for finding in findings for place in (finding.from_place, finding.place, finding.newer_place)}
    pupils = {finding.pupil for finding in findings}
    found = {}
    for frame in (analysis.register.frame("results"), analysis.register.frame("targets")):
        for row in records(frame[frame["pupil"].isin(pupils)], ["file", "sheet", "row", "column"]):
            place = place_of(row)
            if place.label in wanted:
                found[place.label] = {"file": place.file, "sheet": place.sheet or None, "cell": place.cell}
    return found


def _flag(finding: Finding, analysis: Analysis, rules: Rules, places: Mapping[str, Object]) -> Object:
    then = _result(finding.from_term, finding.from_grade, finding.from_points, places.get(finding.from_place))
    now = _result(analysis.term.label, finding.grade, finding.points, places.get(finding.place))
    evidence = ([then] if finding.from_term else []) + ([now] if finding.grade or finding.place else [])
    newer = _result(finding.newer_term, finding.newer_grade, finding.newer_points, places.get(finding.newer_place))
    return {
        "code": finding.code,
        "pupil": finding.pupil,
        "subject": finding.subject,
        "window": finding.window or None,
        "reference": finding.reference,
        "measured": finding.measured or None,
        "gain": finding.gain,
        "expected_gain": finding.expected_gain,
        "evidence": evidence,
        "newer": newer if finding.newer_term else None,
        "sentence": flag_sentence(finding, rules),
    }


def _result(term: str, grade: str, points: float | None, place: Object | None) -> Object:
    return {"term": term, "grade": grade or None, "points": points, "place": place}
