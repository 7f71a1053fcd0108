"""The analysis as flat tables, in the order that they are printed and written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from siptrack.analysis.group_tables import CLOSERS, GAPS, GROUPS, LEFT_OUT, PARADOXES
from siptrack.analysis.model import Analysis, Checked
from siptrack.analysis.national import NATIONAL
from siptrack.analysis.tables import CHECKS, FLAGS, FORECASTS, PACE, PROGRESS, PUPIL_TABLE, SUMMARY, TARGETS
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.analysis.vocabulary import Window
from siptrack.reports.cells import Cell, records
from siptrack.reports.findings import Finding, list_findings
from siptrack.reports.wording.flags import flag_sentence
from siptrack.rules.model import Rules
from siptrack.school.problem import Severity
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from pandas import DataFrame

Record = Mapping[str, Cell]
Builder = Callable[[], list[dict[str, Cell]]]
SENTENCE = Column("sentence", "text", "the flag in words")
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
        Column("count", "integer", "how many"),
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


def recorded_characteristics(analysis: Analysis, rules: Rules) -> list[str]:
    """The keys of the characteristics that the data records, in the order of the rules."""
    every = (*rules.groups.characteristics, rules.groups.prior.key)
    return [key for key in every if key in analysis.pupils]


def pupil_records(analysis: Analysis, rules: Rules) -> list[dict[str, Cell]]:
    """The pupils by year group, class and name."""
    names = [*PUPIL_TABLE.names, *recorded_characteristics(analysis, rules)]
    return _sorted(records(analysis.pupils, names), ["year_group", "class", "surname", "forename", "pupil"], {})


def progress_records(analysis: Analysis) -> list[dict[str, Cell]]:
    """The progress table by pupil, subject and window."""
    orders = {"subject": analysis.subjects, "window": list(Window)}
    return _sorted(records(analysis.progress, PROGRESS.names), ["pupil", "subject", "window"], orders)


def flag_record(finding: Finding, rules: Rules) -> dict[str, Cell]:
    """A flag as a row of its table, with its sentence."""
    row: dict[str, Cell] = {name: getattr(finding, name) for name in FLAGS.names}
    blank_as_missing = {name: None if cell == "" else cell for name, cell in row.items()}
    return {**blank_as_missing, SENTENCE.name: flag_sentence(finding, rules)}


def flag_records(analysis: Analysis, rules: Rules) -> list[dict[str, Cell]]:
    """Every flag with its sentence."""
    return [flag_record(finding, rules) for finding in list_findings(analysis, rules)]


def count_records(analysis: Analysis, rules: Rules) -> dict[str, list[dict[str, Cell]]]:
    """The tables of counts: how each year group and each group stands, who is left out, and the gaps."""
    return {name: build() for name, (build, _) in _of_counts(analysis, rules).items()}


def _of_counts(analysis: Analysis, rules: Rules) -> Mapping[str, tuple[Builder, Sequence[str]]]:
    """How each table of counts is built, and its columns."""
    every = rules.groups.all()
    orders: dict[str, Sequence[str]] = {
        "subject": analysis.subjects,
        "characteristic": [*rules.groups.compared, *rules.groups.pairs],
        "group": [*dict.fromkeys(key for one in every.values() for key in one.groups), NOT_RECORDED],
    }
    orders_of: Mapping[str, tuple[Table, DataFrame, Sequence[str]]] = {
        "summary": (SUMMARY, analysis.summary, ["year_group", "subject"]),
        "left_out": (LEFT_OUT, analysis.left_out, ["year_group", "subject", "reason"]),
        "groups": (GROUPS, analysis.groups, ()),
        "gaps": (GAPS, analysis.gaps, ()),
        "closers": (CLOSERS, analysis.closers, ()),
        "trends": (TRENDS, analysis.trends, ()),
        "pooled": (POOLED, analysis.pooled, ()),
        "national": (NATIONAL, analysis.national, ()),
        "paradoxes": (PARADOXES, analysis.paradoxes, ["subject", "characteristic", "group", "within"]),
    }

    def rows(table: Table, frame: DataFrame, by: Sequence[str]) -> list[dict[str, Cell]]:
        return _sorted(records(frame, table.names), by, orders)

    return {name: (partial(rows, *one), one[0].names) for name, one in orders_of.items()}


def ahead_records(analysis: Analysis) -> dict[str, list[dict[str, Cell]]]:
    """What lies ahead of each child: pace and forecasts."""
    orders = {"subject": analysis.subjects, "horizon": list(Window)}
    by = ["pupil", "subject", "horizon"]
    return {
        "pace": _sorted(records(analysis.pace, PACE.names), by, orders),
        "forecasts": _sorted(records(analysis.forecasts, FORECASTS.names), by, orders),
    }


def target_records(analysis: Analysis) -> list[dict[str, Cell]]:
    """The targets by pupil, subject and term, the nearest first."""
    rows = records(analysis.targets, TARGETS.names)
    return _sorted(rows, ["pupil", "subject", "terms"], {"subject": analysis.subjects})


def problem_records(register: Register) -> list[dict[str, Cell]]:
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


def ledger_records(register: Register) -> list[dict[str, Cell]]:
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


def set_aside_records(register: Register) -> list[dict[str, Cell]]:
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


def check_records(checked: Checked, rules: Rules) -> list[dict[str, Cell]]:
    """Every comparison of judgements, in the order of the rules, subjects and groups."""
    every = rules.groups.all()
    orders: dict[str, Sequence[str]] = {
        "code": list(rules.checks),
        "subject": list(rules.columns.subjects),
        "characteristic": list(every),
        "group": list(dict.fromkeys(key for one in every.values() for key in one.groups)),
    }
    return _sorted(
        records(checked.checks, CHECKS.names), ["code", "subject", "characteristic", "group", "direction"], orders
    )


def checked_tables(checked: Checked, rules: Rules, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of `siptrack check` by name, or only one."""
    register = checked.register
    builders: dict[str, tuple[Callable[[], Sequence[Record]], Sequence[str]]] = {
        "checks": (lambda: check_records(checked, rules), CHECKS.names),
        "problems": (lambda: problem_records(register), PROBLEMS.names),
        "ledger": (lambda: ledger_records(register), LEDGER.names),
        "set_aside": (lambda: set_aside_records(register), SET_ASIDE.names),
    }
    return {name: _frame(build(), names) for name, (build, names) in builders.items() if only in (None, name)}


