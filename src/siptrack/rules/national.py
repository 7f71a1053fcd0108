"""National results, from national.yaml and the school's siptrack.yaml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from siptrack.rules.document import VALUE, suggestion
from siptrack.rules.model import Subject, YearRules
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.groups import GroupRules
from siptrack.school.national import EVERYBODY, Figure, Lowest, National, Standard, Sureness
from siptrack.school.scale import Scale
from siptrack.school.term import Season

_ASSESSED_BY = ["judgements", "tests"]
_SEASONS = [season.name.lower() for season in Season]
_YEAR = re.compile(r"((?:19|20)\d\d)-(\d\d)")


class Known(NamedTuple):
    """The names that a standard, or what a heading means, may use."""

    scales: Mapping[str, Scale]
    groups: GroupRules
    subjects: Mapping[str, Subject]
    combined: Mapping[str, tuple[str, ...]]
    years: YearRules
    ages: tuple[str, ...] = ()


def build_national(part: RuleSection, known: Known) -> National:
    """Every standard; refuses scales, grades, subjects, characteristics and groups that are not known."""
    sure = part.each("sure", lambda _, sureness: Sureness(sureness.text("says"), sureness.truth("doubt")))
    others: dict[tuple[str, str], str] = {}
    part.each("others", lambda key, other: others.update(_others(key, other, part.section("others"), known)))
    return National(part.each("standards", lambda key, standard: _standard(key, standard, known, sure)), others, sure)


def _others(key: str, part: RuleSection, whole: RuleSection, known: Known) -> Mapping[tuple[str, str], str]:
    """For each group of a characteristic, whom its national others are."""
    whole.refuse_name(key, known.groups.all(), "a characteristic")
    part.text("source")
    groups, inside = known.groups.all()[key].groups, part.section("groups")
    for group in inside.names:
        inside.refuse_name(group, groups, f"a group of {key}")
    return {(key, group): inside.choice(group, list(groups)) for group in inside.names}


def _standard(key: str, part: RuleSection, known: Known, sure: Mapping[str, Sureness]) -> Standard:
    year_group = part.whole("year_group")
    if not known.years.lowest <= year_group <= known.years.highest:
        mark, years = part.names["year_group"].mark, f"{known.years.lowest} to {known.years.highest}"
        raise RulesError(f"{mark}: 'year_group' in {part.where} is {year_group}; expected {years}.")
    by_test = _assessed_by(part, known)
    return Standard(
        key=key,
        label=part.text("label"),
        population=part.text("population"),
        year_group=year_group,
        season=Season[part.choice("season", _SEASONS).upper()],
        met_from=_met_from(part.section("met_from"), known.scales, year_group),
        by_test=by_test,
        figures=tuple(_figures(part.section("figures"), known, by_test, sure)),
        source=part.text("source"),
    )


def _assessed_by(part: RuleSection, known: Known) -> Mapping[str, bool]:
    """The subjects of a standard, and whether the national figures in each are of tests."""
    inside = part.section("assessed_by")
    for subject in inside.names:
        inside.refuse_name(subject, known.subjects, "a subject")
    for whole, parts in known.combined.items():
        lacking = [part for part in parts if whole in inside.names and part not in inside.names]
        if lacking:
            mark = inside.entry.keys[whole]
            raise RulesError(f"{mark}: {inside.where} has '{whole}' but not its part '{lacking[0]}'; add it.")
    return {subject: inside.choice(subject, _ASSESSED_BY) == _ASSESSED_BY[1] for subject in inside.names}


def _met_from(part: RuleSection, scales: Mapping[str, Scale], year_group: int) -> Mapping[str, Lowest]:
    """The lowest grade that meets a standard, by scale; one of the year group's own, where grades may name one."""
    for name in part.names:
        part.refuse_name(name, scales, "a scale")
    lowest = {name: _lowest(part, name, scales[name]) for name in part.names}
    return {
        name: Lowest(text, points + scales[name].points_a_year * year_group) for name, (text, points) in lowest.items()
    }


def _lowest(part: RuleSection, name: str, scale: Scale) -> tuple[str, float]:
    mark, text = part.names[name].mark, part.text(name)
    grade = scale.by_code.get(text)
    if grade is not None and grade.points is not None:
        return text, grade.points
    if scale.numbers is not None and scale.numbers.low <= (score := part.number(name)) <= scale.numbers.high:
        return text, score
    what = "score" if scale.numbers is not None else "grade with points"
    raise RulesError(f"{mark}: '{text}' in {part.where} is not a {what} of {name}.{suggestion(text, [*scale.by_code])}")


def _figures(part: RuleSection, known: Known, subjects: Collection[str], sure: Collection[str]) -> Iterator[Figure]:
    """Every figure, by year, subject, characteristic and group; oldest first."""
    for year in sorted(part.names, key=lambda name: _academic_year(part, name)):
        of_year = part.section(year)
        for subject in of_year.names:
            of_year.refuse_name(subject, subjects, "a subject of this standard ('assessed_by')")
            of_subject = of_year.section(subject)
            for characteristic in of_subject.names:
                for group, figure in _of_groups(of_subject, characteristic, known.groups):
                    named = (_academic_year(part, year), subject, characteristic, group)
                    yield _figure(named, figure, sure)


def _academic_year(part: RuleSection, name: str) -> int:
    match = _YEAR.fullmatch(name)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        mark = part.entry.keys.get(name, part.entry.mark)
        raise RulesError(f"{mark}: '{name}' in {part.where} is no school year such as 2024-25.")
    return int(match[1])


def _of_groups(part: RuleSection, characteristic: str, groups: GroupRules) -> Iterator[tuple[str, RuleSection]]:
    """The figure of everybody, or those of each group of a characteristic."""
    inside = part.section(characteristic)
    if characteristic == EVERYBODY:
        yield EVERYBODY, inside
        return
    part.refuse_name(characteristic, groups.all(), "a characteristic")
    if VALUE in inside.names:
        mark = part.entry.keys[characteristic]
        raise RulesError(f"{mark}: '{characteristic}' in {part.where} needs its groups, each with a value.")
    for group in inside.names:
        inside.refuse_name(group, groups.all()[characteristic].groups, f"a group of {characteristic}")
        yield group, inside.section(group)


def _figure(named: tuple[int, str, str, str], part: RuleSection, sure: Collection[str]) -> Figure:
    percent = part.number(VALUE)
    if not 0 <= percent <= 100:  # noqa: PLR2004  # percent
        mark = part.names[VALUE].mark
        raise RulesError(f"{mark}: '{VALUE}' in {part.where} is {percent:g}; expected a percentage from 0 to 100.")
    how = part.choice("sure", list(sure)) if part.find("sure", needed=False) else ""
    source = part.text("source")
    if not source.strip():
        raise RulesError(f"{part.names['source'].mark}: 'source' in {part.where} is empty; say where it is published.")
    part.done()
    return Figure(*named, percent, source, how, str(part.names[VALUE].mark))
