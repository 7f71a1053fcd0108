"""The tables of provision as they are written: in an order that never varies, missing cells None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.cycle.provision_tables import SPELLS
from siptrack.reports.catalogue import OF_PROVISION, OF_THE_DATA
from siptrack.reports.cells import records
from siptrack.reports.tables import Record, data_records, frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.cycle.provision import Provided


def provided_records(provided: Provided) -> dict[str, list[Record]]:
    """Every table of provision as rows of plain cells."""
    held = {SPELLS.name: "spells"}
    return {
        table.name: records(provided.frame(held.get(table.name, table.name)), table.names) for table in OF_PROVISION
    }


def provided_tables(provided: Provided, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of `siptrack provision` by name, or only one."""
    rows = provided_records(provided)
    made = {table.name: frame_of(rows[table.name], table.names) for table in OF_PROVISION if only in (None, table.name)}
    for table in OF_THE_DATA:
        if only in (None, table.name):
            made[table.name] = frame_of(data_records(table.name, provided.analysis.register), table.names)
    return made
