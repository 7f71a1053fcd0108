"""How headings are understood, from columns.yaml; year groups and key stages, from years.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.model import AssessmentPoint, ColumnRules, KeyStage, ProvisionHeadings, Subject, YearRules
from siptrack.rules.section import Section, whole_range
from siptrack.school.errors import RulesError
from siptrack.school.provision import PROVISION
from siptrack.school.term import Season

_TOLD_BY = ["judgements", "tests"]
_SEASONS = [season.name.lower() for season in Season]


def build_columns(part: Section) -> ColumnRules:
    """The column rules."""
    seasons = part.section("seasons")
    spellings = {season: seasons.words(season.name.lower(), needed=True) for season in Season}
    seasons.done()
    ticks = part.section("ticks")
    ticked, unticked = ticks.words("ticked", needed=True), ticks.words("unticked", needed=True)
    ticks.done()
    return ColumnRules(
        roles=part.each("roles", _role),
        passed_over=part.words("passed_over"),
        subjects=part.each("subjects", _subject),
        combined=part.each("combined", _combined, needed=False),
        seasons=spellings,
        season_months=_months(part.section("season_months")),
        date_formats=part.words("date_formats", needed=True),
        whole_year=part.built("whole_year", _whole_year),
        assessment_points=tuple(part.each("assessment_points", _point).values()),
        result_words=part.words("result_words"),
        target_words=part.words("target_words"),
        test_words=part.words("test_words"),
        judgement_words=part.words("judgement_words"),
        scale_order=part.words("scale_order"),
        ticked=ticked,
        unticked=unticked,
        grade_marks=part.words("grade_marks"),
        no_upn=part.words("no_upn"),
        blank=part.words("blank"),
        broken=part.words("broken"),
        totals=part.words("totals"),
        left=part.words("left"),
        school_words=part.words("school_words"),
        day_formats=part.words("day_formats"),
        provision=_provision(part),
    )


def _provision(whole: Section) -> ProvisionHeadings:
    """The headings of a sheet of provision; none in rules that were kept before there was such a sheet."""
    if whole.find("provision", needed=False) is None:
        return ProvisionHeadings({}, frozenset(), {})
    part = whole.section("provision")
    headings, tells = part.each("headings", _role), part.words("tells", needed=True)
    inside = part.section("headings")
    for name in headings:
        if name not in PROVISION.names:
            raise RulesError(f"{inside.entry.keys[name]}: '{name}' in {inside.where} is no column of provision.")
    for name in tells:
        if name not in headings:
            raise RulesError(f"{part.names['tells'].mark}: '{name}' in 'tells' in {part.where} has no headings there.")
    starts_in = _months(part.section("starts_in"))
    part.done()
    return ProvisionHeadings(headings, frozenset(tells), starts_in)


def _months(part: Section) -> Mapping[int, Season]:
    part.text("source")
    months = {month: season for season in Season for month in _span(part, season.name.lower())}
    part.done()
    missing = sorted(set(range(1, 13)) - set(months))
    if missing:
        raise RulesError(
            f"{part.entry.mark}: {part.where} leaves out month {missing[0]}; every month is in one season."
        )
    return months


def _span(part: Section, name: str) -> range:
    span = whole_range(part.text(name))
    if span is None:
        raise RulesError(f"{part.names[name].mark}: '{name}' in {part.where} must be a range such as 3-6.")
    return span


def _season(part: Section) -> Season:
    return Season[part.choice("season", _SEASONS).upper()]


def _role(_: str, part: Section) -> tuple[str, ...]:
    part.text("source")
    return part.words("headings", needed=True)


def _subject(key: str, part: Section) -> Subject:
    told_by = part.choice("told_by", _TOLD_BY) if "told_by" in part.names else _TOLD_BY[0]
    stands_for = part.words("stands_for")
    headings = part.words("headings", needed=True)
    return Subject(key, part.text("label"), headings, stands_for, told_by_test=told_by == _TOLD_BY[1])


def _combined(_: str, part: Section) -> tuple[str, ...]:
    part.text("source")
    return part.words("parts", needed=True)


def _whole_year(_: str, part: Section) -> Season:
    part.text("source")
    return _season(part)


def _point(key: str, part: Section) -> AssessmentPoint:
    part.text("source")
    return AssessmentPoint(key, part.words("headings", needed=True), part.whole("year_group"), _season(part))


def build_years(part: Section) -> YearRules:
    """The year groups."""
    windows = part.section("windows")
    shortest = windows.valued_whole("shortest", least=1)
    share = windows.valued("share", least=0, most=99)
    windows.done()
    ages = part.section("ages")
    youngest, oldest = ages.valued_whole("youngest"), ages.valued_whole("oldest")
    ages.done()
    labels = part.section("labels")
    spellings = part.section("spellings")
    part.text("source")
    return YearRules(
        lowest=part.valued_whole("lowest", least=-2),
        highest=part.valued_whole("highest"),
        labels={_year(labels, name): labels.text(name) for name in labels.names},
        spellings=_spellings(spellings),
        prefixes=part.words("prefixes"),
        key_stages=tuple(part.each("key_stages", _key_stage).values()),
        shortest_window=shortest,
        share=share,
        ages=range(youngest, oldest + 1),
    )


def _year(part: Section, name: str) -> int:
    span = whole_range(name)
    if span is None or len(span) != 1:
        raise RulesError(f"{part.names[name].mark}: '{name}' in {part.where} is not a year group such as 3.")
    return span[0]


def _spellings(part: Section) -> Mapping[str, int]:
    return {word: _year(part, name) for name in part.names for word in part.words(name)}


def _key_stage(key: str, part: Section) -> KeyStage:
    return KeyStage(key, part.text("label"), _span(part, "years"))
