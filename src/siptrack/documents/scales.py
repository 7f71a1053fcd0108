"""What is said of the scales in use: what they leave to judgement, and where results stand on two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.labels import subject_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.scale import Bridge, Choice


class Crossed(NamedTuple):
    """A subject in which children's earlier results are on another scale, and the bridge by which these count."""

    subject: str
    old: str
    new: str
    bridge: Bridge | None
    children: int


class BothKinds(NamedTuple):
    """A subject in which so many tests, or teacher judgements, stand beside what progress rests on."""

    subject: str
    tests: bool
    results: int


class ScaleNotes(NamedTuple):
    """A scale in use, the settings on which schools disagree, and what else is to be known of its grades."""

    label: str
    choices: Sequence[Choice]
    says: Sequence[str]


class Scales(NamedTuple):
    """The scales of a report."""

    notes: Sequence[ScaleNotes]
    crossings: Sequence[Crossed]
    beside: Sequence[BothKinds]

    @property
    def choices(self) -> list[Choice]:
        """The settings on which schools disagree, of all scales, each once."""
        return list({choice.says: choice for scale in self.notes for choice in scale.choices}.values())


def scales_of(analysis: Analysis, rules: Rules) -> Scales:
    """The scales of an analysis."""
    children = analysis.children
    bridges = {bridge.name: bridge for bridge in rules.bridges}
    notes = []
    for name, scale in rules.scales.items():
        rows = children.progress[children.progress["scale"] == name]
        given = {*rows["grade"].distinct(), *rows["start_grade"].distinct()} if len(rows) else set()
        says = [note.says for note in scale.notes if not note.grades or note.grades & given]
        if len(rows) and (scale.choices or says):
            notes.append(ScaleNotes(scale.label, scale.choices, says))
    return Scales(
        notes,
        [
            Crossed(
                subject_label(of.subject, rules),
                rules.scales[of.old].label,
                rules.scales[of.new].label,
                bridges.get(of.bridge),
                of.children,
            )
            for of in children.crossings
        ],
        [BothKinds(subject_label(of.subject, rules), of.tests, of.count) for of in children.beside],
    )
