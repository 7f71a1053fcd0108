"""A further kind of record takes one file and one line: everything else goes over the list of kinds."""

from __future__ import annotations

from pathlib import Path

from school_files import usual_rules

from siptrack.reading.column_ledger import ColumnLedger
from siptrack.reading.columns_used import columns_used
from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.layout import lay_out
from siptrack.reading.read import understand
from siptrack.reading.records.kind import RecordKind
from siptrack.reading.records.lines import Surroundings
from siptrack.reading.records.registry import KINDS, Records
from siptrack.reading.records.sheets import RowRefusal
from siptrack.reading.schools import ALL, OfASchool, Schools
from siptrack.reading.sheet import Sheet
from siptrack.reading.understanding import tables_understood
from siptrack.school.tables import Column, Table

COLUMNS = "goal", "step", "who", "by_when", "file"
STEPS = Table("steps", "Steps of a plan.", tuple(Column(name, "text", name) for name in COLUMNS))
SHEETS = [
    Sheet(
        *("plan.csv", ""),
        rows=(
            ("Our plan", "", "", ""),
            ("Goal", "Step", "Who", "By when"),
            ("More reading", "Buy books", "Mrs Oak", "Summer"),
            ("", "Read them", "-", "14/10/2025"),
            ("", "", "", "Autumn"),
        ),
    ),
    Sheet("results.csv", "", (("UPN", "Surname", "Reading Autumn 2025"), ("R201100018042", "Ash", "EXS"))),
]
STEPS_OF_A_PLAN = RecordKind(
    name="plans",
    called="plan",
    table=STEPS,
    headings=lambda _: {"goal": ("Goal",), "step": ("Step",), "who": ("Who",), "by_when": ("By when",)},
    needs=("step",),
    columns_of=lambda columns, *_: columns if "goal" in columns else {},
    carried="goal",
    refusal=lambda line: None if line["step"] else RowRefusal("without a step"),
    cells=lambda line: {"by_when": line.day("by_when") or line["by_when"]},
    holds="a plan",
)


def test_a_kind_that_is_added_to_the_list_is_found_listed_accounted_for_and_read():
    rules = usual_rules()
    reader, findings = HeadingReader(rules), Findings(rules.problems)
    records = Records(SHEETS, reader, findings, (*KINDS, STEPS_OF_A_PLAN))
    layouts = lay_out(SHEETS, records.find, reader, rules.columns, findings)
    used = columns_used(layouts, records, ColumnLedger(reader, rules.columns))
    where = OfASchool(Schools((layouts,), rules.columns, rules.matching), ALL)
    tables, rows_used = records.read(Surroundings(where, lambda: KnownPupils((), rules, where), (), 2025))

    assert [(one.heading, one.used_as) for one in used if one.file == "plan.csv"] == [
        ("Goal", "plan: goal"),
        ("Step", "plan: step"),
        ("Who", "plan: who"),
        ("By when", "plan: by_when"),
    ]
    assert records.held == {"plan.csv": "a plan"}
    assert list(tables["steps"].in_rows(*COLUMNS)) == [
        ("More reading", "Buy books", "Mrs Oak", "Summer", "plan.csv"),
        ("More reading", "Read them", "", "2025-10-14", "plan.csv"),
    ]
    assert (rows_used, records.rows_read, tables.keys()) == (2, 3, {"steps"})
    assert [(one.of, one.reason, one.count) for one in findings.ledger_rows()] == [("rows", "without a step", 1)]
    assert len(layouts.rows) == 1


def test_a_kind_that_is_added_to_the_list_stands_in_the_list_of_columns(tmp_path: Path):
    rules = usual_rules()
    (tmp_path / "results.csv").write_text("UPN,Surname,Reading Autumn 2025\nR201100018042,Ash,EXS\n", encoding="utf-8")
    known = understand([tmp_path], rules)
    records = Records(SHEETS, known.reader, known.findings, (*KINDS, STEPS_OF_A_PLAN))
    records.find(SHEETS[0])

    *_, plan = tables_understood(known.layouts, known.scales, records, names=False)

    assert (plan.file, plan.heading_row, plan.rows) == ("plan.csv", 2, 3)
    assert [(one.heading, one.kind, one.name, one.examples) for one in plan.columns] == [
        ("Goal", "plan", "goal", ()),
        ("Step", "plan", "step", ()),
        ("Who", "plan", "who", ()),
        ("By when", "plan", "by_when", ()),
    ]
