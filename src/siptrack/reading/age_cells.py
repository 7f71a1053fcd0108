"""The cells of a column of ages: years and months, whole years, or months; and which columns leave it open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from siptrack.reading.age_headings import MONTHS
from siptrack.reading.values import read_age
from siptrack.rules.model import Rules
from siptrack.school.ages import MONTHS_IN_A_YEAR

_WHOLE = re.compile(r"(\d{1,3})(?:\.0{1,2})?")
_POINT = re.compile(r"(\d{1,2})\.(\d{1,2})")
_FIGURES = 2  # of months behind a point
_TWELFTH = "08"  # a month as a decimal of a year, which may be eight months too


class Age(NamedTuple):
    """An age in months; `limit` is -1 where it is that at most, 1 where at least, and else 0."""

    months: int
    limit: int = 0


class AgeColumn:
    """Understands the cells of one column of ages, by all of them together."""

    def __init__(self, texts: Iterable[str], unit: str, rules: Rules, *, short: bool) -> None:
        self.ages, self.limits, self.unit = rules.ages, rules.columns.limits, unit
        bare = {text: self._without_limit(text) for text in dict.fromkeys(texts)}
        points = [match[2] for text, _, _ in bare.values() if (match := _POINT.fullmatch(text)) and int(match[2])]
        # 7.06 is years and months where all are written in two figures, and one of them is no twelfth of a year.
        self.open = (
            bool(points)
            and unit != MONTHS
            and not (
                all(len(part) == _FIGURES and int(part) < MONTHS_IN_A_YEAR for part in points)
                and any(part.startswith("0") for part in points if part != _TWELFTH)
            )
        )
        settled = bool(points) and not self.open
        self.doubtful = short and not settled and not any(read_age(text) is not None for text, _, _ in bare.values())

    def read(self, text: str) -> Age | None:
        """The age in a cell; None for what is none, or may mean two things."""
        bare, way, beyond = self._without_limit(text)
        months = self._months(bare)
        if months is None or months not in self.ages.months:
            return None
        return Age(months + way * beyond, way)

    def _months(self, text: str) -> int | None:
        if (written := read_age(text)) is not None:
            return written
        if self.open or self.doubtful:
            return None
        if match := _WHOLE.fullmatch(text):
            return int(match[1]) * (1 if self.unit == MONTHS else MONTHS_IN_A_YEAR)
        match = _POINT.fullmatch(text) if self.unit != MONTHS else None
        return int(match[1]) * MONTHS_IN_A_YEAR + int(match[2]) if match else None

    @property
    def why_not(self) -> str:
        """Why cells without years and months in plain sight are not read; empty where they are."""
        if self.open:
            return "years with a decimal, or years and months"
        return "no cell of it is years and months" if self.doubtful else ""

    def _without_limit(self, text: str) -> tuple[str, int, int]:
        """A cell without what makes it a limit, and which way and how far beyond that it lies: `<6:00`, `12+`."""
        plain = " ".join(text.split())
        for limit in self.limits:
            for sign in sorted(limit.before, key=len, reverse=True):
                if plain.casefold().startswith(sign.casefold()):
                    return plain[len(sign) :].strip(), limit.way, limit.beyond
            for sign in sorted(limit.after, key=len, reverse=True):
                if plain.casefold().endswith(sign.casefold()):
                    return plain[: -len(sign)].strip(), limit.way, limit.beyond
        return plain, 0, 0
