"""Groups beside their peers: the clear gaps as sentences, what cannot be told summed up, and the counts in tables."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from siptrack.analysis.causes import own_findings
from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import TOO_FEW, GapVerdict, Measure
from siptrack.documents import gaps as wording
from siptrack.documents.comparisons import HELD, comparisons_of, count_made
from siptrack.documents.gaps import Comparison
from siptrack.documents.group_sentences import (
    cause_sentences,
    chosen_by_name,
    groups_of_closer,
    not_recorded,
    paradox_sentences,
    untold_sentences,
)
from siptrack.documents.labels import subject_label
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import share
from siptrack.rendering.page import Page
from siptrack.rules.model import Rules
from siptrack.school.cells import records, text

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


def put_groups(page: Page, analysis: Analysis, rules: Rules, *, every: bool = False) -> None:
    """What can be said of groups, what cannot, and the counts behind it; with `every`, of all that was compared."""
    if not (anything_of_groups(analysis, rules) or (every and not analysis.compared.gaps.empty)):
        return
    page.heading(wording.HEADING)
    put_gap_sentences(page, analysis, rules)
    gaps = analysis.compared.gaps
    shown = comparisons_of(gaps if every else gaps[own_findings(gaps)], analysis, rules)
    compared = [one for one in shown if one.verdict not in TOO_FEW and not one.among]
    if every:
        for one in compared:
            if one.verdict == GapVerdict.CLEAR:
                page.say(wording.gap_sentence(one, rules.groups.small), hang=2)
    for measure in Measure:
        put_gap_table(page, measure, [one for one in compared if one.measure == measure], rules, every=every)
    put_closers(page, analysis, rules)


def anything_of_groups(analysis: Analysis, rules: Rules) -> bool:
    """Whether there is anything to say of groups: a comparison, or whose group is not known."""
    made = count_made(analysis, rules)
    return bool(made.held or made.few or cause_sentences(analysis, rules) or not_recorded(analysis, rules))


def put_gap_sentences(page: Page, analysis: Analysis, rules: Rules) -> None:
    """What was found of each group, what turns round, what is not clear, and whose group is not known."""
    found = put_clear_gaps(page, analysis, rules)
    for sentence in untold_sentences(analysis, rules, others=found):
        page.say(sentence, hang=2)
    made = count_made(analysis, rules)
    if made.held:
        alarms = sum(rules.groups.held.false_alarms[family] for family in HELD)
        page.say(wording.held_together_sentence(made.held, made.there, alarms, chosen=chosen_by_name(analysis)), hang=2)
    if sentence := not_recorded(analysis, rules):
        page.say(sentence, hang=2)


def put_clear_gaps(page: Page, analysis: Analysis, rules: Rules) -> bool:
    """What was found of each group and what turns round within parts of the school; whether anything was found."""
    found = cause_sentences(analysis, rules)
    for sentence in found:
        page.say(sentence, hang=2)
    if found:
        page.gap()
    for sentence in paradox_sentences(analysis, rules):
        page.say(sentence, hang=2, style=styles.WARNING)
    return bool(found)


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
