"""The table of how sure the marks of each child are."""

from __future__ import annotations

from typing import NamedTuple

from siptrack.analysis.vocabulary import FigureFrom, Unsure
from siptrack.school.tables import column, declared


class Evidence(NamedTuple):
    """Of 100 children with a pupil's marks in a subject, how many have truly fallen behind."""

    pupil: str = column("the pupil's key", always=True)
    subject: str = column("the subject's key", always=True)
    scale: str = column("the scale of this term's result")
    terms: int = column("terms with a result that counts, this one too", always=True, unit="terms")
    behind_in_100: float | None = column(
        "of 100 children with these marks, how many have truly fallen behind; empty where it cannot be told",
        unit="children",
    )
    noise_in_100: float | None = column(
        "of 100 children with such marks who keep up, how many the rule would name by noise alone", unit="children"
    )
    reliability: float | None = column(
        "the reliability of the marks that was taken: the stated, or the school's if lower", unit="correlation"
    )
    own_reliability: float | None = column(
        "the school's own, worked out from its results in the subject: an upper limit; empty where there are too few",
        unit="correlation",
    )
    base_in_100: float | None = column("of 100 children, how many fall, before any mark is looked at", unit="children")
    base_from: str = column("stated, or school: worked out from this school's own results", FigureFrom)
    reason: str = column("why there is no number", Unsure)

    @property
    def early(self) -> bool:
        """Whether there is no number because results stand in too few terms."""
        return self.reason == Unsure.TOO_EARLY


EVIDENCE = declared(
    "evidence",
    "How sure the marks are: of 100 children with a pupil's marks in a subject, how many have truly fallen behind.",
    Evidence,
    order=("pupil", "subject"),
)
