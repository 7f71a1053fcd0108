"""Thresholds of provision and the catalogue of materials, from provision.yaml and the school's siptrack.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.document import suggestion
from siptrack.rules.national import Known
from siptrack.rules.section import RuleSection, whole_range
from siptrack.school.errors import RulesError
from siptrack.school.provision import (
    CatalogueEntry,
    Material,
    NoProgramme,
    OfferedTo,
    ProvisionRules,
    RatioBand,
    RatioGain,
    SpellingRules,
    Stated,
)

_LEAST_WAVE, _LAST_WAVE = 1, 3
_WHOLE = 100  # percent


def build_provision(part: RuleSection, known: Known) -> ProvisionRules:
    """The rules of provision; refuses subjects, groups, scales, grades and priorities that are not known."""
    thresholds = part.section("thresholds")
    priorities = part.each("priorities", _priority)
    rules = ProvisionRules(
        many_at_once=thresholds.valued_whole("many_at_once", least=2),
        much=thresholds.valued_whole("much", least=1),
        attendance=thresholds.valued("attendance", most=100),
        fewest=thresholds.valued_whole("fewest", least=2),
        similar_start=thresholds.valued("similar_start"),
        similar_course=thresholds.valued("similar_course", most=_WHOLE) / _WHOLE,
        counts_as=thresholds.valued("counts_as"),
        apart=thresholds.valued("apart"),
        times_apart=thresholds.valued("times_apart"),
        after=thresholds.valued_whole("after", least=1),
        delay=thresholds.valued_whole("delay"),
        spelt=part.built("spelt_alike", _spelt),
        ratio_gain=part.built("ratio_gain", _ratio_gain),
        not_stated=part.text("not_stated"),
        read=part.text("read"),
        no_programme=part.each("no_programme", lambda _, each: _no_programme(each, known)),
        priorities=priorities,
        catalogue=part.each("catalogue", lambda key, material: _material(key, material, known, priorities)),
    )
    thresholds.done()
    return rules


def _priority(_: str, part: RuleSection) -> str:
    part.text("source")
    return part.text("text")


def _spelt(_: str, part: RuleSection) -> SpellingRules:
    return SpellingRules(
        taken=part.valued("taken", most=_WHOLE) / _WHOLE,
        asked=part.valued("asked", most=_WHOLE) / _WHOLE,
        abbreviated=part.valued_whole("abbreviated", least=1),
    )


def _ratio_gain(_: str, part: RuleSection) -> RatioGain:
    bands = part.each("bands", _band)
    steps = tuple(bands.values())
    if list(steps) != sorted(steps):
        mark = part.names["bands"].mark
        raise RulesError(f"{mark}: 'bands' in {part.where} must rise, each with a larger 'at_least' than the last.")
    return RatioGain(steps, part.text("source"))


def _band(_: str, part: RuleSection) -> RatioBand:
    return RatioBand(part.number("at_least"), part.text("label"), part.truth("sure", default=True))


def _no_programme(part: RuleSection, known: Known) -> NoProgramme:
    part.text("source")
    return NoProgramme(_group(part, part.text("group"), known, "group"), part.whole("since"), part.text("says"))


def _stated(_: str, part: RuleSection) -> Stated:
    """What a programme's source states; `also` alone may be left out, so that nothing is forgotten unsaid."""
    *needed, also = Stated._fields
    return Stated._make([*map(part.text, needed), part.text(also, "")])


def _material(key: str, part: RuleSection, known: Known, priorities: Mapping[str, str]) -> Material:
    priority = part.text("priority", "")
    if priority:
        part.refuse_unknown("priority", [priority], priorities, "a priority")
    subjects = part.known_words("subjects", known.subjects, "a subject")
    title = part.text("title")
    return Material(
        key=key,
        title=title,
        reference=part.text("reference", ""),
        priority=priority,
        offered_to=OfferedTo(part.choice("offered_to", [offered.value for offered in OfferedTo])),
        from_attainment=part.truth("from_attainment", default=True),
        wave=_wave(part),
        subjects=subjects,
        years=_years(part, known),
        groups=tuple(_group(part, text, known) for text in part.words("groups")),
        entry=part.built("entry", lambda _, written: _entry(written, known)) if "entry" in part.names else None,
        lowest=part.number("lowest") if "lowest" in part.names else None,
        names=(title, *part.words("spellings")),
        since=part.whole("since") if "since" in part.names else None,
        until=part.whole("until") if "until" in part.names else None,
        stated=part.built("stated", _stated) if "stated" in part.names else None,
        caution=part.text("caution", ""),
        note=part.text("note", ""),
        source=part.text("source"),
        place=str(part.entry.mark),
    )


def _wave(part: RuleSection) -> int | None:
    if "wave" not in part.names:
        return None
    wave = part.whole("wave")
    if not _LEAST_WAVE <= wave <= _LAST_WAVE:
        raise RulesError(f"{part.names['wave'].mark}: 'wave' in {part.where} is {wave}; expected 1, 2 or 3.")
    return wave


def _years(part: RuleSection, known: Known) -> range | None:
    if "years" not in part.names:
        return None
    years = whole_range(part.text("years"))
    if years is None or years[0] < known.years.lowest or years[-1] > known.years.highest:
        mark, limits = part.names["years"].mark, f"{known.years.lowest} to {known.years.highest}"
        raise RulesError(f"{mark}: 'years' in {part.where} must be year groups from {limits}, such as 3-6.")
    return years


def _group(part: RuleSection, text: str, known: Known, name: str = "groups") -> tuple[str, str]:
    """A group as `gender=boys`."""
    characteristic, _, group = text.partition("=")
    every = known.groups.all()
    if characteristic not in every or group not in every[characteristic].groups:
        groups = [f"{key}={group}" for key, whole in every.items() for group in whole.groups]
        mark = part.names[name].mark
        raise RulesError(
            f"{mark}: '{text}' in '{name}' in {part.where} is not a group such as gender=boys."
            f"{suggestion(text, groups)}"
        )
    return characteristic, group


def _entry(part: RuleSection, known: Known) -> CatalogueEntry:
    scale = part.text("scale")
    part.refuse_unknown("scale", [scale], known.scales, "a scale")
    grades = part.words("grades", needed=True)
    part.refuse_unknown("grades", grades, known.scales[scale].by_code, f"a grade of {scale}")
    year_group = part.whole("year_group")
    if not known.years.lowest <= year_group <= known.years.highest:
        mark, limits = part.names["year_group"].mark, f"{known.years.lowest} to {known.years.highest}"
        raise RulesError(f"{mark}: 'year_group' in {part.where} is {year_group}; expected {limits}.")
    return CatalogueEntry(scale, year_group, grades, part.text("says"))
