"""Damaged files, ten thousand of them: each result is read right, or something is named.

Run it with `python tests/attack/mutants.py [COUNT] [SEED]`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "robustness"))
from damage import Judge, mutants

COUNT = 10_000


def main(count: int = COUNT, seed: int = 0) -> int:
    """Read so many mutants and print what went wrong."""
    judge, kinds, faults, began = Judge(), Counter[str](), list[str](), time.perf_counter()
    for number, mutant in enumerate(mutants(count, seed)):
        kinds[mutant.kind] += 1
        if wrong := judge.verdict(mutant):
            faults.append(f"{number} {mutant.kind}, {mutant.how}: {wrong}")
            print(faults[-1])
    judge.reader.close()
    print(f"{count:,} mutants in {time.perf_counter() - began:.0f} s: {len(faults)} read wrongly, and nothing named")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
