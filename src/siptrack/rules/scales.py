"""Scales from their YAML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from siptrack.rules.document import Entry
from siptrack.rules.section import Section, number_of, whole_range
from siptrack.school.errors import RulesError
from siptrack.school.scale import Grade, Kind, Numbers, Scale, SpecialCode
from siptrack.school.term import Season

THRESHOLDS = ("step", "tolerance", "at_within", "well_below", "above", "accelerated")


def build_scale(name: str, part: Section) -> Scale:
    """A scale from its file, its grades in order of points; refuses a reference line that names an unknown grade."""
    grades = tuple(sorted(part.each("grades", _grade).values(), key=lambda grade: grade.points))
    limits = part.section("thresholds")
    thresholds = {limit: limits.valued(limit) for limit in THRESHOLDS}
    limits.done()
    return Scale(
        name=name,
        label=part.text("label"),
        era=part.text("era"),
        kind=Kind(part.choice("kind", [kind.value for kind in Kind])),
        unit=part.text("unit"),
        grades=grades,
        codes=tuple(part.each("codes", _code, needed=False).values()),
        reference=_reference(part.section("reference"), grades),
        numbers=_numbers(part),
        prefixes=part.words("prefixes"),
        hints=part.words("hints"),
        notes=part.words("notes"),
        source=part.text("source"),
        **thresholds,
    )


def _grade(code: str, part: Section) -> Grade:
    return Grade(code, part.number("points"), part.text("meaning"), part.words("spellings"))


def _code(code: str, part: Section) -> SpecialCode:
    return SpecialCode(code, part.text("meaning"), part.truth("counts"), part.words("spellings"))


def _numbers(part: Section) -> Numbers | None:
    if part.find("numbers", needed=False) is None:
        return None
    return part.built("numbers", lambda _, limits: Numbers(limits.number("low"), limits.number("high")))


def _reference(part: Section, grades: tuple[Grade, ...]) -> Mapping[tuple[int, Season], float]:
    points = {grade.code: grade.points for grade in grades}
    line: dict[tuple[int, Season], float] = {}
    for years, entry in part.names.items():
        span = whole_range(years)
        if span is None:
            raise RulesError(f"{entry.mark}: '{years}' in {part.where} is not a year group (3) or a range (1-6).")
        for season, value in _seasons(entry, f"'{years}' in {part.where}", points):
            line.update({(year, season): value for year in span})
    return line


def _seasons(entry: Entry, where: str, points: Mapping[str, float]) -> Iterator[tuple[Season, float]]:
    """The line in each season: one value for the whole year, or a value a season."""
    if isinstance(entry.value, str):
        yield from ((season, _points_at(entry, where, points)) for season in Season)
        return
    part = Section(entry, where)
    for season in Season:
        if (value := part.find(season.name.lower())) is not None:
            yield season, _points_at(value, where, points)
    part.done()


def _points_at(entry: Entry, where: str, points: Mapping[str, float]) -> float:
    """A number as it is, or a grade's points; a number is never taken for a grade of that name."""
    text = entry.value if isinstance(entry.value, str) else ""
    number = number_of(text)
    if number is not None:
        return number
    if text in points:
        return points[text]
    raise RulesError(f"{entry.mark}: {where} is '{text}'; expected a number or a grade of the scale.")
