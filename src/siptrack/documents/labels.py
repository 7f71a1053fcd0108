"""How a school's things are called in print: subjects, groups, and the children of a group."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.analysis.tally import EVERYBODY, RATE
from siptrack.rendering.numbers import plain_number
from siptrack.rules.model import Rules
from siptrack.school.groups import Characteristic
from siptrack.school.scale import Attainment

NOT_RECORDED_WORDS = "Not recorded"
THRESHOLDS: Mapping[str, str] = {
    "step": "the smallest movement that the scale can show",
    "tolerance": "how far progress may fall short before it is insufficient",
    "accelerated": "how far beyond the line progress is accelerated",
    "at_within": "how far under the line still counts as at age-related expectations",
    "well_below": "how far under the line is well below",
    "above": "how far over the line is above",
}
STANDS: Mapping[str, str] = {
    Attainment.WELL_BELOW: "well below expectations",
    Attainment.BELOW: "below expectations",
    Attainment.AT: "at expectations",
    Attainment.ABOVE: "above expectations",
    Attainment.NOT_KNOWN: "not set against a line",
}


def subject_label(subject: str, rules: Rules) -> str:
    """The subject's name in print."""
    known = rules.columns.subjects.get(subject)
    return known.label if known else subject.capitalize()


def group_label(characteristic: Characteristic, group: str, rate: float | None = None) -> str:
    """A group's name in print; the peers of a group among several are everybody else whose group is known."""
    if group == RATE and rate is not None:
        return f"{plain_number(rate)} %"
    known = characteristic.groups.get(group)
    return known.label if known else "All others"


def group_words(characteristic: Characteristic, group: object) -> str:
    """A group's name in a cell; `Not recorded` where it is not known."""
    known = characteristic.groups.get(str(group))
    return known.label if known else NOT_RECORDED_WORDS


def group_children(characteristic: Characteristic, group: str) -> str:
    """How a sentence calls the children of a group, where the rules say so."""
    known = characteristic.groups.get(group)
    return known.children if known else ""


def among_label(among: str, rules: Rules) -> str:
    """Within whom groups are compared, in print: `Key Stage 2`, `Year 5`; nothing for everybody."""
    if among == EVERYBODY:
        return ""
    stages = {stage.name: stage.label for stage in rules.years.key_stages}
    return stages.get(among) or rules.years.label(int(among.rpartition("_")[2]))


def children_of(characteristic: Characteristic, group: str) -> str:
    """The children of a group in a sentence; of no group that is known, all the others."""
    return group_children(characteristic, group) or children_named(group_label(characteristic, group))


def children_named(label: str) -> str:
    """The children of a group in a sentence; a label such as Boys is a noun already."""
    if label.isalpha() and label.endswith("s") and not label.isupper():
        return label.lower()
    if "," in label:
        return f'children in the group "{label}"'
    return f"{label} children" if label != "All others" else "other children"
