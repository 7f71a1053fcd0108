"""The lines of enquiry of a School Improvement Partner, from questions.yaml."""

from __future__ import annotations

from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.questions import Evidence, QuestionRule, QuestionRules


def build_questions(part: Section) -> QuestionRules:
    """Every question in order, under its heading."""
    listed = part.section("headings")
    headings = {key: listed.text(key) for key in listed.names}

    def question(key: str, entry: Section) -> QuestionRule:
        evidence = entry.words("evidence")
        for word in evidence:
            if word not in set(Evidence):
                raise RulesError(
                    f"{entry.entry.mark}: '{word}' in 'evidence' of {entry.where} is not evidence that siptrack has; "
                    f"known are {', '.join(Evidence)}."
                )
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
