"""What is said on and about tables that leave the school."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.numbers import plural, quantity
from siptrack.school.sharing import Sharing, SharingMode, Status

NOT_RECORDED = "Not recorded"
EVERYBODY = "All children"
YEAR_GROUP = "Year group"
GAPS = "Gaps"


def hidden_groups(characteristic: str, groups: Sequence[str]) -> str:
    """`Ethnic group (major): Chinese | Other`; a group's own name may have a comma in it."""
    return f"{characteristic}: {' | '.join(groups)}"


def not_recorded_note(characteristics: Sequence[str]) -> str:
    """Why other groups of these are hidden too, and what brings them back."""
    return (
        f"Not recorded for a few children: {' | '.join(characteristics)}. Beside the number of all children, the other "
        "groups would give these few away, so some of them are hidden too. Once it is recorded they can be shown."
    )


def hidden_everywhere(sharing: Sharing) -> str:
    """What leads the groups of which nothing is shown, so that a table need not say it in each of its cells."""
    return f"{sharing.symbols[Status.SUPPRESSED].shown} in every subject:"


def kept_back_line(count: int, shown: int) -> str:
    """How many gaps are not told of."""
    if not count:
        return ""
    gaps = quantity(count, "other comparison" if shown else "comparison")
    return f"{gaps} {plural(count, 'is', 'are')} not shown, because one of the two sides is hidden."


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
    """That a second output with other filters gives away what this one hides."""
    return (
        f"To share with {mode.label}, and of some children or subjects only. Do not share it beside one with other "
        "filters or with none: what is hidden in one could be found by subtracting it from the other."
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
