"""How headings are understood, from columns.yaml; year groups and key stages, from years.yaml."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from siptrack.rules.document import suggestion
from siptrack.rules.model import (
    AssessmentPoint,
    BirthdayRules,
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
from siptrack.rules.section import RuleSection, whole_range
from siptrack.school.codes import ROLES
from siptrack.school.errors import RulesError
from siptrack.school.provision import PROVISION
from siptrack.school.term import Season

_JUDGED_BY = ["judgements", "tests"]
_DAY_AND_MONTH = (("%d",), ("%m", "%b", "%B"))
_OLDEST = 99  # years of age, or a year group: it is written in two figures
_TERMS_BACK = 9  # three school years: more would be the key stage
_SEASONS = [season.name.lower() for season in Season]


def build_columns(part: RuleSection, scales: Collection[str]) -> ColumnRules:
    """The column rules; refuses roles, subjects and scales that are not known."""
    subjects = _subjects(part)
    read_words = partial(_heading_words, subjects=list(subjects))
    seasons = part.section("seasons")
    spellings = {season: seasons.words(season.name.lower(), needed=True) for season in Season}
    seasons.done()
    ticks = part.section("ticks")
    ticked, unticked = ticks.words("ticked", needed=True), ticks.words("unticked", needed=True)
    crosses, tick_signs = ticks.words("crosses"), ticks.words("signs")
    ticks.done()
    return ColumnRules(
        roles=_roles(part),
        passed_over=part.words("passed_over"),
        subjects=subjects,
        combined=_each_combined(part, subjects),
        seasons=spellings,
        season_codes=part.optional("season_codes", _season_codes, {}),
        months=part.optional("months", _month_names, {}),
        numbered_terms=part.optional("numbered_terms", _numbered_terms, NumberedTerms((), 0, (), ())),
        season_months=_months(part.section("season_months")),
        date_formats=DateForms(
            _formats(part, "date_formats", *_DAY_AND_MONTH, ("%y", "%Y")),
            part.optional("numbered_days", _numbered_years, range(0)),
        ),
        whole_year=part.built("whole_year", _whole_year),
        assessment_points=tuple(part.each("assessment_points", _point).values()),
        result_words=part.words("result_words"),
        target_words=part.words("target_words"),
        heading_words=part.optional("heading_words", read_words, HeadingWords({}, {})),
        test_words=part.words("test_words"),
        judgement_words=part.words("judgement_words"),
        scale_order=part.known_words("scale_order", scales, "a scale"),
        ticked=ticked,
        unticked=unticked,
        crosses=crosses,
        tick_signs=tick_signs,
        grade_marks=part.words("grade_marks"),
        order_marks=part.optional("order_marks", _order_marks, {}),
        limits=part.optional("limits", _limits, ()),
        no_mark=tuple(part.each("no_mark", build_no_mark, needed=False).values()),
        standing=part.optional("standing", lambda _, section: build_no_mark(section.text("code"), section), None),
        no_upn=part.words("no_upn"),
        blank=part.words("blank"),
        broken=part.words("broken"),
        totals=part.words("totals"),
        left=part.words("left"),
        school_words=part.words("school_words"),
        day_formats=_formats(part, "day_formats", *_DAY_AND_MONTH),
        provision=part.optional("provision", _provision, ProvisionHeadings({}, frozenset(), {})),
        labels=part.optional("labels", _labels, LabelWords()),
    )


def _formats(part: RuleSection, name: str, *wanted: Sequence[str]) -> tuple[str, ...]:
    """Ways to write a date; each holds one of every kind of part that is wanted, and nothing else of that sort."""
    formats = part.words(name)
    for written in formats:
        parts = re.findall("%.?", written)
        if len(parts) != len(wanted) or any(len({*parts} & {*kind}) != 1 for kind in wanted):
            expected = ", ".join(" or ".join(kind) for kind in wanted)
            raise RulesError(
                f"{part.names[name].mark}: '{written}' in {part.where_of(name)} must hold {expected}, each once."
            )
    return formats


def _roles(part: RuleSection) -> Mapping[str, tuple[str, ...]]:
    """The headings of each role; a further role of the school's own is passed over, or it would be lost unseen."""
    roles = part.each("roles", _role)
    passed_over = part.known_words("passed_over", roles, "a role")
    for role in roles:
        part.section("roles").refuse_name(role, (*ROLES, *passed_over), "a role that siptrack knows, or passed_over")
    return roles


