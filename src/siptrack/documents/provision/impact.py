"""What became of the children of each intervention, beside comparable ones, ready for words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from siptrack.cycle.provision_tables import Impact, Lack
from siptrack.documents.labels import subject_label
from siptrack.rendering.numbers import inside
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame


class ImpactRow(NamedTuple):
    """The columns of the table of impact that sentences speak of; means are points against the line."""

    intervention: str
    subject: str
    scale: str
    verdict: str
    reason: str
    children: int
    measured: int
    compared: int
    comparable: int
    after_compared: int
    others: int
    moved: float | None
    before: float | None
    peers_before: float | None
    during: float | None
    peers_during: float | None
    expected: float | None
    expected_alone: float | None
    expected_together: float | None
    peers_expected: float | None
    difference: float | None
    low: float | None
    high: float | None
    chance: float | None
    after: float | None
    peers_after: float | None
    others_moved: float | None


class ImpactBeside(NamedTuple):
    """An intervention in a subject: its name in print, the unit of its scale, and what was found."""

    name: str
    unit: str
    row: ImpactRow

    @property
    def judged(self) -> bool:
        """Whether its children could be compared."""
        return self.row.verdict != Impact.NO_COMPARISON

    @property
    def differs(self) -> bool:
        """Whether they moved more or less than comparable children."""
        return self.row.verdict in (Impact.MORE, Impact.LESS)

    @property
    def too_few(self) -> bool:
        """Whether too few of its children have comparable ones."""
        return self.row.reason == Lack.TOO_FEW

    @property
    def other_courses(self) -> bool:
        """Whether the answer would hang on how they were chosen."""
        return self.row.reason == Lack.OTHER_COURSES


def list_compared(impact: Frame, rules: Rules) -> list[ImpactBeside]:
    """Each intervention in each subject, those that could be compared first."""
    found = [_beside(row, rules) for row in rows_of(ImpactRow, impact)]
    return sorted(found, key=lambda beside: (not beside.differs, not beside.judged))


def _beside(row: ImpactRow, rules: Rules) -> ImpactBeside:
    scale = rules.scales.get(row.scale)
    name = f"{row.intervention}, {inside(subject_label(row.subject, rules))}" if row.subject else row.intervention
    return ImpactBeside(name, scale.unit if scale else "", row)
