"""Registers with provision typed as small tables: who has what, from which term to which.

    pupil | intervention | subject | from        | to
    Ann   | Boost        | reading | Spring 2026 | Spring 2026

Further columns are those of PROVISION, such as `planned`, `attended`, `minutes`, `cost` and `start`.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from registers import register, term, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.cycle.provision import Provided, provide
from siptrack.rules.model import Rules
from siptrack.school.provision import PROVISION
from siptrack.school.register import Register

_NUMBERS = [column.name for column in PROVISION.columns if column.kind in ("number", "integer")]


def with_provision(results: str, provision: str, scale: str = "nc-levels") -> Register:
    """The register of a table of results and of one of provision."""
    lines = [[cell.strip() for cell in line.split("|")] for line in provision.strip().splitlines()]
    rows = [_row(dict(zip(lines[0], cells, strict=True))) for cells in lines[1:]]
    frame = pd.DataFrame(rows, columns=PROVISION.names).astype(dict.fromkeys(_NUMBERS, "float64"))
    return replace(register(results, scale=scale), provision=frame)


def _row(cells: dict[str, str]) -> dict[str, object]:
    row: dict[str, object] = {name: None if name in _NUMBERS else "" for name in PROVISION.names}
    for name, text in cells.items():
        if name in ("from", "to"):
            row["start_term" if name == "from" else "end_term"] = term(text).number if text != "." else None
        elif text != ".":
            row[name] = float(text) if name in _NUMBERS else text
    return row


def blank_as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an empty text for what is missing."""
    return table.astype("object").where(table.notna(), "")


def provided(results: str, provision: str, *, rules: Rules | None = None, filters: Filters | None = None) -> Provided:
    """All that is said of the provision in these tables."""
    filters, rules = filters or Filters(), rules or usual_rules()
    return provide(analyse(with_provision(results, provision), rules, filters=filters), rules, filters)
