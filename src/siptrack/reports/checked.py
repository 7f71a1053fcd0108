"""The report of `siptrack check`: what is odd in the data, and what to ask about the judgements in it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from siptrack.analysis.consistency import CLASS, YEAR_GROUP
from siptrack.analysis.model import Checked
from siptrack.analysis.tables import CHECKS
from siptrack.reports import styles
from siptrack.reports.begun import put_begun
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.data_problems import put_alarms, put_problems, put_sources
from siptrack.reports.findings import subject_label
from siptrack.reports.page import Page
from siptrack.reports.printed import Printed
from siptrack.reports.wording import checks as wording
from siptrack.reports.wording import gaps as groups
from siptrack.reports.wording import overall
from siptrack.reports.wording.checks import Asked
from siptrack.reports.wording.unused import unused_heading, unused_lines
from siptrack.rules.model import Rules
from siptrack.school.codes import CheckCode
from siptrack.school.frame import Frame
from siptrack.school.register import Ledger


def checked_printed(checked: Checked, rules: Rules, *, detail: bool = False) -> Printed:
    """The report as a document; with `detail` every place of a problem."""
    return Printed(overall.check_title(checked.term), lambda page: _put(page, checked, rules, detail=detail), rules)


def _put(page: Page, checked: Checked, rules: Rules, *, detail: bool) -> None:
    put_alarms(page, checked.register)
    put_begun(page, checked.begun)
    some, on_roll = bool(checked.filters), len(checked.frame("pupils"))
    for line in overall.ledger_lines(checked.register.ledger, on_roll, None, some=some):
        page.say(line, hang=2)
    if checked.filters:
        page.say(overall.filters_line(checked.filters), hang=2)
    _put_questions(page, checked, rules)
    put_problems(page, checked.register, every=detail)
    _put_unused(page, checked.register.ledger)
    if detail:
        put_sources(page, checked.register)


def _put_unused(page: Page, ledger: Ledger) -> None:
    """The columns that were read and not used, each with why."""
    if ledger.unused:
        page.heading(unused_heading(ledger.unused))
        for line in unused_lines(ledger.unused):
            page.say(line, hang=2)


def list_asked(checks: Frame, rules: Rules) -> list[Asked]:
    """The comparisons that lead to a question, in the order of the rules, subjects and groups; classes by name."""
    rows = records(checks[checks["asked"]], CHECKS.names)
    order = {code: at for at, code in enumerate(rules.checks)}
    subjects = {subject: at for at, subject in enumerate(rules.columns.subjects)}
    rows.sort(key=lambda row: (order[text(row["code"])], subjects.get(text(row["subject"]), 0)))
    return [_asked(row, rules) for row in rows]


def _asked(row: dict[str, Cell], rules: Rules) -> Asked:
    children, peers = _who(text(row["characteristic"]), text(row["group"]), rules)
    return Asked(
        code=text(row["code"]),
        subject=subject_label(text(row["subject"]), rules),
        children=children,
        peers=peers,
        direction=text(row["direction"]),
        **{name: int(number(row[name]) or 0) for name in ("n", "count", "peers_n", "peers_count")},
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        from_term=text(row["from_term"]),
        term=text(row["term"]),
    )


def _who(characteristic: str, group: str, rules: Rules) -> tuple[str, str]:
    """The children of a group, and its peers, as a sentence calls them."""
    if characteristic == CLASS:
        return wording.class_children(group), wording.other_classes()
    if characteristic == YEAR_GROUP:
        return wording.year_children(group), wording.other_years()
    known = rules.groups.all()[characteristic]
    others = [key for key in known.groups if key != group]
    return groups.children_of(known, group), groups.children_of(known, others[0] if len(others) == 1 else "")


def _put_questions(page: Page, checked: Checked, rules: Rules) -> None:
    """Each question with the comparisons that raise it."""
    checks = checked.frame("checks")
    asked = list_asked(checks, rules)
    page.heading(wording.HEADING)
    with_peers = int(np.count_nonzero(~np.isnan(checks["peers_n"])))
    page.say(wording.looked_at(len(checks), with_peers, len(asked), rules.groups.small.confidence))
    if not (checks["code"] == CheckCode.TEACHER_AND_TEST.value).any():
        page.say(wording.no_tests())
    for code in dict.fromkeys(one.code for one in asked):
        rule = rules.checks[code]
        page.gap()
        page.say(rule.meaning, hang=2, style=styles.STRONG)
        put_asked(page, (one for one in asked if one.code == code), rules)
        page.say(rule.question, indent=2, hang=2)


def put_asked(page: Page, asked: Iterable[Asked], rules: Rules) -> None:
    """The sentence of each comparison."""
    for one in asked:
        page.say(wording.question_sentence(one, rules.groups.small), indent=2, hang=2)
