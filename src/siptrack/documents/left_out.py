"""What is said of children on roll who are in no percentage at age-related expectations."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.numbers import listed, quantity, thousands, whole_percents

HEADING = "In no percentage at ARE"


def counted(reasons: Sequence[tuple[str, int]]) -> str:
    """`5 no result and 4 absent`."""
    return listed([f"{thousands(count)} {reason}" for reason, count in reasons])


def left_out_sentence(reasons: Sequence[tuple[str, int]]) -> str:
    """That some children have nothing to count in a subject, why, and where to see what this does."""
    judgements = quantity(sum(count for _, count in reasons), "judgement is", "judgements are")
    return (
        f"{judgements} missing from the percentages ({counted(reasons)}). --detail says where, "
        "and between what each percentage would lie had these children been assessed."
    )


def lies_between(low: float, high: float) -> str:
    """`64 to 70 %`."""
    return f"{whole_percents(low, high)} %"


def left_out_note() -> str:
    """What the last column means."""
    return "The last column is the percentage of all on roll: had none of those left out been at ARE, and had all."
