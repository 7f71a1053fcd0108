"""Bridges between scales, from bridges.yaml and the school's siptrack.yaml; baselines that stand for a subject."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.scale import Bridge, Scale


def build_bridges(part: RuleSection, scales: Mapping[str, Scale], by_school: Collection[str]) -> tuple[Bridge, ...]:
    """Every bridge; refuses one between unknown scales, two between the same, and a grade that neither scale has."""
    built = part.every(lambda name, rule: _bridge(name, rule, scales, name in by_school))
    ends: dict[tuple[str, str], str] = {}
    for name, bridge in built.items():
        first = ends.setdefault((bridge.old, bridge.new), name)
        if first != name:
            mark = part.entry.keys[name]
            raise RulesError(f"{mark}: '{name}' and '{first}' both lead from {bridge.old} to {bridge.new}; keep one.")
    return tuple(built.values())


def _bridge(name: str, part: RuleSection, scales: Mapping[str, Scale], by_school: bool) -> Bridge:
    old, new = (scales[part.choice(end, list(scales))] for end in ("old", "new"))
    if old == new:
        raise RulesError(f"{part.names['new'].mark}: {part.where} leads from {old.name} to itself; name two scales.")
    same = part.truth("same_points", default=False)
    if same and "grades" in part.names:
        raise RulesError(f"{part.names['grades'].mark}: {part.where} has the same points, so no grades; delete one.")
    points = {} if same else {code: _crossed(part, code, old, new) for code in part.section("grades").names}
    if not (same or points):
        raise RulesError(f"{part.names['grades'].mark}: 'grades' in {part.where} names none; add each grade.")
    return Bridge(name, old.name, new.name, points, part.text("source"), by_school)


def _crossed(part: RuleSection, code: str, old: Scale, new: Scale) -> float:
    """The points on the new scale of a grade of the old one: a grade, or a number on a scale of scores."""
    grades = part.section("grades")
    mark = grades.entry.keys[code]
    if code not in old.by_code:
        raise RulesError(f"{mark}: '{code}' in {grades.where} is not a grade of {old.name}.")
    counts_as = grades.text(code)
    if counts_as in new.by_code and (points := new.by_code[counts_as].points) is not None:
        return points
    if new.numbers is not None and new.numbers.low <= (score := grades.number(code)) <= new.numbers.high:
        return score
    what = "score" if new.numbers is not None else "grade with points"
    raise RulesError(f"{mark}: '{counts_as}' in {grades.where} is not a {what} of {new.name}.")
