"""What is said on and about tables that leave the school."""

from __future__ import annotations

from siptrack.rendering.numbers import plural, quantity
from siptrack.school.sharing import SharingMode

NOT_RECORDED = "Not recorded"
EVERYBODY = "All children"
YEAR_GROUP = "Year group"
GAPS = "Gaps"


def kept_back_line(*, kept_back: bool) -> str:
    """That there are gaps that are not told of; not how many, which would tell how many groups are hidden."""
    return "Comparisons of which one side is hidden are not shown." if kept_back else ""


def too_few_line(count: int, least: int) -> str:
    """How many gaps rest on too few children."""
    made = quantity(count, "comparison")
    return f"{made} {plural(count, 'has', 'have')} fewer than {least} children on a side: too few to tell."


def gaps_note() -> str:
    """How the gaps are to be read."""
    return (
        "Gap in points: the group's percentage minus that of the children it is compared with. Clear: chance alone "
        "would seldom make such a gap, over all gaps compared. A gap says nothing of its cause."
    )


def filters_warning(mode: SharingMode) -> str:
    """That an output of some children must not stand beside one of others."""
    return (
        f"To share with {mode.label}, and of some children or subjects only. It may stand beside the output of all "
        "children, and that of one year group beside those of the others; beside no output with other filters: what is "
        "hidden in one could be found by subtracting it from the other."
    )


def key_made(path: str) -> str:
    """That a key was made, and what it is."""
    return (
        f"Made a key: {path}. Keep it, and keep it away from the tables: the same key gives a child the same pseudonym "
        "in each of them, and whoever has it and the names can tell who is who."
    )


def still_personal() -> str:
    """That pseudonyms do not make a table anonymous."""
    return "Pseudonymised tables are still personal data about children: keep them as you keep the names."