def _subjects(part: RuleSection) -> Mapping[str, Subject]:
    """The subjects; refuses one that stands for, or holds, what is none."""
    subjects, inside = part.each("subjects", _subject), part.section("subjects")
    for key in subjects:
        for name in ("stands_for", "holds"):
            inside.section(key).known_words(name, subjects, "a subject")
    return subjects


def _season_codes(_: str, part: RuleSection) -> Mapping[Season, tuple[str, ...]]:
    """The seasons in a letter or two."""
    part.text("source")
    return {season: part.words(season.name.lower()) for season in Season}


def _month_names(_: str, part: RuleSection) -> Mapping[int, tuple[str, ...]]:
    """The spellings of each month, by its number."""
    part.text("source")
    return {month: part.words(str(month)) for month in range(1, 13)}


def _numbered_terms(_: str, part: RuleSection) -> NumberedTerms:
    three, six = (_listed_seasons(part, name) for name in ("three", "six"))
    counted, words = part.valued_whole("counted"), part.words("words", needed=True)
    if counted not in {0, len(three), len(six)}:
        mark = part.names["counted"].mark
        raise RulesError(f"{mark}: 'counted' in {part.where} must be 0, {len(three)} or {len(six)}.")
    return NumberedTerms(words, counted, three, six)


def _listed_seasons(part: RuleSection, name: str) -> tuple[Season, ...]:
    """The seasons of the terms of a year, in order."""
    words = part.known_words(name, _SEASONS, "a season", needed=True)
    return tuple(Season[word.upper()] for word in words)


def _heading_words(_: str, part: RuleSection, *, subjects: list[str]) -> HeadingWords:
    """The words of headings beside subjects and terms."""
    part.text("source")
    return HeadingWords(
        makers=part.each("makers", partial(_maker, subjects=subjects)),
        other=part.each("other", _other_words),
        raw=part.words("raw"),
        settled=part.words("settled"),
        states=part.words("states"),
        about_pupil=part.words("about_pupil"),
    )


def _maker(_: str, part: RuleSection, *, subjects: list[str]) -> Maker:
    part.text("source")
    subject = part.choice("subject", subjects) if "subject" in part.names else ""
    return Maker(part.words("headings", needed=True), subject)


def _other_words(_: str, part: RuleSection) -> OtherWords:
    return OtherWords(part.words("headings", needed=True), part.text("says"), part.truth("named", default=False))


def _labels(_: str, part: RuleSection) -> LabelWords:
    """The words of the labels of sums."""
    part.text("source")
    return LabelWords(**{name: part.words(name, needed=True) for name in LabelWords._fields})


def _numbered_years(_: str, part: RuleSection) -> range:
    """The years of days that may stand as numbers."""
    part.text("source")
    return _span(part, "years")


def _order_marks(_: str, part: RuleSection) -> Mapping[str, int]:
    """Which way each mark orders results within a band."""
    return {text: way for name, way in (("lower", -1), ("higher", 1)) for text in part.words(name, needed=True)}


def _limits(_: str, part: RuleSection) -> tuple[LimitWords, ...]:
    """How a score is written as a limit."""
    kinds = (("under", -1, 1), ("at_most", -1, 0), ("over", 1, 1), ("at_least", 1, 0))
    return tuple(part.built(name, partial(_limit_words, way=way, beyond=beyond)) for name, way, beyond in kinds)


def _limit_words(_: str, part: RuleSection, *, way: int, beyond: int) -> LimitWords:
    return LimitWords(part.words("before"), part.words("after"), part.text("sign"), way, beyond)


def _provision(_: str, part: RuleSection) -> ProvisionHeadings:
    """The headings of a sheet of provision."""
    headings, inside = part.each("headings", _role), part.section("headings")
    for name in headings:
        inside.refuse_name(name, PROVISION.names, "a column of provision")
    inside.find("intervention")
    tells = part.known_words("tells", headings, "a column with headings there", needed=True)
    return ProvisionHeadings(headings, frozenset(tells), _months(part.section("starts_in")))


