"""The table of interventions whose effect is known.

`python tests/benchmarks/accuracy/of_provision.py` prints it alone, and with `--write` writes it into the manual.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import page
from provision import CASES, IN_IT, IN_THE_SCHOOL, LASTS, Answers, Selection, answers
from sections import Section
from tables import markdown

from siptrack.rules.load import load

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

SEED = 20261124  # that of the other tables
SCALES = ("nc-levels", "point-in-time")
SCHOOLS, FOR_CHECK = 120, 30
BIAS, COVERED, GIVEN, ERRORS = 0.2, 90, 80, 2  # steps, percent, percent; standard errors
SELDOM = 10  # percent of schools, under which the answer is that there is no fair comparison
OF_SIX_TERMS = tuple(case for case in CASES if case.terms == min(LASTS))
HEADINGS = (
    "scale, terms, chosen, effect",
    "given (%)",
    "bias (steps)",
    "holds truth (%)",
    "wrong of all (%)",
    "claims (%)",
)


def sections(rules: Rules, seed: int) -> Iterator[Section]:
    """What is said of an intervention, however its children were chosen."""
    rows = [
        [f"{scale}, {case.terms}, {case.shown}", *_cells(answers(rules, scale, case, SCHOOLS, seed))]
        for scale in SCALES
        for case in CASES
    ]
    yield Section(
        "provision",
        "What is said of an intervention whose effect is known",
        markdown(HEADINGS, rows),
        f"{SCHOOLS} schools of {IN_THE_SCHOOL} with {IN_IT} children in it; ± is a standard error.",
    )


def _cells(of: Answers) -> list[str]:
    bias = f"{of.bias.value:+.2f} ± {of.bias.error:.2f}" if of.bias.count > 1 else "-"
    covered = of.covered.shown if of.bias.count > 1 else "-"
    return [of.given.shown, bias, covered, of.wrong.shown, of.claimed.shown]


def missed(rules: Rules, seed: int) -> list[str]:
    """A line for each target that is missed by more than chance: six terms, of few schools."""
    lines = []
    for scale in SCALES:
        for case in OF_SIX_TERMS:
            of = answers(rules, scale, case, FOR_CHECK, seed)
            lines += [
                f"{scale}, provision, {case.shown}: {what}"
                for what in _wrong(of, random=case.selection is Selection.RANDOM)
            ]
    return lines


def _wrong(of: Answers, *, random: bool) -> Iterator[str]:
    if random and of.given.value + ERRORS * of.given.error < GIVEN:
        yield f"compared in {of.given.shown} of 100 schools"
    if of.wrong.value - ERRORS * of.wrong.error > 100 - COVERED:
        yield f"wrong in {of.wrong.shown} of 100 schools"
    if of.given.value - ERRORS * of.given.error >= SELDOM and abs(of.bias.value) - ERRORS * of.bias.error > BIAS:
        yield f"off by {of.bias.value:+.2f} steps"


if __name__ == "__main__":
    made = list(sections(load(), SEED))
    print(*(section.printed for section in made), sep="\n")
    if sys.argv[1:] == ["--write"]:
        page.write(made)
