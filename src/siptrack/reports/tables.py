"""The analysis as flat tables, in the order that they are printed and written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack.analysis.model import Analysis, Checked
from siptrack.analysis.tables import CHECKS, FLAGS, PUPIL_TABLE
from siptrack.analysis.vocabulary import Window
from siptrack.reports.catalogue import ANALYSED, LEDGER, OF_THE_ANALYSIS, OF_THE_DATA, PROBLEMS, SENTENCE, SET_ASIDE
from siptrack.reports.cells import Cell, records
from siptrack.reports.findings import Finding, list_findings
from siptrack.reports.wording.flags import flag_sentence
from siptrack.rules.model import Rules
from siptrack.school.column_use import COLUMNS
from siptrack.school.problem import Severity
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.sources import SOURCES

if TYPE_CHECKING:
    from pandas import DataFrame

Record = dict[str, Cell]


def recorded_characteristics(analysis: Analysis, rules: Rules) -> list[str]:
    """The keys of the characteristics that the data records, in the order of the rules."""
    every = (*rules.groups.characteristics, rules.groups.prior.key)
    return [key for key in every if key in analysis.frame("pupils")]


def column_names(name: str, analysis: Analysis, rules: Rules) -> list[str]:
    """The columns of a table in order; those of the pupils end with the characteristics that the data records."""
    more = recorded_characteristics(analysis, rules) if name == PUPIL_TABLE.name else []
    return [*ANALYSED[name].names, *more]


def table_records(name: str, analysis: Analysis, rules: Rules) -> list[Record]:
    """The rows of a table, in an order that never varies."""
    if name == FLAGS.name:
        return [flag_record(finding, rules) for finding in list_findings(analysis, rules)]
    if name in {table.name for table in OF_THE_DATA}:
        return data_records(name, analysis.register)
    every = rules.groups.all()
    orders: Mapping[str, Sequence[str]] = {
        "subject": analysis.subjects,
        "window": list(Window),
        "horizon": list(Window),
        "characteristic": [*rules.groups.compared, *rules.groups.pairs],
        "group": [*dict.fromkeys(key for one in every.values() for key in one.groups), NOT_RECORDED],
    }
    rows = records(analysis.frame(name), column_names(name, analysis, rules))
    return _sorted(rows, ANALYSED[name].order, orders)


def flag_record(finding: Finding, rules: Rules) -> Record:
    """A flag as a row of its table, with its sentence."""
    row: Record = {name: getattr(finding, name) for name in FLAGS.names}
    blank_as_missing = {name: None if cell == "" else cell for name, cell in row.items()}
    return {**blank_as_missing, SENTENCE.name: flag_sentence(finding, rules)}


def data_records(name: str, register: Register) -> list[Record]:
    """The rows of a table about the data, whatever was asked of it."""
    built = {
        PROBLEMS.name: problem_records,
        LEDGER.name: ledger_records,
        SET_ASIDE.name: set_aside_records,
        COLUMNS.name: column_records,
        SOURCES.name: source_records,
    }
    return built[name](register)


def problem_records(register: Register) -> list[Record]:
    """The problems, errors first."""
    ordered = sorted(register.problems, key=lambda one: (one.severity is not Severity.ERROR, one))
    return [
        {
            "code": one.code,
            "severity": one.severity.value,
            "file": one.place.file or None,
            "sheet": one.place.sheet or None,
            "cell": one.place.cell or None,
            "found": one.found or None,
            "expected": one.expected or None,
            "action": one.action or None,
        }
        for one in ordered
    ]


def ledger_records(register: Register) -> list[Record]:
    """What was read, what was used, and what was set aside and why."""
    ledger = register.ledger
    rows: list[tuple[str, str, int]] = []
    for of, read, used in (
        ("rows", ledger.rows_read, ledger.rows_used),
        ("results", ledger.results_read, ledger.results_used),
    ):
        rows += [(of, "read", read), (of, "used", used)]
        rows += sorted((one.of, one.reason, one.count) for one in ledger.set_aside if one.of == of)
    return [dict(zip(LEDGER.names, row, strict=True)) for row in rows]


def set_aside_records(register: Register) -> list[Record]:
    """Every row and result set aside, by reason and place."""
    return [
        {
            "of": one.of,
            "reason": one.reason,
            "file": place.file,
            "sheet": place.sheet or None,
            "cell": place.cell,
        }
        for one in register.ledger.set_aside
        for place in one.places
    ]


def column_records(register: Register) -> list[Record]:
    """What became of every column, in the order of the files."""
    return [
        {
            "file": one.file,
            "sheet": one.sheet or None,
            "column": one.letter,
            "heading": one.heading or None,
            "cells": one.cells,
            "used_as": one.used_as or None,
            "why": one.why or None,
        }
        for one in register.ledger.columns
    ]


def source_records(register: Register) -> list[Record]:
    """How every two files of the same school years found each other's children."""
    return [{name: getattr(one, name) for name in SOURCES.names} for one in register.sources]


def check_records(checked: Checked, rules: Rules) -> list[Record]:
    """Every comparison of judgements, in the order of the rules, subjects and groups."""
    every = rules.groups.all()
    orders: dict[str, Sequence[str]] = {
        "code": list(rules.checks),
        "subject": list(rules.columns.subjects),
        "characteristic": list(every),
        "group": list(dict.fromkeys(key for one in every.values() for key in one.groups)),
    }
    return _sorted(records(checked.frame("checks"), CHECKS.names), CHECKS.order, orders)


def checked_tables(checked: Checked, rules: Rules, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of `siptrack check` by name, or only one."""
    made = {}
    if only in (None, CHECKS.name):
        made[CHECKS.name] = frame_of(check_records(checked, rules), CHECKS.names)
    for table in OF_THE_DATA:
        if only in (None, table.name):
            made[table.name] = frame_of(data_records(table.name, checked.register), table.names)
    return made


def tables(analysis: Analysis, rules: Rules, only: str | None = None) -> dict[str, DataFrame]:
    """Every table by name, or only one: columns as declared, missing cells None, rows in an order that never varies."""
    return {
        table.name: frame_of(table_records(table.name, analysis, rules), column_names(table.name, analysis, rules))
        for table in (*OF_THE_ANALYSIS, *OF_THE_DATA)
        if only in (None, table.name)
    }


def frame_of(rows: Sequence[Record], names: Sequence[str]) -> DataFrame:
    """A DataFrame whose cells are Python's own values, so that None stays None and 3 stays 3."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype="object") for name in names})


def _sorted(rows: Iterable[Record], by: Sequence[str], orders: Mapping[str, Sequence[str]]) -> list[Record]:
    """Rows in order of columns, each by its own order of values where it has one; missing values last."""
    ranks = {name: {value: rank for rank, value in enumerate(order)} for name, order in orders.items()}
    return sorted(rows, key=lambda row: tuple(_key(row[name], ranks.get(name, {})) for name in by))


def _key(cell: Cell, ranks: Mapping[str, int]) -> tuple[bool, float, str]:
    if isinstance(cell, str):
        return False, ranks.get(cell, len(ranks)), cell
    return cell is None, 0 if cell is None else float(cell), ""
