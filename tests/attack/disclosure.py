"""Schools at random whose shared tables are attacked: no hidden count may be found.

    python tests/attack/disclosure.py [COUNT]

The attack is that of `tests/generative`, on COUNT schools, 500 without, in every mode; a tenth as many are attacked
over subjects and their combination, by outputs of all children and of each year group, and by those of two terms. As
many are attacked where only small counts are hidden, and must be broken into: an attacker who finds nothing there is
none.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "generative")]

from test_disclosure import found_together, leaks, modes, school, school_of_three_subjects
from test_disclosure_side_by_side import MOVED, found_since, two_terms, whole_and_years

SEED = 16


def main(count: int = 500) -> int:
    """Attack so many schools and print what was found; 1 where anything was, or where the attack is blunt."""
    chance = random.Random(SEED)
    found, broken, together, beside = 0, 0, 0, 0
    for number in range(count):
        name = sorted(modes())[number % len(modes())]
        mode = modes()[name]
        seed, children = chance.randrange(10**6), chance.randint(5, 120)
        analysis = school.__wrapped__(seed, children, alike=number % 2 == 0)
        if leaks(analysis, mode):
            found += 1
            print(f"school {seed} of {children} in mode {name}: a hidden count was found")
        if number % 10 == 0:
            broken += bool(leaks(analysis, mode, by_subtraction=False))
            subjects = school_of_three_subjects.__wrapped__(seed, min(max(children, 20), 60))
            together += bool(found_together(subjects))
            come, left = MOVED[number // 10 % len(MOVED)]
            beside += bool(whole_and_years(seed, children, name))
            with TemporaryDirectory() as folder:
                terms = two_terms.__wrapped__(seed, max(children, 20), come=come, left=left)
                beside += bool(found_since(terms, mode, Path(folder), told=True))
    tenth = -(-count // 10)
    print(
        f"{count:,} schools: {found} gave a hidden count away; of {tenth:,} over several subjects {together}, "
        f"side by side {beside}; "
        f"of {tenth:,} in which only small counts were hidden, {broken}"
    )
    return int(bool(found or together or beside or not broken))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
