"""Registers with records of teaching typed as small tables: what was recorded of which class, and when.

    class | subject | term        | judgement | kind      | by
    5K    | reading | Autumn 2025 | Good      | Book look | Mrs Oak

Further columns are those of OBSERVATIONS; of CPD, `focus`, `subject`, `term` and others of CPD.
"""

from __future__ import annotations

from dataclasses import replace

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.teaching import Taught, set_beside
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.register import Register
from siptrack.school.tables import Table
from siptrack.school.teaching import CPD, OBSERVATIONS


def with_teaching(results: str, seen: str = "", cpd: str = "") -> Register:
    """A register with records of lessons and records of CPD."""
    rules = usual_rules()
    return replace(
        register(results, scale="nc-levels"),
        observations=_frame(seen, OBSERVATIONS, rules) if seen else None,
        cpd=_frame(cpd, CPD, rules) if cpd else None,
    )


def taught(results: str, seen: str = "", cpd: str = "") -> Taught:
    """What stands beside each other, of results, records of lessons and records of CPD."""
    rules = usual_rules()
    return set_beside(analyse(with_teaching(results, seen, cpd), rules), rules)


def _frame(text: str, table: Table, rules: Rules) -> Frame:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    rows = [_row(dict(zip(lines[0], cells, strict=True)), at, rules) for at, cells in enumerate(lines[1:], 2)]
    blank = {column.name: "" if column.kind == "text" else None for column in table.columns}
    return table.of([{**blank, **row}[name] for name in table.names] for row in rows)


def _row(cells: dict[str, str], number: int, rules: Rules) -> dict[str, object]:
    said: dict[str, object] = {name: "" if text == "." else text for name, text in cells.items()}
    when, judgement = str(said.get("term", "")), str(said.get("judgement", ""))
    grade = judgement.lower() if judgement.lower() in rules.teaching.grades else ""
    return {
        **said,
        "term": term(when).number if when else None,
        "year_group": float(str(said["year_group"])) if said.get("year_group") else None,
        "subjects": said.get("subject", ""),
        "grade": grade,
        "good": rules.teaching.grades[grade].good_or_better if grade else None,
        "file": "teaching.csv",
        "row": number,
    }
