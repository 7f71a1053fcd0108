"""`siptrack explain`: what a flag, a question or a problem means, its usual causes and what to do."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.options import PATH, examples
from siptrack.commands.output import deliver
from siptrack.school.errors import ChoiceError
from siptrack.school.near import instead
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.rules.model import CheckRule, FlagRule, ProblemRule, Rules


@click.command(
    epilog=examples("siptrack explain", "siptrack explain fell-back"),
)
@click.argument("code", required=False, shell_complete=OFFERED["codes"])
@click.option("--config", type=PATH, help="The school's settings, if they change the rules.")
def explain(code: str | None, config: Path | None) -> None:
    """Explain the code of a flag, a question or a problem; without CODE, list them all."""
    from siptrack.rules.load import load

    rules = load(config)
    lines = _explained(code, rules) if code else _listed(rules)
    deliver("".join(f"{safe_text(line)}\n" for line in lines), None, force=False)


def _listed(rules: Rules) -> list[str]:
    about: dict[str, Mapping[str, FlagRule | CheckRule | ProblemRule]] = {
        "Flags, about a child in a subject:": rules.flags.flags,
        "Questions, about judgements ('siptrack check'):": rules.checks,
        "Problems, about the data:": rules.problems,
    }
    width = max(len(code) for known in about.values() for code in known) + 1
    parts = (
        ["", heading, *(f"  {rule.code:<{width}} {rule.meaning}" for rule in known.values())]
        for heading, known in about.items()
    )
    return list(chain(*parts))[1:]


def _explained(code: str, rules: Rules) -> list[str]:
    if flag := rules.flags.flags.get(code):
        return [
            f"{flag.code}: {flag.meaning}",
            f"What to do: {flag.remedy}",
            f"Source:     {flag.source}",
            f"Rule:       {flag.place}",
        ]
    if question := rules.checks.get(code):
        return [
            f"{question.code}: {question.meaning}",
            f"To ask: {question.question}",
            f"Source: {question.source}",
            f"Rule:   {question.place}",
        ]
    if problem := rules.problems.get(code):
        return [
            f"{problem.code} ({problem.severity}): {problem.meaning}",
            f"Usual causes: {problem.causes}",
            f"What to do:   {problem.remedy}",
        ]
    raise ChoiceError(_unknown(code, rules))


def _unknown(code: str, rules: Rules) -> str:
    known = [*rules.flags.flags, *rules.checks, *rules.problems]
    return f"'{code}' is not a flag, a question or a problem. {instead(code, known)} 'siptrack explain' lists them all."
