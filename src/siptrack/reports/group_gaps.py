"""Groups beside their peers: the clear gaps as sentences, what cannot be told summed up, and the counts in tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS, PARADOXES
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import GapVerdict, Measure, Within
from siptrack.documents.labels import children_of, group_label, subject_label
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import share
from siptrack.rendering.page import Page
from siptrack.reports.comparisons import list_comparisons
from siptrack.reports.wording import gaps as wording
from siptrack.reports.wording.gaps import Comparison
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.frame import Frame
from siptrack.school.groups import Characteristic
from siptrack.school.register import NOT_RECORDED

_CHILDREN = ColumnHead("Children", numbers=True)
_HEADINGS = (
    ColumnHead("Subject"),
    ColumnHead("Group"),
    ColumnHead("Compared with"),
    ColumnHead(("Gap in", "points"), numbers=True),
    _CHILDREN,
    ColumnHead(("Chance", "1 in"), numbers=True),
    ColumnHead("Verdict"),
)
_REVERSED = ColumnHead(("Children", "(reverse)"), numbers=True)
_KIND = {  # a gap in attainment is said once, by the first of its measures that is clear; and one in progress
    Measure.AT_ARE: "attainment",
    Measure.MEAN_DISTANCE: "attainment",
    Measure.INSUFFICIENT: "progress",
    Measure.MEAN_PROGRESS: "progress",
}


def put_groups(page: Page, analysis: Analysis, rules: Rules, *, every: bool = False) -> None:
    """What can be said of groups, what cannot, and the counts behind it; with `every`, of all that was compared."""
    if not anything_of_groups(analysis, rules):
        return
    page.heading(wording.HEADING)
    put_gap_sentences(page, analysis, rules)
    shown = list_comparisons(analysis, rules, None if every else GapVerdict.CLEAR)
    compared = [one for one in shown if one.verdict != GapVerdict.TOO_FEW and not one.among]
    for measure in Measure:
        put_gap_table(page, measure, [one for one in compared if one.measure == measure], rules, every=every)
    put_closers(page, analysis, rules)


def anything_of_groups(analysis: Analysis, rules: Rules) -> bool:
    """Whether there is anything to say of groups: a gap, or whose group is not known."""
    return not analysis.compared.gaps.empty or bool(not_recorded(analysis, rules))


def put_gap_sentences(page: Page, analysis: Analysis, rules: Rules) -> None:
    """Each clear gap in a sentence, what turns round, what is not clear, and whose group is not known."""
    made_by_school = _made_by_school(analysis)
    every, small = analysis.compared.gaps, rules.groups.small
    theirs = every["characteristic"].isin(made_by_school)
    gaps = every[~theirs]
    clear = put_clear_gaps(page, analysis, rules)
    for sentence in untold_sentences(analysis, rules, others=clear):
        page.say(sentence, hang=2)
    if made := _made(gaps):
        counts = _verdicts(gaps)
        look_real = int((gaps["placebo"] < small.false_alarms / 100).sum())
        page.say(wording.luck_sentence(made, look_real, counts[GapVerdict.CLEAR], small), hang=2)
    if made := _made(every[theirs]):
        found = _verdicts(every[theirs])[GapVerdict.CLEAR]
        page.say(wording.organisation_sentence(list(made_by_school.values()), made, found), hang=2)
    if sentence := not_recorded(analysis, rules):
        page.say(sentence, hang=2)


def put_clear_gaps(page: Page, analysis: Analysis, rules: Rules) -> bool:
    """Each clear gap in a sentence and what turns round within parts of the school; whether there is a clear gap."""
    clear = clear_sentences(analysis, rules)
    for sentence in clear:
        page.say(sentence, hang=2)
    if clear:
        page.gap()
    for sentence in paradox_sentences(analysis, rules):
        page.say(sentence, hang=2, style=styles.WARNING)
    return bool(clear)


def plainest_clear(analysis: Analysis, rules: Rules) -> list[tuple[Comparison, list[str]]]:
    """Each clear gap between groups once, in its widest and plainest form, and within whom else it is clear."""
    made_by_school = _made_by_school(analysis)
    every = list_comparisons(analysis, rules, GapVerdict.CLEAR)
    return _said_once(_not_said_by_a_part([gap for gap in every if gap.characteristic not in made_by_school], rules))


def clear_sentences(analysis: Analysis, rules: Rules) -> list[str]:
    """Each clear gap between groups in a sentence."""
    return [
        wording.gap_sentence(gap, rules.groups.small) + (f" {wording.also_clear(within)}" if within else "")
        for gap, within in plainest_clear(analysis, rules)
    ]


def paradox_sentences(analysis: Analysis, rules: Rules) -> list[str]:
    """Each gap that turns round within the parts of the school."""
    return [
        _paradox(row, analysis.characteristics[text(row["characteristic"])], rules)
        for row in records(analysis.compared.paradoxes, PARADOXES.names)
    ]


def untold_sentences(analysis: Analysis, rules: Rules, *, others: bool) -> list[str]:
    """How many comparisons of groups are not clear, `others` being clear, and how many have too few children."""
    gaps = analysis.compared.gaps
    counts = _verdicts(gaps[~gaps["characteristic"].isin(_made_by_school(analysis))])
    not_clear, few = counts[GapVerdict.NOT_CLEAR], counts[GapVerdict.TOO_FEW]
    said = [wording.not_clear_sentence(not_clear, others=others)] if not_clear else []
    return [*said, *([wording.too_few_sentence(few, rules.groups.small)] if few else [])]


def not_recorded(analysis: Analysis, rules: Rules) -> str:
    """Whose group is not known, of each characteristic in the data; empty where every group is."""
    pupils = analysis.children.pupils
    recorded = [(key, one.label) for key, one in rules.groups.characteristics.items() if key in pupils]
    counts = [(label, int((pupils[key] == NOT_RECORDED).sum())) for key, label in recorded]
    missing = [(label, count) for label, count in counts if count]
    return wording.not_recorded_sentence(missing, len(pupils)) if missing else ""


def _made_by_school(analysis: Analysis) -> dict[str, str]:
    """The characteristics by which the school divides its children, such as classes, with their labels."""
    return {key: one.label for key, one in analysis.characteristics.items() if one.organisation}


def _made(gaps: Frame) -> int:
    """How many comparisons there are between groups of enough children."""
    return int(np.count_nonzero(~np.isnan(gaps["placebo"])))


def _verdicts(gaps: Frame) -> dict[GapVerdict, int]:
    """How many gaps have each verdict."""
    return {verdict: int((gaps["verdict"] == verdict.value).sum()) for verdict in GapVerdict}


def _said_once(clear: Sequence[Comparison]) -> list[tuple[Comparison, list[str]]]:
    """Each gap in its widest and plainest form, and within whom else it is clear."""
    said: dict[tuple[str, str, str, str], list[Comparison]] = {}
    for gap in clear:
        said.setdefault((gap.subject, gap.characteristic, gap.group, _KIND[gap.measure]), []).append(gap)
    first = [min(alike, key=lambda gap: bool(gap.among)) for alike in said.values()]
    return [
        (gap, list(dict.fromkeys(one.among for one in alike if one.among and one.among != gap.among)))
        for gap, alike in zip(first, said.values(), strict=True)
    ]


def _not_said_by_a_part(clear: Sequence[Comparison], rules: Rules) -> list[Comparison]:
    """The clear gaps without those of pairs one of whose characteristics is clear by itself in that subject."""
    said = {(gap.subject, _KIND[gap.measure], gap.characteristic) for gap in clear}
    pairs = rules.groups.pairs
    return [
        gap
        for gap in clear
        if gap.characteristic not in pairs
        or not any((gap.subject, _KIND[gap.measure], part) in said for part in pairs[gap.characteristic].of)
    ]


def _paradox(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> str:
    return wording.paradox_sentence(
        subject_label(text(row["subject"]), rules),
        children_of(characteristic, text(row["group"])),
        number(row["gap"]) or 0,
        (int(number(row["other_way"]) or 0), int(number(row["parts"]) or 0)),
        Within(text(row["within"])),
    )


def put_gap_table(page: Page, measure: Measure, gaps: Iterable[Comparison], rules: Rules, *, every: bool) -> None:
    """The gaps of one measure in a table, if there are any; with `every`, what would reverse each too."""
    reverse, few = every and measure in wording.COUNTED, rules.groups.small.percentages_from
    rows = [
        (
            gap.subject,
            (gap.group, share(gap.count, gap.n, few) if measure in wording.COUNTED else wording.mean(gap.value)),
            (gap.peers, _of_peers(gap, few)),
            wording.interval(gap),
            _children(gap, reverse=reverse),
            wording.chance(gap),
            gap.verdict,
        )
        for gap in gaps
    ]
    if rows:
        page.gap()
        page.say(wording.HEADINGS[measure], style=styles.STRONG)
        page.table([_REVERSED if reverse and heading is _CHILDREN else heading for heading in _HEADINGS], rows)


def _children(gap: Comparison, *, reverse: bool) -> tuple[str, ...]:
    """The gap in children, and in brackets how many children's results would reverse it."""
    if gap.measure not in wording.COUNTED:
        return ("-",)
    children = f"{gap.children:+d}" if gap.children else "0"
    return (children, f"({gap.reverse})") if reverse and gap.reverse else (children,)


