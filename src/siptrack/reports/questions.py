"""The lines of enquiry on a page: each question with what the data says to it, and whom to ask what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.enquiry_tables import Answer
from siptrack.documents import overall
from siptrack.documents.pages import NAMED, SHAREABLE
from siptrack.documents.questions.asked import Questions, evidence_line
from siptrack.documents.read import Read
from siptrack.documents.sharing import copy_lines
from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rendering.template import sentence
from siptrack.reports.data_problems import ledger_lines, put_alarms, put_begun
from siptrack.reports.enquiry import tell
from siptrack.reports.enquiry_shared import tell_shared
from siptrack.reports.printed import Printed
from siptrack.reports.wording import questions as wording
from siptrack.rules.model import Rules
from siptrack.school.questions import EvidenceKind, QuestionRule

_INDENT = 2
_OF_STAFF = (EvidenceKind.TEACHING, EvidenceKind.CPD)


def with_names(enquiry: Enquiry, rules: Rules, about: Collection[str]) -> Questions:
    """The questions for the school itself; those under the headings named, or all."""
    return Questions(enquiry.analysis, rules, _asked(rules, about), tell(enquiry, rules))


def without_names(analysis: Analysis, shared: Shared, rules: Rules, about: Collection[str]) -> Questions:
    """The questions for a copy that may leave the school."""
    return Questions(analysis, rules, _asked(rules, about), tell_shared(shared, rules), shared)


def _asked(rules: Rules, about: Collection[str]) -> dict[int, QuestionRule]:
    every = enumerate(rules.enquiry.questions.values(), 1)
    return {number: rule for number, rule in every if not about or rule.about in about}


def questions_printed(questions: Questions) -> Printed:
    """The page as a document."""
    title = wording.title(questions.analysis.term)
    return Printed(title, lambda page: _put(page, questions), questions.rules, _notice(questions))


def _notice(questions: Questions) -> str:
    """What is to be known before the page is passed on."""
    if questions.shared:
        return SHAREABLE
    of_staff = any(kind in _OF_STAFF and questions.evidence[kind].answer is Answer.ANSWERED for kind in questions.kinds)
    return f"{NAMED} {wording.OF_STAFF}" if of_staff else NAMED


def _put(page: Page, questions: Questions) -> None:
    _put_head(page, questions)
    first: dict[EvidenceKind, int] = {}
    for heading, alike in groupby(questions.asked.items(), key=lambda one: one[1].heading):
        page.heading(heading)
        for number, rule in alike:
            page.gap()
            page.say(wording.question_line(number, rule), style=styles.STRONG, hang=len(f"{number}. "))
            _put_evidence(page, questions, number, first)
            _put_whom_to_ask(page, rule, questions.answer(rule))


def _put_head(page: Page, questions: Questions) -> None:
    """What was read, for whom it is, and what the questions are for."""
    for line in _about_the_data(page, questions):
        page.say(line, hang=2)
    told = sum(questions.answer(rule) is Answer.ANSWERED for rule in questions.asked.values())
    page.gap()
    for line in wording.purpose_lines(questions.rules.enquiry.source, len(questions.asked), told):
        page.say(line, hang=2)


def _about_the_data(page: Page, questions: Questions) -> Iterable[str]:
    analysis = questions.analysis
    filters = [overall.filters_line(questions.filters)] if questions.filters else []
    if questions.shared:
        return [*copy_lines(questions.shared, questions.rules), wording.NAMED_ELSEWHERE, *filters]
    if "subject" in analysis.filters and analysis.register.optional_frame("provision") is not None:
        filters.append(wording.OTHER_SUBJECTS)
    put_alarms(page, analysis.register)
    put_begun(page, analysis.begun)
    leavers = None if analysis.filters else analysis.leavers
    problems = analysis.register.problems
    odd = [wording.data_line(sentence("problems_counted", Read(analysis.register)))] if problems else []
    return [*ledger_lines(Read(analysis.register, (), len(analysis.children.pupils), leavers)), *filters, *odd]


def _put_evidence(page: Page, questions: Questions, number: int, first: dict[EvidenceKind, int]) -> None:
    """Each kind of evidence of a question: in full where it first comes up, then in short."""
    for kind in questions.asked[number].evidence:
        told = questions.evidence[kind]
        elsewhere = first.setdefault(kind, number)
        again = elsewhere != number
        more = elsewhere if again and told.lines else 0
        page.say(evidence_line(kind, told.says, more), hang=_INDENT)
        for line in () if again else told.lines:
            page.say(line.words, indent=0 if line.leads else _INDENT, hang=_INDENT)


def _put_whom_to_ask(page: Page, rule: QuestionRule, answer: Answer) -> None:
    parts: Sequence[str] = (wording.ask_line(rule), wording.look_line(rule))
    silent = [wording.cannot_be_answered()] if answer is Answer.SILENT else []
    page.say(" ".join([*silent, *parts]), hang=_INDENT)
