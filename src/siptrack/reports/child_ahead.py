"""What lies ahead of one child: what the line asks, the school's targets, and where comparable children ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siptrack.analysis.vocabulary import Window
from siptrack.reports.cells import Cell, number, text
from siptrack.reports.child_evidence import Sources
from siptrack.reports.child_model import Needed, TargetSaid
from siptrack.reports.child_rows import ChildRows
from siptrack.reports.wording import child as wording
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.scale import Kind, Scale

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Ahead:
    """One child's rows of the tables about what lies ahead, and the child's year group."""

    rules: Rules
    year_group: int | None
    pace: Sequence[Row]
    target_rows: Sequence[Row]
    forecast_rows: Sequence[Row]

    def needed(self, subject: str) -> tuple[Needed, ...]:
        """What brings the child to the line in a subject by each horizon; nothing where keeping up is enough."""
        rows = [row for row in self.pace if row["subject"] == subject and (row["short"] or self._rises(row))]
        first = {text(row["by_term"]): row for row in reversed(rows)}
        return tuple(self._needed(row) for row in reversed(first.values()))

    def _rises(self, row: Row) -> bool:
        """Whether there is time left in which the line rises."""
        return bool(row["terms"]) and self.rules.scales[text(row["scale"])].kind is Kind.CUMULATIVE

    def _needed(self, row: Row) -> Needed:
        scale = self.rules.scales[text(row["scale"])]
        horizon, line = text(row["horizon"]), number(row["line"]) or 0
        needed = Needed(
            horizon=horizon,
            by_term=text(row["by_term"]),
            line=line,
            line_grade=self._grade_at(scale, line, horizon),
            short=number(row["short"]) or 0,
            terms=int(number(row["terms"]) or 0),
            needed=number(row["needed"]),
            made=number(row["made"]),
            sentence="",
        )
        sentence = wording.needed_sentence(needed, text(row["grade"]), scale, self._stage(horizon))
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
        rows = sorted((row for row in self.target_rows if row["subject"] == subject), key=_terms)
        return tuple(self._target(row, known) for row in rows)

    def _target(self, row: Row, known: Sources) -> TargetSaid:
        file, sheet, cell = (text(row[f"target_{part}"]) for part in ("file", "sheet", "cell"))
        label = f"{Place(file, sheet).label}, cell {cell}" if file else ""
        term, grade = text(row["target_term"]), text(row["target_grade"])
        sentence = wording.target_sentence(row, self.rules.scales.get(text(row["scale"])))
        return TargetSaid(term, grade, text(row["course"]), sentence, known.written(term, grade, label))

    def forecasts(self, subject: str) -> tuple[str, ...]:
        """Where comparable children ended in a subject; nothing where there are too few of them."""
        rows = [row for row in self.forecast_rows if row["subject"] == subject and row["reason"] is None]
        middle = self.rules.forecasts.middle
        return tuple(wording.forecast_sentence(row, self._stage(text(row["horizon"])), middle) for row in rows)


def grade_at(scale: Scale, line: float, year_group: int, rules: Rules) -> str:
    """The lowest grade that has so many points in a year group; empty on a scale of scores."""
    own = line - scale.points_a_year * year_group
    code = next((one.code for one in scale.grades if one.points is not None and one.points >= own), "")
    return rules.years.named_grade(year_group, code) if code and scale.names_year_group else code


def look_ahead(every: ChildRows, pupil: str) -> Ahead:
    """The rows about one child; none where progress is not measured."""
    year = number(every.pupils[pupil][0]["year_group"])
    return Ahead(
        rules=every.rules,
        year_group=None if year is None else int(year),
        pace=[row for row in every.pace[pupil] if every.rules.scales[text(row["scale"])].measures_progress],
        target_rows=every.targets[pupil],
        forecast_rows=every.forecasts[pupil],
    )


def _terms(row: Row) -> int:
    return int(number(row["terms"]) or 0)
