r"""Patterns (regular expressions) in rule files: refused where the time that they take could run away.

A pattern is matched by trying one way after another, so what it costs is in how many ways a text can be gone through.
Python's own parser tells how a pattern is made, and only what can be counted is let through: characters, sets, groups,
alternatives, anchors and repeats. What is repeated must be gone through in one way only: no further repeat in it
that varies, as in `(a+)+`, and no alternatives that may begin alike, as in `(a|ab)*`. Then a pattern has as many ways
as it has places where a repeat may end, or an alternative be taken, though what follows may begin with the same
character: `a*b` has one, `a*a` as many as the text is long, `a*a*a` the square of that. At most MOST_WAYS are let
through for a text of LONGEST characters, to which every text is cut. What remains possible is a quadratic pattern such
as `.*a.*`, or a run of optional characters such as `a?a?a?`: tests/attack/patterns.py measures the worst of these.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from itertools import combinations
from operator import or_
from typing import Any, TypeAlias

from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError

LONGEST = 256  # characters of a text that are matched
LONGEST_PATTERN = 200
MOST_WAYS = 600

_FLAGS = "holds signs for the whole of it, such as (?i); write both letters, such as [Aa]"
_BACK = r"refers back to what it has matched, such as \1; write out what may stand there"
_AROUND = "looks ahead or behind, such as (?=a) or (?<!a); write only what is to be matched"
_NESTED = "repeats what repeats itself, such as (a+)+ or (a?)*; write one repeat, such as a+ or [a-z ]{1,40}"
_ALIKE = "repeats alternatives that may begin alike, such as (a|ab)*; write one set, such as [ab]*"
_WAYS = "fits a text in too many ways, such as .*a.*b; end a repeat by what it does not hold, such as [^-]*-[^/]*/"
_UNKNOWN = "holds more than characters, sets, groups, alternatives and repeats; write it with these"
_REFUSED = {"GROUPREF": _BACK, "GROUPREF_EXISTS": _BACK, "ASSERT": _AROUND, "ASSERT_NOT": _AROUND}

_BEYOND = 0x10000  # stands for every character from here on, such as a smiley
_EVERY = (1 << _BEYOND + 1) - 1
_CATEGORIES = {"DIGIT": str.isdecimal, "SPACE": str.isspace, "WORD": str.isalnum}

Parsed: TypeAlias = Any  # of Python's parser: a pattern, or a part of one
Signs: TypeAlias = int  # a set of characters, one bit for each


class _UnfitError(Exception):
    """What a pattern does that none may do."""


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of a text, cut at LONGEST characters, is as a pattern of the rules has it."""
    return re.fullmatch(pattern, text[:LONGEST]) is not None


def pattern_of(part: RuleSection, name: str) -> str:
    """The pattern of that name; empty where there is none.

    Raises RulesError for what is no pattern, and for one whose time could run away.
    """
    text = part.text(name, "")
    try:
        _refuse_costly(text)
    except _UnfitError as unfit:
        raise RulesError(f"{part.names[name].mark}: {part.where_of(name)} {unfit}.") from None
    return text


@lru_cache(maxsize=1024)
def _refuse_costly(text: str) -> None:
    if len(text) > LONGEST_PATTERN:
        raise _UnfitError(f"has more than {LONGEST_PATTERN} characters; write a shorter one")
    parser: Parsed = re._parser  # type: ignore[attr-defined]  # noqa: SLF001  # the parser that `re` itself uses
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(text)
            parsed = parser.parse(text)
    except (re.error, OverflowError, RecursionError, Warning):
        raise _UnfitError("is not a regular expression") from None
    if parsed.state.flags != re.UNICODE:
        raise _UnfitError(_FLAGS)
    if _Ways().of(parsed, 0)[1] > MOST_WAYS:
        raise _UnfitError(_WAYS)


def _span(first: int, last: int) -> Signs:
    """The characters from one to another."""
    first, last = min(first, _BEYOND), min(last, _BEYOND)
    return (1 << last - first + 1) - 1 << first


@cache
def _category(kind: str) -> Signs:
    """The characters of a category, such as all digits."""
    held = bytes(map(_CATEGORIES[kind], map(chr, range(_BEYOND - 1, -1, -1)))).hex()[1::2]
    return int(held, 2) | {"DIGIT": 1 << _BEYOND, "SPACE": 0, "WORD": 1 << _BEYOND | 1 << ord("_")}[kind]


