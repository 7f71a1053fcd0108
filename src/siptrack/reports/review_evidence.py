"""What the data give under each heading of a review: the lines of enquiry's own sentences, which name no child."""

from __future__ import annotations

from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.enquiry_tables import Answer
from siptrack.cycle.review_tables import BearsOn
from siptrack.documents.questions.asked import evidence_line
from siptrack.documents.questions.gathered import gather_evidence
from siptrack.rules.model import Rules
from siptrack.school.questions import EvidenceKind


def review_evidence(beside: Enquiry | None, rules: Rules) -> list[BearsOn]:
    """What the questions under each heading rest on, each said once."""
    if beside is None:
        return []
    every = gather_evidence(beside, rules).items()
    said = {kind: evidence_line(kind, told.says) for kind, told in every if told.answer is Answer.ANSWERED}
    rows: list[BearsOn] = []
    for heading in rules.enquiry.headings.values():
        asked = [one for one in rules.enquiry.questions.values() if one.heading == heading]
        wanted = {kind for one in asked for kind in one.evidence}
        if EvidenceKind.PROGRESS in wanted:
            wanted.discard(EvidenceKind.CHILDREN)  # the same children, counted
        rows += [BearsOn(heading, kind.value, said[kind]) for kind in EvidenceKind if kind in wanted and kind in said]
    return rows
