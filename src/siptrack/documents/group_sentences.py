"""What is said of the gaps of groups in several documents: the clear ones by their cause, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.group_tables import PARADOXES
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Within
from siptrack.documents import gaps as wording
from siptrack.documents.comparisons import count_made, list_causes, list_far_behind
from siptrack.documents.labels import children_of, group_label, subject_label
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.groups import Characteristic
from siptrack.school.register import NOT_RECORDED


def cause_sentences(analysis: Analysis, rules: Rules) -> list[str]:
    """The clear gaps of each group in a sentence a cause, and the groups too small to judge that are far behind."""
    small = rules.groups.small
    return [
        *(
            wording.cause_sentence(cause.gaps, cause.within, small, cause.same)
            for cause in list_causes(analysis, rules)
        ),
        *(wording.far_behind_sentence(cause.gaps, cause.same) for cause in list_far_behind(analysis, rules)),
    ]


def paradox_sentences(analysis: Analysis, rules: Rules) -> list[str]:
    """Each gap that turns round within the parts of the school."""
    return [
        _paradox(row, analysis.characteristics[text(row["characteristic"])], rules)
        for row in records(analysis.compared.paradoxes, PARADOXES.names)
    ]


def untold_sentences(analysis: Analysis, rules: Rules, *, others: bool) -> list[str]:
    """How many comparisons of groups are not clear, `others` being clear, and how many have too few children."""
    made = count_made(analysis, rules)
    small, chosen = rules.groups.small, chosen_by_name(analysis)
    unclear = wording.not_clear_sentence(made.not_clear, others=others, few=made.few, small=small, chosen=chosen)
    return [unclear] if unclear else []


def chosen_by_name(analysis: Analysis) -> bool:
    """Whether the children at hand were chosen by year group, class or group."""
    asked = analysis.asked
    return bool(asked.years or asked.classes or asked.groups)


def not_recorded(analysis: Analysis, rules: Rules) -> str:
    """Whose group is not known, of each characteristic in the data; empty where every group is."""
    pupils = analysis.children.pupils
    recorded = [(key, known.label) for key, known in rules.groups.characteristics.items() if key in pupils]
    counts = [(label, int((pupils[key] == NOT_RECORDED).sum())) for key, label in recorded]
    missing = [(label, count) for label, count in counts if count]
    return wording.not_recorded_sentence(missing, len(pupils)) if missing else ""


def _paradox(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> str:
    n, peers_n, parts = (int(number(row[name]) or 0) for name in ("n", "peers_n", "parts"))
    return wording.paradox_sentence(
        wording.Paradox(
            subject_label(text(row["subject"]), rules),
            children_of(characteristic, text(row["group"])),
            children_of(characteristic, text(row["peers"])),
            number(row["gap"]) or 0,
            number(row["pooled"]) or 0,
            n,
            peers_n,
            parts,
            Within(text(row["within"])),
        )
    )


def groups_of_closer(pairs: Sequence[str], analysis: Analysis, rules: Rules) -> list[str]:
    """The groups of a child by name, without the pairs one of whose characteristics is among them."""
    groups = [pair.partition("=")[::2] for pair in pairs]
    named = {characteristic for characteristic, _ in groups}
    every = analysis.characteristics
    return [
        group_label(every[characteristic], group)
        for characteristic, group in groups
        if characteristic not in rules.groups.pairs or not named.intersection(every[characteristic].of)
    ]