def _months(part: RuleSection) -> Mapping[int, Season]:
    part.text("source")
    months = {month: season for season in Season for month in _span(part, season.name.lower())}
    part.done()
    missing = sorted(set(range(1, 13)) - set(months))
    if missing:
        raise RulesError(
            f"{part.entry.mark}: {part.where} leaves out month {missing[0]}; every month is in one season."
        )
    return months


def _span(part: RuleSection, name: str) -> range:
    span = whole_range(part.text(name))
    if span is None:
        raise RulesError(f"{part.names[name].mark}: '{name}' in {part.where} must be a range such as 3-6.")
    return span


def _season(part: RuleSection) -> Season:
    return Season[part.choice("season", _SEASONS).upper()]


def _role(_: str, part: RuleSection) -> tuple[str, ...]:
    part.text("source")
    return part.words("headings", needed=True)


def _subject(key: str, part: RuleSection) -> Subject:
    judged_by = part.choice("told_by", _JUDGED_BY) if "told_by" in part.names else _JUDGED_BY[0]
    stands_for = part.words("stands_for")
    headings = part.words("headings", needed=True)
    holds = part.words("holds")
    return Subject(
        key, part.text("label"), headings, stands_for, judged_by_test=judged_by == _JUDGED_BY[1], holds=holds
    )


def _each_combined(part: RuleSection, subjects: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    combined = part.each("combined", partial(_combined, subjects=subjects))
    if not combined:
        raise RulesError(f"{part.names['combined'].mark}: 'combined' in {part.where} names no subjects; add them.")
    return combined


def _combined(key: str, part: RuleSection, *, subjects: Collection[str]) -> tuple[str, ...]:
    if key not in subjects:
        raise RulesError(f"{part.entry.mark}: {part.where} is not a subject.{suggestion(key, list(subjects))}")
    part.text("source")
    return part.known_words("parts", subjects, "a subject", needed=True)


def _whole_year(_: str, part: RuleSection) -> Season:
    part.text("source")
    return _season(part)


def _point(key: str, part: RuleSection) -> AssessmentPoint:
    part.text("source")
    return AssessmentPoint(key, part.words("headings", needed=True), part.whole("year_group"), _season(part))


def build_years(part: RuleSection) -> YearRules:
    """The year groups."""
    windows = part.section("windows")
    shortest = windows.valued_whole("shortest", least=1)
    share = windows.valued("share", least=0, most=99)
    begins = windows.section("begins")
    back = {season: begins.valued_whole(season.name.lower(), least=1, most=_TERMS_BACK) for season in Season}
    begins.done()
    windows.done()
    ages = part.section("ages")
    youngest, oldest = (ages.valued_whole(name, most=_OLDEST) for name in ("youngest", "oldest"))
    ages.done()
    labels = part.section("labels")
    spellings = part.section("spellings")
    part.text("source")
    return YearRules(
        lowest=part.valued_whole("lowest", least=-2, most=_OLDEST),
        highest=part.valued_whole("highest", most=_OLDEST),
        labels={_year(labels, name): labels.text(name) for name in labels.names},
        spellings=_spellings(spellings),
        cells=_spellings(part.section("cells")) if "cells" in part.names else {},
        prefixes=part.words("prefixes"),
        key_stages=tuple(part.each("key_stages", _key_stage).values()),
        shortest_window=shortest,
        year_begins=back,
        share=share,
        ages=range(youngest, oldest + 1),
        birthdays=part.built("birthdays", _birthdays),
    )


def _birthdays(_: str, part: RuleSection) -> BirthdayRules:
    return BirthdayRules(
        month=part.valued_whole("month", least=1, most=12),
        age=part.valued_whole("age", most=_OLDEST),
        out_of_year=part.valued_whole("out_of_year", most=_OLDEST),
        share=part.valued("share", most=100),
        least=part.valued_whole("least", least=1),
    )


def _year(part: RuleSection, name: str) -> int:
    span = whole_range(name)
    if span is None or len(span) != 1:
        raise RulesError(f"{part.names[name].mark}: '{name}' in {part.where} is not a year group such as 3.")
    return span[0]


def _spellings(part: RuleSection) -> Mapping[str, int]:
    return {word: _year(part, name) for name in part.names for word in part.words(name)}


def _key_stage(key: str, part: RuleSection) -> KeyStage:
    return KeyStage(key, part.text("label"), _span(part, "years"))
