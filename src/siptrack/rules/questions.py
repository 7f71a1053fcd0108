"""The lines of enquiry of a School Improvement Partner, from questions.yaml."""

from __future__ import annotations

from siptrack.rules.section import RuleSection
from siptrack.school.questions import EvidenceKind, QuestionRule, QuestionRules


def build_questions(part: RuleSection) -> QuestionRules:
    """Every question in order, under its heading."""
    listed = part.section("headings")
    headings = {key: listed.text(key) for key in listed.names}

    def question(key: str, entry: RuleSection) -> QuestionRule:
        evidence = entry.known_words(
            "evidence", list(EvidenceKind), f"evidence that siptrack has: {', '.join(EvidenceKind)}"
        )
        about = entry.choice("heading", list(headings))
        return QuestionRule(
            key=key,
            about=about,
            heading=headings[about],
            asks=entry.text("asks"),
            evidence=tuple(EvidenceKind(word) for word in evidence),
            ask=entry.text("ask"),
            look_at=entry.text("look_at"),
        )

    return QuestionRules(headings=headings, questions=part.each("questions", question), source=part.text("source"))
