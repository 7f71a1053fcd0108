"""The questions about each child that the evidence calls for, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.analysis.model import Analysis
from siptrack.cycle.prompts import CALLED, call_prompts
from siptrack.documents.labels import subject_label
from siptrack.reports.wording import meeting as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.meeting import Prompt

Row = Mapping[str, Cell]


def questions_about(analysis: Analysis, rules: Rules) -> dict[str, tuple[str, ...]]:
    """By child the questions, the most useful first; a child about whom nothing calls for one is not there."""
    years = {
        text(row["pupil"]): number(row["year_group"])
        for row in records(analysis.children.pupils, ["pupil", "year_group"])
    }
    prompts = {prompt.key: prompt for prompt in rules.meeting.prompts}
    called: dict[str, dict[str, list[Row]]] = {}
    for row in records(call_prompts(analysis, rules), CALLED.names):
        called.setdefault(text(row["pupil"]), {}).setdefault(text(row["prompt"]), []).append(row)
    return {
        pupil: tuple(_asked(prompts[key], rows, years[pupil], rules) for key, rows in of.items())
        for pupil, of in called.items()
    }


def _asked(prompt: Prompt, rows: Sequence[Row], year: float | None, rules: Rules) -> str:
    """The question about the subjects of these rows; of terms in a row, about those with the most."""
    most = max(number(row["terms"]) or 0 for row in rows)
    longest = [row for row in rows if (number(row["terms"]) or 0) == most]
    first = rows[0]
    return wording.asked(
        prompt.asks,
        subjects=[subject_label(text(row["subject"]), rules) for row in longest if row["subject"]],
        terms=int(most),
        year=rules.years.label(None if year is None else int(year)),
        intervention=text(first["intervention"]),
        sessions=(number(first["attended"]) or 0, number(first["planned"]) or 0),
    )
