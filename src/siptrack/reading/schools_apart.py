"""Files that hold several schools taken apart once, so that each school is read without the rows of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.by_columns.parts import in_parts
from siptrack.reading.grid import TextGrid
from siptrack.reading.read import understand

if TYPE_CHECKING:
    from siptrack.reading.files import Files
    from siptrack.reading.sheet import Sheet
    from siptrack.rules.model import Rules
    from siptrack.school.texts import Texts

_NOBODY: tuple[str, ...] = ()  # in the place of another school's row, so that every row keeps its number


@dataclass(frozen=True)
class SchoolsApart:
    """The files of several schools, and of which schools each row of a pupil is, if any, by file and sheet.

    Of one long table of plain rows `label` is the school of each row below the headings. `of_none` is how many rows of
    pupils are of no school.
    """

    files: Files
    names: Sequence[str]
    of_none: int = 0
    of_rows: Mapping[tuple[str, str], Mapping[int, frozenset[str]]] = field(default_factory=dict)
    label: Texts | None = None

    def files_of(self, school: str) -> Files:
        """The files as they would be with this school's rows alone, and with those that are no pupil's."""
        return replace(self.files, sheets=[self._of_school(sheet, school) for sheet in self.files.sheets])

    def _of_school(self, sheet: Sheet, school: str) -> Sheet:
        if self.label is not None and isinstance(sheet.rows, TextGrid):
            return sheet._replace(rows=sheet.rows.below_headings(np.flatnonzero(self.label == school)))
        of_row = self.of_rows.get((sheet.file, sheet.name))
        if not of_row:
            return sheet
        rows = enumerate(sheet.rows, 1)
        return sheet._replace(
            rows=tuple(
                cells if (schools := of_row.get(number)) is None or school in schools else _NOBODY
                for number, cells in rows
            )
        )


def take_apart(files: Files, rules: Rules) -> SchoolsApart:
    """The schools in the files, and which rows are theirs.

    Raises InputError when no file holds a pupil.
    """
    plain = in_parts(files, rules)
    if plain is not None and not plain.doubted:
        return SchoolsApart(files, plain.schools.names, label=plain.label)
    known = understand(files, rules)
    found: defaultdict[tuple[str, str], defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in known.layouts.rows:
        context = known.layouts.context(row)
        for number in row.numbers:
            found[context.file, context.sheet][number].update([row.school] if row.school else [])
    of_rows = {sheet: {number: frozenset(schools) for number, schools in rows.items()} for sheet, rows in found.items()}
    of_none = sum(len(row.numbers) for row in known.layouts.rows if not row.school)
    return SchoolsApart(files, known.schools.names, of_none, of_rows)
