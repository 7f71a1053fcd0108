"""Which working group each child is in, subject by subject: by where the child stands, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.school.scale import Attainment
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from siptrack.school.frame import Frame
    from siptrack.school.working_groups import WorkingGroups

GROUPED = Table(
    "working_groups",
    "The working group of each pupil in each subject; none where it is not known how the pupil stands.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("term", "text", "the term of the result", always=True),
        Column("scale", "text", "its scale"),
        Column("grade", "text", "the grade, or a special code; empty where there is no result"),
        Column("attainment", "text", "well below, below, at, above, or not known", tuple(Attainment), always=True),
        Column("group", "text", "the working group's key, as in working_groups.yaml; empty where it is not known"),
    ),
)


def in_groups(progress: Frame, groups: WorkingGroups) -> Frame:
    """The table of working groups, from a table of progress."""
    rows = progress[progress.first_of("pupil", "subject")]
    return rows.having(group=rows["attainment"].renamed(groups.by_attainment))[GROUPED.names]
