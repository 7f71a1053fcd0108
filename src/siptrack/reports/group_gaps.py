"""Groups beside their peers: the clear gaps as sentences, what cannot be told summed up, and the counts in tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS, GAPS, PARADOXES
from siptrack.analysis.model import Analysis
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import GapVerdict, Measure, Within
from siptrack.reports import styles
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.page import Heading, Page
from siptrack.reports.wording import gaps as wording
from siptrack.reports.wording.gaps import Comparison, Interval
from siptrack.reports.wording.numbers import share
from siptrack.rules.model import Rules
from siptrack.school.groups import Characteristic
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from pandas import DataFrame

_CHILDREN = Heading("Children", numbers=True)
_HEADINGS = (
    Heading("Subject"),
    Heading("Group"),
    Heading("Compared with"),
    Heading(("Gap in", "points"), numbers=True),
    _CHILDREN,
    Heading(("Chance", "1 in"), numbers=True),
    Heading("Verdict"),
)
_REVERSED = Heading(("Children", "(reverse)"), numbers=True)
_KIND = {  # a gap in attainment is said once, by the first of its measures that is clear; and one in progress
    Measure.AT_ARE: "attainment",
    Measure.MEAN_DISTANCE: "attainment",
    Measure.INSUFFICIENT: "progress",
    Measure.MEAN_PROGRESS: "progress",
}


def list_comparisons(analysis: Analysis, rules: Rules, verdict: GapVerdict | None = None) -> list[Comparison]:
    """Every gap, or those of a verdict, with its groups' names, in the order of the gaps table."""
    rows = analysis.gaps if verdict is None else analysis.gaps[analysis.gaps["verdict"] == verdict.value]
    return [
        _comparison(row, analysis.characteristics[text(row["characteristic"])], rules)
        for row in records(rows, GAPS.names)
    ]


