"""Numbers and dates as a school writes them: whole percentages rounded half up, `3 points`, `22 May 2009`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from siptrack.school.rounding import half_up

_BY = re.compile(r"^by\s+", re.IGNORECASE)
_LANGUAGE = re.compile(r"(English|French|German|Spanish|Welsh)\b")


_ALL = 100  # percent
_MOST_DECIMALS = 6  # of a figure in percentage points that is nearly 0 or nearly 100
_NOTHING = 1e-9  # a computer's rounding


def percentage(count: float, n: float) -> str:
    """What percent `count` is of `n`: `47`; `over 99` of 199 of 200, and `under 1` of 1 of 200."""
    return whole_percent(100 * Fraction(count) / Fraction(n))


def whole_percent(value: float | Fraction) -> str:
    """`47`: a percentage rounded half up, but never to 0 or 100 what is neither: `under 1`, `over 99`."""
    whole = half_up(value)
    if whole in (0, _ALL) and abs(float(value) - whole) > _NOTHING:
        return f"over {_ALL - 1}" if whole else "under 1"
    return str(whole)


def whole_percents(low: float | Fraction, high: float | Fraction) -> str:
    """`64 to 70`, `over 99 to 100`: between which percentages something lies; `64` where both are that in print."""
    lowest, highest = whole_percent(low), whole_percent(high)
    return highest if lowest == highest else f"{lowest} to {highest}"


def whole_points(value: float | Fraction) -> str:
    """`-5`: a figure in percentage points, rounded half up; `0.3` and `-99.6`, so that 0 and 100 are what they say."""
    whole = half_up(value)
    if whole not in (0, _ALL, -_ALL) or value == whole:
        return str(whole)
    exact = Decimal(repr(float(value)))
    for decimals in range(1, _MOST_DECIMALS):
        near = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if near != whole:
            return f"{near}"
    return str(whole)


def percentage_points(size: float | Fraction) -> str:
    """`12 percentage points`, `1 percentage point`."""
    number = whole_points(size)
    return f"{number} {plural(float(number), 'percentage point')}"


def share(count: int, n: int, percentages_from: int) -> str:
    """`14 of 30 (47 %)`; only `3 of 5` where a percentage would rest on too few children."""
    return f"{thousands(count)} of {thousands(n)}{percent_after(count, n, percentages_from)}"


def percent_after(count: int, n: int, percentages_from: int) -> str:
    """` (47 %)` to stand after a count; nothing where there are too few children for a percentage."""
    return f" ({percentage(count, n)} %)" if n >= max(percentages_from, 1) else ""


def signed(value: float | Fraction) -> str:
    """`+27`, `-5`, `0`: a gap in percentage points or children, for a table; `+0.3` and `-99.6` as `whole_points`."""
    number = whole_points(value)
    return number if number == "0" or number.startswith("-") else f"+{number}"


def thousands(count: int) -> str:
    """`1,265`."""
    return f"{count:,}"


@cache
def plain_number(value: float) -> str:
    """`3`, or `2.5`: one decimal at most, and none that says nothing."""
    rounded = Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "0" if rounded == 0 else f"{rounded}".removesuffix(".0")


def signed_plain(value: float | Fraction) -> str:
    """`+2.5`, `-1`, `0`: a difference in points."""
    plain = plain_number(float(value))
    return plain if plain == "0" or plain.startswith("-") else f"+{plain}"


def plural(count: float, unit: str, units: str = "") -> str:
    """The unit's name for so many of them: `point` for 1, `points` otherwise."""
    return unit if count == 1 else units or f"{unit}s"


def quantity(count: float, unit: str, units: str = "") -> str:
    """`1 point`, `3 points`, `1,265 rows`."""
    number = thousands(int(count)) if float(count).is_integer() else plain_number(count)
    return f"{number} {plural(count, unit, units)}"


def inside(label: str) -> str:
    """A label as it stands inside a sentence: `reading, writing and maths`; a language keeps its capital."""
    return label if _LANGUAGE.match(label) else f"{label[:1].lower()}{label[1:]}"


def in_sentence(term: str) -> str:
    """A term's name as it stands inside a sentence: `Summer last year` without its comma."""
    return term.replace(", ", " ")


def listed(items: Sequence[str], last: str = "and") -> str:
    """`reading, writing and maths`."""
    if len(items) < 2:  # noqa: PLR2004 - one item needs no "and"
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def few(items: Sequence[str], most: int) -> str:
    """`4K, 4P, 5K and 3 more`: the first of a list, and how many there are beside."""
    more = len(items) - most
    return listed([*items[:most], f"{thousands(more)} more"]) if more > 0 else listed(items)


def by(written: str) -> str:
    """By when, to stand after `by`: `22 May 2009`, and `Easter` of `By Easter`."""
    return _BY.sub("", day(written))


def stopped(sentence: str) -> str:
    """A text of a school's at the end of a sentence, with one full stop or a mark of its own."""
    return sentence if sentence.endswith((".", "!", "?", "\u2026")) else f"{sentence}."


def day(written: str) -> str:
    """A date of a spreadsheet as people write it, `22 May 2009`; anything else as it stands."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{found.day} {found:%B %Y}"
