"""A child's flags in words: a sentence for each kind, about results and never about the teaching."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from siptrack.analysis.vocabulary import Measured
from siptrack.documents.findings import Finding
from siptrack.rendering.numbers import in_sentence, plain_number, plural, quantity
from siptrack.rules.model import FlagRule, Rules
from siptrack.school.ages import in_years
from siptrack.school.codes import FlagCode
from siptrack.school.scale import ScaleKind


def flag_sentence(finding: Finding, rules: Rules) -> str:
    """`Writing, this year: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made`."""
    rule = rules.flags.flags.get(finding.code)
    say = _SENTENCES.get(finding.code)
    if say is not None:
        return _with_newer(say(finding, rule), finding)
    return f"{finding.label}: {rule.meaning if rule else finding.code}"


def both_windows_sentence(year: Finding, key_stage: Finding) -> str:
    """One sentence for two findings that start from the same result, as in the first year of a key stage."""
    stage = key_stage.key_stage or "the key stage"
    lead = f"{year.label}, this year and since the start of {stage}"
    return _with_newer(f"{lead}: {movement(year)}; {what_came(year)}.", year)


def _insufficient_year(finding: Finding, _rule: FlagRule | None) -> str:
    return f"{finding.label}, this year: {movement(finding)}; {what_came(finding)}."


def _insufficient_key_stage(finding: Finding, _rule: FlagRule | None) -> str:
    stage = finding.key_stage or "the key stage"
    return f"{finding.label}, since the start of {stage}: {movement(finding)}; {what_came(finding)}."


def _fell_below(finding: Finding, _rule: FlagRule | None) -> str:
    return (
        f"{finding.label}: at age-related expectations in {finding.when} ({finding.from_grade}), "
        f"below them now ({finding.grade})."
    )


def _no_longer_above(finding: Finding, _rule: FlagRule | None) -> str:
    return (
        f"{finding.label}: above age-related expectations in {finding.when} ({finding.from_grade}), "
        f"no longer above them now ({finding.grade})."
    )


def _no_movement(finding: Finding, rule: FlagRule | None) -> str:
    terms = f" for {rule.terms} terms" if rule and rule.terms else ""
    return f"{finding.label}: {movement(finding)}; no movement{terms}; was it judged afresh each time?"


def _fell_back(finding: Finding, _rule: FlagRule | None) -> str:
    return f"{finding.label}: {movement(finding)}; check the earlier judgement first, it may have been too high."


def _behind_target(finding: Finding, _rule: FlagRule | None) -> str:
    by = f" for {finding.when}" if finding.from_term else ""
    return (
        f"{finding.label}: {finding.grade} now; with expected progress from here, "
        f"the target of {finding.from_grade}{by} would be missed."
    )


def _well_below(finding: Finding, _rule: FlagRule | None) -> str:
    return f"{finding.label}: {finding.grade} now, well below age-related expectations{_under_the_line(finding)}."


def _below(finding: Finding, _rule: FlagRule | None) -> str:
    return f"{finding.label}: {finding.grade} now, below age-related expectations{_under_the_line(finding)}."


def _behind_own_age(finding: Finding, _rule: FlagRule | None) -> str:
    months, own = finding.from_points or 0, finding.reference or 0
    least = "" if finding.from_grade == in_years(months) else "at least "
    behind = quantity(own - months, "month")
    age = f"{finding.label} age {finding.from_grade} in {finding.when}"
    return f"{age}, {least}{behind} behind the child's own age then ({in_years(own)})."


def _no_result(finding: Finding, _rule: FlagRule | None) -> str:
    return f"{finding.label}: no grade this term{special_code(finding)}."


_SENTENCES: Mapping[str, Callable[[Finding, FlagRule | None], str]] = {
    FlagCode.INSUFFICIENT_YEAR: _insufficient_year,
    FlagCode.INSUFFICIENT_KEY_STAGE: _insufficient_key_stage,
    FlagCode.FELL_BELOW: _fell_below,
    FlagCode.NO_LONGER_ABOVE: _no_longer_above,
    FlagCode.NO_MOVEMENT: _no_movement,
    FlagCode.FELL_BACK: _fell_back,
    FlagCode.BEHIND_TARGET: _behind_target,
    FlagCode.WELL_BELOW: _well_below,
    FlagCode.BELOW: _below,
    FlagCode.BEHIND_OWN_AGE: _behind_own_age,
    FlagCode.NO_RESULT: _no_result,
}


def already_at(term: str, grade: str) -> str:
    """`Summer 2026 already: EXS`, where a mark of a term that has only begun shows the child to have recovered."""
    return f"{in_sentence(term)} already: {grade}"


def already(finding: Finding) -> str:
    """The same of a flag; empty where no newer mark shows the child to have recovered."""
    return already_at(finding.newer_term, finding.newer_grade) if finding.newer_term else ""


def _with_newer(sentence: str, finding: Finding) -> str:
    return f"{sentence} {newer}." if (newer := already(finding)) else sentence


def movement(finding: Finding) -> str:
    """`2a in Summer 2008, still 2a now`."""
    still = "still " if finding.grade == finding.from_grade else ""
    return f"{finding.from_grade} in {finding.when}, {still}{finding.grade} now"


def what_came(finding: Finding) -> str:
    """What was expected from then to now and what came: in points, or as keeping one's place in the year group."""
    unit = finding.scale.unit if finding.scale else "point"
    expected, gain = finding.expected_gain or 0, finding.gain or 0
    if finding.measured == Measured.SMALL_STEPS:
        return _in_small_steps(expected, gain)
    if _keeping_is_expected(finding):
        scored = finding.scale is not None and finding.scale.numbers is not None
        kept = "staying about the same" if scored else f"keeping the same {unit}"
        lost = expected - gain
        if not lost:
            return f"{kept} was expected"
        came = f"{_counted(abs(lost), unit)} {plural(abs(lost), 'was', 'were')} {'lost' if lost > 0 else 'gained'}"
        return f"{kept} was expected, {came}"
    were = plural(expected, "was", "were")
    outcome = f"{plain_number(gain)} made" if gain >= 0 else f"{plain_number(-gain)} lost"
    return f"{quantity(expected, unit)} {were} expected, {outcome}"


