"""The school's own reviews side by side: the newest, what changed since the one before, and its next steps.

Opinions are the school's. Nothing is added up, and no stage is worked out or suggested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.progress import term_labels
from siptrack.cycle.enquiry import Enquiry, enquire
from siptrack.cycle.review_tables import CHANGES, STEPS
from siptrack.cycle.since_tables import Came
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.review import HELD
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.frame import Column
    from siptrack.school.register import Register

_UNDATED = -1.0  # before every term, so that a review that names none is the oldest
BETWEEN = "; "  # between two stages that stand under one heading in the same term


@dataclass(frozen=True, kw_only=True)
class Reviewed(HasTables):
    """The reviews that a school holds. The tables have the columns declared in `review_tables`.

    `terms` are those of the reviews, the oldest first; None is one that names no term. `held` has every row of every
    review; `changes` and `next_steps` are of the newest and the one before. `beside` is what the data give, None where
    nothing in them can be judged.
    """

    register: Register
    beside: Enquiry | None
    terms: tuple[Term | None, ...]
    held: PandasTable = PandasTable()
    changes: PandasTable = PandasTable()
    next_steps: PandasTable = PandasTable()

    @property
    def term(self) -> Term | None:
        """The term of the newest review; None where there is none, or it names none."""
        return self.terms[-1] if self.terms else None

    @property
    def newest(self) -> Frame:
        """The rows of the newest review."""
        held = self.frame("held")
        return held[held["review"] == len(self.terms) - 1]

    @property
    def overdue(self) -> int:
        """How many next steps are past their date with nothing recorded of them."""
        return int(np.count_nonzero(self.frame("next_steps")["said"] == Came.PAST.value))


def review(register: Register, rules: Rules, term: Term | None = None) -> Reviewed:
    """The reviews in a register beside what its data give in a term, the newest unless one is named.

    Of a term that is named, and of those before, the reviews are taken; others are left out. Raises
    NothingToJudgeError when there is neither a review nor anything to judge.
    """
    reviews = register.frame("reviews")
    if term is not None and term.dated:
        reviews = reviews[~(reviews["term"] > term.number)]
    try:
        beside = enquire(analyse(register, rules, term), rules)
    except NothingToJudgeError:
        if reviews.empty:
            raise
        beside = None
    numbers, which = np.unique(np.nan_to_num(reviews["term"], nan=_UNDATED), return_inverse=True)
    terms = tuple(None if number == _UNDATED else Term.numbered(int(number)) for number in numbers.tolist())
    held = reviews.having(review=which)
    newest, before = held[held["review"] == len(terms) - 1], held[held["review"] == len(terms) - 2]
    steps = _steps(newest, before, _looked_from(terms, beside))
    return Reviewed(
        register=register,
        beside=beside,
        terms=terms,
        held=_labelled(held)[[*HELD.names, "review"]],
        changes=_changes(newest, before, rules),
        next_steps=_labelled(steps)[STEPS.names],
    )


def _looked_from(terms: Sequence[Term | None], beside: Enquiry | None) -> Term | None:
    """The term from which a date is past or not: that of the results or of the newest review, the later of them."""
    known = (None if beside is None else beside.analysis.term, *terms[-1:])
    return max((term for term in known if term is not None and term.dated), default=None)


def _labelled(rows: Frame) -> Frame:
    """The rows with the labels of their terms; empty where a number is missing."""
    return rows.having({name: term_labels(rows[name]).filled("") for name in ("term", "due")})


def _changes(newest: Frame, before: Frame, rules: Rules) -> Frame:
    """A row for each heading of the guidance."""
    headings = list(rules.review.headings)

    def count(kept: NDArray[np.bool_]) -> NDArray[np.int64]:
        place = newest["heading"].in_words(headings)
        return np.bincount(place[kept & (place >= 0)], minlength=len(headings))

    has_evidence, has_step = newest["evidence"] != "", newest["step"] != ""
    columns: dict[str, Column] = {
        "heading": Texts.of(headings),
        "before": _stages(before, headings, rules),
        "now": _stages(newest, headings, rules),
        "evidence": count(has_evidence),
        "dated": count(has_evidence & (newest["dated"] != "")),
        "next_steps": count(has_step),
        "filled": count(has_evidence | has_step | (newest["stage_written"] != "")) > 0,
    }
    return Frame(columns)[CHANGES.names]


def _stages(rows: Frame, headings: Sequence[str], rules: Rules) -> Texts:
    """The stages recorded under each heading, each once; as written where they are none of the guidance's."""
    shown = {key: stage.label for key, stage in rules.review.stages.items()}
    by_heading: dict[str, dict[str, None]] = {heading: {} for heading in headings}
    for heading, stage, written in rows.in_rows("heading", "stage", "stage_written"):
        if written:
            by_heading.setdefault(heading, {})[shown.get(stage, written)] = None
    return Texts.of(BETWEEN.join(by_heading[heading]) for heading in headings)


def _steps(newest: Frame, before: Frame, now: Term | None) -> Frame:
    """The next steps with what came of them; a date is past when its term is over, or is the term looked from.

    A step agreed in the term looked from is not due before that term is over.
    """
    with_step = newest[(newest["came"] != "") & (newest["last_step"] != "")]
    own = newest["came"].where(newest["last_step"] == "", "")  # without a step of last time, of the row's own step
    of_last_time = [before.having(came=_came(before, with_step)), _of_no_step(with_step, before)]
    steps = Frame.stacked([newest.having(came=own), *of_last_time])
    steps = steps[steps["step"] != ""]
    number = np.nan if now is None else now.number
    past = (steps["due"] < number) | ((steps["due"] == number) & ~(steps["term"] >= number))
    cases = [
        (steps["came"] != "", Came.REVIEWED),
        (past, Came.PAST),
        (~np.isnan(steps["due"]), Came.NOT_DUE),
    ]
    outcome = Texts.chosen([at for at, _ in cases], [came.value for _, came in cases], Came.UNDATED.value)
    return steps.having(said=outcome)


def _came(before: Frame, steps: Frame) -> Texts:
    """What the newest review has of each next step of the one before, which it names alone or with who and by when."""
    every = list(steps.in_rows("heading", "last_step", "came"))
    return Texts.of(
        BETWEEN.join(dict.fromkeys(came for of, last, came in every if of == heading and _is_about(last, step)))
        if step
        else ""
        for heading, step in before.in_rows("heading", "step")
    )


def _of_no_step(of_steps: Frame, before: Frame) -> Frame:
    """What the newest review has of next steps that are in no review before, as when their words were changed."""
    steps = set(before.in_rows("heading", "step"))
    alone = [
        not any(heading == of and step and _is_about(last, step) for of, step in steps)
        for heading, last in of_steps.in_rows("heading", "last_step")
    ]
    rows = of_steps[np.array(alone, dtype=np.bool_)]
    return rows.having(step=rows["last_step"], who="", by_when="", due=np.nan, term=np.nan)


def _is_about(last: str, step: str) -> bool:
    """Whether a cell about last time means a step: `Pair teachers`, or `Pair teachers (Ms Ash; by Spring 2009)`."""
    last, step = (" ".join(words.split()) for words in (last, step))  # however the cell is broken into lines
    return last == step or last.startswith(f"{step} (")
