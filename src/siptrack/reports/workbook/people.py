"""The columns by which a row says which child it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.documents.children import Child, every_child
from siptrack.documents.labels import subject_label
from siptrack.rendering.workbook.sheets import SheetColumn
from siptrack.reports.workbook.sheets import Row, Told
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, text

KEY = SheetColumn("Key", widest=14, printed=False)


@dataclass(frozen=True)
class People:
    """The children by key."""

    children: Mapping[str, Child]
    rules: Rules

    @classmethod
    def of(cls, analysis: Analysis, rules: Rules) -> People:
        """Every child on roll, in the order of the report."""
        return cls({child.pupil: child for child in every_child(analysis, ())}, rules)

    def columns(self) -> tuple[Told, ...]:
        """The class, year group and name of the child that a row is about."""
        return (
            Told(SheetColumn("Class"), lambda row: self.child(row).class_name or None),
            Told(SheetColumn("Year"), lambda row: self.rules.years.label(self.child(row).year_group)),
            Told(SheetColumn("Child", widest=28), lambda row: self.child(row).name),
        )

    def child(self, row: Row) -> Child:
        """The child that a row of a table is about."""
        return self.children[text(row["pupil"])]

    def in_order(self, rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
        """Rows in the order of the children, each child's as they stood."""
        at = {pupil: place for place, pupil in enumerate(self.children)}
        return sorted(rows, key=lambda row: at[text(row["pupil"])])


def subject_column(rules: Rules) -> Told:
    """The subject by name."""
    return Told(SheetColumn("Subject"), lambda row: subject_label(text(row["subject"]), rules))


def key_column() -> Told:
    """The child's key, which joins the sheets and lets the workbook be read again."""
    return Told(KEY, lambda row: row["pupil"])
