"""The ruler as a page to read: the rules in force, all about one scale, and what changed since a ruler was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from siptrack.documents.labels import THRESHOLDS
from siptrack.documents.rules.national import figures_of
from siptrack.rendering.model import Document
from siptrack.rendering.numbers import quantity
from siptrack.rendering.safe_text import json_document
from siptrack.rendering.template import document
from siptrack.rules.model import Change, Rules
from siptrack.school.scale import Limit, Scale
from siptrack.school.term import Season, Term
from siptrack.version import VERSION

_OPEN_ENDED = 2100  # an era that ends later than this has not ended
_EVERY_ERA = 1900


class Era(NamedTuple):
    """The calendar years in which a scale is used; `ends` is None where it still is."""

    begins: int
    ends: int | None


class OnTheLine(NamedTuple):
    """The points expected in a term, none where nothing is, and the grade that lies there, if one does."""

    points: float | None
    grade: str


class Threshold(NamedTuple):
    """A threshold of a scale in its points, what it means and where it comes from."""

    name: str
    points: float | Limit
    meaning: str
    source: str


def rules_page(rules: Rules, changes: Sequence[Term], term: Term | None) -> Document:
    """The rules in force, in short; a scale's own page says the rest. From `changes` on some rule is another."""
    standards = rules.national.standards.values()
    begins = [f"{quantity(terms, 'term')} in {season.label}" for season, terms in rules.years.year_begins.items()]
    return document(
        "rules/page.jinja",
        "",
        rules=rules,
        term=term,
        changes=changes,
        begins=begins,
        figures=sum(len(standard.figures) for standard in standards),
        national={standard.key: figures_of(standard, rules) for standard in standards},
    )


def scale_page(scale: Scale, rules: Rules) -> Document:
    """What a scale is, how it is recognised, what its grades are worth, and where its lines lie, with their sources."""
    small = scale.small_steps
    return document(
        "rules/scale.jinja",
        "",
        scale=scale,
        rules=rules,
        era=_era(scale.years),
        subjects=[subject.replace("_", " ") for subject in scale.subjects],
        hints=[f"'{hint}'" for hint in scale.hints],
        seasons=list(Season),
        line={
            year: [_on_the_line(scale, year, season) for season in Season]
            for year in sorted({year for year, _ in scale.reference})
        },
        thresholds=[_threshold(scale, name) for name in THRESHOLDS],
        more=small or scale.apart or scale.wide or scale.prior or scale.notes,
        small_grades=_in_order(scale, small.grades) if small else [],
        vague=_in_order(scale, small.any_of_them) if small else [],
        uncompared=[_in_order(scale, codes) for codes in scale.apart],
        bands=[band.label for band in rules.groups.prior.groups.values()],
    )


def _era(years: range) -> Era | None:
    """When a scale is used; None where that is not said."""
    if years.start <= _EVERY_ERA:
        return None
    return Era(years.start, None if years.stop > _OPEN_ENDED else years.stop - 1)


def _on_the_line(scale: Scale, year: int, season: Season) -> OnTheLine:
    """Where the line lies; the grade is not said where its code is its points."""
    points = scale.reference.get((year, season))
    if points is None:
        return OnTheLine(None, "")
    own = points - scale.points_a_year * year
    grade = next((grade.code for grade in scale.grades if grade.points == own), "")
    return OnTheLine(points, "" if grade == f"{points:g}" else grade)


def _threshold(scale: Scale, name: str) -> Threshold:
    points: float | Limit = getattr(scale, name)
    given = points != Limit()
    return Threshold(name, points, THRESHOLDS[name], scale.cited[name].source if given else "")


def _in_order(scale: Scale, codes: frozenset[str]) -> list[str]:
    return [grade.code for grade in scale.grades if grade.code in codes]


def differences_page(differences: Sequence[Change]) -> Document:
    """What changed since a ruler was saved, in words."""
    return document("rules/differences.jinja", "", changes=differences)


def differences_as_json(differences: Sequence[Change], rules: Rules) -> str:
    """What changed since a ruler was saved, for other programs."""
    changes = [
        {"file": changed.file, "path": list(changed.path), "before": changed.before, "now": changed.now}
        for changed in differences
    ]
    return json_document(
        {"schema": "siptrack/rules-diff/1", "version": VERSION, "ruler": rules.ruler.sha256, "changes": changes}
    )
