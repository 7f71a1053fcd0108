"""A whole school at a glance: each year group in each subject, and who is in no percentage there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siptrack.analysis.group_tables import LEFT_OUT
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import LeftOut
from siptrack.documents.labels import subject_label
from siptrack.documents.left_out import HEADING, counted, left_out_note, left_out_sentence, lies_between
from siptrack.documents.overall import AT_A_GLANCE, NOT_APPLICABLE, at_are_note, not_applicable_note
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import percent_after, thousands
from siptrack.rendering.page import Page
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text

_HEADINGS = (
    ColumnHead("Year"),
    ColumnHead("Subject"),
    ColumnHead(("On", "roll"), numbers=True),
    ColumnHead("Assessed", numbers=True),
    ColumnHead("At ARE", numbers=True),
    ColumnHead("Insufficient", numbers=True),
    ColumnHead("Accelerated", numbers=True),
    ColumnHead(("Cannot", "tell"), numbers=True),
)
_LEFT_OUT = (
    ColumnHead("Year"),
    ColumnHead("Subject"),
    ColumnHead("Left out", numbers=True),
    ColumnHead("Why"),
    ColumnHead(("At ARE, had they", "been assessed")),
)
_COUNTS = ("insufficient", "accelerated", "cannot_tell")


def put_at_a_glance(page: Page, analysis: Analysis, rules: Rules, *, every: bool) -> None:
    """How many children are on roll, assessed, at expectations and behind, by year group and subject.

    With `every`, a table says who is left out of each percentage; else a sentence sums it up.
    """
    page.heading(AT_A_GLANCE)
    lines = [_line(row, rules) for row in records(analysis.compared.summary, SUMMARY.names)]
    page.table(_HEADINGS, lines if page.width is None else _years_once(lines))
    page.say(at_are_note())
    if any(NOT_APPLICABLE in line for line in lines):
        page.say(not_applicable_note())
    _put_left_out(page, analysis, rules, every=every)


def _put_left_out(page: Page, analysis: Analysis, rules: Rules, *, every: bool) -> None:
    """Who on roll is in no percentage at ARE and why, and how far each percentage could move had they been in."""
    out = records(analysis.compared.left_out, LEFT_OUT.names)
    if not out:
        return
    by_place: dict[tuple[Cell, Cell], list[tuple[str, int]]] = {}
    for row in out:
        by_place.setdefault((row["year_group"], row["subject"]), []).append((text(row["reason"]), _count(row["count"])))
    standing = {(row["year_group"], row["subject"]): row for row in records(analysis.compared.summary, SUMMARY.names)}
    if not every:
        each = [(text(row["reason"]), _count(row["count"])) for row in out]
        told = [one for one in each if one[0] != LeftOut.A_PART.value]
        page.say(left_out_sentence(_summed(told or each)), hang=2)
        return
    page.gap()
    page.say(HEADING, style=styles.STRONG)
    lines = [_left_out(standing[place], by_place[place], rules) for place in standing if place in by_place]
    page.table(_LEFT_OUT, lines if page.width is None else _years_once(lines))
    page.say(left_out_note())


def _summed(reasons: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """How many in all for each reason, the most first."""
    whole: dict[str, int] = {}
    for reason, count in reasons:
        whole[reason] = whole.get(reason, 0) + count
    return sorted(whole.items(), key=lambda one: (-one[1], one[0]))


def _left_out(row: dict[str, Cell], reasons: Sequence[tuple[str, int]], rules: Rules) -> list[str]:
    few = rules.groups.small.percentages_from
    low, high = number(row["at_are_low"]) or 0, number(row["at_are_high"]) or 0
    return [
        rules.years.label(_whole(row["year_group"])),
        subject_label(text(row["subject"]), rules),
        thousands(sum(count for _, count in reasons)),
        counted(_summed(reasons)),
        lies_between(low, high) if _count(row["n"]) >= few else "",
    ]


def _whole(cell: Cell) -> int | None:
    value = number(cell)
    return None if value is None else int(value)


def _line(row: dict[str, Cell], rules: Rules) -> list[str]:
    n, assessed, at_are = _count(row["n"]), _count(row["assessed"]), _count(row["at_are"])
    percent = percent_after(at_are, assessed, rules.groups.small.percentages_from)
    return [
        rules.years.label(_whole(row["year_group"])),
        subject_label(text(row["subject"]), rules),
        thousands(n),
        thousands(assessed),
        f"{thousands(at_are)}{percent}",
        *(NOT_APPLICABLE if row[name] is None else thousands(_count(row[name])) for name in _COUNTS),
    ]


def _count(cell: Cell) -> int:
    return int(number(cell) or 0)


def _years_once(lines: list[list[str]]) -> list[list[str]]:
    """On a screen a year group is named in its first line only, which is easier on the eye."""
    before = [""] + [line[0] for line in lines]
    return [["" if line[0] == above else line[0], *line[1:]] for line, above in zip(lines, before, strict=False)]
