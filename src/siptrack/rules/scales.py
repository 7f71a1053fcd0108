"""Scales from their YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from siptrack.rules.document import Entry
from siptrack.rules.model import ColumnRules
from siptrack.rules.section import RuleSection, cited, number_of, whole_range
from siptrack.school.errors import RulesError
from siptrack.school.place import Mark
from siptrack.school.scale import (
    Choice,
    Grade,
    Limit,
    Note,
    Numbers,
    Prior,
    Scale,
    ScaleKind,
    SmallSteps,
    SpecialCode,
    Width,
)
from siptrack.school.term import Season

THRESHOLDS = ("step", "tolerance", "accelerated")  # one number each
LIMITS = ("at_within", "well_below", "above")  # one number each, or one for each year group
_ERA = re.compile(r"(\d{4})-(\d{4})?")
_NAMED = ["always", "may"]  # whether a grade names the year group whose work it is
_ANY_ERA = "any"
_NONE = "none"  # in a season in which nothing is expected yet; for a line that the scale does not have
_ALL_YEARS = range(1900, 2200)


def build_scale(name: str, part: RuleSection, columns: ColumnRules, choices: tuple[Choice, ...]) -> Scale:
    """A scale from its file, its grades in order; refuses a reference line that names an unknown grade.

    `choices` are the settings on which schools disagree, already made; `columns` hold the subjects and the reasons for
    no mark that hold on every scale.
    """
    grades = _in_order(part, part.each("grades", _grade))
    codes = tuple(part.each("codes", _code, needed=False).values())
    known = {grade.code: grade.points for grade in grades}
    points_a_year = part.valued("points_a_year") if "points_a_year" in part.names else 0
    thresholds = _thresholds(part)
    era = part.text("era")
    return Scale(
        name=name,
        label=part.text("label"),
        era=era,
        years=_years(part, era),
        kind=ScaleKind(part.choice("kind", [kind.value for kind in ScaleKind])),
        unit=part.text("unit"),
        grades=grades,
        codes=codes,
        no_mark=tuple(_no_mark(_in_words(columns), codes, grades)),
        reference=_reference(part.section("reference"), known, points_a_year),
        numbers=part.built("numbers", _numbers) if "numbers" in part.names else None,
        points_a_year=points_a_year,
        names_year_group=_names_year_group(part, points_a_year),
        measures_progress=part.truth("progress", default=True),
        small_steps=_small_steps(part, known, points_a_year),
        apart=tuple(part.each("apart", lambda _, scale: _codes(scale, "grades", known), needed=False).values()),
        wide=part.each("wide", partial(_width, known), needed=False),
        prior=part.built("prior", _prior) if "prior" in part.names else None,
        choices=choices,
        test=part.truth("test", default=False),
        like=part.text("like", ""),
        subjects=part.known_words("subjects", columns.subjects, "a subject"),
        prefixes=part.words("prefixes"),
        hints=part.words("hints"),
        notes=(*map(Note, part.words("notes")), *part.each("remarks", partial(_remark, known), needed=False).values()),
        about=part.text("about", ""),
        source=part.text("source"),
        **thresholds,
    )


def _thresholds(part: RuleSection) -> dict[str, Any]:
    """The thresholds, and where each, the reference line and the rule of small steps come from."""
    limits = part.section("thresholds")
    thresholds: dict[str, Any] = {limit: limits.valued(limit) for limit in THRESHOLDS}
    thresholds.update({limit: _limit(limits, limit) for limit in LIMITS})
    limits.done()
    whole = part.text("source", "")
    found = {name: cited(entry, whole, _of_year_groups(entry)) for name, entry in limits.names.items()}
    line = part.section("reference")
    found["reference"] = cited(line.entry, whole, dict(_line_marks(line)))
    if "small_steps" in part.names:
        found |= {name: cited(entry, whole) for name, entry in part.section("small_steps").names.items()}
    return {**thresholds, "cited": found}


def _of_year_groups(entry: Entry) -> dict[tuple[int, Season], Mark]:
    """The lines of a threshold's values for year groups of their own."""
    inside = entry.value if isinstance(entry.value, Mapping) else {}
    spans = {years: whole_range(years) for years in inside}
    return {
        (year, season): inside[years].mark for years, span in spans.items() for year in span or () for season in Season
    }


