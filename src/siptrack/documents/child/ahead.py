"""What lies ahead of one child: what the line asks, the school's targets, and where comparable children ended."""

from __future__ import annotations

from siptrack.analysis.ahead_tables import Pace, Target
from siptrack.analysis.vocabulary import Course, Window
from siptrack.documents.child.evidence import Sources, words
from siptrack.documents.child.facts import Needed, TargetSaid, fields_of
from siptrack.documents.child.rows import ChildRows
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.scale import Scale, ScaleKind


def needed(every: ChildRows, pupil: str, subject: str) -> tuple[Needed, ...]:
    """What brings a child to the line in a subject by each horizon; nothing where keeping up is enough."""
    first: dict[str, Needed] = {}
    for row in every.pace[pupil]:
        scale = every.rules.scales[row.scale]
        if row.subject == subject and scale.measures_progress and (row.short or (row.terms and scale.grows)):
            first.setdefault(row.by_term, _needed(row, scale, every, every.here[pupil].year_group))
    return tuple(first.values())


def _needed(row: Pace, scale: Scale, every: ChildRows, year_group: int | None) -> Needed:
    stage = every.key_stage(year_group) if row.horizon == Window.KEY_STAGE else None
    last = stage.years.stop - 1 if stage else year_group or 0
    line, short = row.line or 0, row.short or 0
    own = {"line": line, "short": short, "line_grade": grade_at(scale, line, last, every.rules), "sentence": ""}
    found = Needed(**fields_of(Needed, row) | own)
    rates = scale.kind is not ScaleKind.RELATIVE and found.needed is not None  # where a scale has points that grow
    return found._replace(sentence=words("needed", found, row.grade, scale, stage.label if stage else "", rates))


def targets(every: ChildRows, pupil: str, subject: str, known: Sources) -> tuple[TargetSaid, ...]:
    """The targets in a subject, the nearest first."""
    rows = sorted((row for row in every.targets[pupil] if row.subject == subject), key=lambda row: row.terms)
    return tuple(_target(row, known) for row in rows)


def _target(row: Target, known: Sources) -> TargetSaid:
    file = Place(row.target_file, row.target_sheet).label
    label = f"{file}, cell {row.target_cell}" if row.target_file else ""
    scale = known.rules.scales.get(row.scale)
    written = known.written(row.target_term, row.target_grade, label)
    return TargetSaid(
        row.target_term,
        row.target_grade,
        row.course,
        words("target", row, scale.unit if scale else "", Course),
        written,
    )


def forecasts(every: ChildRows, pupil: str, subject: str) -> tuple[str, ...]:
    """Where comparable children ended in a subject; nothing where there are too few of them."""
    stage = every.key_stage(every.here[pupil].year_group)
    return tuple(
        words("forecast", row, stage.label if stage and row.horizon == Window.KEY_STAGE else "")
        for row in every.forecasts[pupil]
        if row.subject == subject and not row.reason
    )


def grade_at(scale: Scale, line: float, year_group: int, rules: Rules) -> str:
    """The lowest grade that has so many points in a year group; empty on a scale of scores."""
    own = line - scale.points_a_year * year_group
    code = next((grade.code for grade in scale.grades if grade.points is not None and grade.points >= own), "")
    return rules.years.named_grade(year_group, code) if code and scale.names_year_group else code
