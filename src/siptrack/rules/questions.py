"""The lines of enquiry of a School Improvement Partner, from questions.yaml."""

from __future__ import annotations

from siptrack.rules.section import RuleSection
from siptrack.school.codes import FlagCode
from siptrack.school.questions import BookRules, EvidenceKind, QuestionPage, QuestionRule, QuestionRules

_LATEST = 2200  # year of a source


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
            today=entry.text("today", ""),
            evidence=tuple(EvidenceKind(word) for word in evidence),
            ask=entry.text("ask"),
            look_at=entry.text("look_at"),
        )

    questions = part.each("questions", question)

    def page(_: str, shown: RuleSection) -> QuestionPage:
        shown.built("today", lambda _, today: today.text("source"))
        return QuestionPage(
            guidance=shown.valued_whole("guidance", most=_LATEST),
            lines=shown.valued_whole("lines", least=1),
            named=shown.valued_whole("named", least=1),
            worth=shown.valued_whole("worth"),
            first=shown.built("first", first),
            lacking=shown.optional("lacking", lacking, ()),
        )

    def lacking(_: str, entry: RuleSection) -> tuple[str, ...]:
        entry.text("source")
        return entry.words("words")

    def first(_: str, entry: RuleSection) -> tuple[str, ...]:
        entry.text("source")
        return entry.known_words("words", list(questions), "a question of questions.yaml")

    return QuestionRules(
        headings=headings,
        questions=questions,
        source=part.text("source"),
        page=part.optional("page", page, QuestionPage()),
        books=part.optional("books", _books, BookRules()),
    )


def _books(_: str, part: RuleSection) -> BookRules:
    part.text("source")

    def look_for(_: str, listed: RuleSection) -> dict[FlagCode, str]:
        for name in listed.names:
            listed.refuse_name(name, list(FlagCode), "a flag")
        return {FlagCode(name): listed.text(name) for name in listed.names}

    return BookRules(
        each=part.valued_whole("each", least=1),
        terms=part.valued_whole("terms", least=1),
        look_for=part.built("look_for", look_for),
        otherwise=part.text("otherwise"),
    )