def _line_marks(part: RuleSection) -> Iterator[tuple[tuple[int, Season], Mark]]:
    """The lines of the reference line, by year group and season."""
    for years, entry in part.names.items():
        by_season = entry.value if isinstance(entry.value, Mapping) else {}
        for season in Season:
            mark = by_season.get(season.name.lower(), entry).mark
            yield from (((year, season), mark) for year in _span(part, years))


def _names_year_group(part: RuleSection, points_a_year: float) -> bool:
    """Whether every grade names a year group, as on a scale where each year group has points of its own."""
    if "names_year_group" not in part.names:
        return False
    always = part.choice("names_year_group", _NAMED) == _NAMED[0]
    if always and not points_a_year:
        mark = part.names["names_year_group"].mark
        raise RulesError(f"{mark}: grades that name a year group need 'points_a_year' in {part.where}; add it.")
    return always


def _grade(code: str, part: RuleSection) -> Grade:
    entry = part.find("points")
    points = None if entry is not None and entry.value == _NONE else part.number("points")
    return Grade(code, points, part.text("meaning"), part.words("spellings"))


def _in_order(part: RuleSection, grades: Mapping[str, Grade]) -> tuple[Grade, ...]:
    """The grades without points as they stand in the file, then the others by their points."""
    unnumbered = [grade for grade in grades.values() if grade.points is None]
    numbered = sorted((grade.points, at) for at, grade in enumerate(grades.values()) if grade.points is not None)
    listed = list(grades.values())
    if unnumbered and not numbered:
        raise RulesError(f"{part.names['grades'].mark}: no grade of {part.where} has points; give each its points.")
    return (*unnumbered, *(listed[at] for _, at in numbered))


def build_no_mark(code: str, part: RuleSection) -> SpecialCode:
    """A reason for no mark, in words that hold on every scale; it counts in no percentage."""
    part.text("source")
    return SpecialCode(code, part.text("meaning"), counts=False, spellings=part.words("spellings", needed=True))


def _in_words(columns: ColumnRules) -> tuple[SpecialCode, ...]:
    """What any scale's cells may say in words and in place of a grade."""
    return (*columns.no_mark, *([columns.standing] if columns.standing else []))


def _no_mark(
    reasons: tuple[SpecialCode, ...], codes: tuple[SpecialCode, ...], grades: tuple[Grade, ...]
) -> Iterator[SpecialCode]:
    """The reasons for no mark as a scale has them: one that a code of its own means, or spells, is that code."""
    taken = {_plain(text) for grade in grades for text in (grade.code, *grade.spellings)}
    own = {_plain(text): code for code in codes for text in (code.code, code.meaning, *code.spellings)}
    for reason in reasons:
        texts = tuple(text for text in (reason.code, *reason.spellings) if _plain(text) not in taken)
        code = next((own[_plain(text)] for text in texts if _plain(text) in own), reason)
        yield code._replace(spellings=texts)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _code(code: str, part: RuleSection) -> SpecialCode:
    return SpecialCode(code, part.text("meaning"), part.truth("counts"), part.words("spellings"))


def _numbers(_: str, part: RuleSection) -> Numbers:
    low, high = part.number("low"), part.number("high")
    if low >= high:
        raise RulesError(f"{part.names['high'].mark}: {part.where} go from {low:g} to {high:g}; expected low to high.")
    return Numbers(low, high, part.number("finest", 0))


def _remark(known: Mapping[str, float | None], _: str, part: RuleSection) -> Note:
    return Note(part.text("says"), _codes(part, "grades", known))


def _width(known: Mapping[str, float | None], code: str, part: RuleSection) -> Width:
    if code not in known:
        raise RulesError(f"{part.entry.mark}: {part.where} is not a grade of the scale.")
    part.text("source")
    return Width(_not_negative(part, "under"), _not_negative(part, "over"))


def _prior(_: str, part: RuleSection) -> Prior:
    return Prior(part.valued("middle"), _unless_none(part, "high"))


def _not_negative(part: RuleSection, name: str) -> float:
    value = part.number(name)
    if value < 0:
        raise RulesError(f"{part.names[name].mark}: '{name}' in {part.where} is {value:g}; expected at least 0.")
    return value


def _unless_none(part: RuleSection, name: str) -> float | None:
    """A number with its source, or `none`."""
    if name in part.names and part.names[name].value == _NONE:
        part.find(name)
        return None
    return part.valued(name)


