"""The facts of a check: the comparisons that lead to a question, ready to be put into words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.consistency import CLASS, YEAR_GROUP
from siptrack.analysis.model import Checked
from siptrack.analysis.tables import CHECKS, Check
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.read import Read
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document, sentence
from siptrack.rules.model import CheckRule, Rules
from siptrack.school.cells import records
from siptrack.school.codes import CheckCode
from siptrack.school.frame import Frame
from siptrack.school.rounding import half_up
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from siptrack.documents.written import Written

_WORDS = "check/questions.jinja"


class Question(NamedTuple):
    """A comparison that leads to a question: who the children are and who their peers, as a sentence calls them."""

    rule: CheckRule
    check: Check
    subject: str
    children: str
    peers: str


class Comparisons(NamedTuple):
    """How many comparisons were made, how many of them with peers, and how many lead to a question.

    `by_luck` is how many of those with peers would do so if every judgement were sound, `tested` whether a subject has
    both a judgement and a test.
    """

    comparisons: int
    with_peers: int
    questions: int
    by_luck: int
    tested: bool


def check_document(checked: Checked, rules: Rules, *, every: bool) -> Document:
    """The page; `every` asks for every place of a problem."""
    checks = checked.frame("checks")
    asked = list_questions(checks, rules)
    return document(
        "check/page.jinja",
        ruler_line(rules.ruler),
        term=checked.term,
        read=Read(checked.register, checked.begun, len(checked.frame("pupils")), None, checked.filters),
        compared=compare(checks, asked, rules),
        asked=by_code(asked),
        say=lambda question: question_sentence(question, rules),
        every=every,
    )


def of_a_check(checked: Checked, rules: Rules) -> Written:
    """Every comparison of judgements, in the order of the rules, subjects and groups, and the problems of the data."""
    from siptrack.documents.analysis import group_keys, in_order  # which a text for people does not need
    from siptrack.documents.written import Written, of_the_data

    orders = {
        "code": list(rules.checks),
        "subject": list(rules.columns.subjects),
        "characteristic": list(rules.groups.all()),
        "group": group_keys(rules),
    }
    return Written(
        "check",
        rules,
        checked,
        lambda _: in_order(records(checked.frame("checks"), CHECKS.names), CHECKS.order, orders),
        last=lambda: of_the_data(checked.register),
    )


def list_questions(checks: Frame, rules: Rules) -> list[Question]:
    """The comparisons that lead to a question, in the order of the rules, subjects and groups; classes by name."""
    order = {code: at for at, code in enumerate(rules.checks)}
    subjects = {subject: at for at, subject in enumerate(rules.columns.subjects)}
    rows = sorted(
        rows_of(Check, checks[checks["asked"]]), key=lambda row: (order[row.code], subjects.get(row.subject, 0))
    )
    return [_question(row, rules) for row in rows]


def question_sentence(question: Question, rules: Rules) -> str:
    """What was counted, as a plain statement under its question; never a verdict on a teacher."""
    return sentence(question.check.code.replace("-", "_"), question, rules.groups.small, template=_WORDS)


def compare(checks: Frame, asked: Sequence[Question], rules: Rules) -> Comparisons:
    """What was compared."""
    with_peers = int(np.count_nonzero(~np.isnan(checks["peers_n"])))
    by_luck = half_up(with_peers * (100 - rules.groups.small.confidence) / 200)  # asked on one side only
    tested = bool((checks["code"] == CheckCode.TEACHER_AND_TEST.value).any())
    return Comparisons(len(checks), with_peers, len(asked), by_luck, tested)


def compared_sentence(compared: Comparisons) -> str:
    """What was compared, in words."""
    return sentence("looked_at", compared, template=_WORDS)


def no_tests() -> str:
    """That judgements could not be set against tests."""
    return sentence("no_tests", template=_WORDS)


def by_code(asked: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions of each rule together."""
    return {
        code: [question for question in asked if question.check.code == code]
        for code in dict.fromkeys(map(_code, asked))
    }


def _code(question: Question) -> str:
    return question.check.code


def _question(check: Check, rules: Rules) -> Question:
    children, peers = _who(check.characteristic, check.group, rules)
    return Question(rules.checks[check.code], check, subject_label(check.subject, rules), children, peers)


def _who(characteristic: str, group: str, rules: Rules) -> tuple[str, str]:
    """The children of a group, and its peers, as a sentence calls them."""
    if characteristic in (CLASS, YEAR_GROUP):
        return sentence(f"of_{characteristic}", group, template=_WORDS), sentence(
            f"of_others_by_{characteristic}", template=_WORDS
        )
    known = rules.groups.all()[characteristic]
    others = [key for key in known.groups if key != group]
    return children_of(known, group), children_of(known, others[0] if len(others) == 1 else "")
