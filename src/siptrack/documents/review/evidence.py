"""What the data give under each heading of a review: the lines of enquiry's own sentences, which name no child."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.cycle.enquiry_tables import Answer
from siptrack.cycle.review_tables import BearsOn
from siptrack.documents.questions.asked import evidence_line
from siptrack.documents.questions.evidence import EvidenceText
from siptrack.rules.model import Rules
from siptrack.school.questions import EvidenceKind


def review_evidence(evidence: Mapping[EvidenceKind, EvidenceText], rules: Rules) -> list[BearsOn]:
    """What the questions under each heading rest on, each once under it."""
    answered = {kind: found for kind, found in evidence.items() if found.answer is Answer.ANSWERED}
    rows: list[BearsOn] = []
    for heading in rules.enquiry.headings.values():
        asked = [question for question in rules.enquiry.questions.values() if question.heading == heading]
        wanted = {kind for question in asked for kind in question.evidence}
        if EvidenceKind.PROGRESS in wanted:
            wanted.discard(EvidenceKind.CHILDREN)  # the same children, counted
        there = [kind for kind in EvidenceKind if kind in wanted and kind in answered]
        rows += [BearsOn(heading, kind.value, evidence_line(kind, answered[kind].says)) for kind in there]
    return rows
