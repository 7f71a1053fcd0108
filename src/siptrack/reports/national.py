"""The school beside national results: a small table for each standard, and what must be known to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from siptrack.analysis.national_table import NATIONAL, NoComparison
from siptrack.documents import national_words as wording
from siptrack.documents.labels import group_label, subject_label
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import share, signed
from siptrack.rendering.page import Page
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.frame import Frame
from siptrack.school.national import EVERYBODY, Standard

_HEADINGS = (
    ColumnHead("Subject"),
    ColumnHead("Group here"),
    ColumnHead(("Same group", "in England"), numbers=True),
    ColumnHead(("Gap in", "points"), numbers=True),
    ColumnHead("Children", numbers=True),
    ColumnHead(("Others", "in England"), numbers=True),
    ColumnHead(("Gap in", "points"), numbers=True),
)


@dataclass(frozen=True)
class Beside:
    """One group of the school beside national figures, ready to be put into words."""

    key: str
    subject: str
    group: str
    standard: str
    year: str
    n: int
    count: int
    unlike: int
    same: float
    other: float | None
    gaps: tuple[float | None, float | None, float | None, float | None]
    children: int
    sure: str


def print_national(page: Page, national: Frame, rules: Rules) -> None:
    """The school beside national results, or in a line why not; nothing where no result could be."""
    rows = records(national, NATIONAL.names)
    compared = [_beside(row, rules) for row in rows if row["reason"] is None]
    large = [one for one in compared if one.n >= rules.groups.small.percentages_from]
    if large:
        page.heading(wording.HEADING)
        for key, of_standard in groupby(large, key=lambda one: one.standard):
            _put_standard(page, list(of_standard), rules.national.standards[key], rules)
        page.gap()
        page.say(wording.reading_sentence(rules.groups.small), hang=2)
    if few := len(compared) - len(large):
        _begin(page, begun=bool(large))
        page.say(wording.few_sentence(few, rules.groups.small), hang=2)
    _put_why_none(page, rows, rules, begun=bool(compared))
    if large:
        page.say(wording.where_sentence(), hang=2, style=styles.QUIET)


def _begin(page: Page, *, begun: bool) -> None:
    if not begun:
        page.gap()


def _put_why_none(page: Page, rows: Sequence[dict[str, Cell]], rules: Rules, *, begun: bool) -> None:
    """In one line for each reason, which year groups are not compared."""
    for reason in NoComparison:
        standards = [rules.national.standards[text(row["standard"])] for row in rows if row["reason"] == reason]
        if standards:
            _begin(page, begun=begun)
            begun = True
            page.say(wording.why_none_sentence(reason, standards, rules.years), hang=2)


def _beside(row: dict[str, Cell], rules: Rules) -> Beside:
    return Beside(
        key=text(row["subject"]),
        subject=subject_label(text(row["subject"]), rules),
        group=group_name(text(row["characteristic"]), text(row["group"]), rules),
        standard=text(row["standard"]),
        year=text(row["year"]),
        n=int(number(row["n"]) or 0),
        count=int(number(row["count"]) or 0),
        unlike=int(number(row["unlike"]) or 0),
        same=number(row["same"]) or 0,
        other=number(row["other"]),
        gaps=(number(row["gap_to_same"]), number(row["low"]), number(row["high"]), number(row["gap_to_other"])),
        children=int(number(row["children"]) or 0),
        sure=text(row["sure"]),
    )


def group_name(characteristic: str, group: str, rules: Rules) -> str:
    """A group's name in print, and that of everybody."""
    return wording.EVERYBODY_HERE if group == EVERYBODY else group_label(rules.groups.all()[characteristic], group)


def _put_standard(page: Page, rows: Sequence[Beside], standard: Standard, rules: Rules) -> None:
    """The groups beside one standard, with what makes the comparison less than like with like."""
    page.gap()
    page.say(wording.standard_heading(standard, rules.years), style=styles.STRONG)
    page.table(_HEADINGS, [_line(one, rules) for one in rows])
    for by_test in (True, False):
        unlike = [one.subject for one in rows if one.unlike and standard.by_test[one.key] is by_test]
        if unlike:
            page.say(wording.kind_sentence(list(dict.fromkeys(unlike)), by_test=by_test), hang=2)
    doubts: dict[tuple[str, str], dict[str, None]] = {}
    for one in rows:
        if says := rules.national.doubt(one.sure):
            doubts.setdefault((one.year, says), {})[one.subject] = None
    for (year, says), subjects in doubts.items():
        page.say(wording.doubt_sentence(list(subjects), year, says), hang=2)


def _line(one: Beside, rules: Rules) -> tuple[str | tuple[str, ...], ...]:
    gap, low, high, to_other = one.gaps
    return (
        one.subject,
        (one.group, share(one.count, one.n, rules.groups.small.percentages_from)),
        wording.percent_of_year(one.same, one.year),
        wording.interval(gap or 0, low or 0, high or 0),
        signed(one.children),
        wording.NOTHING if one.other is None else wording.percent_of_year(one.other, one.year),
        wording.NOTHING if to_other is None else signed(to_other),
    )
