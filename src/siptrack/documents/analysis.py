"""What the documents of an analysis and of a check hold for other programs, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from siptrack.analysis.tables import CHECKS, FLAGS, PUPIL_TABLE
from siptrack.analysis.vocabulary import Window
from siptrack.cycle.first import first_to_talk_about
from siptrack.cycle.first_tables import FIRST
from siptrack.documents.data_tables import data_records
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.flags import flag_sentence
from siptrack.documents.registry import KINDS
from siptrack.documents.schema import OF_A_FLAG, SENTENCE, Object
from siptrack.documents.written import Written, problem_objects
from siptrack.rendering.tables import Record
from siptrack.school.cells import Cell, place_of, records
from siptrack.school.column_use import COLUMNS
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sources import SOURCES
from siptrack.school.tables import Column

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis, Checked
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

_GROUP = Column("", "text", "the pupil's group in this characteristic; not_recorded where it is not known")
_Orders = Mapping[str, Sequence[str]]


def of_an_analysis(analysis: Analysis, rules: Rules) -> Written:
    """Everything that is in the tables, with the rules and the files that it rests on."""
    recorded = recorded_characteristics(analysis, rules)
    return Written(
        "analysis",
        rules,
        analysis,
        lambda name: table_records(name, analysis, rules),
        besides={"ledger": ledger_object(analysis)},
        last=partial(_last, analysis, rules, recorded),
        columns={PUPIL_TABLE.name: [_GROUP._replace(name=key) for key in recorded]},
    )


def of_a_check(checked: Checked, rules: Rules) -> Written:
    """Every comparison of judgements, in the order of the rules, subjects and groups, and the problems of the data."""
    orders = {
        "code": list(rules.checks),
        "subject": list(rules.columns.subjects),
        "characteristic": list(rules.groups.all()),
        "group": _groups(rules),
    }
    return Written(
        "check",
        rules,
        checked,
        lambda _: _sorted(records(checked.frame("checks"), CHECKS.names), CHECKS.order, orders),
        last=lambda: _of_the_data(checked.register),
    )


def table_records(name: str, analysis: Analysis, rules: Rules) -> list[Record]:
    """The rows of a table of the analysis, in an order that never varies."""
    if name == FLAGS.name:
        return [_flag_record(finding, rules) for finding in list_findings(analysis, rules)]
    table = KINDS["analysis"].by_name[name]
    orders: _Orders = {
        "subject": analysis.subjects,
        "window": list(Window),
        "horizon": list(Window),
        "characteristic": [*rules.groups.compared, *rules.groups.pairs],
        "group": [*_groups(rules), NOT_RECORDED],
    }
    if name == FIRST.name:
        return records(first_to_talk_about(analysis, rules), table.names)
    more = recorded_characteristics(analysis, rules) if name == PUPIL_TABLE.name else []
    return _sorted(records(analysis.frame(name), [*table.names, *more]), table.order, orders)


def recorded_characteristics(analysis: Analysis, rules: Rules) -> list[str]:
    """The keys of the characteristics that the data records, in the order of the rules."""
    every = (*rules.groups.characteristics, rules.groups.prior.key)
    return [key for key in every if key in analysis.children.pupils]


def ledger_object(analysis: Analysis) -> Object:
    """What was read, what was used, and what was set aside and why."""
    ledger = analysis.register.ledger
    named = [{"file": file, "sheet": sheet or None, "term": term} for file, sheet, term in ledger.terms_named]
    return {
        "files": list(ledger.files),
        "pupils": len(analysis.register.frame("pupils")),
        "on_roll": len(analysis.children.pupils),
        "leavers": analysis.leavers,
        "results": ledger.results_used,
        **{name: getattr(ledger, name) for name in ("rows_read", "rows_used", "results_read", "results_used")},
        "set_aside": [
            {"of": one.of, "reason": one.reason, "count": one.count}
            for one in sorted(ledger.set_aside, key=lambda one: (one.of != "rows", one))
        ],
        "columns": data_records(COLUMNS, analysis.register),
        "terms_named": named,
    }


def _last(analysis: Analysis, rules: Rules, characteristics: Iterable[str]) -> Object:
    """The children with what is known of them, the flags with their evidence, and what else is to be known."""
    findings = list_findings(analysis, rules)
    places = _places(analysis, findings)
    pupils = table_records(PUPIL_TABLE.name, analysis, rules)
    return {
        PUPIL_TABLE.name: [_pupil(row, characteristics) for row in pupils],
        FLAGS.name: [_flag(finding, analysis, rules, places) for finding in findings],
        "warned": [one._asdict() for one in analysis.children.warned],
        "crossings": [{**one._asdict(), "bridge": one.bridge or None} for one in analysis.children.crossings],
        "beside": [asdict(one) for one in analysis.children.beside],
        **_of_the_data(analysis.register),
    }


def _of_the_data(register: Register) -> Object:
    """How the files found each other's children, and what is odd in them."""
    return {
        "schools": list(register.schools),
        "school": register.school or None,
        "sources": data_records(SOURCES, register),
        "problems": problem_objects(register),
        "dismissed": register.dismissed,
    }


def _flag_record(finding: Finding, rules: Rules) -> Record:
    """A flag as a row of its table, with its sentence."""
    row: Record = {name: getattr(finding, name) for name in FLAGS.names}
    blank_as_missing = {name: None if cell == "" else cell for name, cell in row.items()}
    return {**blank_as_missing, SENTENCE.name: flag_sentence(finding, rules)}


def _pupil(row: Mapping[str, Cell], characteristics: Iterable[str]) -> Object:
    known = {key: row[key] for key in characteristics}
    return {**{name: cell for name, cell in row.items() if name not in known}, "characteristics": known}


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
    row = _flag_record(finding, rules)
    return {
        **{name: row[name] for name in OF_A_FLAG},
        "evidence": evidence,
        "newer": newer if finding.newer_term else None,
        SENTENCE.name: row[SENTENCE.name],
    }


def _result(term: str, grade: str, points: float | None, place: Object | None) -> Object:
    return {"term": term, "grade": grade or None, "points": points, "place": place}


def _groups(rules: Rules) -> list[str]:
    """The key of every group, in the order of the rules."""
    return list(dict.fromkeys(key for one in rules.groups.all().values() for key in one.groups))


def _sorted(rows: Iterable[Record], by: Sequence[str], orders: _Orders) -> list[Record]:
    """Rows in order of columns, each by its own order of values where it has one; missing values last."""
    ranks = {name: {value: rank for rank, value in enumerate(order)} for name, order in orders.items()}
    return sorted(rows, key=lambda row: tuple(_key(row[name], ranks.get(name, {})) for name in by))


def _key(cell: Cell, ranks: Mapping[str, int]) -> tuple[bool, float, str]:
    if isinstance(cell, str):
        return False, ranks.get(cell, len(ranks)), cell
    return cell is None, 0 if cell is None else float(cell), ""
