"""What a run over many schools found, ready for its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siptrack.analysis.across.beside import SchoolsBeside
    from siptrack.analysis.across.followed import OverBoth
    from siptrack.school.frame import Frame
    from siptrack.school.sharing import SharingMode
    from siptrack.school.term import Term


class ManySchools(NamedTuple):
    """Schools in the `term` that they were judged in, None where none could be.

    `lines` is the table SCHOOLS, `totals` what its numbers of children come to, None where that is hidden; `followed`
    says by subject what became of those who moved. `unread` are files beside the
    schools' folders, `without_data` folders with nothing to read, and `of_none` how many rows are of no
    school. What is shown is what the `mode` lets be shown.
    """

    term: Term | None
    lines: Frame
    totals: Mapping[str, int | None]
    beside: SchoolsBeside
    followed: Mapping[str, OverBoth]
    unread: Sequence[str]
    without_data: Sequence[str]
    of_none: int
    mode: SharingMode
