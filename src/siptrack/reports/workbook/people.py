"""The columns of the old way that say whom a row is about."""

from __future__ import annotations

from siptrack.documents.labels import subject_label
from siptrack.documents.workbook.sheets import KEY
from siptrack.rendering.workbook.sheets import SheetColumn
from siptrack.reports.workbook.sheets import Told
from siptrack.rules.model import Rules
from siptrack.school.cells import text

__all__ = ["KEY", "subject_column"]


def subject_column(rules: Rules) -> Told:
    """The subject by name."""
    return Told(SheetColumn("Subject"), lambda row: subject_label(text(row["subject"]), rules))
