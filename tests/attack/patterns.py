"""The worst time that a pattern in settings can take, of those that siptrack lets through.

Run as `python tests/attack/patterns.py [COUNT]`: patterns of the nastiest kinds and COUNT made at random are offered;
those that are let through are matched with texts made to be gone through in as many ways as can be. Ends with 1
when one of them takes more than MOST seconds, or when a pattern known to run away is let through.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Iterator

from siptrack.rules.document import parse
from siptrack.rules.patterns import LONGEST, LONGEST_PATTERN, matches, pattern_of
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError

MOST = 0.1  # seconds for one text
COUNT = 20_000
SEED = 16
RUN_AWAY = (
    *(
        "(a+)+b",
        "(a*)*b",
        "(a|a)*b",
        "(a|aa)+b",
        "(a|ab)*c",
        "(a?){40}a{40}",
        "([a-z]+)*1",
        "(a+b?)+c",
        "(.*)(.*)(.*)b",
    ),
    *("a*a*a*a*b", ".*.*.*b", "(a|b|ab)*c", r"(\w+\s?)+1", "a?" * 40 + "a" * 40, "(a|aa)" * 30 + "b"),
    *(
        r"(a)\1*b",
        "(?=(a+))a*b",
        "(?<=a)a*b",
        "(?i)(a+)+b",
        "(?:(?:a{1,9}){1,9}){1,9}b",
        "(?:(?:){1000}){1000}",
        "(a+?)+?b",
    ),
    *("(?:a*)*?b", "((a|b)+)+c", "(x+x+)+y", "(?:a{0,9}){9}b", "(?:aa|aaa)*b"),
)
NASTY = (
    *(
        "a*a*b",
        ".*a.*",
        "a?" * 11,
        "a?" * 10 + "a" * 20,
        "(?:a|aa)" * 10 + "b",
        "(?:a|a)" * 10 + "b",
        "a{0,255}a{0,3}b",
    ),
    *(
        "[ab]*[bc]*d",
        "(?:ab)*(?:a|b)*c",
        "[^-]*-[^-]*-[^-]*-.*",
        r"\w*\d*\s*-\w*",
        "(?:a{9}){1,28}a*b",
        "a{1,30}a{1,30}b",
    ),
    *("[a-y]*[a-z]{1,3}1", "(?:a?a?a?a?a?a?a?a?a?a?b?)c", "(?:" + "|".join(["a"] * 60) + ")" + "a*b"),
)
PIECES = ("a", "b", "[ab]", ".", "(?:a|b)", "(?:a|ab)", "(?:ab)", "[^b]", r"\w", r"\d", " ", "-", "(?:a|)", "(?:aa|b)")
REPEATS = ("", "", "", "*", "+", "?", "*?", "{1,3}", "{2}", "{0,40}", "{3,}")
TEXTS = tuple(
    (part * LONGEST)[: LONGEST - 1] + end
    for part in ("a", "ab", "aab", "b", "ba", "a ", "a-", "1", "a1", "ab-")
    for end in ("!", "a", "b", "-")
)


def made_up(chance: random.Random) -> str:
    """A pattern of pieces, each repeated in some way, some of them put together and repeated once more."""

    def some(depth: int) -> Iterator[str]:
        for _ in range(chance.randint(1, 5)):
            piece = chance.choice(PIECES)
            if depth and chance.random() < 0.3:
                piece = f"(?:{''.join(some(depth - 1))})"
            yield piece + chance.choice(REPEATS)

    return "".join(some(2))[:LONGEST_PATTERN]


def let_through(pattern: str) -> bool:
    """Whether siptrack takes the pattern from a rule file."""
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"')
    try:
        pattern_of(RuleSection(parse(f'rest: "{quoted}"', "siptrack.yaml"), "siptrack.yaml"), "rest")
    except RulesError:
        return False
    return True


def worst(patterns: Iterator[str]) -> tuple[float, str, int]:
    """The longest that one text took, the pattern, and how many patterns were let through."""
    slowest, named, through = 0.0, "", 0
    for pattern in patterns:
        if not let_through(pattern):
            continue
        through += 1
        re.compile(pattern)
        for text in TEXTS:
            began = time.process_time()
            matches(pattern, text)
            took = time.process_time() - began
            if took > slowest:
                slowest, named = took, pattern
    return slowest, named, through


def main(count: int = COUNT) -> int:
    """Print the figures; 1 where a pattern runs away."""
    missed = [pattern for pattern in RUN_AWAY if let_through(pattern)]
    chance = random.Random(SEED)
    slowest, named, through = worst(iter((*NASTY, *(made_up(chance) for _ in range(count)))))
    print(f"{len(RUN_AWAY)} patterns that run away: {len(missed)} let through {missed}")
    print(f"{count + len(NASTY)} others: {through} let through; the worst took {slowest * 1000:.1f} ms: {named}")
    return int(bool(missed) or slowest > MOST)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