def _of_peers(gap: Comparison, few: int) -> str:
    if gap.measure not in wording.COUNTED:
        return wording.mean(gap.peers_value)
    return share(gap.peers_count, gap.peers_n, few) if gap.peers_n else ""


def put_closers(page: Page, analysis: Analysis, rules: Rules) -> None:
    """The children who would close the clear gaps, by class, each once with subjects and groups."""
    rows = records(analysis.compared.closers, CLOSERS.names)
    if not rows:
        return
    pupils = analysis.children.pupils
    classes, names = {}, {}
    for key, in_class, surname, forename in pupils.in_rows("pupil", "class", "surname", "forename"):
        classes[key], names[key] = in_class, f"{surname}, {forename}"
    by_child: dict[str, list[str]] = {}
    for row in rows:
        of = groups_of_closer(text(row["groups"]).split(JOINT), analysis, rules)
        by_child.setdefault(text(row["pupil"]), []).append(
            f"{subject_label(text(row['subject']), rules)} ({', '.join(of)})"
        )
    page.heading(wording.closers_heading(len(by_child)))
    page.say(wording.closers_note(), hang=2)
    placed = sorted((classes[key], names[key], key) for key in by_child)
    for school_class, children in groupby(placed, key=lambda one: one[0]):
        page.gap()
        page.say(school_class or rules.years.label(None), style=styles.CLASS)
        for _, name, key in children:
            page.say(f"{name.strip(', ')}: {'; '.join(by_child[key])}", indent=2, hang=2)


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
