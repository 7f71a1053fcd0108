"""Groups beside their peers: the clear gaps as sentences, every comparison as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import GAPS
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.page import Heading, Page
from siptrack.reports.wording import gaps as wording
from siptrack.reports.wording.gaps import Comparison
from siptrack.reports.wording.numbers import share
from siptrack.rules.model import Rules
from siptrack.school.register import NOT_RECORDED

_HEADINGS = (
    Heading("Subject"),
    Heading("Group"),
    Heading("Compared with"),
    Heading(("Gap in", "points"), numbers=True),
    Heading("Children", numbers=True),
    Heading("Verdict"),
)


def list_comparisons(analysis: Analysis, rules: Rules) -> list[Comparison]:
    """Every gap with its groups' names, in the order of the gaps table."""
    return [_comparison(row, rules) for row in records(analysis.gaps, GAPS.names)]


def _comparison(row: dict[str, Cell], rules: Rules) -> Comparison:
    characteristic = rules.groups.all()[text(row["characteristic"])]
    return Comparison(
        subject=subject_label(text(row["subject"]), rules),
        characteristic=characteristic.key,
        group=wording.group_label(characteristic, text(row["group"])),
        peers=wording.group_label(characteristic, text(row["peers"])),
        measure=Measure(text(row["measure"])),
        n=int(number(row["n"]) or 0),
        count=int(number(row["count"]) or 0),
        peers_n=int(number(row["peers_n"]) or 0),
        peers_count=int(number(row["peers_count"]) or 0),
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        children=int(number(row["children"]) or 0),
        verdict=text(row["verdict"]),
        group_children=wording.group_children(characteristic, text(row["group"])),
        peers_children=wording.group_children(characteristic, text(row["peers"])),
    )


def put_groups(page: Page, analysis: Analysis, rules: Rules) -> None:
    """What can be said of groups, what cannot, and the counts behind it."""
    comparisons = list_comparisons(analysis, rules)
    missing = _not_recorded(analysis, rules)
    if not comparisons and not missing:
        return
    page.heading("Groups")
    of = {verdict: [one for one in comparisons if one.verdict == verdict] for verdict in GapVerdict}
    _put_sentences(page, of[GapVerdict.CLEAR], of[GapVerdict.NOT_CLEAR], of[GapVerdict.TOO_FEW], rules)
    if missing:
        page.say(wording.not_recorded_sentence(missing, len(analysis.pupils)), hang=2)
    compared = [one for one in comparisons if one.verdict != GapVerdict.TOO_FEW]
    for measure in Measure:
        _put_table(page, measure, [one for one in compared if one.measure == measure], rules)


def _put_sentences(
    page: Page, clear: Sequence[Comparison], unclear: Sequence[Comparison], few: Sequence[Comparison], rules: Rules
) -> None:
    small = rules.groups.small
    for gap in _not_said_by_a_part(clear, rules):
        page.say(wording.gap_sentence(gap, small), hang=2)
    if clear:
        page.gap()
    if unclear:
        page.say(wording.not_clear_sentence(len(unclear), others=bool(clear)), hang=2)
    if few:
        page.say(wording.too_few_sentence(len(few), small), hang=2)
    if clear or unclear:
        page.say(wording.luck_sentence(len(clear) + len(unclear), small), hang=2)


def _not_said_by_a_part(clear: Sequence[Comparison], rules: Rules) -> list[Comparison]:
    """The clear gaps without those of pairs one of whose characteristics is clear by itself in that subject."""
    said = {(gap.subject, gap.measure, gap.characteristic) for gap in clear}
    pairs = rules.groups.pairs
    return [
        gap
        for gap in clear
        if gap.characteristic not in pairs
        or not any((gap.subject, gap.measure, part) in said for part in pairs[gap.characteristic].of)
    ]


def _put_table(page: Page, measure: Measure, gaps: Iterable[Comparison], rules: Rules) -> None:
    few = rules.groups.small.percentages_from
    rows = [
        (
            gap.subject,
            (gap.group, share(gap.count, gap.n, few)),
            (gap.peers, share(gap.peers_count, gap.peers_n, few)),
            wording.interval(gap),
            f"{gap.children:+d}" if gap.children else "0",
            gap.verdict,
        )
        for gap in gaps
    ]
    if rows:
        page.gap()
        page.say(wording.HEADINGS[measure], style="bold")
        page.table(_HEADINGS, rows)


def _not_recorded(analysis: Analysis, rules: Rules) -> list[tuple[str, int]]:
    """For each characteristic in the data, how many children's group is not known."""
    recorded = [(key, one.label) for key, one in rules.groups.characteristics.items() if key in analysis.pupils]
    counts = [(label, int((analysis.pupils[key] == NOT_RECORDED).sum())) for key, label in recorded]
    return [(label, count) for label, count in counts if count]
