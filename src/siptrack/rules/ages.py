"""How reading and spelling ages are headed, read and compared, from ages.yaml."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from siptrack.rules.section import RuleSection, whole_range
from siptrack.school.ages import MONTHS_IN_A_YEAR, OWN_AGE, TEST_DATE, AgeKind, AgeRules, AgeUnits
from siptrack.school.errors import RulesError
from siptrack.school.term import Season


def build_ages(part: RuleSection, subjects: Collection[str]) -> AgeRules:
    """The rules of ages; refuses subjects that are not known, and kinds called as a column beside them is."""
    kinds = part.each("kinds", partial(_kind, subjects=subjects))
    for key in kinds.keys() & {OWN_AGE, TEST_DATE}:
        mark = part.section("kinds").entry.mark
        raise RulesError(f"{mark}: '{key}' in {part.where_of('kinds')} is what a column beside ages is called.")
    return AgeRules(
        kinds=kinds,
        own=part.built("own", partial(_kind, subjects=())),
        dates=part.built("dates", lambda _, dates: (dates.text("source"), dates.words("headings", needed=True))[1]),
        units=part.built("units", _units),
        tests=part.built("tests", lambda _, tests: (tests.text("source"), tests.words("names"))[1]),
        years=part.built("years", _years),
        term_starts=part.built("term_starts", _term_starts),
        least_months=part.valued_whole("least_months", least=1),
        apart=part.valued_whole("apart"),
    )


def _kind(key: str, part: RuleSection, *, subjects: Collection[str]) -> AgeKind:
    part.text("source")
    subject = part.choice("subject", list(subjects)) if subjects else ""
    return AgeKind(key, part.text("label"), part.words("headings", needed=True), part.words("short"), subject)


def _units(_: str, part: RuleSection) -> AgeUnits:
    part.text("source")
    return AgeUnits(**{name: part.words(name) for name in AgeUnits._fields})


def _years(_: str, part: RuleSection) -> range:
    part.text("source")
    span = whole_range(part.text("years"))
    if not span:
        raise RulesError(f"{part.names['years'].mark}: 'years' in {part.where} must be a range such as 3-19.")
    return span


def _term_starts(_: str, part: RuleSection) -> dict[Season, int]:
    part.text("source")
    starts = {season: part.whole(season.name.lower()) for season in Season}
    for season, month in starts.items():
        if not 1 <= month <= MONTHS_IN_A_YEAR:
            name = season.name.lower()
            raise RulesError(f"{part.names[name].mark}: '{name}' in {part.where} must be a month from 1 to 12.")
    return starts
