"""Whatever two systems call the children of a school, each is one child: none doubled, none merged, none lost."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest
from two_systems import write_school

from how_many import examples
from registers import usual_rules
from siptrack.reading.identity.pupils import match_rows
from siptrack.reading.read import understand

SCHOOLS = examples(80)
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_each_child_is_one(part):
    wrong = {seed: found for seed in range(part, SCHOOLS, PARTS) if (found := faults(seed))}

    assert wrong == {}


def faults(seed: int) -> dict[str, list[object]]:
    """The children who became several, those who became one, and those whose rows were set aside."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_school(Random(seed), Path(folder))  # noqa: S311  # to spread layouts, not to keep secrets
        known = understand(sorted(Path(folder).iterdir()), usual_rules())
    rows, identified = match_rows(known.layouts, known.dated, usual_rules(), known.findings)
    pupils, of_pupil, lost = defaultdict(set), defaultdict(set), set()
    for row, who, *_ in rows:
        child = written.whose[identified.layouts.context(row).file, row.number]
        if who is None:
            lost.add(child)
            continue
        pupils[child].add(who)
        of_pupil[who].add(child)
    found = {
        "doubled": [child for child, several in pupils.items() if len(several) > 1],
        "merged": [sorted(together) for together in of_pupil.values() if len(together) > 1],
        "lost": sorted(lost),
    }
    return {name: some for name, some in found.items() if some}
