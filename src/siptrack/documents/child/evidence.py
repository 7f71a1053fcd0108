"""The chain behind the sentences about a child: the cells it came from, and the rules with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from siptrack.analysis.tables import Result
from siptrack.analysis.vocabulary import Measured
from siptrack.documents.child.facts import CitedRule, Written
from siptrack.documents.child.rows import ChildRows, Stands
from siptrack.documents.findings import Finding
from siptrack.documents.labels import THRESHOLDS
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.codes import FlagCode
from siptrack.school.place import Place
from siptrack.school.scale import Limit, Scale
from siptrack.school.term import SEASONS_IN_A_YEAR, Season

_THRESHOLDS: Mapping[str, Sequence[str]] = {  # which thresholds of the scale a flag rests on
    FlagCode.INSUFFICIENT_YEAR: ("tolerance",),
    FlagCode.INSUFFICIENT_KEY_STAGE: ("tolerance",),
    FlagCode.FELL_BELOW: ("at_within",),
    FlagCode.NO_LONGER_ABOVE: ("above",),
    FlagCode.FELL_BACK: ("step",),
    FlagCode.BEHIND_TARGET: ("tolerance",),
    FlagCode.WELL_BELOW: ("well_below",),
    FlagCode.BELOW: ("at_within",),
}
_OF_WINDOWS = (FlagCode.INSUFFICIENT_YEAR, FlagCode.INSUFFICIENT_KEY_STAGE)
_WITHOUT_LINE = (FlagCode.NO_MOVEMENT, FlagCode.FELL_BACK, FlagCode.BEHIND_OWN_AGE, FlagCode.NO_RESULT)
_SMALL_STEPS = ("expected", "let_pass", "within")
words = partial(sentence, template="child/sentences.jinja")
_of_rule = lru_cache(maxsize=1024, typed=True)(words)  # a school's children come by few rules, each again and again


class Moment(NamedTuple):
    """A year group in a term, and the points at expectations then: one place on a scale's reference line."""

    term: str
    order: int
    year_group: int | None
    line: float | None

    @property
    def season(self) -> Season:
        """The season of the term."""
        return Season(self.order % SEASONS_IN_A_YEAR)


def moment(row: Result) -> Moment:
    """The place on the line of a row of the journeys table."""
    return Moment(row.term, row.order, None if row.year_group is None else int(row.year_group), row.reference)


@dataclass(frozen=True)
class Sources:
    """Every cell that says something of one child, by its place and by its address in words, and the rules in force."""

    rules: Rules
    at: Mapping[Place, Stands]
    cells: Mapping[str, Stands]

    def result(self, term: str, grade: str, place: Place) -> Written | None:
        """The cell at a place; None where there is none."""
        cell = self.at.get(place)
        return Written(term, grade, cell.text, cell.place) if cell else None

    def written(self, term: str, grade: str, label: str) -> Written | None:
        """The cell at an address; None where there is none."""
        cell = self.cells.get(label)
        return Written(term, grade, cell.text, cell.place) if cell else None

    def behind(self, finding: Finding, results: Sequence[Result], term: str) -> tuple[Written, ...]:
        """The cells that a flag came from, the earlier first: its two ends, and what lies between where all count."""
        ends = [(finding.from_term, finding.from_grade, finding.from_place), (term, finding.grade, finding.place)]
        if finding.code == FlagCode.NO_MOVEMENT:
            ends += self._between(results, finding)
        there = sorted((end for end in ends if end[2] in self.cells), key=lambda end: self.cells[end[2]].term)
        return tuple(Written(when, grade, self.cells[at].text, self.cells[at].place) for when, grade, at in there)

    def _between(self, results: Sequence[Result], finding: Finding) -> Iterator[tuple[str, str, str]]:
        """The term, grade and address of each result between the two ends of a flag."""
        first, last = self.cells.get(finding.from_place), self.cells.get(finding.place)
        for row in results:
            if first and last and first.term < row.order < last.term:
                yield row.term, row.grade, place_of(row).label

    def target_moment(self, finding: Finding, now: Moment) -> Moment:
        """The place on the line of the term of a flag's target."""
        cell, scale = self.cells.get(finding.from_place), finding.scale
        order = cell.term if cell else now.order
        years = order // SEASONS_IN_A_YEAR - now.order // SEASONS_IN_A_YEAR
        year_group = None if now.year_group is None else now.year_group + years
        then = Moment(finding.from_term, order, year_group, None)
        line = scale.reference.get((year_group, then.season)) if scale and year_group is not None else None
        return then._replace(line=line)


