"""How often siptrack names a child who keeps up, how often it finds one who falls behind, and how true its numbers are.

`python tests/benchmarks/accuracy` prints tables in Markdown, the same at each run, and asserts nothing; it takes some
nine minutes. `--write` puts those that have a place there into docs/accuracy.md and the README. `--check` takes
three quarters of a minute, names what is missed of what must be so, and ends with 1 if anything is.

simulate.py says what is assumed of children, teachers and tests; verdicts.py which rules siptrack is set beside;
targets.py what must be so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import forecasts
import of_evidence
import of_gaps
import of_provision
import of_verdicts
import page
import targets
from samples import Samples
from sections import Section

from siptrack.rules.load import load

SEED = 20261124
HEAD = f"""# How often siptrack is right

Percent of simulated children of Years 2 to 6 (ks-scaled-score: Year 6), judged in Summer after two years of
termly results, unless it is said otherwise. A figure without a standard error rests on {of_verdicts.OF_EACH} children,
as many of each year group, which makes it 0.8 at most, or on the number given. 1.0 and the like are reliabilities: 1.0
is without error. Named: said to make insufficient progress. Year rule: a gain under the expected gain since last
Summer; term rule: the same since last term. 62→59 ± 1.2: said of 62 in 100, and so of 59."""


def sections() -> Iterator[Section]:
    """Every table, one after another as it is made."""
    rules = load()
    yield from of_verdicts.sections(of_verdicts.judged(rules, SEED))
    yield from of_evidence.sections(Samples(rules, SEED))
    yield Section("forecasts", "How true the chance of a forecast is: said→true", forecasts.table(rules, SEED))
    yield from of_gaps.sections(rules, SEED)
    yield from of_provision.sections(rules, SEED)


def check() -> int:
    """Name what is missed."""
    rules = load()
    missed = [*targets.missed(Samples(rules, SEED)), *of_provision.missed(rules, SEED)]
    print("\n".join(missed) or "Nothing is missed.")
    return int(bool(missed))


def main() -> int:
    """Simulate, judge and print."""
    asked = argparse.ArgumentParser(prog="accuracy", description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("--check", action="store_true", help="only name what is missed of what must be so")
    asked.add_argument("--write", action="store_true", help="write the tables into docs/accuracy.md and the README too")
    options = asked.parse_args()
    if options.check:
        return check()
    print(HEAD)
    made = []
    for section in sections():
        print(section.printed, flush=True)
        made.append(section)
    if options.write:
        page.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
