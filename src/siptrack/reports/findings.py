"""Each flag of an analysis with all that its sentence needs: the subject's name, the scale, the key stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import FLAGS
from siptrack.analysis.vocabulary import Verdict, Window
from siptrack.reports.cells import cells_of, number, records, text
from siptrack.rules.model import Rules
from siptrack.school.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.reports.cells import Cell


class Finding(NamedTuple):
    """One flag about one child in one subject, ready to be put into words.

    `key_stage` is the label of the child's key stage where the flag rests on that window; `told` is whether the child's
    progress in the subject can be told at all. The `newer` result, if any, shows that the child has recovered since.
    """

    code: str
    pupil: str
    subject: str
    label: str
    scale: Scale | None = None
    window: str = ""
    key_stage: str = ""
    from_term: str = ""
    from_grade: str = ""
    from_points: float | None = None
    from_place: str = ""
    grade: str = ""
    points: float | None = None
    reference: float | None = None
    measured: str = ""
    gain: float | None = None
    expected_gain: float | None = None
    place: str = ""
    newer_term: str = ""
    newer_grade: str = ""
    newer_points: float | None = None
    newer_place: str = ""
    told: bool = True

    @property
    def when(self) -> str:
        """The term compared with, inside a sentence."""
        return inside_sentence(self.from_term)


class _Around(NamedTuple):
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


def inside_sentence(term: str) -> str:
    """A term inside a sentence: `Summer last year` without its comma."""
    return term.replace(", ", " ")


def subject_label(subject: str, rules: Rules) -> str:
    """The subject's name in print."""
    known = rules.columns.subjects.get(subject)
    return known.label if known else subject.capitalize()


def list_findings(analysis: Analysis, rules: Rules) -> tuple[Finding, ...]:
    """Every flag, a child's together, the most important first, then in the order of subjects."""
    around = _look_around(analysis, rules)
    found = [_finding(row, around) for row in records(analysis.frame("flags"), FLAGS.names)]
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


def _look_around(analysis: Analysis, rules: Rules) -> _Around:
    progress = records(analysis.frame("progress"), ["pupil", "subject", "scale", "verdict"])
    keys = [(text(row["pupil"]), text(row["subject"])) for row in progress]
    told = {key for key, row in zip(keys, progress, strict=True) if row["verdict"] != Verdict.CANNOT_TELL}
    pupils = analysis.frame("pupils")
    flagged = pupils[pupils["pupil"].isin(set(analysis.frame("flags")["pupil"].distinct()))]
    return _Around(
        rules=rules,
        scales={key: text(row["scale"]) for key, row in zip(keys, progress, strict=True) if row["scale"]},
        told=frozenset(told),
        year_groups={text(pupil): number(year) for pupil, year in cells_of(flagged[["pupil", "year_group"]])},
    )


def _finding(row: dict[str, Cell], around: _Around) -> Finding:
    pupil, subject = text(row["pupil"]), text(row["subject"])
    return Finding(
        code=text(row["code"]),
        pupil=pupil,
        subject=subject,
        label=subject_label(subject, around.rules),
        scale=around.rules.scales.get(around.scales.get((pupil, subject), "")),
        window=text(row["window"]),
        key_stage=around.key_stage(pupil, text(row["window"])),
        from_term=text(row["from_term"]),
        from_grade=text(row["from_grade"]),
        from_points=number(row["from_points"]),
        from_place=text(row["from_place"]),
        grade=text(row["grade"]),
        points=number(row["points"]),
        reference=number(row["reference"]),
        measured=text(row["measured"]),
        gain=number(row["gain"]),
        expected_gain=number(row["expected_gain"]),
        place=text(row["place"]),
        newer_term=text(row["newer_term"]),
        newer_grade=text(row["newer_grade"]),
        newer_points=number(row["newer_points"]),
        newer_place=text(row["newer_place"]),
        told=(pupil, subject) in around.told,
    )


def code_to_explain(analysis: Analysis, rules: Rules) -> str:
    """The most important code in a report, else that of a problem; empty where there is neither."""
    found = set(analysis.frame("flags")["code"].distinct())
    flagged = [code for code in rules.flags.flags if code in found]
    return next(iter([*flagged, *(problem.code for problem in analysis.register.problems)]), "")
