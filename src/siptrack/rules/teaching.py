"""How records of teaching are understood, from teaching.yaml and the school's siptrack.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from siptrack.rules.section import RuleSection, headings_of
from siptrack.school.errors import RulesError
from siptrack.school.teaching import JudgementGrade, TeachingRules

_OBSERVED = (
    *("date", "term", "academic_year", "class", "year_group", "subject"),
    *("judgement", "kind", "type", "by", "notes"),
)
_TRAINED = (
    *("date", "term", "academic_year", "focus", "topic", "subject"),
    *("staff", "hours", "provider", "intended", "evaluation"),
)
_PERCENT = 100


def build_teaching(part: RuleSection, subjects: Collection[str]) -> TeachingRules:
    """The rules of records of teaching; refuses columns and subjects that are not known, and grades spelt alike."""
    part.text("source", "")
    judgements, cpd, thresholds = part.section("judgements"), part.section("cpd"), part.section("thresholds")
    judgements.text("source", "")
    rules = TeachingRules(
        observations=part.built("observations", lambda _, headings: _columns(headings, _OBSERVED)),
        cpd=cpd.built("headings", lambda _, headings: _columns(headings, _TRAINED)),
        tells=frozenset(cpd.known_words("tells", _TRAINED, "a column of CPD", needed=True)),
        everybody=part.words("everybody"),
        grades=judgements.each("grades", _grade),
        sure=judgements.truth("sure"),
        hours=part.words("hours"),
        stands_for=part.each("stands_for", lambda _, parts: _parts(parts, subjects)),
        many=thresholds.valued("many", most=_PERCENT),
        few=thresholds.valued("few", most=_PERCENT),
        after=thresholds.valued_whole("after"),
        same=thresholds.valued("same", most=_PERCENT),
    )
    _refuse_twice(judgements, rules.grades)
    for name in rules.stands_for:
        part.section("stands_for").refuse_name(name, subjects, "a subject")
    for section in (judgements, cpd, thresholds):
        section.done()
    return rules


def _columns(part: RuleSection, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    return {name: part.built(name, headings_of) for name in names}


def _grade(_: str, part: RuleSection) -> JudgementGrade:
    return JudgementGrade(part.text("label"), part.words("spellings", needed=True), part.truth("good_or_better"))


def _parts(part: RuleSection, subjects: Collection[str]) -> tuple[str, ...]:
    part.text("source")
    return part.known_words("subjects", subjects, "a subject", needed=True)


def _refuse_twice(part: RuleSection, grades: Mapping[str, JudgementGrade]) -> None:
    """Refuse a spelling that stands for two grades, of which one may count as good and the other not."""
    spelt: dict[str, str] = {}
    for key, grade in grades.items():
        for spelling in {text.casefold() for text in grade.spellings}:
            if spelt.setdefault(spelling, key) != key:
                mark = part.section("grades").names[key].mark
                both = f"'{spelt[spelling]}' and '{key}'"
                raise RulesError(f"{mark}: '{spelling}' in {part.where} stands for both {both}.")
