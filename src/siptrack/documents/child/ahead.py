"""What lies ahead of one child: what the line asks, the school's targets, and where comparable children ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from siptrack.analysis.ahead_tables import Forecast, Pace, Target
from siptrack.analysis.vocabulary import Window
from siptrack.documents.child import sentences
from siptrack.documents.child.evidence import Sources
from siptrack.documents.child.facts import Needed, TargetSaid
from siptrack.documents.child.rows import ChildRows
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.scale import Scale


@dataclass(frozen=True)
class ChildAhead:
    """One child's rows of the tables about what lies ahead, and the child's year group."""

    rules: Rules
    year_group: int | None
    pace: Sequence[Pace]
    target_rows: Sequence[Target]
    forecast_rows: Sequence[Forecast]

    def needed(self, subject: str) -> tuple[Needed, ...]:
        """What brings the child to the line in a subject by each horizon; nothing where keeping up is enough."""
        rows = [row for row in self.pace if row.subject == subject and (row.short or self._rises(row))]
        first = {row.by_term: row for row in reversed(rows)}
        return tuple(self._needed(row) for row in reversed(first.values()))

    def _rises(self, row: Pace) -> bool:
        """Whether there is time left in which the line rises."""
        return bool(row.terms) and self.rules.scales[row.scale].grows

    def _needed(self, row: Pace) -> Needed:
        scale = self.rules.scales[row.scale]
        horizon, line = row.horizon, row.line or 0
        needed = Needed(
            horizon=horizon,
            by_term=row.by_term,
            line=line,
            line_grade=self._grade_at(scale, line, horizon),
            short=row.short or 0,
            terms=row.terms,
            needed=row.needed,
            made=row.made,
            sentence="",
        )
        sentence = sentences.needed_sentence(needed, row.grade, scale, self._stage(horizon))
        return needed._replace(sentence=sentence)

    def _stage(self, horizon: str) -> str:
        """The label of the key stage that a horizon ends; empty for the year's."""
        stage = self.rules.years.key_stage(self.year_group) if self.year_group is not None else None
        return stage.label if stage and horizon == Window.KEY_STAGE else ""

    def _grade_at(self, scale: Scale, line: float, horizon: str) -> str:
        stage = self.rules.years.key_stage(self.year_group) if self.year_group is not None else None
        last = stage.years.stop - 1 if stage and horizon == Window.KEY_STAGE else self.year_group or 0
        return grade_at(scale, line, last, self.rules)

    def targets(self, subject: str, known: Sources) -> tuple[TargetSaid, ...]:
        """The targets in a subject, the nearest first."""
        rows = sorted((row for row in self.target_rows if row.subject == subject), key=lambda row: row.terms)
        return tuple(self._target(row, known) for row in rows)

    def _target(self, row: Target, known: Sources) -> TargetSaid:
        file = Place(row.target_file, row.target_sheet).label
        label = f"{file}, cell {row.target_cell}" if row.target_file else ""
        sentence = sentences.target_sentence(row, self.rules.scales.get(row.scale))
        written = known.written(row.target_term, row.target_grade, label)
        return TargetSaid(row.target_term, row.target_grade, row.course, sentence, written)

    def forecasts(self, subject: str) -> tuple[str, ...]:
        """Where comparable children ended in a subject; nothing where there are too few of them."""
        rows = [row for row in self.forecast_rows if row.subject == subject and not row.reason]
        return tuple(sentences.forecast_sentence(row, self._stage(row.horizon)) for row in rows)


def grade_at(scale: Scale, line: float, year_group: int, rules: Rules) -> str:
    """The lowest grade that has so many points in a year group; empty on a scale of scores."""
    own = line - scale.points_a_year * year_group
    code = next((grade.code for grade in scale.grades if grade.points is not None and grade.points >= own), "")
    return rules.years.named_grade(year_group, code) if code and scale.names_year_group else code


def look_ahead(every: ChildRows, pupil: str) -> ChildAhead:
    """The rows about one child; none where progress is not measured."""
    return ChildAhead(
        rules=every.rules,
        year_group=every.here[pupil].year_group,
        pace=[row for row in every.pace[pupil] if every.rules.scales[row.scale].measures_progress],
        target_rows=every.targets[pupil],
        forecast_rows=every.forecasts[pupil],
    )
