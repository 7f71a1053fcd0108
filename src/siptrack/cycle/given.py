"""What the school's sheet of provision holds for the children on the list, between two terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from siptrack.school.frame import Frame
    from siptrack.school.term import Term

BETWEEN = "; "  # interventions in one cell


def interventions_of(listed: Frame, provision: Frame | None, then: Term, now: Term) -> Texts:
    """For each child and subject of `listed` the interventions not known to lie outside the two terms, by name.

    Those for the subject, and those that name none. Empty where there is none, or no sheet of provision.
    """
    if provision is None:
        return Texts.every("", len(listed))
    if now.dated:
        outside = (provision["end_term"] < then.number) | (provision["start_term"] > now.number)
        provision = provision[~outside]
    had: dict[tuple[str, str], set[str]] = {}
    for pupil, subject, intervention in provision.in_rows("pupil", "subject", "intervention"):
        had.setdefault((pupil, subject), set()).add(intervention)
    none: set[str] = set()
    return Texts.of(
        BETWEEN.join(sorted(had.get((pupil, subject), none) | had.get((pupil, ""), none)))
        for pupil, subject in listed.in_rows("pupil", "subject")
    )
