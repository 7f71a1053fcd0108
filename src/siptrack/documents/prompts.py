"""The questions about each child that the evidence calls for, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.analysis.model import Analysis
from siptrack.analysis.once import once
from siptrack.cycle.prompts import CALLED, call_prompts
from siptrack.documents.labels import subject_label
from siptrack.rendering.numbers import in_sentence, inside, listed, plain_number, quantity
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.meeting import Prompt
from siptrack.school.term import Term

Row = Mapping[str, Cell]


@once
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
        pupil: tuple(_asked(prompts[key], rows, years[pupil], analysis.term, rules) for key, rows in of.items())
        for pupil, of in called.items()
    }


def _asked(prompt: Prompt, rows: Sequence[Row], year: float | None, now: Term, rules: Rules) -> str:
    """The question with what it names: the subjects longest on the list, of these those that started with the first."""
    most = max(number(row["terms"]) or 0 for row in rows)
    longest = [row for row in rows if (number(row["terms"]) or 0) == most]
    first = longest[0]
    of = [row for row in longest if row["start"] == first["start"]]
    attended, planned = number(first["attended"]) or 0, quantity(number(first["planned"]) or 0, "session")
    return prompt.asks.format(
        subjects=listed([inside(subject_label(text(row["subject"]), rules)) for row in of if row["subject"]]),
        terms=int(most),
        year=rules.years.label(year),
        provision=f"Came to {plain_number(attended)} of {planned} of {text(first['intervention'])}",
        now=in_sentence(now.label),
        start=in_sentence(text(first["start"])),
    )