def _keeping_is_expected(finding: Finding) -> bool:
    """Whether keeping the same band is keeping up: not where a grade names another year group than the child's."""
    scale = finding.scale
    if scale is None or not scale.points_a_year:
        return not finding.expected_gain
    return scale.kind is ScaleKind.RELATIVE and {finding.grade, finding.from_grade} <= scale.by_code.keys()


def _in_small_steps(expected: float, gain: float) -> str:
    """What came of a child who works below the bands of the year group."""
    if gain < 0:
        return f"{_counted(-gain, 'small step')} {plural(-gain, 'was', 'were')} lost"
    made = _counted(gain, "small step") if gain else "none"
    if not expected:
        return f"no small step was expected yet, {made} made"
    return f"{_counted(expected, 'small step')} {plural(expected, 'was', 'were')} expected, {made} made"


def _counted(count: float, unit: str) -> str:
    return f"one {unit}" if count == 1 else quantity(count, unit)


def _under_the_line(finding: Finding) -> str:
    """` (9 points under the reference line)`, where both are known."""
    if finding.points is None or finding.reference is None or finding.reference <= finding.points:
        return ""
    unit = finding.scale.unit if finding.scale else "point"
    return f" ({quantity(finding.reference - finding.points, unit)} under the reference line)"


def special_code(finding: Finding) -> str:
    """What stands where a grade should: ` (A: absent)`, when a special code stands in the cell."""
    meaning = finding.scale.no_grades.get(finding.grade, "") if finding.scale else ""
    if not finding.grade:
        return ""
    return f" ({finding.grade}: {meaning})" if meaning else f" ({finding.grade})"


def evidence(findings: Sequence[Finding]) -> str:
    """Where the results behind these sentences are written: `Autumn.xlsx, sheet 5K, cell F17; ..`."""
    every = (place for finding in findings for place in (finding.from_place, finding.place, finding.newer_place))
    return "; ".join(dict.fromkeys(place for place in every if place))