def _limit(part: RuleSection, name: str) -> Limit:
    """A threshold: `{value: 5, source: ...}`, with other values for year groups, `{"1-2": 11, ...}`; or `none`."""
    entry = part.find(name)
    if entry is None or isinstance(entry.value, str):
        return Limit(_unless_none(part, name))
    inside = part.section(name)
    by_year = {}
    for years in inside.names:
        if years not in ("value", "source"):
            by_year.update(dict.fromkeys(_span(inside, years), _not_negative(inside, years)))
    usual = _not_negative(inside, "value") if "value" in inside.names or not by_year else None
    inside.text("source")
    inside.done()
    return Limit(usual, by_year)


def _span(part: RuleSection, years: str) -> range:
    span = whole_range(years)
    if span is None:
        mark = part.entry.keys.get(years, part.entry.mark)
        raise RulesError(f"{mark}: '{years}' in {part.where} is not a year group (3) or a range (1-6).")
    return span


def _years(part: RuleSection, era: str) -> range:
    """The calendar years of `1988-2014`, `2016-` or `any`."""
    if era == _ANY_ERA:
        return _ALL_YEARS
    match = _ERA.fullmatch(era)
    if match is None or int(match[1]) > int(match[2] or match[1]):
        mark = part.names["era"].mark
        raise RulesError(
            f"{mark}: 'era' in {part.where} is '{era}'; expected years such as 1988-2014 or 2016-, or any."
        )
    return range(int(match[1]), int(match[2]) + 1 if match[2] else _ALL_YEARS.stop)


def _small_steps(part: RuleSection, known: Mapping[str, float | None], points_a_year: float) -> SmallSteps | None:
    if "small_steps" not in part.names:
        return None
    inside = part.section("small_steps")
    grades = frozenset[str]() if points_a_year else _codes(inside, "grades", known)
    vague = _codes(inside, "any_of_them", known) if "any_of_them" in inside.names else frozenset[str]()
    expected, within = (inside.valued_whole(name, least=1) for name in ("expected", "within"))
    let_pass = inside.valued_whole("let_pass", least=0) if "let_pass" in inside.names else 0
    found = SmallSteps(grades, expected, within, vague, let_pass)
    inside.done()
    return found


def _codes(part: RuleSection, name: str, known: Mapping[str, float | None]) -> frozenset[str]:
    """A list of grades of the scale."""
    codes = part.words(name, needed=True)
    for code in codes:
        if code not in known:
            raise RulesError(
                f"{part.names[name].mark}: '{code}' in '{name}' of {part.where} is not a grade of the scale."
            )
    return frozenset(codes)


class _Line(NamedTuple):
    """Reads the reference line of a scale whose grades have these points."""

    part: RuleSection
    points: Mapping[str, float | None]
    points_a_year: float

    def read(self) -> Mapping[tuple[int, Season], float]:
        """Points at age-related expectations by year group and season."""
        line: dict[tuple[int, Season], float] = {}
        for years, entry in self.part.names.items():
            span = _span(self.part, years)
            for season, value in self.seasons(entry, f"'{years}' in {self.part.where}"):
                if value is not None:
                    line.update({(year, season): value + self.points_a_year * year for year in span})
        return line

    def seasons(self, entry: Entry, where: str) -> Iterator[tuple[Season, float | None]]:
        """The line in each season: one value for the whole year, or a value a season."""
        if isinstance(entry.value, str):
            yield from ((season, self.points_at(entry, where)) for season in Season)
            return
        part = RuleSection(entry, where)
        for season in Season:
            if (value := part.find(season.name.lower())) is not None:
                yield season, self.points_at(value, where)
        part.done()

    def points_at(self, entry: Entry, where: str) -> float | None:
        """A number as it is, or a grade's points; a number is never taken for a grade of that name. None for `none`."""
        if not isinstance(entry.value, str):
            raise RulesError(f"{entry.mark}: {where} must be a number or a grade of the scale.")
        if entry.value == _NONE:
            return None
        number = number_of(entry.value)
        if number is None:
            number = self.points.get(entry.value)
        if number is None:
            raise RulesError(f"{entry.mark}: {where} is '{entry.value}'; expected a number or a grade of the scale.")
        return number


def _reference(
    part: RuleSection, points: Mapping[str, float | None], points_a_year: float
) -> Mapping[tuple[int, Season], float]:
    return _Line(part, points, points_a_year).read()
