"""The example in docs/evidence.md, worked out as by hand: `python tests/documents/evidence_page.py` writes it anew.

Nothing of siptrack's arithmetic is used: a table of the normal distribution, multiplying and adding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import NormalDist

from siptrack.rules.load import load
from siptrack.school.evidence import EvidenceRules

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
BEGIN, END = "<!-- example:begin -->\n", "<!-- example:end -->\n"
SCALE = "teacher-assessment"
MARKS = ("EXS", "EXS", "EXS", "EXS", "WTS", "WTS")
TERMS = ("Autumn", "Spring", "Summer", "Autumn", "Spring", "Summer")
BANDS = {"WTS": (float("-inf"), 0.0), "EXS": (0.0, 1.0), "GDS": (1.0, float("inf"))}  # from the line, in bands
LEVELS = [-0.5 + 0.25 * at for at in range(9)]  # a hand's grid
COURSES = {
    "keeps up": [0.0] * 6,
    "rises": [at / 3 for at in range(6)],
    "falls since the first result": [-at / 3 for at in range(6)],
    "falls since last summer": [0, 0, 0, -1 / 3, -2 / 3, -1],
}
SHOWN = 0.25  # the level of which each step is shown
below = NormalDist().cdf


@cache
def rules() -> EvidenceRules:
    """The rules of evidence, read once."""
    return load().evidence


def spread() -> tuple[float, float]:
    """The middle and the standard deviation of what is written on the scale."""
    found = rules().spread[SCALE]
    return found.middle[0], found.deviation[0]


def level_and_error() -> tuple[float, float]:
    """The standard deviations of the level and of the error."""
    reliability, deviation = rules().reliability.judgement, spread()[1]
    return reliability**0.5 * deviation, (1 - reliability) ** 0.5 * deviation


def shares() -> dict[str, float]:
    """The share of children of each course; the falls that can be told share theirs."""
    stated = rules().courses
    return dict(zip(COURSES, (stated.keep, stated.rise, stated.fall / 2, stated.fall / 2), strict=True))


def chance(mark: str, value: float) -> float:
    """How often a child whose true value is this is given the mark."""
    low, high = BANDS[mark]
    error, slips = level_and_error()[1], rules().slips
    meant = below((high - value) / error) - below((low - value) / error)
    return (1 - slips) * meant + slips * common(mark)


def common(mark: str) -> float:
    """How many of all children are given the mark."""
    low, high = BANDS[mark]
    middle, deviation = spread()
    return below((high - middle) / deviation) - below((low - middle) / deviation)


def product(level: float, moves: Sequence[float]) -> float:
    """The chance of all marks of a child of this level on this course."""
    whole = 1.0
    for mark, move in zip(MARKS, moves, strict=True):
        whole *= chance(mark, level + move)
    return whole


def weights() -> list[float]:
    """How many of all children stand about each level."""
    heights = [NormalDist(spread()[0], level_and_error()[0]).pdf(level) for level in LEVELS]
    return [height / sum(heights) for height in heights]


def likely() -> dict[str, float]:
    """How likely the marks are on each course, whatever the level."""
    held = weights()
    return {
        course: sum(weight * product(level, moves) for weight, level in zip(held, LEVELS, strict=True))
        for course, moves in COURSES.items()
    }


def in_100() -> dict[str, float]:
    """Of 100 children with these marks, how many took each course."""
    parts = {course: share * likely()[course] for course, share in shares().items()}
    return {course: 100 * part / sum(parts.values()) for course, part in parts.items()}


def example() -> str:
    """The example as it stands on the page."""
    deviation, error = level_and_error()
    chances, slips = [chance(mark, SHOWN) for mark in MARKS], rules().slips
    meant = below((1 - SHOWN) / error) - below(-SHOWN / error)
    found, whole = in_100(), likely()
    fell = sum(number for course, number in found.items() if course.startswith("falls"))
    head = ["level", "of all", *COURSES]
    rows = [
        [f"{level:g}", f"{weight:.3f}", *(f"{product(level, moves):.4f}" for moves in COURSES.values())]
        for level, weight in zip(LEVELS, weights(), strict=True)
    ]
    last = [
        ["**all levels**", "", *(f"{whole[course]:.5f}" for course in COURSES)],
        ["**share of children**", "", *(f"{share:.2f}" for share in shares().values())],
        ["**multiplied**", "", *(f"{shares()[course] * whole[course]:.6f}" for course in COURSES)],
        ["**of 100**", "", *(f"{found[course]:.0f}" for course in COURSES)],
    ]
    over, under = (1 - SHOWN) / error, -SHOWN / error
    reliability = rules().reliability.judgement
    sentences = [
        f"The marks: {', '.join(f'{term} {mark}' for term, mark in zip(TERMS, MARKS, strict=True))}.",
        (
            f"Standard deviations: of the level {deviation:.3f} bands (the square root of {reliability:g}, times "
            f"{spread()[1]:g}), of the error {error:.3f}."
        ),
        (
            f"A step in full, for a child who keeps up {SHOWN:g} of a band over the line. EXS is given from 0 to 1 "
            f"band over it: (1 - {SHOWN:g}) / {error:.3f} = {over:.2f} and (0 - {SHOWN:g}) / {error:.3f} = {under:.2f} "
            f"standard deviations; between them lie {meant:.3f} of a normal distribution. {100 * slips:g} mark of 100 "
            f"is a slip, and then EXS as often as among all children, {common('EXS'):.2f}: {1 - slips:g} x {meant:.3f} "
            f"+ {slips:g} x {common('EXS'):.2f} = {chances[0]:.3f}. WTS likewise: {chances[-1]:.3f}. Four EXS and two "
            f"WTS: {chances[0]:.3f}⁴ x {chances[-1]:.3f}² = {product(SHOWN, COURSES['keeps up']):.4f}."
        ),
        "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---", *["--:"] * (len(head) - 1)], *rows, *last]),
        f"Of 100 children with these marks **{int(fell)}** have truly fallen behind.",
    ]
    return "\n\n".join(sentences) + "\n"


def with_example(page: str) -> str:
    """The page with the example of today."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + example() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(with_example(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
