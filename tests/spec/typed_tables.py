"""What siptrack says of each pupil in a table typed as text, in the words of the columns right of its `||`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from registers import USUAL_SUBJECT, register, term, typed, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from siptrack.rules.model import Rules

NOT_ON_ROLL = "not on roll"
ByPupil = dict[str, dict[str, str]]


def _verdict(window: str) -> Callable[[Analysis, str, str], str]:
    """The verdict of a window; where it cannot be told, the reason."""

    def say(analysis: Analysis, pupil: str, subject: str) -> str:
        row = _progress(analysis, pupil, subject, window)
        return str(row["reason"] if row["verdict"] == Verdict.CANNOT_TELL else row["verdict"])

    return say


def _number(window: str, column: str) -> Callable[[Analysis, str, str], str]:
    def say(analysis: Analysis, pupil: str, subject: str) -> str:
        value = _progress(analysis, pupil, subject, window)[column]
        return "" if pd.isna(value) else f"{value:g}"

    return say


def _text(window: str, column: str) -> Callable[[Analysis, str, str], str]:
    def say(analysis: Analysis, pupil: str, subject: str) -> str:
        value = _progress(analysis, pupil, subject, window)[column]
        return "" if pd.isna(value) else str(value)

    return say


def _flags(analysis: Analysis, pupil: str, subject: str) -> str:
    flags = analysis.flags
    codes = flags.loc[(flags["pupil"] == pupil) & (flags["subject"] == subject), "code"]
    return ", ".join(sorted(set(codes)))


def _ahead(table: str, column: str, **where: str) -> Callable[[Analysis, str, str], str]:
    """A column of the tables about what lies ahead; empty where the child has no row."""

    def say(analysis: Analysis, pupil: str, subject: str) -> str:
        rows = getattr(analysis, table)
        rows = rows[(rows["pupil"] == pupil) & (rows["subject"] == subject)]
        for name, wanted in where.items():
            rows = rows[rows[name] == wanted]
        cells = [value for value in rows[column].tolist() if not pd.isna(value) and value != ""]
        return ", ".join(f"{value:g}" if isinstance(value, float | int) else value for value in cells)

    return say


def _prior_attainment(analysis: Analysis, pupil: str, _subject: str) -> str:
    pupils = analysis.pupils.set_index("pupil")
    return str(pupils.loc[pupil].get("prior_attainment", "not_recorded"))


def _progress(analysis: Analysis, pupil: str, subject: str, window: str) -> pd.Series:
    table = analysis.progress
    found = table[(table["pupil"] == pupil) & (table["subject"] == subject) & (table["window"] == window)]
    (row,) = (row for _, row in found.iterrows())
    return row


SAYINGS = {
    "this year": _verdict("year"),
    "key stage": _verdict("key_stage"),
    "attainment": _text("year", "attainment"),
    "since": _text("year", "start_term"),
    "key stage since": _text("key_stage", "start_term"),
    "distance": _number("year", "distance"),
    "gain": _number("year", "gain"),
    "expected gain": _number("year", "expected_gain"),
    "key stage gain": _number("key_stage", "gain"),
    "key stage expected gain": _number("key_stage", "expected_gain"),
    "measured": _text("year", "measured"),
    "bridge": _text("key_stage", "bridge"),
    "flags": _flags,
    "prior attainment": _prior_attainment,
    "needed a term": _ahead("pace", "needed", horizon="year"),
    "made a term": _ahead("pace", "made", horizon="year"),
    "needed a term to the end of the key stage": _ahead("pace", "needed", horizon="key_stage"),
    "course": _ahead("targets", "course"),
    "why": _ahead("targets", "reason"),
    "to the target": _ahead("targets", "distance"),
    "at this rate from": _ahead("targets", "low"),
    "to": _ahead("targets", "high"),
    "comparable": _ahead("forecasts", "comparable", horizon="year"),
    "from": _ahead("forecasts", "low_grade", horizon="year"),
    "up to": _ahead("forecasts", "high_grade", horizon="year"),
    "chance": _ahead("forecasts", "chance", horizon="year"),
    "ended at": _ahead("forecasts", "met", horizon="year"),
    "no forecast": _ahead("forecasts", "reason", horizon="year"),
}


def reported(table: str, *, now: str | None = None, scale: str = "nc-levels", rules: Rules | None = None) -> ByPupil:
    """What siptrack says, in the columns right of `||`; the term judged is `now`, else the last of the table."""
    sheet = typed(table)
    judged = term(now) if now else sheet.last_term
    analysis = analyse(register(table, scale=scale), rules or usual_rules(), judged)
    on_roll = set(analysis.pupils["pupil"])
    return {
        pupil: {heading: _say(analysis, pupil, heading) if pupil in on_roll else NOT_ON_ROLL for heading in headings}
        for pupil, headings in sheet.wanted.items()
    }


def wanted(table: str) -> ByPupil:
    """What the table says that siptrack must say."""
    return {
        pupil: {heading: _in_order(text) if "flags" in heading else text for heading, text in row.items()}
        for pupil, row in typed(table).wanted.items()
    }


def _in_order(codes: str) -> str:
    return ", ".join(sorted(codes.split(", ")))


def _say(analysis: Analysis, pupil: str, heading: str) -> str:
    subject, _, rest = heading.partition(" ")
    if rest in SAYINGS and subject in usual_rules().columns.subjects:
        return SAYINGS[rest](analysis, pupil, subject)
    return SAYINGS[heading](analysis, pupil, USUAL_SUBJECT)
