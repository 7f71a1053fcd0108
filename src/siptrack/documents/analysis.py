"""What the document of an analysis holds for other programs, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from siptrack.analysis.tables import FLAGS, PUPIL_TABLE, SUMMARY
from siptrack.analysis.vocabulary import Window
from siptrack.cycle.first import first_to_talk_about
from siptrack.cycle.first_tables import FIRST
from siptrack.documents.data_tables import data_records
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.flags import flag_sentence
from siptrack.documents.registry import KINDS, SENTENCE
from siptrack.documents.written import Object, Written, of_the_data
from siptrack.rendering.tables import Record
from siptrack.school.cells import Cell, place_of, plain, records
from siptrack.school.column_use import COLUMNS
from siptrack.school.register import NOT_RECORDED
from siptrack.school.tables import Column

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.analysis.parts import Summed
    from siptrack.rules.model import Rules

OF_A_FLAG = ("code", "pupil", "subject", "window", "reference", "measured", "gain", "expected_gain")
_GROUP = Column("", "text", "the pupil's group in this characteristic; not_recorded where it is not known")
_COUNTS = ("rows_read", "rows_used", "results_read", "results_used")


def of_an_analysis(analysis: Analysis, rules: Rules) -> Written:
    """Everything that is in the tables, with the rules and the files that it rests on."""
    return Written(
        "analysis",
        rules,
        analysis,
        lambda name: table_records(name, analysis, rules),
        besides={"ledger": ledger_object(analysis)},
        last=partial(_last, analysis, rules),
        columns={PUPIL_TABLE.name: [_GROUP._replace(name=key) for key in recorded_characteristics(analysis, rules)]},
    )


def of_a_summary(summed: Summed, rules: Rules) -> Written:
    """The summary alone, of a file of which nothing else is told."""
    orders = {"subject": list(rules.columns.subjects)}
    rows = in_order(records(summed.summary, SUMMARY.names), SUMMARY.order, orders)
    return Written("analysis", rules, summed, lambda _: rows)


def table_records(name: str, analysis: Analysis, rules: Rules) -> list[Record]:
    """The rows of a table of the analysis, in an order that never varies."""
    if name == FLAGS.name:
        return [_flag_record(finding, rules) for finding in list_findings(analysis, rules)]
    table = KINDS["analysis"].by_name[name]
    orders = {
        "subject": analysis.subjects,
        "window": list(Window),
        "horizon": list(Window),
        "characteristic": [*rules.groups.compared, *rules.groups.pairs],
        "group": [*group_keys(rules), NOT_RECORDED],
    }
    if name == FIRST.name:
        return records(first_to_talk_about(analysis, rules), table.names)
    more = recorded_characteristics(analysis, rules) if name == PUPIL_TABLE.name else []
    return in_order(records(analysis.frame(name), [*table.names, *more]), table.order, orders)


def recorded_characteristics(analysis: Analysis, rules: Rules) -> list[str]:
    """The keys of the characteristics that the data records, in the order of the rules."""
    every = (*rules.groups.characteristics, rules.groups.prior.key)
    return [key for key in every if key in analysis.children.pupils]


def ledger_object(analysis: Analysis) -> Object:
    """What was read, what was used, and what was set aside and why."""
    ledger = analysis.register.ledger
    aside = sorted(ledger.set_aside, key=lambda rows: (rows.of != "rows", rows))
    return {
        "files": list(ledger.files),
        "pupils": len(analysis.register.frame("pupils")),
        "on_roll": len(analysis.children.pupils),
        "leavers": analysis.leavers,
        "results": ledger.results_used,
        **{name: getattr(ledger, name) for name in _COUNTS},
        "set_aside": [{"of": rows.of, "reason": rows.reason, "count": rows.count} for rows in aside],
        "columns": data_records(COLUMNS, analysis.register),
        "terms_named": [
            {"file": file, "sheet": sheet or None, "term": term} for file, sheet, term in ledger.terms_named
        ],
    }


def _last(analysis: Analysis, rules: Rules) -> Object:
    """The children with what is known of them, the flags with their evidence, and what else is to be known."""
    findings = list_findings(analysis, rules)
    places = _places(analysis, findings)
    characteristics = recorded_characteristics(analysis, rules)
    return {
        PUPIL_TABLE.name: [_pupil(row, characteristics) for row in table_records(PUPIL_TABLE.name, analysis, rules)],
        FLAGS.name: [_flag(finding, analysis.term.label, rules, places) for finding in findings],
        "warned": [warned._asdict() for warned in analysis.children.warned],
        "crossings": [
            {**crossing._asdict(), "bridge": crossing.bridge or None} for crossing in analysis.children.crossings
        ],
        "beside": [asdict(beside) for beside in analysis.children.beside],
        **of_the_data(analysis.register),
    }


def _pupil(row: Record, characteristics: Iterable[str]) -> Object:
    known = {key: row.pop(key) for key in characteristics}
    return {**row, "characteristics": known}


def _flag_record(finding: Finding, rules: Rules) -> Record:
    """A flag as a row of its table, with its sentence."""
    return {
        **{name: plain(getattr(finding, name)) for name in FLAGS.names},
        SENTENCE.name: flag_sentence(finding, rules),
    }


def _flag(finding: Finding, term: str, rules: Rules, places: Mapping[str, Object]) -> Object:
    """A flag with the results that it rests on gathered, the earlier first."""
    then = _result(finding.from_term, finding.from_grade, finding.from_points, places.get(finding.from_place))
    now = _result(term, finding.grade, finding.points, places.get(finding.place))
    newer = _result(finding.newer_term, finding.newer_grade, finding.newer_points, places.get(finding.newer_place))
    row = _flag_record(finding, rules)
    return {
        **{name: row[name] for name in OF_A_FLAG},
        "evidence": [*([then] if finding.from_term else []), *([now] if finding.grade or finding.place else [])],
        "newer": newer if finding.newer_term else None,
        SENTENCE.name: row[SENTENCE.name],
    }


def _result(term: str, grade: str, points: float | None, place: Object | None) -> Object:
    return {"term": term, "grade": grade or None, "points": points, "place": place}


def _places(analysis: Analysis, findings: Iterable[Finding]) -> dict[str, Object]:
    """The places that flags rest on, by their addresses in words."""
    wanted = {place for finding in findings for place in (finding.from_place, finding.place, finding.newer_place)}
    pupils = {finding.pupil for finding in findings}
    found = {}
    for frame in map(analysis.register.frame, ("results", "targets", "ages")):
        for place in map(place_of, records(frame[frame["pupil"].isin(pupils)], ["file", "sheet", "row", "column"])):
            if place.label in wanted:
                found[place.label] = {"file": place.file, "sheet": place.sheet or None, "cell": place.cell}
    return found


def group_keys(rules: Rules) -> list[str]:
    """The key of every group, in the order of the rules."""
    return list(dict.fromkeys(key for characteristic in rules.groups.all().values() for key in characteristic.groups))


def in_order(rows: Iterable[Record], by: Sequence[str], orders: Mapping[str, Sequence[str]]) -> list[Record]:
    """Rows in order of columns, each by its own order of values where it has one; missing values last."""
    ranks = {name: {value: rank for rank, value in enumerate(order)} for name, order in orders.items()}
    return sorted(rows, key=lambda row: tuple(_key(row[name], ranks.get(name, {})) for name in by))


def _key(cell: Cell, ranks: Mapping[str, int]) -> tuple[bool, float, str]:
    if isinstance(cell, str):
        return False, ranks.get(cell, len(ranks)), cell
    return cell is None, 0 if cell is None else float(cell), ""
