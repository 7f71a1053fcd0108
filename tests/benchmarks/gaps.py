"""What all gaps cost: of a school of 420 beside reading its workbook, and of a million pupils.

Run it with `python tests/benchmarks/gaps.py`. It prints ratios, seconds and memory, and asserts nothing. A million
takes half a minute and 2 GB, nearly all of it for the pupils themselves. The school of 420 has more characteristics
than the workbook.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "accuracy"))

from gap_schools import COMBINED, SUBJECTS, School, families_of, pupils_of, standing_of
from school import PUPILS, make_workbook

from siptrack.analysis.cells import add_cells, count_cells
from siptrack.analysis.closers import find_closers
from siptrack.analysis.gaps import compare, count_groups
from siptrack.analysis.membership import members_of
from siptrack.analysis.paradox import find_paradoxes
from siptrack.analysis.tally import lay_out
from siptrack.reading.read import read
from siptrack.rules.load import load
from siptrack.school.texts import Texts

RULES = load()
RUNS = 15
MILLION, INVENTED = 1_000_000, 40  # pupils; schools invented, each of which stands for many
MEGABYTE = 1024  # of what the system counts in


def seconds(task: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a task."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        task()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def most_memory() -> str:
    """The most that this process has held so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE:,.0f} MB"


def invented(count: int, seed: int):
    """Pupils of every characteristic, who is in which group, and how they stand."""
    chance, school = np.random.default_rng(seed), School(count)
    family = families_of(school, chance)
    pupils = pupils_of(family, RULES, chance).having(pupil=Texts.of(map(str, range(count))))
    members = members_of(pupils, RULES)
    return pupils, members.groups, members.characteristics, standing_of(school, pupils, family, chance)


def all_gaps(pupils, groups, known, standing) -> int:
    """Every table about groups, as an analysis has them; the number of comparisons."""
    cells = count_cells(standing, groups, pupils["year_group"])
    tally = lay_out(cells, known, (*SUBJECTS, COMBINED), RULES.years)
    gaps = compare(tally, RULES)
    count_groups(tally)
    find_closers(gaps, standing, groups, pupils, RULES.columns.combined, known)
    find_paradoxes(tally, gaps, RULES.groups.small)
    return len(gaps)


def say_one_school() -> None:
    """All gaps of 420 pupils beside reading the workbook of 420."""
    school = invented(PUPILS, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.xlsx"
        make_workbook(path)
        read([path], RULES), all_gaps(*school)
        ratios = [seconds(lambda: all_gaps(*school), 1) / seconds(lambda: read([path], RULES), 1) for _ in range(RUNS)]
    print(f"{PUPILS} pupils, {all_gaps(*school):,} comparisons")
    print(f"  all gaps / reading the workbook: {statistics.median(ratios):.2f}; goal under 0.5")


def say_million() -> None:
    """A million pupils in schools of 420, counted apart and added; then counted at once."""
    schools = [invented(PUPILS, seed) for seed in range(INVENTED)]
    apart = [count_cells(standing, groups, pupils["year_group"]) for pupils, groups, _, standing in schools]
    many, before = MILLION // PUPILS, most_memory()

    pupils, groups, known, standing = schools[0]
    of_one = seconds(lambda: count_cells(standing, groups, pupils["year_group"]))
    began = time.perf_counter()
    whole = add_cells(apart[at % INVENTED] for at in range(many))
    added = time.perf_counter() - began
    tally = lay_out(whole, known, (*SUBJECTS, COMBINED), RULES.years)
    print(f"{many:,} schools of {PUPILS}: cells counted in {of_one * many:.1f} s, added in {added:.1f} s")
    took = seconds(lambda: compare(tally, RULES), 3)
    print(f"  compared in {took:.1f} s, memory {most_memory()}; {before} before")
    pupils, groups, _, standing = invented(MILLION, 1)
    before = most_memory()
    took = seconds(lambda: count_cells(standing, groups, pupils["year_group"]), 1)
    print(f"{MILLION:,} pupils at once: cells counted in {took:.1f} s, memory {most_memory()}; {before} before")


if __name__ == "__main__":
    say_one_school()
    say_million()
