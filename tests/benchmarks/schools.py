"""What many schools cost: in one process and in two, with their number, and all of England's by simulation.

Run it with `python tests/benchmarks/schools.py`. It prints seconds, ratios and memory, and asserts nothing; what was
last measured stands in docs/performance.md. `--england` adds 16,800 schools, whose counts are those of forty with
jitter.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from school import PUPILS, make_workbook

from siptrack.analysis.across.beside import set_beside
from siptrack.many.found import find_schools
from siptrack.many.kept import table_of
from siptrack.many.run import judge_schools
from siptrack.rules.load import load

FORTY, MANY, ENGLAND = 40, 300, 16_800
PROCESSES = 2
_MIB = 1024  # kB


def make_schools(folder: Path, schools: int) -> Path:
    """So many schools of 420 pupils, each a workbook in a folder of its own, and with UPNs of its own."""
    for number in range(schools):
        school = folder / "schools" / f"School {number:05d}"
        school.mkdir(parents=True)
        make_workbook(school / "Tracker.xlsx", first=number * PUPILS)
    return folder / "schools"


def measure(data: Path, into: Path, processes: int) -> tuple[float, float]:
    """The seconds that all schools take, from their files to their counts; and the most memory of a process, in MiB."""
    rules = load()
    pool = partial(ProcessPoolExecutor, processes, mp_context=multiprocessing.get_context("spawn"))
    began = time.perf_counter()
    judged = judge_schools(
        find_schools(data, rules).schools, into, config=None, term=None, executor=pool if processes > 1 else None
    )
    seconds = time.perf_counter() - began
    whose = resource.RUSAGE_CHILDREN if processes > 1 else resource.RUSAGE_SELF
    assert judged.exit_code == 0
    return seconds, resource.getrusage(whose).ru_maxrss / _MIB


def england(data: Path, into: Path, schools: int) -> tuple[float, float]:
    """The seconds and the memory of setting so many schools beside each other: forty's counts with jitter."""
    rules, chance = load(), random.Random(1)
    judged = judge_schools(find_schools(data, rules).schools, into, config=None, term=None)
    known = [(counts, kept.kept) for counts, kept in zip(judged.counts.values(), judged.schools, strict=True)]
    counts, kept = {}, []
    for number in range(schools):
        of, path = known[number % len(known)]
        n = of.counted["n"]
        count = np.clip(of.counted["count"] + chance.randint(-5, 5), 0, n)
        counts[f"School {number:05d}"] = of._replace(counted=of.counted.having(count=count))
        kept.append(path)
    began = time.perf_counter()
    set_beside(counts, (table_of(path, "cells") for path in kept), rules, rules.sharing.modes["governors"])
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB


def main() -> None:
    """All of it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        forty = make_schools(place / "forty", FORTY)
        several, memory = measure(forty, place / "two", PROCESSES)
        print(f"{FORTY} schools of {PUPILS}, {PROCESSES} processes: {several:.1f} s, {memory:.0f} MiB each")
        alone, memory = measure(forty, place / "alone", 1)
        print(f"{FORTY} schools of {PUPILS}, 1 process: {alone:.1f} s, {memory:.0f} MiB; ratio {several / alone:.2f}")
        many, memory = measure(make_schools(place / "many", MANY), place / "three hundred", PROCESSES)
        print(
            f"{MANY} schools, {PROCESSES} processes: {many:.1f} s, {1000 * many / MANY:.0f} ms a school, "
            f"{memory:.0f} MiB each"
        )
        for schools in (FORTY, MANY, 2_000, *([ENGLAND] if "--england" in sys.argv else [])):
            seconds, memory = england(forty, place / "alone", schools)
            print(
                f"{schools} schools beside each other: {seconds:.1f} s, {1000 * seconds / schools:.1f} ms a school, "
                f"{memory:.0f} MiB"
            )


if __name__ == "__main__":
    main()