def _set_of(items: Iterable[tuple[Parsed, Parsed]]) -> Signs:
    """The characters of a set of the parser."""
    negated, found = False, 0
    for op, item in items:
        match str(op):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found |= _span(item, item)
            case "RANGE":
                found |= _span(*item)
            case _:  # such as CATEGORY_NOT_WORD
                *_, no, kind = f"_{str(item).removeprefix('CATEGORY')}".split("_")
                found |= _all_but(_category(kind)) if no == "NOT" else _category(kind)
    return _all_but(found) if negated else found


def _all_but(signs: Signs) -> Signs:
    return _EVERY ^ signs | 1 << _BEYOND


def _signs(op: str, item: Parsed) -> Signs | None:
    """The characters that a single one may be; None where an item is not a single character."""
    match op:
        case "LITERAL":
            return _span(item, item)
        case "NOT_LITERAL":
            return _all_but(_span(item, item))
        case "IN":
            return _set_of(item)
    return _EVERY if op == "ANY" else None


class _Ways:
    """In how many ways a pattern goes through a text, and with what characters it may begin."""

    def __init__(self) -> None:
        self.begun: dict[int, Signs] = {}  # what is repeated, looked at once

    def of(self, items: Sequence[tuple[Parsed, Parsed]], after: Signs) -> tuple[Signs, int]:
        """The first characters of a sequence with what comes after it, and its ways."""
        first, ways = after, 1
        for op, item in reversed(items):
            first, more = self.item(str(op), item, first)
            ways *= more
        return first, ways

    def item(self, op: str, item: Parsed, after: Signs) -> tuple[Signs, int]:
        """As `of`, for one item of a sequence."""
        if (first := _signs(op, item)) is not None:
            return first, 1
        match op:
            case "AT":
                return after, 1
            case "SUBPATTERN":
                return self.of(_without_flags(item), after)
            case "BRANCH":
                return self.branches(item[1], after)
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self.repeat(item, after)
        raise _UnfitError(_REFUSED.get(op, _UNKNOWN))

    def branches(self, branches: Sequence[Parsed], after: Signs) -> tuple[Signs, int]:
        """Alternatives: the first character tells which, or all of them are tried."""
        read = [self.of(branch, after) for branch in branches]
        apart = _apart(first for first, _ in read) and [branch.getwidth()[0] for branch in branches].count(0) <= 1
        ways = [ways for _, ways in read]
        return reduce(or_, (first for first, _ in read)), max(ways) if apart else sum(ways)

    def repeat(self, item: Parsed, after: Signs) -> tuple[Signs, int]:
        """A repeat: it ends where what comes after begins; where that is also what it repeats, it may end anywhere."""
        least, most, body = int(item[0]), int(item[1]), item[2]
        if most <= 1:
            return self.branches([body] if least else [body, body[:0]], after) if most else (after, 1)
        first = self.repeated(body)
        ends = 1 if least == most or not first & after else min(most, LONGEST) - min(least, LONGEST) + 1
        return (first if least else first | after), ends

    def repeated(self, body: Parsed) -> Signs:
        """The first characters of what is repeated, which goes through a text in one way."""
        if id(body) not in self.begun:
            if not body.getwidth()[0]:
                raise _UnfitError(_NESTED)
            for op, item in body:
                self.refuse_ways(str(op), item)
            self.begun[id(body)] = self.of(body, 0)[0]
        return self.begun[id(body)]

    def refuse_ways(self, op: str, item: Parsed) -> None:
        """Refuse an item that goes through a text in more ways than one."""
        match op:
            case "MAX_REPEAT" | "MIN_REPEAT":
                if item[0] != item[1]:
                    raise _UnfitError(_NESTED)
                self.repeated(item[2])
            case "SUBPATTERN":
                self.repeated(_without_flags(item))
            case "BRANCH":
                if not all(branch.getwidth()[0] for branch in item[1]) or not _apart(map(self.repeated, item[1])):
                    raise _UnfitError(_ALIKE)


def _apart(sets: Iterable[Signs]) -> bool:
    """Whether no two of these have a character in common."""
    return not any(first & other for first, other in combinations(sets, 2))


def _without_flags(item: Parsed) -> Parsed:
    """What a group holds."""
    _, added, taken, items = item
    if added or taken:
        raise _UnfitError(_FLAGS)
    return items
