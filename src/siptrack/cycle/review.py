"""The school's own reviews side by side: the newest, what changed since the one before, and its next steps.

Opinions are the school's. Nothing is added up, and no stage is worked out or suggested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.analyse import analyse
from siptrack.cycle.enquiry import Enquiry, enquire
from siptrack.cycle.review_tables import CHANGES, HELD, STEPS
from siptrack.cycle.since_tables import Came
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.term import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

_UNDATED = -1.0  # before every term, so that a review that names none is the oldest
BETWEEN = "; "  # between two stages that stand under one heading in the same term


@dataclass(frozen=True)
class Reviewed:
    """The reviews that a school holds. The tables have the columns declared in `review_tables`.

    `terms` are those of the reviews, the oldest first; None is one that names no term. `held` has every row of every
    review; `changes` and `steps` are of the newest and the one before. `beside` is what the data give, None where
    nothing in them can be judged.
    """

    register: Register
    beside: Enquiry | None
    terms: tuple[Term | None, ...]
    held: DataFrame
    changes: DataFrame
    steps: DataFrame

    @property
    def term(self) -> Term | None:
        """The term of the newest review; None where there is none, or it names none."""
        return self.terms[-1] if self.terms else None

    @property
    def newest(self) -> DataFrame:
        """The rows of the newest review."""
        return self.held[self.held["review"] == len(self.terms) - 1]

    @property
    def before(self) -> DataFrame:
        """The rows of the review before."""
        return self.held[self.held["review"] == len(self.terms) - 2]

    @property
    def overdue(self) -> int:
        """How many next steps are past their date with nothing recorded of them."""
        return int((self.steps["said"] == Came.PAST.value).sum())


def review(register: Register, rules: Rules, term: Term | None = None) -> Reviewed:
    """The reviews in a register beside what its data give in a term, the newest unless one is named.

    Of a term that is named, and of those before, the reviews are taken; others are left out. Raises
    NothingToJudgeError when there is neither a review nor anything to judge.
    """
    reviews = register.reviews
    if term is not None and term.dated:
        reviews = reviews[~(reviews["term"] > term.number)]
    try:
        beside = enquire(analyse(register, rules, term), rules)
    except NothingToJudgeError:
        if reviews.empty:
            raise
        beside = None
    when = reviews["term"].fillna(_UNDATED)
    numbers = sorted(when.unique())
    terms = tuple(None if number == _UNDATED else Term.numbered(int(number)) for number in numbers)
    held = reviews.assign(review=np.searchsorted(np.array(numbers, dtype=np.float64), when.to_numpy()))
    newest, before = held[held["review"] == len(terms) - 1], held[held["review"] == len(terms) - 2]
    steps = _steps(newest, before, _looked_from(terms, beside))
    return Reviewed(
        register=register,
        beside=beside,
        terms=terms,
        held=_labelled(held)[[*HELD.names, "review"]],
        changes=_changes(newest, before, rules),
        steps=_labelled(steps)[STEPS.names],
    )


def _looked_from(terms: Sequence[Term | None], beside: Enquiry | None) -> Term | None:
    """The term from which a date is past or not: that of the results or of the newest review, the later of them."""
    known = (None if beside is None else beside.analysis.term, *terms[-1:])
    return max((one for one in known if one is not None and one.dated), default=None)


def _labelled(rows: DataFrame) -> DataFrame:
    return rows.assign(term=_labels(rows["term"]), due=_labels(rows["due"])).reset_index(drop=True)


def _labels(numbers: Series[float]) -> list[str]:
    """The terms' labels; empty where a number is missing."""
    return ["" if pd.isna(number) else Term.numbered(int(number)).label for number in numbers]


def _changes(newest: DataFrame, before: DataFrame, rules: Rules) -> DataFrame:
    """A row for each heading of the guidance."""
    headings = pd.Index(list(rules.review.headings), name="heading")
    shown = {key: stage.label for key, stage in rules.review.stages.items()}

    def stages(rows: DataFrame) -> Series[str]:
        chosen = rows[rows["stage_written"] != ""]
        said = chosen["stage"].map(shown).fillna(chosen["stage_written"])
        return said.groupby(chosen["heading"]).agg(lambda texts: BETWEEN.join(dict.fromkeys(texts)))

    def count(rows: DataFrame) -> Series[int]:
        return rows.groupby("heading").size().reindex(headings, fill_value=0)

    told, written = newest[newest["evidence"] != ""], newest[["stage_written", "evidence", "step"]]
    frame = pd.DataFrame(
        {
            "before": stages(before).reindex(headings, fill_value=""),
            "now": stages(newest).reindex(headings, fill_value=""),
            "evidence": count(told),
            "dated": count(told[told["dated"] != ""]),
            "next_steps": count(newest[newest["step"] != ""]),
            "filled": count(newest[(written != "").any(axis=1)]) > 0,
        },
        index=headings,
    )
    return frame.reset_index()[CHANGES.names]


def _steps(newest: DataFrame, before: DataFrame, now: Term | None) -> DataFrame:
    """The next steps with what came of them; a date is past when its term is over, or is the term looked from.

    A step agreed in the term looked from is not due before that term is over.
    """
    told = newest[(newest["came"] != "") & (newest["last_step"] != "")]
    own = newest["came"].where(newest["last_step"] == "", "")  # without a step of last time, of the row's own step
    steps = pd.concat([newest.assign(came=own), before.assign(came=_came(before, told)), _of_no_step(told, before)])
    steps = steps[steps["step"] != ""]
    number = np.nan if now is None else now.number
    past = (steps["due"] < number) | ((steps["due"] == number) & ~(steps["term"] >= number))
    cases = [
        (steps["came"] != "", Came.REVIEWED),
        (past, Came.PAST),
        (steps["due"].notna(), Came.NOT_DUE),
    ]
    said = np.select([at.to_numpy() for at, _ in cases], [one.value for _, one in cases], Came.UNDATED.value)
    return steps.assign(said=said)


def _came(before: DataFrame, told: DataFrame) -> list[str]:
    """What the newest review has of each next step of the one before, which it names alone or with who and by when."""
    found = []
    for heading, step in zip(before["heading"], before["step"], strict=True):
        about = [_is_about(last, step) for last in told["last_step"]]
        texts = told["came"][np.array(about, dtype=np.bool_) & (told["heading"] == heading).to_numpy()]
        found.append(BETWEEN.join(dict.fromkeys(texts)) if step else "")
    return found


def _of_no_step(told: DataFrame, before: DataFrame) -> DataFrame:
    """What the newest review has of next steps that are in no review before, as when their words were changed."""
    steps = set(zip(before["heading"], before["step"], strict=True))
    named = zip(told["heading"], told["last_step"], strict=True)
    alone = [not any(heading == of and step and _is_about(last, step) for of, step in steps) for heading, last in named]
    rows = told[np.array(alone, dtype=np.bool_)]
    return rows.assign(step=rows["last_step"], who="", by_when="", due=np.nan, term=np.nan)


def _is_about(last: str, step: str) -> bool:
    """Whether a cell about last time means a step: `Pair teachers`, or `Pair teachers (Ms Ash; by Spring 2009)`."""
    return last == step or last.startswith(f"{step} (")
