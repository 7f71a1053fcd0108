"""Each flag of an analysis with all that its sentence needs: the subject's name, the scale, the key stage."""

from __future__ import annotations

from typing import Any, NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.analysis.once import once
from siptrack.analysis.tables import FLAGS
from siptrack.analysis.vocabulary import Unsure, Verdict, Window
from siptrack.documents.labels import subject_label
from siptrack.rendering.numbers import in_sentence
from siptrack.rules.model import Rules
from siptrack.school.cells import numbers, texts
from siptrack.school.frame import Frame
from siptrack.school.scale import Scale

_TEXTS = [column.name for column in FLAGS.columns if column.kind == "text"]
_NUMBERS = [column.name for column in FLAGS.columns if column.kind == "number"]


class Finding(NamedTuple):
    """One flag about one child in one subject, ready to be put into words.

    `key_stage` is the label of the child's key stage where the flag rests on that window; `with_progress` is whether
    progress in the subject can be told at all. The `newer` result, if any, shows that the child has recovered since.
    `behind` is how many of 100 children with these marks have truly fallen behind; `early`: too early to say.
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
    with_progress: bool = True
    behind: float | None = None
    early: bool = False

    @property
    def when(self) -> str:
        """The term compared with, inside a sentence."""
        return in_sentence(self.from_term)


@once
def list_findings(analysis: Analysis, rules: Rules) -> tuple[Finding, ...]:
    """Every flag: a child's together, the most important first, then in order of subjects."""
    flags = analysis.children.flags
    columns: dict[str, list[Any]] = {name: texts(flags[name]) for name in _TEXTS}
    columns |= {name: numbers(flags[name]) for name in _NUMBERS}
    columns |= _around(flags, analysis, rules)
    found = map(Finding._make, zip(*(columns[name] for name in Finding._fields), strict=True))
    codes = {code: rank for rank, code in enumerate(rules.flags.flags)}
    subjects = {subject: rank for rank, subject in enumerate(analysis.subjects)}
    return tuple(
        sorted(
            found,
            key=lambda finding: (
                finding.pupil,
                codes.get(finding.code, len(codes)),
                finding.code,
                subjects.get(finding.subject, len(subjects)),
                finding.subject,
            ),
        )
    )


def _around(flags: Frame, analysis: Analysis, rules: Rules) -> dict[str, list[Any]]:
    """What is known beside each flag: its subject's name, the scale, the key stage, whether progress can be told."""
    progress, pupils = analysis.children.progress, analysis.children.pupils
    judged = progress[progress["verdict"] != Verdict.CANNOT_TELL.value]
    on_scale = progress[progress["scale"].isin(rules.scales)]
    scales = on_scale["scale"].take(flags.found_in(on_scale, "pupil", "subject"))
    years = numbers(pupils[["year_group"]].take(flags.found_in(pupils, "pupil"))["year_group"])
    evidence = analysis.children.evidence
    evidence = evidence.take(flags.found_in(evidence, "pupil", "subject"))
    labels = {subject: subject_label(subject, rules) for subject in flags["subject"].distinct()}
    return {
        "label": [labels[subject] for subject in flags["subject"].tolist()],
        "scale": [rules.scales.get(scale) for scale in texts(scales)],
        "key_stage": [_key_stage(*pair, rules) for pair in zip(years, texts(flags["window"]), strict=True)],
        "behind": numbers(evidence["behind_in_100"]),
        "early": (evidence["reason"] == Unsure.TOO_EARLY.value).tolist(),
        "with_progress": (flags.found_in(judged, "pupil", "subject") >= 0).tolist(),
    }


def _key_stage(year_group: float | None, window: str, rules: Rules) -> str:
    """The label of a child's key stage, for a flag that rests on the key stage."""
    if window != Window.KEY_STAGE or year_group is None:
        return ""
    stage = rules.years.key_stage(int(year_group))
    return stage.label if stage else ""


def code_to_explain(analysis: Analysis, rules: Rules) -> str:
    """The most important code in a report, else that of a problem; empty where there is neither."""
    found = set(analysis.children.flags["code"].distinct())
    flagged = [code for code in rules.flags.flags if code in found]
    return next(iter([*flagged, *(problem.code for problem in analysis.register.problems)]), "")
