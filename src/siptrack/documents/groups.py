"""Groups beside their peers: what was found of each, what cannot be told, the counts, and who would close a gap."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.causes import own_findings
from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS, PARADOXES
from siptrack.analysis.vocabulary import TOO_FEW, GapVerdict, Measure, Within
from siptrack.documents import gaps as wording
from siptrack.documents.comparisons import HELD, comparisons_of, count_made, list_causes, list_far_behind
from siptrack.documents.labels import children_of, group_label, subject_label
from siptrack.documents.people import called
from siptrack.rendering.numbers import share, signed_plain
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from siptrack.analysis.model import Analysis
    from siptrack.documents.gaps import Comparison
    from siptrack.rules.model import Rules
    from siptrack.school.groups import Characteristic


class GapRow(NamedTuple):
    """A gap as cells: each side with its count or mean, the gap with its interval and in children, how often chance."""

    subject: str
    group: str
    of_group: str
    peers: str
    of_peers: str
    gap: str
    interval: str
    children: str
    chance: str
    verdict: str


class GapTable(NamedTuple):
    """The gaps of one measure; with `reverse`, behind the children stand those whose results would reverse it."""

    caption: str
    reverse: bool
    rows: Sequence[GapRow]


class Closer(NamedTuple):
    """A child who would help to close a clear gap: its class, and the subjects with their groups."""

    class_name: str
    name: str
    pupil: str
    subjects: Sequence[tuple[str, Sequence[str]]]


class GroupsFound(NamedTuple):
    """What there is to say of groups, in sentences and in tables; `each` clear gap has one where that was asked for."""

    causes: Sequence[str]
    paradoxes: Sequence[str]
    untold: Sequence[str]
    about: Sequence[str]
    each: Sequence[str]
    tables: Sequence[GapTable]
    closers: Sequence[tuple[str, Sequence[Closer]]]

    @property
    def closing(self) -> int:
        """How many children would close the clear gaps."""
        return sum(len(children) for _, children in self.closers)


def groups_found(
    analysis: Analysis, rules: Rules, *, every: bool = False, measures: Iterable[Measure] = Measure
) -> GroupsFound | None:
    """What was found of groups, the clear gaps in these measures in tables, or with `every` all that was compared."""
    causes, gaps = cause_sentences(analysis, rules), analysis.compared.gaps
    about = about_gaps(analysis, rules)
    if not (about or causes or count_made(analysis, rules).few or (every and not gaps.empty)):
        return None
    shown = comparisons_of(gaps if every else gaps[own_findings(gaps)], analysis, rules)
    compared = [gap for gap in shown if gap.verdict not in TOO_FEW and not gap.among]
    small = rules.groups.small
    of_each = {measure: [gap for gap in compared if gap.measure == measure] for measure in measures}
    return GroupsFound(
        causes=causes,
        paradoxes=paradox_sentences(analysis, rules),
        untold=untold_sentences(analysis, rules, others=bool(causes)),
        about=about,
        each=[wording.gap_sentence(gap, small) for gap in compared if every and gap.verdict == GapVerdict.CLEAR],
        tables=[_table(measure, gaps, rules, every=every) for measure, gaps in of_each.items() if gaps],
        closers=_closers(analysis, rules),
    )


def cause_sentences(analysis: Analysis, rules: Rules) -> list[str]:
    """The clear gaps of each group in a sentence a cause, and the groups too small to judge that are far behind."""
    small = rules.groups.small
    return [
        *(wording.cause_sentence(of.gaps, of.within, small, of.same) for of in list_causes(analysis, rules)),
        *(wording.far_behind_sentence(of.gaps, of.same) for of in list_far_behind(analysis, rules)),
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
    small, chosen = rules.groups.small, _chosen(analysis)
    sentence = wording.not_clear_sentence(made.not_clear, others=others, few=made.few, small=small, chosen=chosen)
    return [sentence] if sentence else []


def about_gaps(analysis: Analysis, rules: Rules) -> list[str]:
    """How the gaps were judged together, and whose group is not known."""
    made = count_made(analysis, rules)
    alarms = sum(rules.groups.held.false_alarms[family] for family in HELD)
    held = wording.held_together_sentence(made.held, made.there, alarms, chosen=_chosen(analysis)) if made.held else ""
    return [sentence for sentence in (held, not_recorded(analysis, rules)) if sentence]


def _chosen(analysis: Analysis) -> bool:
    """Whether the children at hand were chosen by year group, class or group."""
    asked = analysis.asked
    return bool(asked.years or asked.classes or asked.groups)


def not_recorded(analysis: Analysis, rules: Rules) -> str:
    """Whose group is not known, of each characteristic in the data; empty where every group is."""
    pupils = analysis.children.pupils
    recorded = [(key, of.label) for key, of in rules.groups.characteristics.items() if key in pupils]
    counts = [(label, int((pupils[key] == NOT_RECORDED).sum())) for key, label in recorded]
    missing = [(label, count) for label, count in counts if count]
    return wording.not_recorded_sentence(missing, len(pupils)) if missing else ""


def _paradox(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> str:
    n, peers_n, parts = (whole(row[name]) for name in ("n", "peers_n", "parts"))
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


def _table(measure: Measure, gaps: Iterable[Comparison], rules: Rules, *, every: bool) -> GapTable:
    few, counted = rules.groups.small.percentages_from, measure in wording.COUNTED
    rows = []
    for gap in gaps:
        children = f"{gap.children:+d}" if gap.children else "0"
        reversed_by = f" ({gap.reverse})" if every and gap.reverse else ""
        of_peers = share(gap.peers_count, gap.peers_n, few) if gap.peers_n else ""
        rows.append(
            GapRow(
                gap.subject,
                gap.group,
                share(gap.count, gap.n, few) if counted else signed_plain(gap.value),
                gap.peers,
                of_peers if counted else signed_plain(gap.peers_value),
                *wording.interval(gap),
                f"{children}{reversed_by}" if counted else "-",
                wording.chance(gap),
                gap.verdict,
            )
        )
    return GapTable(wording.HEADINGS[measure], every and counted, rows)


def _closers(analysis: Analysis, rules: Rules) -> list[tuple[str, Sequence[Closer]]]:
    """The children who would close the clear gaps, by class, each once with subjects and groups."""
    by_child: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for row in records(analysis.compared.closers, CLOSERS.names):
        of = groups_of_closer(text(row["groups"]).split(JOINT), analysis, rules)
        by_child.setdefault(text(row["pupil"]), []).append((subject_label(text(row["subject"]), rules), of))
    if not by_child:
        return []
    everybody = analysis.children.pupils.in_rows("pupil", "class", "surname", "forename")
    found = sorted(
        Closer(class_name, called(pupil, surname, forename), pupil, by_child[pupil])
        for pupil, class_name, surname, forename in everybody
        if pupil in by_child
    )
    by_class = groupby(found, key=lambda closer: closer.class_name)
    return [(name or rules.years.label(None), list(children)) for name, children in by_class]


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
