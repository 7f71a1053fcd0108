"""How sure the marks are, from evidence.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.evidence import Broad, CourseShares, EvidenceRules, ListLimits, Reliability, Spread
from siptrack.school.place import Mark
from siptrack.school.scale import Scale

_ALL = 100
_MOST_TERMS, _MOST_POINTS = 60, 1001


def build_evidence(part: RuleSection, scales: Mapping[str, Scale]) -> EvidenceRules:
    """The rules of evidence; refuses scales and grades that are not known, and shares that are not of 100 children."""
    grid = part.section("grid")
    terms, least = part.valued_whole("terms", least=2, most=_MOST_TERMS), part.valued_whole("least", least=2)
    if terms < least:
        raise RulesError(
            f"{_own_line(part, 'terms', 'least')}: 'terms' in {part.where} is {terms}, but 'least' {least}."
        )
    return EvidenceRules(
        terms=terms,
        least=least,
        courses=_courses(part, scales),
        reliability=part.built("reliability", _reliability),
        slips=part.valued("slips", most=_ALL) / _ALL,
        points=grid.valued_whole("points", least=2, most=_MOST_POINTS),
        reach=grid.valued("reach", least=1, most=10),
        spread=part.each("spread", lambda key, spread: _spread(key, spread, part.section("spread"), scales)),
        broad=part.each("broad", lambda key, broad: _broad(key, broad, part.section("broad"), scales), needed=False),
        listed=part.built("listed", _listed),
    )


def _own_line(part: RuleSection, *names: str) -> Mark:
    """The line of the first of these rules that the school states itself; else of the first."""
    marks = [part.names[name].mark for name in names]
    return next((mark for mark in marks if mark.file != part.entry.mark.file), marks[0])


def _courses(part: RuleSection, scales: Mapping[str, Scale]) -> CourseShares:
    shares, fall, own = part.section("courses"), part.section("fall"), part.section("share")
    keep, rise, falling = (shares.valued(name, least=1, most=_ALL) for name in ("keep", "rise", "fall"))
    if keep + rise + falling != _ALL:
        raise RulesError(
            f"{_own_line(shares, *shares.names)}: 'keep', 'rise' and 'fall' in {shares.where} "
            f"come to {keep + rise + falling:g}; expected {_ALL} children in all."
        )
    a_year = fall.section("a_year")
    for unit in a_year.names:
        a_year.refuse_name(unit, {scale.unit for scale in scales.values()}, "what a scale counts in")
    return CourseShares(
        keep=keep / _ALL,
        rise=rise / _ALL,
        fall=falling / _ALL,
        gain_missed=fall.valued("gain_missed", least=1, most=_ALL) / _ALL,
        a_year={unit: a_year.valued(unit) for unit in a_year.names},
        own_from=own.valued_whole("own_from", least=1),
        counts_as=own.valued("counts_as", least=1),
        over=own.valued("over"),
    )


def _reliability(_: str, part: RuleSection) -> Reliability:
    shares = {name: part.valued(name, least=0.01, most=0.99) for name in ("judgement", "test", "lowest", "highest")}
    if shares["lowest"] > shares["highest"]:
        raise RulesError(
            f"{_own_line(part, 'lowest', 'highest')}: 'lowest' in {part.where} is {shares['lowest']:g}, "
            f"but 'highest' {shares['highest']:g}."
        )
    return Reliability(
        **shares, own_from=part.valued_whole("own_from", least=1), own_most=part.valued_whole("own_most", least=1)
    )


def _spread(key: str, part: RuleSection, whole: RuleSection, scales: Mapping[str, Scale]) -> Spread:
    whole.refuse_name(key, scales, "a scale")
    part.text("source")
    middle, deviation = part.number("middle"), part.number("deviation")
    later = part.number("middle_in_year_6", middle), part.number("deviation_in_year_6", deviation)
    if min(deviation, later[1]) <= 0:
        wrong = "deviation" if deviation <= 0 else "deviation_in_year_6"
        raise RulesError(f"{part.names[wrong].mark}: '{wrong}' in {part.where} must be over 0.")
    return Spread((middle, later[0]), (deviation, later[1]))


def _broad(key: str, part: RuleSection, whole: RuleSection, scales: Mapping[str, Scale]) -> Broad:
    whole.refuse_name(key, scales, "a scale")
    part.text("source")
    grades = part.known_words("grades", scales[key].by_code, f"a grade of {key}", needed=True)
    for side in ("under", "over"):
        if part.number(side) < 0:
            raise RulesError(f"{part.names[side].mark}: '{side}' in {part.where} must be 0 or more.")
    return Broad(frozenset(grades), part.number("under"), part.number("over"))


def _listed(_: str, part: RuleSection) -> ListLimits:
    return ListLimits(
        hardly=part.valued("hardly", most=_ALL),
        slipping=part.valued("slipping", most=_ALL),
        first=part.valued_whole("first", least=1),
    )
