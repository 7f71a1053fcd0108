"""The questions about each child that the evidence calls for, as the rules word them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack.cycle.prompts import CALLED, call_prompts
from siptrack.documents.labels import subject_label
from siptrack.rendering.numbers import inside, listed, plain_number, quantity
from siptrack.school.cells import Cell, number, records, text

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.meeting import Prompt

Row = Mapping[str, Cell]


def questions_about(analysis: Analysis, rules: Rules) -> dict[str, tuple[str, ...]]:
    """By child the questions, the most useful first; a child about whom nothing calls for one is not there."""
    people = records(analysis.children.pupils, ["pupil", "year_group"])
    years = {text(row["pupil"]): number(row["year_group"]) for row in people}
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
    attended, planned = (number(rows[0][name]) or 0 for name in ("attended", "planned"))
    sessions = f"{plain_number(attended)} of {quantity(planned, 'session')}"
    return prompt.asks.format(
        subjects=listed([inside(subject_label(text(row["subject"]), rules)) for row in longest if row["subject"]]),
        terms=int(most),
        year=rules.years.label(None if year is None else int(year)),
        provision=f"Came to {sessions} of {text(rows[0]['intervention'])}",
    )
