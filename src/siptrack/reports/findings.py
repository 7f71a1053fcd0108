"""Each flag of an analysis with all that its sentence needs: the subject's name, the scale, the key stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.analysis.model import FLAGS, Analysis, Verdict, Window
from siptrack.reports.cells import number, plain, text
from siptrack.rules.model import Rules
from siptrack.school.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame

    from siptrack.reports.cells import Cell


@dataclass(frozen=True)
class Finding:
    """One flag about one child in one subject, ready to be put into words.

    `key_stage` is the label of the child's key stage where the flag rests on that window; `told` is whether the child's
    progress in the subject can be told at all.
    """

    code: str
    pupil: str
    subject: str
    label: str
    scale: Scale | None = None
    key_stage: str = ""
    from_term: str = ""
    from_grade: str = ""
    from_points: float | None = None
    from_place: str = ""
    grade: str = ""
    points: float | None = None
    reference: float | None = None
    gain: float | None = None
    expected_gain: float | None = None
    place: str = ""
    told: bool = True


@dataclass(frozen=True)
class _Around:
    """What is known of the children beside their flags, looked up once."""

    rules: Rules
    scales: Mapping[tuple[str, str], str]
    told: frozenset[tuple[str, str]]
    year_groups: Mapping[str, float | None]

    def key_stage(self, pupil: str, window: str) -> str:
        """The label of the pupil's key stage, for a flag that rests on the key stage."""
        year_group = self.year_groups.get(pupil)
        if window != Window.KEY_STAGE or year_group is None:
            return ""
        stage = self.rules.years.key_stage(int(year_group))
        return stage.label if stage else ""


def subject_label(subject: str, rules: Rules) -> str:
    """The subject's name in print."""
    known = rules.columns.subjects.get(subject)
    return known.label if known else subject.capitalize()


def list_findings(analysis: Analysis, rules: Rules) -> tuple[Finding, ...]:
    """Every flag, a child's together, the most important first, then in the order of subjects."""
    around = _look_around(analysis, rules)
    rows = (dict(zip(FLAGS.names, row, strict=True)) for row in _rows(analysis.flags, FLAGS.names))
    found = [_finding(row, around) for row in rows]
    codes = {code: rank for rank, code in enumerate(rules.flags.flags)}
    subjects = {subject: rank for rank, subject in enumerate(analysis.subjects)}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.pupil,
                codes.get(one.code, len(codes)),
                one.code,
                subjects.get(one.subject, len(subjects)),
                one.subject,
            ),
        )
    )


def _rows(frame: DataFrame, names: list[str]) -> list[tuple[Cell, ...]]:
    columns = ([plain(value) for value in frame[name].tolist()] for name in names)
    return list(zip(*columns, strict=True))


def _look_around(analysis: Analysis, rules: Rules) -> _Around:
    progress = _rows(analysis.progress, ["pupil", "subject", "scale", "verdict"])
    return _Around(
        rules=rules,
        scales={(text(pupil), text(subject)): text(scale) for pupil, subject, scale, _ in progress if scale},
        told=frozenset(
            (text(pupil), text(subject)) for pupil, subject, _, verdict in progress if verdict != Verdict.CANNOT_TELL
        ),
        year_groups={text(pupil): number(year) for pupil, year in _rows(analysis.pupils, ["pupil", "year_group"])},
    )


def _finding(row: dict[str, Cell], around: _Around) -> Finding:
    pupil, subject = text(row["pupil"]), text(row["subject"])
    return Finding(
        code=text(row["code"]),
        pupil=pupil,
        subject=subject,
        label=subject_label(subject, around.rules),
        scale=around.rules.scales.get(around.scales.get((pupil, subject), "")),
        key_stage=around.key_stage(pupil, text(row["window"])),
        from_term=text(row["from_term"]),
        from_grade=text(row["from_grade"]),
        from_points=number(row["from_points"]),
        from_place=text(row["from_place"]),
        grade=text(row["grade"]),
        points=number(row["points"]),
        reference=number(row["reference"]),
        gain=number(row["gain"]),
        expected_gain=number(row["expected_gain"]),
        place=text(row["place"]),
        told=(pupil, subject) in around.told,
    )
