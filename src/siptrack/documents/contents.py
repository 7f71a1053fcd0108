"""What other programs are given of the documents that have no folder yet: their tables' rows, and what is beside them.

That of an analysis is in `analysis`, that of tables to share in `shared_tables`, of others in the folder of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.cycle.provision_tables import SPELLS
from siptrack.documents.analysis import ledger_object
from siptrack.documents.written import Written, rows_but

if TYPE_CHECKING:
    from siptrack.cycle.provision import Provided
    from siptrack.rules.model import Rules


def of_provision(provided: Provided, rules: Rules) -> Written:
    """Who has what provision, and what became of the children in it."""
    rows = rows_but(provided.frame, {SPELLS.name: lambda: provided.frame("spells")})
    besides = {"ledger": ledger_object(provided.analysis)}
    return Written("provision", rules, provided.analysis, rows, besides=besides)