def sources(every: ChildRows, pupil: str) -> Sources:
    """The cells of a child's results and targets, and the rules."""
    at = {cell.place: cell for cell in every.written[pupil]}
    return Sources(every.rules, at, {place.label: cell for place, cell in at.items()})


def place_of(row: Result) -> Place:
    """The cell that a result is written in."""
    return Place(row.file, row.sheet, row.row or 0, row.column or 0)


def label_of(file: str, sheet: str, cell: str) -> str:
    """The address in words of a result or an age in a table; empty where there is none."""
    return f"{Place(file, sheet).label}, cell {cell}" if file else ""


def rules_of_flag(
    finding: Finding, moments: Mapping[str, Moment], now: Moment, known: Sources
) -> tuple[CitedRule, ...]:
    """The rules that a flag was made by: its own, then the scale's thresholds, then the lines it was measured from."""
    rule = known.rules.flags.flags[finding.code]
    own = [CitedRule(rule.code, rule.meaning, rule.place, rule.source)]
    if rule.terms_cited is not None:
        own.append(
            CitedRule("terms", _of_rule("same_grade", rule.terms), rule.terms_cited.place, rule.terms_cited.source)
        )
    if rule.months_cited is not None:
        limit = _of_rule("behind_by", rule.months)
        own.append(CitedRule("months", limit, rule.months_cited.place, rule.months_cited.source))
    ends = [*([moments[finding.from_term]] if finding.from_term in moments else []), now]
    if finding.code in _WITHOUT_LINE:
        ends = []
    elif finding.code == FlagCode.BEHIND_TARGET:
        ends = [now, known.target_moment(finding, now)]
    small = finding.measured == Measured.SMALL_STEPS and finding.code in _OF_WINDOWS
    names = _THRESHOLDS.get(finding.code, ())
    return (*own, *rules_of_scale(finding.scale, names, ends or [now], known.rules, small=small, line=ends))


def rules_of_scale(
    scale: Scale | None,
    names: Iterable[str],
    ends: Sequence[Moment],
    rules: Rules,
    *,
    small: bool,
    line: Sequence[Moment],
) -> tuple[CitedRule, ...]:
    """The thresholds of a scale at these moments and the lines there, each once; for small steps, their own rule."""
    if scale is None:
        return ()
    if small:
        return tuple(_small_step(scale, name) for name in _SMALL_STEPS if name in scale.cited)
    thresholds = (_threshold(scale, name, end) for name in names for end in ends)
    lines = (_line(scale, end, rules) for end in line if end.line is not None)
    return tuple(dict.fromkeys((*thresholds, *lines)))


def _threshold(scale: Scale, name: str, end: Moment) -> CitedRule:
    limit = getattr(scale, name)
    if isinstance(limit, Limit):
        limit = limit.usual if end.year_group is None else limit.at(end.year_group)
    cited = scale.cited[name]
    says = _of_rule("threshold", THRESHOLDS[name], limit, scale.unit)
    return CitedRule(f"{name} of {scale.name}", says, cited.at(end.year_group, end.season), cited.source)


def _line(scale: Scale, end: Moment, rules: Rules) -> CitedRule:
    cited, line = scale.cited["reference"], end.line or 0
    own = line - scale.points_a_year * (end.year_group or 0)
    grade = next((grade.code for grade in scale.grades if grade.points == own), "")
    says = _of_rule("line_at", grade, line, end.season.label, rules.years.label(end.year_group))
    return CitedRule(f"reference line of {scale.name}", says, cited.at(end.year_group, end.season), cited.source)


def _small_step(scale: Scale, name: str) -> CitedRule:
    """A part of the rule of small steps, with its own line."""
    says = _of_rule("small_step", name, getattr(scale.small_steps, name, 0))
    return CitedRule(f"small steps of {scale.name}: {name}", says, scale.cited[name].place, scale.cited[name].source)
