"""How headings are understood, from columns.yaml; year groups and key stages, from years.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import partial

from siptrack.rules.model import (
    AssessmentPoint,
    ColumnRules,
    DateForms,
    HeadingWords,
    KeyStage,
    LabelWords,
    LimitWords,
    Maker,
    NumberedTerms,
    OtherWords,
    ProvisionHeadings,
    Subject,
    YearRules,
)
from siptrack.rules.scales import build_no_mark
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
    crosses, tick_signs = ticks.words("crosses"), ticks.words("signs")
    ticks.done()
    return ColumnRules(
        roles=part.each("roles", _role),
        passed_over=part.words("passed_over"),
        subjects=part.each("subjects", _subject),
        combined=part.each("combined", _combined, needed=False),
        seasons=spellings,
        season_codes=_season_codes(part),
        months=_month_names(part),
        numbered_terms=_numbered_terms(part),
        season_months=_months(part.section("season_months")),
        date_formats=DateForms(part.words("date_formats", needed=True), _numbered_years(part)),
        whole_year=part.built("whole_year", _whole_year),
        assessment_points=tuple(part.each("assessment_points", _point).values()),
        result_words=part.words("result_words"),
        target_words=part.words("target_words"),
        heading_words=_heading_words(part),
        test_words=part.words("test_words"),
        judgement_words=part.words("judgement_words"),
        scale_order=part.words("scale_order"),
        ticked=ticked,
        unticked=unticked,
        crosses=crosses,
        tick_signs=tick_signs,
        grade_marks=part.words("grade_marks"),
        order_marks=_order_marks(part),
        limits=_limits(part),
        no_mark=tuple(part.each("no_mark", build_no_mark, needed=False).values()),
        no_upn=part.words("no_upn"),
        blank=part.words("blank"),
        broken=part.words("broken"),
        totals=part.words("totals"),
        left=part.words("left"),
        school_words=part.words("school_words"),
        day_formats=part.words("day_formats"),
        provision=_provision(part),
        labels=_labels(part),
    )


def _season_codes(whole: Section) -> Mapping[Season, tuple[str, ...]]:
    """The seasons in a letter or two; none in rules that were kept before they were read."""
    if whole.find("season_codes", needed=False) is None:
        return {}
    part = whole.section("season_codes")
    part.text("source")
    codes = {season: part.words(season.name.lower()) for season in Season}
    part.done()
    return codes


def _month_names(whole: Section) -> Mapping[int, tuple[str, ...]]:
    """The spellings of each month, by its number."""
    if whole.find("months", needed=False) is None:
        return {}
    part = whole.section("months")
    part.text("source")
    months = {month: part.words(str(month)) for month in range(1, 13)}
    part.done()
    return months


def _numbered_terms(whole: Section) -> NumberedTerms:
    if whole.find("numbered_terms", needed=False) is None:
        return NumberedTerms((), 0, (), ())
    part = whole.section("numbered_terms")
    three, six = (_listed_seasons(part, name) for name in ("three", "six"))
    counted, words = part.valued_whole("counted"), part.words("words", needed=True)
    if counted not in {0, len(three), len(six)}:
        raise RulesError(
            f"{part.names['counted'].mark}: 'counted' in {part.where} must be 0, {len(three)} or {len(six)}."
        )
    part.done()
    return NumberedTerms(words, counted, three, six)


def _listed_seasons(part: Section, name: str) -> tuple[Season, ...]:
    """The seasons of the terms of a year, in order."""
    words = part.words(name, needed=True)
    for word in words:
        if word not in _SEASONS:
            raise RulesError(f"{part.names[name].mark}: '{word}' in '{name}' in {part.where} is not one of {_SEASONS}.")
    return tuple(Season[word.upper()] for word in words)


def _heading_words(whole: Section) -> HeadingWords:
    """The words of headings beside subjects and terms; none in rules that were kept before they were read."""
    if whole.find("heading_words", needed=False) is None:
        return HeadingWords({}, {})
    part = whole.section("heading_words")
    words = HeadingWords(
        makers=part.each("makers", _maker),
        other=part.each("other", _other_words),
        raw=part.words("raw"),
        settled=part.words("settled"),
        states=part.words("states"),
        about_pupil=part.words("about_pupil"),
    )
    part.done()
    return words


def _maker(_: str, part: Section) -> Maker:
    part.text("source")
    return Maker(part.words("headings", needed=True), part.text("subject", default=""))


def _other_words(_: str, part: Section) -> OtherWords:
    return OtherWords(part.words("headings", needed=True), part.text("says"), part.truth("named", default=False))


def _labels(whole: Section) -> LabelWords:
    """The words of the labels of sums; none in rules that were kept before there were any."""
    if whole.find("labels", needed=False) is None:
        return LabelWords()
    part = whole.section("labels")
    part.text("source")
    words = {field.name: part.words(field.name, needed=True) for field in fields(LabelWords)}
    part.done()
    return LabelWords(**words)


def _numbered_years(part: Section) -> range:
    """The years of days that may stand as numbers; none in rules that were kept before there were such years."""
    if part.find("numbered_days", needed=False) is None:
        return range(0)
    inside = part.section("numbered_days")
    inside.text("source")
    years = _span(inside, "years")
    inside.done()
    return years


def _order_marks(part: Section) -> Mapping[str, int]:
    """Which way each mark orders results within a band; none in rules that were kept before there were such marks."""
    if part.find("order_marks", needed=False) is None:
        return {}
    marks = part.section("order_marks")
    found = {text: way for name, way in (("lower", -1), ("higher", 1)) for text in marks.words(name, needed=True)}
    marks.done()
    return found


def _limits(part: Section) -> tuple[LimitWords, ...]:
    """How a score is told as a limit; none in rules that were kept before there was such a list."""
    if part.find("limits", needed=False) is None:
        return ()
    limits = part.section("limits")
    kinds = (("under", -1, 1), ("at_most", -1, 0), ("over", 1, 1), ("at_least", 1, 0))
    found = tuple(limits.built(name, partial(_limit_words, way=way, beyond=beyond)) for name, way, beyond in kinds)
    limits.done()
    return found


def _limit_words(_: str, part: Section, *, way: int, beyond: int) -> LimitWords:
    return LimitWords(part.words("before"), part.words("after"), part.text("sign"), way, beyond)


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
    holds = part.words("holds")
    return Subject(key, part.text("label"), headings, stands_for, told_by_test=told_by == _TOLD_BY[1], holds=holds)


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
        cells=_spellings(part.section("cells")) if "cells" in part.names else {},
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
