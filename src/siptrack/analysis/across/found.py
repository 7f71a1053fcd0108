"""What a run over many schools found, ready for its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siptrack.analysis.across.beside import SchoolsBeside
    from siptrack.school.frame import Frame
    from siptrack.school.sharing import SharingMode
    from siptrack.school.term import Term


class ManySchools(NamedTuple):
    """Schools in the `term` that they were judged in, None where none could be.

    `lines` is the table SCHOOLS; `followed` says by subject of how many children who moved both schools' judgements are
    known, and how many were at expectations in the old school and are in the new. `unread` are files beside the
    schools' folders, `without_data` folders with nothing to read, and `of_none` how many rows are of no
    school. What is shown is what the `mode` lets be shown.
    """

    term: Term | None
    lines: Frame
    beside: SchoolsBeside
    followed: Mapping[str, tuple[int, int, int]]
    unread: Sequence[str]
    without_data: Sequence[str]
    of_none: int
    mode: SharingMode
