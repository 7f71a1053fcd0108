"""The facts of a check: the comparisons that lead to a question, ready to be put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.consistency import CLASS, YEAR_GROUP
from siptrack.analysis.model import Checked
from siptrack.analysis.tables import BEHIND, CHECKS, Check, ChildBehind
from siptrack.analysis.tally import EVERYBODY
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.pupil_names import names_among
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


class NamedBehind(NamedTuple):
    """A child behind a question, with the name as printed."""

    name: str
    child: ChildBehind


class Question(NamedTuple):
    """A comparison that leads to a question: who the children are and who their peers, as a sentence calls them.

    `behind` are the children whom it counts, those first who lie furthest apart, and `classes` how many of them each
    class has.
    """

    rule: CheckRule
    check: Check
    subject: str
    children: str
    peers: str
    behind: Sequence[NamedBehind] = ()
    classes: Mapping[str, int] = {}


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
    """The page; `every` asks for every child behind a question, and every place of a problem."""
    checks = checked.frame("checks")
    asked = list_questions(checks, rules, behind_each(checked))
    return document(
        "check/page.jinja",
        ruler_line(rules.ruler),
        term=checked.term,
        read=Read(checked.register, checked.begun, len(checked.frame("pupils")), None, checked.filters),
        compared=compare(checks, asked, rules),
        asked=by_code(asked),
        say=lambda question: question_sentence(question, rules),
        every=every,
        named=None if every else rules.pages.behind,
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
    tables = {table.name: table for table in (CHECKS, BEHIND)}
    return Written(
        "check",
        rules,
        checked,
        lambda name: in_order(records(checked.frame(name), tables[name].names), tables[name].order, orders),
        last=lambda: of_the_data(checked.register),
    )


def list_questions(
    checks: Frame, rules: Rules, behind: Mapping[tuple[str, ...], Sequence[NamedBehind]] = {}
) -> list[Question]:
    """The comparisons that lead to a question, in the order of the rules, subjects and groups; classes by name.

    `behind` are the children of each, where they are to be named.
    """
    order = {code: at for at, code in enumerate(rules.checks)}
    subjects = {subject: at for at, subject in enumerate(rules.columns.subjects)}
    rows = sorted(
        rows_of(Check, checks[checks["asked"]]), key=lambda row: (order[row.code], subjects.get(row.subject, 0))
    )
    return [_question(row, behind.get(_comparison(row), []), rules) for row in rows]


def behind_each(checked: Checked) -> dict[tuple[str, ...], list[NamedBehind]]:
    """The children behind each question: those furthest apart first, then by name."""
    rows = rows_of(ChildBehind, checked.frame("behind"))
    children: dict[tuple[str, ...], list[NamedBehind]] = {}
    if not rows:
        return children
    names = names_among(checked.register, checked.frame("pupils"))
    for child in rows:
        children.setdefault(_comparison(child), []).append(NamedBehind(names[child.pupil], child))
    for alike in children.values():
        alike.sort(key=lambda named: (-(named.child.apart or 0), names.order(named.child.pupil)))
    return children


def _comparison(row: Check | ChildBehind) -> tuple[str, ...]:
    return row.code, row.subject, row.characteristic, row.group, row.direction or ""


def question_sentence(question: Question, rules: Rules) -> str:
    """What was counted, as a plain statement under its question; never a verdict on a teacher."""
    return sentence(question.check.code.replace("-", "_"), question, rules.groups.small, template=_WORDS)


def behind_sentence(question: Question, of: int | None) -> str:
    """The children behind a question by name, the first of them or all; empty where none is known."""
    return sentence("behind", question, of, template=_WORDS) if question.behind else ""


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


def _question(check: Check, behind: Sequence[NamedBehind], rules: Rules) -> Question:
    children, peers = _who(check, rules)
    classes = Counter(named.child.class_ for named in behind if check.characteristic != CLASS and named.child.class_)
    by_size = dict(sorted(classes.items(), key=lambda of: (-of[1], of[0])))
    return Question(
        rules.checks[check.code],
        check,
        subject_label(check.subject, rules),
        children,
        peers,
        behind,
        by_size if len(by_size) > 1 else {},
    )


def _who(check: Check, rules: Rules) -> tuple[str, str]:
    """The children of a group, and its peers, as a sentence calls them."""
    if check.characteristic in (CLASS, YEAR_GROUP):
        others = YEAR_GROUP if check.code == CheckCode.END_OF_KEY_STAGE else CLASS
        return sentence(f"of_{check.characteristic}", check.group, template=_WORDS), sentence(
            f"of_others_by_{others}", template=_WORDS
        )
    if check.characteristic == EVERYBODY:
        return sentence("of_everybody", template=_WORDS), ""
    known = rules.groups.all()[check.characteristic]
    others_of = [key for key in known.groups if key != check.group]
    return children_of(known, check.group), children_of(known, others_of[0] if len(others_of) == 1 else "")
