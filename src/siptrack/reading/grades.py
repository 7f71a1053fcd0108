"""What each text of a column is worth on a scale, and how many of a column's cells speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from siptrack.reading.spelling import tight, words
from siptrack.rules.model import YearRules
from siptrack.school.scale import Grade, Scale

_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,2})?")
_ENOUGH = 0.5  # a scale that fits fewer of a column's cells than this does not fit it


def is_number(text: str) -> bool:
    """Whether a text is a bare number, as a mark or score is."""
    return bool(_NUMBER.fullmatch(tight(text)))


@dataclass(frozen=True)
class Decoded:
    """A text as a scale understands it: a grade, or a special code without points.

    `of_year` is the year group that the grade names; `mark` stood beside it.
    """

    grade: str
    points: float | None
    counts: bool
    mark: str = ""
    of_year: int | None = None


@dataclass(frozen=True, order=True)
class Evidence:
    """How many cells of a column speak for a scale, and how many of these without a mark beside the grade."""

    cells: int = 0
    exact: int = 0


class ScaleReader:
    """Decodes texts on one scale."""

    def __init__(self, scale: Scale, years: YearRules, marks: Iterable[str] = ()) -> None:
        self.scale = scale
        self.years = years
        signs = "".join(re.escape(mark) for mark in marks)
        # A plus after a bare figure, as in 2+, may be a grade of its own, so it is no mark.
        self.marked = re.compile(rf"(.*?[^\s{signs}(])\s*((?<!\d)\+|[{signs.replace(re.escape('+'), '')}]+|\([^()]*\))")
        codes = {
            tight(text): Decoded(code.code, None, code.counts)
            for code in scale.codes
            for text in (code.code, *code.spellings)
        }
        grades = {text: decoded for grade in scale.grades for text, decoded in self._spellings(grade)}
        self.special = frozenset(codes) - frozenset(grades)
        self.known = {**codes, **grades}
        self.hints = tuple(words(hint) for hint in scale.hints)

    def _spellings(self, grade: Grade) -> Iterator[tuple[str, Decoded]]:
        """Every way to write a grade: alone, after a word such as Level, and after the year group that it names."""
        decoded = Decoded(grade.code, grade.points, counts=True)
        for text in (grade.code, *grade.spellings):
            if not self.scale.names_year_group:
                yield tight(text), decoded
                yield from ((tight(prefix + text), decoded) for prefix in self.scale.prefixes)
            if self.scale.points_a_year:
                for year in range(self.years.lowest, self.years.highest + 1):
                    named = replace(decoded, grade=self.years.named_grade(year, grade.code), of_year=year)
                    yield from ((tight(before + text), named) for before in self._before(year))

    def _before(self, year: int) -> Iterator[str]:
        """What stands before a grade of a year group: 3, Y3, Year 3; R, Reception."""
        if year > 0:
            yield str(year)
            yield from (f"{prefix}{year}" for prefix in self.years.prefixes)
        yield from (text for text, number in self.years.spellings.items() if number == year)

    def decode(self, text: str) -> Decoded | None:
        """What the text means on this scale; None when it is not of it."""
        plain = tight(text)
        if plain in self.known:
            return self.known[plain]
        if match := self.marked.fullmatch(text.strip()):
            grade = self.decode(match[1])
            return replace(grade, mark=match[2]) if grade else None
        numbers = self.scale.numbers
        if numbers and _NUMBER.fullmatch(plain) and numbers.low <= float(plain) <= numbers.high:
            return Decoded(plain, float(plain), counts=True)
        return None

    def hinted(self, heading: str) -> bool:
        """Whether a heading, title or file name speaks for this scale."""
        padded = f" {words(heading)} "
        return any(f" {hint} " in padded for hint in self.hints)

    def evidence(self, texts: Mapping[str, int], *, hinted: bool) -> Evidence:
        """How many cells speak for this scale: grades, and bare numbers, which may be marks, only when hinted.

        The few grades of a scale of scores, such as N, say nothing by themselves.
        """
        if self.scale.numbers is not None and not hinted:
            return Evidence()
        if sum(count for text, count in texts.items() if self.decode(text)) < _ENOUGH * sum(texts.values()):
            return Evidence()
        telling = [(text, count) for text, count in texts.items() if self._telling(text, hinted=hinted)]
        exact = sum(count for text, count in telling if tight(text) in self.known or is_number(text))
        return Evidence(sum(count for _, count in telling), exact)

    def is_grade(self, text: str) -> bool:
        """Whether a text is a grade or score of this scale, and no special code."""
        return self._telling(text, hinted=True)

    def knows_some(self, texts: Iterable[str]) -> bool:
        """Whether any of the texts is a special code or grade of this scale, and not a bare number."""
        return any(self.decode(text) is not None and not is_number(text) for text in texts)

    def _telling(self, text: str, *, hinted: bool) -> bool:
        plain = tight(text)
        return self.decode(text) is not None and plain not in self.special and (hinted or not is_number(text))
