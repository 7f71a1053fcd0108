"""The report of `siptrack check`: what is odd in the data, and what to ask about the judgements in it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from siptrack.analysis.model import Checked
from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.reports.asked import list_asked
from siptrack.reports.begun import put_begun
from siptrack.reports.data_problems import put_alarms, put_problems, put_sources
from siptrack.reports.printed import Printed
from siptrack.reports.wording import checks as wording
from siptrack.reports.wording import overall
from siptrack.reports.wording.checks import Asked
from siptrack.reports.wording.unused import unused_heading, unused_lines
from siptrack.rules.model import Rules
from siptrack.school.codes import CheckCode
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
