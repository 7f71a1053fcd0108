"""`siptrack explain`: what a flag or problem means, its usual causes and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.school.errors import ChoiceError

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


@click.command()
@click.argument("code", required=False)
@click.option("--config", type=click.Path(path_type=Path), help="The school's settings, if they change the rules.")
def explain(code: str | None, config: Path | None) -> None:
    """Explain the code of a flag or a problem; without CODE, list them all."""
    from siptrack.rules.load import load

    rules = load(config)
    for line in _explained(code, rules) if code else _listed(rules):
        click.echo(line)


def _listed(rules: Rules) -> list[str]:
    flags = [f"  {rule.code:<24} {rule.meaning}" for rule in rules.flags.flags.values()]
    problems = [f"  {rule.code:<24} {rule.meaning}" for rule in rules.problems.values()]
    return ["Flags, about a child in a subject:", *flags, "", "Problems, about the data:", *problems]


def _explained(code: str, rules: Rules) -> list[str]:
    if flag := rules.flags.flags.get(code):
        return [
            f"{flag.code}: {flag.meaning}",
            f"What to do: {flag.remedy}",
            f"Source:     {flag.source}",
            f"Rule:       {flag.place}",
        ]
    if problem := rules.problems.get(code):
        return [
            f"{problem.code} ({problem.severity}): {problem.meaning}",
            f"Usual causes: {problem.causes}",
            f"What to do:   {problem.remedy}",
        ]
    raise ChoiceError(_unknown(code, rules))


def _unknown(code: str, rules: Rules) -> str:
    from siptrack.rules.document import suggestion

    known = [*rules.flags.flags, *rules.problems]
    return f"'{code}' is not a flag or problem.{suggestion(code, known)} 'siptrack explain' lists them all."
