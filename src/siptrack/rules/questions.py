"""The lines of enquiry of a School Improvement Partner, from questions.yaml."""

from __future__ import annotations

from siptrack.rules.section import Section
from siptrack.school.questions import Evidence, QuestionRule, QuestionRules


def build_questions(part: Section) -> QuestionRules:
    """Every question in order, under its heading."""
    listed = part.section("headings")
    headings = {key: listed.text(key) for key in listed.names}

    def question(key: str, entry: Section) -> QuestionRule:
        evidence = entry.known_words("evidence", list(Evidence), f"evidence that siptrack has: {', '.join(Evidence)}")
        about = entry.choice("heading", list(headings))
        return QuestionRule(
            key=key,
            about=about,
            heading=headings[about],
            asks=entry.text("asks"),
            evidence=tuple(Evidence(word) for word in evidence),
            ask=entry.text("ask"),
            look_at=entry.text("look_at"),
        )

    return QuestionRules(headings=headings, questions=part.each("questions", question), source=part.text("source"))
