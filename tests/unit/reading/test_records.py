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
from siptrack.reading.records.kind import RecordKind, Surroundings, columns_by
from siptrack.reading.records.registry import KINDS, Records
from siptrack.reading.schools import ALL, OfASchool, Schools
from siptrack.reading.sheet import Sheet
from siptrack.reading.understanding import tables_understood
from siptrack.reports.wording.understanding import column_line
from siptrack.school.tables import Column, Table

GOALS = Table("goals", "Goals of a plan.", tuple(Column(name, "text", name) for name in ("goal", "by", "file")))
SHEETS = [
    Sheet("plan.csv", "", (("Our plan", ""), ("Goal", "By"), ("More reading", "Summer"), ("", "Autumn"))),
    Sheet("results.csv", "", (("UPN", "Surname", "Reading Autumn 2025"), ("R201100018042", "Ash", "EXS"))),
]


class Goals(RecordKind):
    name = "goals"
    tables = (("goal", GOALS),)
    holds = "a plan"

    def columns_in(self, row):
        found = columns_by(row, lambda cell: {"Goal": "goal", "By": "by"}.get(cell, ""))
        return found if len(found) == 2 else {}

    def read(self, record, around):
        for line in self.lines(record, around):
            if line.said["goal"]:
                yield line.row()
            else:
                self.leave_out(line, "without a goal")


def test_a_kind_that_is_added_to_the_list_is_found_listed_accounted_for_and_read():
    rules = usual_rules()
    reader, findings = HeadingReader(rules), Findings(rules.problems)
    records = Records(SHEETS, reader, rules, findings, (*KINDS, Goals))
    layouts = lay_out(SHEETS, records.find, reader, rules.columns, findings)
    used = columns_used(layouts, records, ColumnLedger(reader, rules.columns))
    where = OfASchool(Schools((layouts,), rules.columns, rules.matching), ALL)
    tables, rows_used = records.read(Surroundings(where, lambda: KnownPupils((), rules, where), (), 2025))

    assert [(one.heading, one.used_as) for one in used if one.file == "plan.csv"] == [
        ("Goal", "goal: goal"),
        ("By", "goal: by"),
    ]
    assert records.held == {"plan.csv": "a plan"}
    assert list(tables["goals"].in_rows("goal", "by", "file")) == [("More reading", "Summer", "plan.csv")]
    assert (rows_used, records.rows_read, tables.keys()) == (1, 2, {"goals"})
    assert [(one.of, one.reason, one.count) for one in findings.ledger_rows()] == [("rows", "without a goal", 1)]
    assert len(layouts.rows) == 1


def test_a_kind_that_is_added_to_the_list_stands_in_the_list_of_columns(tmp_path: Path):
    rules = usual_rules()
    (tmp_path / "results.csv").write_text("UPN,Surname,Reading Autumn 2025\nR201100018042,Ash,EXS\n", encoding="utf-8")
    known = understand([tmp_path], rules)
    records = Records(SHEETS, known.reader, rules, known.findings, (*KINDS, Goals))
    records.find(SHEETS[0])

    *_, plan = tables_understood(known.layouts, known.scales, records, names=False)

    assert (plan.file, plan.heading_row, plan.rows) == ("plan.csv", 2, 2)
    assert [(one.heading, one.kind, one.name, one.examples) for one in plan.columns] == [
        ("Goal", "goal", "goal", ()),
        ("By", "goal", "by", ()),
    ]
    assert column_line(plan.columns[0]).endswith("Goal: of a goal: goal")