def tables(analysis: Analysis, rules: Rules, only: str | None = None) -> dict[str, DataFrame]:
    """Every table by name, or only one: columns as declared, missing cells None, rows in an order that never varies."""
    pupil_names = [*PUPIL_TABLE.names, *recorded_characteristics(analysis, rules)]
    counts = _of_counts(analysis, rules)
    builders: dict[str, tuple[Callable[[], Sequence[Record]], Sequence[str]]] = {
        "pupils": (lambda: pupil_records(analysis, rules), pupil_names),
        "progress": (lambda: progress_records(analysis), PROGRESS.names),
        "flags": (lambda: flag_records(analysis, rules), [*FLAGS.names, SENTENCE.name]),
        "summary": counts["summary"],
        "groups": counts["groups"],
        "gaps": counts["gaps"],
        "closers": counts["closers"],
        "paradoxes": counts["paradoxes"],
        "trends": counts["trends"],
        "pooled": counts["pooled"],
        "national": counts["national"],
        "left_out": counts["left_out"],
        "pace": (lambda: ahead_records(analysis)["pace"], PACE.names),
        "targets": (lambda: target_records(analysis), TARGETS.names),
        "forecasts": (lambda: ahead_records(analysis)["forecasts"], FORECASTS.names),
        "problems": (lambda: problem_records(analysis.register), PROBLEMS.names),
        "ledger": (lambda: ledger_records(analysis.register), LEDGER.names),
        "set_aside": (lambda: set_aside_records(analysis.register), SET_ASIDE.names),
    }
    return {name: _frame(build(), names) for name, (build, names) in builders.items() if only in (None, name)}


def _frame(rows: Sequence[Record], names: Sequence[str]) -> DataFrame:
    """A DataFrame whose cells are Python's own values, so that None stays None and 3 stays 3."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype="object") for name in names})


def _sorted(
    rows: Iterable[dict[str, Cell]], by: Sequence[str], orders: Mapping[str, Sequence[str]]
) -> list[dict[str, Cell]]:
    """Rows in order of columns, each by its own order of values where it has one; missing values last."""
    ranks = {name: {value: rank for rank, value in enumerate(order)} for name, order in orders.items()}
    return sorted(rows, key=lambda row: tuple(_key(row[name], ranks.get(name, {})) for name in by))


def _key(cell: Cell, ranks: Mapping[str, int]) -> tuple[bool, float, str]:
    if isinstance(cell, str):
        return False, ranks.get(cell, len(ranks)), cell
    return cell is None, 0 if cell is None else float(cell), ""
