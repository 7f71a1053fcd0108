"""What the documents of the commands hold for other programs: of each the rows of its tables, and what is beside them.

That of an analysis and of a check is in `analysis`, that of tables to share in `shared_tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.enquiry_tables import EVIDENCE, QUESTIONS
from siptrack.cycle.plan_tables import PRIORITIES
from siptrack.cycle.provision_tables import SPELLS
from siptrack.cycle.review_tables import BEARS_ON
from siptrack.cycle.since_tables import LISTED
from siptrack.documents.analysis import ledger_object
from siptrack.documents.registry import IN_WORDS
from siptrack.documents.shared_tables import share_object
from siptrack.documents.written import Written, head_of, term_object
from siptrack.school.cells import plain
from siptrack.school.place import Place
from siptrack.school.review import HELD
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from siptrack.cycle.audit import Audit
    from siptrack.cycle.plan import Plan
    from siptrack.cycle.provision import Provided
    from siptrack.cycle.review import Reviewed
    from siptrack.cycle.since import Since
    from siptrack.cycle.teaching import Taught
    from siptrack.documents.child.facts import ChildPage
    from siptrack.rendering.tables import Record
    from siptrack.reports.questions import Questions
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame


def of_an_audit(audit: Audit, rules: Rules) -> Written:
    """What opens a school year."""
    terms = {"term": audit.term, "before": audit.year.before, "now": audit.year.now}
    head = {name: None if term is None else term_object(term) for name, term in terms.items()}
    besides = {"told": audit.with_progress, "leaving": audit.year.leaving}
    return Written("audit", rules, audit, audit.frame, {**head, **head_of(audit)}, besides)


def of_a_child(page: ChildPage, rules: Rules) -> Written:
    """One child's page: every field of it by its name."""
    return Written("child", rules, besides={"child": _object(page)})


def _object(value: object) -> Any:  # noqa: ANN401  # JSON: the schema says what may be in it
    """A value of the page as JSON has it: an empty text is missing, and 3.0 is 3."""
    if isinstance(value, Place):
        return {"file": value.file, "sheet": value.sheet or None, "cell": value.cell}
    if hasattr(value, "_asdict"):
        return {name: _object(field) for name, field in value._asdict().items()}
    return [_object(one) for one in value] if isinstance(value, tuple) else plain(value)


def of_a_plan(drafted: Plan, rules: Rules) -> Written:
    """The draft of a plan, each priority in words too."""
    from siptrack.reports.plan_words import title_of

    def rows(name: str) -> Frame:
        if name == PRIORITIES.name:
            titles = [title_of(one, drafted, rules) for one in drafted.priorities]
            return drafted.table().having({IN_WORDS.name: Texts.of(titles)})
        return drafted.frame(name)

    analysis, reach = drafted.analysis, drafted.reach
    besides = {"terms": [term.label for term in reach.terms], "leaving": reach.leaving}
    return Written("plan", rules, analysis, rows, besides=besides)


def of_provision(provided: Provided, rules: Rules) -> Written:
    """Who has what provision, and what became of the children in it."""
    analysis, rows = provided.analysis, _held(provided.frame, {SPELLS.name: "spells"})
    return Written("provision", rules, analysis, rows, besides={"ledger": ledger_object(analysis)})


def of_questions(questions: Questions) -> Written:
    """The lines of enquiry with all that the data says; a copy to share has nothing about the data."""
    analysis, shared = questions.analysis, questions.shared
    head = {**head_of(analysis), "filters": dict(questions.filters)}
    rows = {QUESTIONS.name: _questions, EVIDENCE.name: _evidence}
    return Written(
        "questions",
        questions.rules,
        None if shared else analysis,
        lambda name: rows[name](questions),
        {**head, "begun": []} if shared else head,
        {"share": share_object(shared.mode) if shared else None, "source": questions.rules.enquiry.source},
    )


def _questions(questions: Questions) -> list[Record]:
    from siptrack.reports.wording.questions import bare, evidence_line

    return [
        {
            "number": number,
            "question": rule.key,
            "heading": rule.heading,
            "asks": bare(rule.asks),
            "evidence": ", ".join(rule.evidence) or None,
            "answer": questions.answer(rule).value,
            "says": " ".join(evidence_line(kind, questions.evidence[kind].says) for kind in rule.evidence) or None,
            "ask": rule.ask,
            "look_at": rule.look_at,
        }
        for number, rule in questions.asked.items()
    ]


def _evidence(questions: Questions) -> list[Record]:
    return [
        {"evidence": kind.value, "answer": found.answer.value, "line": at, "says": words}
        for kind in questions.kinds
        for found in (questions.evidence[kind],)
        for at, words in enumerate((found.says, *(line.words for line in found.lines)))
    ]


def of_a_review(reviewed: Reviewed, rules: Rules) -> Written:
    """The school's own reviews beside what its data give."""
    from siptrack.reports.review_evidence import review_evidence

    judged = None if reviewed.beside is None else reviewed.beside.analysis
    labels = [None if term is None else term.label for term in reviewed.terms]
    head = head_of(judged) if judged else {"term": None, "begun": []}
    held = _held(reviewed.frame, {HELD.name: "held"})

    def rows(name: str) -> Frame | list[Record]:
        if name == BEARS_ON.name:
            return [one._asdict() for one in review_evidence(reviewed.beside, rules)]
        return held(name)

    return Written(
        "review",
        rules,
        judged,
        rows,
        {"term": head["term"], "begun": head["begun"], "review_terms": labels},
        register=reviewed.register,
    )


def of_a_look_back(since: Since, rules: Rules) -> Written:
    """Who joined, left and stayed on the list since an earlier term, and what came of what was agreed."""
    then = {"on_roll": since.roll_then, "told": since.with_progress_then}
    now = {"on_roll": since.roll_now, "told": since.with_progress_now}
    return Written(
        "since",
        rules,
        since.analysis,
        _held(since.frame, {LISTED.name: "listed", TRENDS.name: "gaps"}),
        {"from_term": term_object(since.from_term), **head_of(since.analysis)},
        {"told": {"then": then, "now": now}, "agreed_now": since.later_actions},
        also_about={"from_term": since.from_term.label},
    )


def of_teaching(taught: Taught, rules: Rules) -> Written:
    """What was recorded of lessons, books and CPD beside progress."""
    return Written("teaching", rules, taught.analysis, taught.frame, besides={"later": taught.later})


def _held(frame: Callable[[str], Frame], fields: Mapping[str, str]) -> Callable[[str], Frame]:
    """The tables of what holds them, some in a field of another name than theirs."""
    return lambda name: frame(fields.get(name, name))
