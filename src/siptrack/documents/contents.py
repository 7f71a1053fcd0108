"""What other programs are given of the documents that have no folder yet: their tables' rows, and what is beside them.

That of an analysis is in `analysis`, that of tables to share in `shared_tables`, of others in the folder of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.cycle.provision_tables import SPELLS
from siptrack.documents.analysis import ledger_object
from siptrack.documents.written import Written, head_of, rows_but, term_object

if TYPE_CHECKING:
    from siptrack.cycle.audit import Audit
    from siptrack.cycle.provision import Provided
    from siptrack.cycle.teaching import Taught
    from siptrack.rules.model import Rules


def of_an_audit(audit: Audit, rules: Rules) -> Written:
    """What opens a school year."""
    terms = {"term": audit.term, "before": audit.year.before, "now": audit.year.now}
    head = {name: None if term is None else term_object(term) for name, term in terms.items()}
    besides = {"told": audit.with_progress, "leaving": audit.year.leaving}
    return Written("audit", rules, audit, audit.frame, {**head, **head_of(audit)}, besides)


def of_provision(provided: Provided, rules: Rules) -> Written:
    """Who has what provision, and what became of the children in it."""
    rows = rows_but(provided.frame, {SPELLS.name: lambda: provided.frame("spells")})
    besides = {"ledger": ledger_object(provided.analysis)}
    return Written("provision", rules, provided.analysis, rows, besides=besides)


def of_teaching(taught: Taught, rules: Rules) -> Written:
    """What was recorded of lessons, books and CPD beside progress."""
    return Written("teaching", rules, taught.analysis, taught.frame, besides={"later": taught.later})
