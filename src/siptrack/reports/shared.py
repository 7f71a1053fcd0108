"""The page that may leave the school: counts and percentages by year group and group, and gaps, without a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.analysis.shareable_tables import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.documents import overall
from siptrack.documents.gaps import HEADINGS
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.shared_tables import STATUS, WHOLE, statuses
from siptrack.documents.sharing import copy_lines, few_lines, symbols_line
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import percentage, signed, thousands
from siptrack.rendering.page import Page
from siptrack.rendering.ruler import ruler_line
from siptrack.reports.wording import sharing as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sharing import Sharing, Status

if TYPE_CHECKING:
    from siptrack.rendering.model import Cell as Words

    Row = Mapping[str, Cell]

_GAP_HEADINGS = (
    ColumnHead("Subject"),
    ColumnHead("Group"),
    ColumnHead("Compared with"),
    ColumnHead(("Gap in", "points"), numbers=True),
    ColumnHead("Verdict"),
)


def render_shared(analysis: Analysis, shared: Shared, rules: Rules, *, width: int | None, colour: bool) -> str:
    """One page without a name: counts and percentages by year group and group, and the gaps that may be told."""
    page = Page(width, colour=colour)
    page.say(overall.title(analysis.term), style=styles.STRONG)
    put_shared(page, shared, rules)
    page.gap()
    page.say(ruler_line(rules.ruler), style=styles.QUIET)
    return page.text()


def put_shared(page: Page, shared: Shared, rules: Rules) -> None:
    """For whom it is, what each group's counts are, and the gaps; from the shared tables alone."""
    for line in copy_lines(shared, rules):
        page.say(line, hang=2)
    if shared.filters:
        page.say(overall.filters_line(shared.filters), hang=2)
    rows = records(shared.frame("rows"), SHARED_ROWS.names)
    for measure, heading in HEADINGS.items():
        _put_measure(page, heading, [row for row in rows if row["measure"] == measure], shared, rules)
    _put_gaps(page, shared, rules)


@dataclass(frozen=True)
class _Block:
    """The rows of one characteristic, each in the order of the subjects."""

    label: str
    shown: Sequence[tuple[str, Sequence[Row | None]]]


def _put_measure(page: Page, heading: str, rows: Sequence[Row], shared: Shared, rules: Rules) -> None:
    """A measure's table: a row for each group, a column for each subject in which it can be told."""
    told = [row for row in rows if row[STATUS] != Status.NOT_APPLICABLE]
    subjects = list(dict.fromkeys(text(row["subject"]) for row in told))
    if not subjects:
        return
    blocks = _blocks(told, subjects, shared, rules)
    lines: list[list[Words]] = []
    for block in blocks:
        indent = "  " if block.label else ""
        if block.label:
            lines.append([block.label, *([""] * len(subjects))])
        lines += [[indent + group, *(_cell(row, rules.sharing) for row in across)] for group, across in block.shown]
    page.heading(heading)
    page.table(
        [ColumnHead(""), *(ColumnHead(tuple(subject_label(one, rules).split()), numbers=True) for one in subjects)],
        lines,
    )
    used = [row for block in blocks for _, across in block.shown for row in across if row]
    if said := symbols_line(statuses(used), rules.sharing):
        page.say(said, hang=2)
    for line in few_lines(shared, {text(row["characteristic"]) for row in told}):
        page.say(line, hang=2)


def _blocks(told: Sequence[Row], subjects: Sequence[str], shared: Shared, rules: Rules) -> list[_Block]:
    """The rows by characteristic."""
    cells = {(row["characteristic"], row["group"], row["subject"]): row for row in told}
    groups: dict[str, dict[str, None]] = {}
    for row in told:
        groups.setdefault(text(row["characteristic"]), {})[text(row["group"])] = None
    blocks = []
    for characteristic, of in groups.items():
        if list(of) == [NOT_RECORDED]:  # of nobody's group is anything known, and so there is nothing to say
            continue
        shown = [
            (
                shared_label(characteristic, group, shared, rules),
                [cells.get((characteristic, group, subject)) for subject in subjects],
            )
            for group in of
        ]
        label = "" if characteristic in WHOLE else shared.characteristics[characteristic].label
        blocks.append(_Block(label, shown))
    return blocks


def _cell(row: Row | None, sharing: Sharing) -> Words:
    """`25 of 30 (83 %)`, `7 of 9 [u]` or `[c]`."""
    status = Status(text(row[STATUS])) if row else Status.NOT_AVAILABLE
    if row is None or number(row["n"]) is None:
        return sharing.symbols[status].shown
    count, n = (int(number(row[name]) or 0) for name in ("count", "n"))
    shown = sharing.symbols[status].shown if status in sharing.symbols else f"({percentage(count, n)} %)"
    return f"{thousands(count)} of {thousands(n)}", shown


def shared_label(characteristic: str, group: str, shared: Shared, rules: Rules) -> str:
    """A group's name in print, or that of a year group or of everybody."""
    if characteristic == EVERYBODY:
        return wording.EVERYBODY
    if characteristic == YEAR_GROUP:
        return rules.years.label(None if group == NOT_RECORDED else int(group))
    if group == NOT_RECORDED:
        return wording.NOT_RECORDED
    return group_label(shared.characteristics[characteristic], group)


def _put_gaps(page: Page, shared: Shared, rules: Rules) -> None:
    gaps = records(shared.frame("gaps"), SHARED_GAPS.names)
    compared = [gap for gap in gaps if gap["verdict"] != GapVerdict.TOO_FEW]
    few = len(gaps) - len(compared)
    if not gaps and not shared.kept_back:
        return
    page.heading(wording.GAPS)
    for measure, heading in HEADINGS.items():
        rows = [_gap_line(gap, shared, rules) for gap in compared if gap["measure"] == measure]
        if rows:
            page.say(heading, style=styles.STRONG)
            page.table(_GAP_HEADINGS, rows)
            page.gap()
    notes = [
        wording.gaps_note() if compared else "",
        wording.too_few_line(few, rules.groups.small.compared_from) if few else "",
        wording.kept_back_line(kept_back=shared.kept_back),
    ]
    for note in filter(None, notes):
        page.say(note, hang=2)


def _gap_line(gap: Row, shared: Shared, rules: Rules) -> list[Words]:
    characteristic = text(gap["characteristic"])
    told = number(gap["gap"])
    symbol = rules.sharing.symbols[Status.LOW_RELIABILITY]
    return [
        subject_label(text(gap["subject"]), rules),
        shared_label(characteristic, text(gap["group"]), shared, rules),
        group_label(shared.characteristics[characteristic], text(gap["peers"])),
        symbol.shown if told is None else signed(told),
        text(gap["verdict"]),
    ]