def _comparison(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> Comparison:

    def whole(name: str) -> int:
        return int(number(row[name]) or 0)

    return Comparison(
        subject=subject_label(text(row["subject"]), rules),
        characteristic=characteristic.key,
        group=wording.group_label(characteristic, text(row["group"])),
        peers=wording.group_label(characteristic, text(row["peers"]), number(row["peers_value"])),
        measure=Measure(text(row["measure"])),
        verdict=text(row["verdict"]),
        group_children=wording.group_children(characteristic, text(row["group"])),
        peers_children=wording.group_children(characteristic, text(row["peers"])),
        among=among_label(text(row["among"]), rules),
        n=whole("n"),
        count=whole("count"),
        peers_n=whole("peers_n"),
        peers_count=whole("peers_count"),
        children=whole("children"),
        close=whole("close"),
        reverse=whole("reverse"),
        like_n=whole("like_n"),
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        value=number(row["value"]) or 0,
        peers_value=number(row["peers_value"]) or 0,
        exact=number(row["gap"]) or 0,
        placebo=number(row["placebo"]),
        index=number(row["index"]),
        like=_interval(row),
    )


def _interval(row: dict[str, Cell]) -> Interval | None:
    gap, low, high = (number(row[name]) for name in ("like_gap", "like_low", "like_high"))
    return None if gap is None or low is None or high is None else Interval(gap, low, high)


def among_label(among: str, rules: Rules) -> str:
    """Within whom groups are compared, in print: `Key Stage 2`, `Year 5`; nothing for everybody."""
    if among == EVERYBODY:
        return ""
    stages = {stage.name: stage.label for stage in rules.years.key_stages}
    return stages.get(among) or rules.years.label(int(among.rpartition("_")[2]))


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
    return not analysis.gaps.empty or bool(_not_recorded(analysis, rules))


def put_gap_sentences(page: Page, analysis: Analysis, rules: Rules) -> None:
    """Each clear gap in a sentence, what turns round, what is not clear, and whose group is not known."""
    made_by_school = _made_by_school(analysis)
    theirs = analysis.gaps["characteristic"].isin(list(made_by_school))
    small, gaps = rules.groups.small, analysis.gaps[~theirs]
    counts = _verdicts(gaps)
    clear = put_clear_gaps(page, analysis, rules)
    if counts[GapVerdict.NOT_CLEAR]:
        page.say(wording.not_clear_sentence(counts[GapVerdict.NOT_CLEAR], others=clear), hang=2)
    if counts[GapVerdict.TOO_FEW]:
        page.say(wording.too_few_sentence(counts[GapVerdict.TOO_FEW], small), hang=2)
    if made := int(gaps["placebo"].notna().sum()):
        look_real = int((gaps["placebo"] < small.false_alarms / 100).sum())
        page.say(wording.luck_sentence(made, look_real, counts[GapVerdict.CLEAR], small), hang=2)
    if made := int(analysis.gaps.loc[theirs, "placebo"].notna().sum()):
        found = _verdicts(analysis.gaps[theirs])[GapVerdict.CLEAR]
        page.say(wording.organisation_sentence(list(made_by_school.values()), made, found), hang=2)
    if missing := _not_recorded(analysis, rules):
        page.say(wording.not_recorded_sentence(missing, len(analysis.pupils)), hang=2)


def put_clear_gaps(page: Page, analysis: Analysis, rules: Rules) -> bool:
    """Each clear gap in a sentence and what turns round within parts of the school; whether there is a clear gap."""
    made_by_school = _made_by_school(analysis)
    every = list_comparisons(analysis, rules, GapVerdict.CLEAR)
    clear = _not_said_by_a_part([gap for gap in every if gap.characteristic not in made_by_school], rules)
    for gap, within in _said_once(clear):
        also = f" {wording.also_clear(within)}" if within else ""
        page.say(f"{wording.gap_sentence(gap, rules.groups.small)}{also}", hang=2)
    if clear:
        page.gap()
    for row in records(analysis.paradoxes, PARADOXES.names):
        said = _paradox(row, analysis.characteristics[text(row["characteristic"])], rules)
        page.say(said, hang=2, style=styles.WARNING)
    return bool(clear)


def _made_by_school(analysis: Analysis) -> dict[str, str]:
    """The characteristics that are how the school divides its children, by key, in print."""
    return {key: one.label for key, one in analysis.characteristics.items() if one.organisation}


def _verdicts(gaps: DataFrame) -> dict[GapVerdict, int]:
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
        wording.children_of(characteristic, text(row["group"])),
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
    rows = records(analysis.closers, CLOSERS.names)
    if not rows:
        return
    pupils = analysis.pupils.set_index("pupil")
    names = pupils["surname"] + ", " + pupils["forename"]
    by_child: dict[str, list[str]] = {}
    for row in rows:
        of = _group_labels(text(row["groups"]).split(JOINT), analysis, rules)
        by_child.setdefault(text(row["pupil"]), []).append(
            f"{subject_label(text(row['subject']), rules)} ({', '.join(of)})"
        )
    page.heading(wording.closers_heading(len(by_child)))
    page.say(wording.closers_note(), hang=2)
    placed = sorted((str(pupils["class"][key]), str(names[key]), key) for key in by_child)
    for school_class, children in groupby(placed, key=lambda one: one[0]):
        page.gap()
        page.say(school_class or rules.years.label(None), style=styles.CLASS)
        for _, name, key in children:
            page.say(f"{name.strip(', ')}: {'; '.join(by_child[key])}", indent=2, hang=2)


def _group_labels(pairs: Sequence[str], analysis: Analysis, rules: Rules) -> list[str]:
    """The groups of a child by name, without the pairs one of whose characteristics is among them."""
    groups = [pair.partition("=")[::2] for pair in pairs]
    named = {characteristic for characteristic, _ in groups}
    every = analysis.characteristics
    return [
        wording.group_label(every[characteristic], group)
        for characteristic, group in groups
        if characteristic not in rules.groups.pairs or not named.intersection(every[characteristic].of)
    ]


def _not_recorded(analysis: Analysis, rules: Rules) -> list[tuple[str, int]]:
    """For each characteristic in the data, how many children's group is not known."""
    recorded = [(key, one.label) for key, one in rules.groups.characteristics.items() if key in analysis.pupils]
    counts = [(label, int((analysis.pupils[key] == NOT_RECORDED).sum())) for key, label in recorded]
    return [(label, count) for label, count in counts if count]
