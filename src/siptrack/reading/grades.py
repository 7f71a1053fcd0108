"""What each text of a column is worth on a scale, and how many of a column's cells speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from siptrack.reading.spelling import tight, words
from siptrack.rules.model import ColumnRules, LimitWords, YearRules
from siptrack.school.scale import Grade, Scale

_SCORE = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_NUMBER = re.compile(rf"-?{_SCORE.pattern}")
_ENOUGH = 0.5  # a scale that fits fewer of a column's cells than this does not fit it


def is_number(text: str) -> bool:
    """Whether a text is a bare number, as a mark or score is."""
    return bool(_NUMBER.fullmatch(tight(text)))


class Decoded(NamedTuple):
    """A text as a scale understands it: a grade, or a special code without points.

    `of_year` is the year group that the grade names; `mark` stood beside it. `lean` is -1 where the result lies under
    the grade as it counts, as in EXS- and <70, 1 where over it, else 0.
    """

    grade: str
    points: float | None
    counts: bool
    mark: str = ""
    of_year: int | None = None
    lean: int = 0


class GradeEvidence(NamedTuple):
    """How many cells of a column speak for a scale, and how many of these without a mark beside the grade."""

    cells: int = 0
    exact: int = 0


class ScaleReader:
    """Decodes texts on one scale, with what may stand beside a grade by the rules of `columns`, if given."""

    def __init__(self, scale: Scale, years: YearRules, columns: ColumnRules | None = None) -> None:
        self.scale = scale
        self.years = years
        self.order_marks = columns.order_marks if columns else {}
        self.limits = [(_limit_pattern(limit), limit) for limit in columns.limits] if columns else []
        marks = columns.grade_marks if columns else ()
        signs = "".join(re.escape(mark) for mark in marks)
        orders = "".join(map(re.escape, self.order_marks))
        beside = "|".join(
            filter(None, (f"[{signs}]+" if signs else "", f"[{orders}]+" if orders else "", r"\([^()]*\)"))
        )
        self.marked = re.compile(rf"(.*?[^\s{signs}{orders}(])\s*({beside})")
        self.remarked = re.compile(r"(.+?)(?:\s*[:;,]\s*|\s+[-\u2013\u2014/]\s+)(.+)")
        in_words = {
            tight(text): Decoded(code.code, None, code.counts) for code in scale.no_mark for text in code.spellings
        }
        own = {
            tight(text): Decoded(code.code, None, code.counts)
            for code in scale.codes
            for text in (code.code, *code.spellings)
        }
        codes = {**in_words, **own}
        grades = {text: decoded for grade in scale.grades for text, decoded in self._spellings(grade)}
        self.special = frozenset(codes) - frozenset(grades)
        self.reasons = self.special & frozenset(in_words)
        self.known = {**codes, **grades}
        self.hints = tuple(words(hint) for hint in scale.hints)
        self.decode = lru_cache(maxsize=65536)(self._decode)  # a column repeats its cells, and a file its columns

    def _spellings(self, grade: Grade) -> Iterator[tuple[str, Decoded]]:
        """Every way to write a grade: alone, after a word such as Level, and after the year group that it names."""
        decoded = Decoded(grade.code, grade.points, counts=True)
        for text in (grade.code, *grade.spellings):
            if not self.scale.names_year_group:
                yield tight(text), decoded
                yield from ((tight(prefix + text), decoded) for prefix in self.scale.prefixes)
        for year, before in self.before.items():
            named = decoded._replace(grade=self.years.named_grade(year, grade.code), of_year=year)
            texts = map(tight, (grade.code, *grade.spellings))
            yield from ((first + text, named) for text in texts for first in before)

    @cached_property
    def before(self) -> Mapping[int, Sequence[str]]:
        """What stands before a grade of each year group, where grades name one: 3, Y3, Year 3; R, Reception."""
        years = range(self.years.lowest, self.years.highest + 1) if self.scale.points_a_year else ()
        return {year: list(map(tight, self._before(year))) for year in years}

    def _before(self, year: int) -> Iterator[str]:
        if year > 0:
            yield str(year)
            yield from (f"{prefix}{year}" for prefix in self.years.prefixes)
        yield from (text for text, number in self.years.spellings.items() if number == year)

    def _decode(self, text: str) -> Decoded | None:
        """What the text means on this scale; None when it is not of it."""
        plain = tight(text)
        if plain in self.known:
            return self.known[plain]
        numbers = self.scale.numbers
        if numbers and _NUMBER.fullmatch(plain) and numbers.low <= float(plain) <= numbers.high:
            return Decoded(plain, float(plain), counts=True)
        return self._limit(text) or self._with_mark(text.strip())

    def _with_mark(self, text: str) -> Decoded | None:
        """A grade with a mark behind it; a special code has no band to be high or low in, so A+ is none."""
        if match := self.marked.fullmatch(text):
            lean = _sign(sum(self.order_marks.get(sign, 0) for sign in match[2]))
            grade = self.decode(match[1])
            banded = grade is not None and tight(grade.grade) not in self.special and not grade.lean
            return grade._replace(mark=match[2], lean=lean or grade.lean) if grade and (banded or not lean) else None
        if (match := self.remarked.fullmatch(text)) and tight(match[1]) in self.reasons:
            return self.known[tight(match[1])]._replace(mark=match[2])
        return None

    def _limit(self, text: str) -> Decoded | None:
        """A score of which only a limit is written, such as <70: worth the nearest score that it can be."""
        numbers = self.scale.numbers
        if numbers is None or not numbers.finest:
            return None
        plain = tight(text)
        for pattern, limit in self.limits:
            score = _SCORE.search(plain) if pattern.fullmatch(plain) else None
            bound = float(score[0]) if score else None
            if bound is not None and numbers.low <= bound <= numbers.high:
                points = round(bound + limit.way * limit.beyond * numbers.finest, 2)
                return Decoded(f"{limit.sign}{bound:g}", points, counts=True, mark=limit.sign, lean=limit.way)
        return None

    def hinted(self, heading: str) -> bool:
        """Whether a heading, title or file name speaks for this scale."""
        padded = f" {words(heading)} "
        return any(f" {hint} " in padded for hint in self.hints)

    def evidence(self, texts: Mapping[str, int], *, hinted: bool) -> GradeEvidence:
        """How many cells speak for this scale: grades, and bare numbers, which may be marks, only when hinted.

        The few grades of a scale of scores, such as N, say nothing by themselves.
        """
        if self.scale.numbers is not None and not hinted:
            return GradeEvidence()
        if sum(count for text, count in texts.items() if self.decode(text)) < _ENOUGH * sum(texts.values()):
            return GradeEvidence()
        telling = [(text, count) for text, count in texts.items() if self._telling(text, hinted=hinted)]
        exact = sum(count for text, count in telling if tight(text) in self.known or is_number(text))
        return GradeEvidence(sum(count for _, count in telling), exact)

    def is_grade(self, text: str) -> bool:
        """Whether a text is a grade or score of this scale, and no special code."""
        return self._telling(text, hinted=True)

    def knows_some(self, texts: Iterable[str]) -> bool:
        """Whether any of the texts is a special code or grade of this scale, and not a bare number."""
        return any(self.decode(text) is not None and not self._is_bare(text) for text in texts)

    def _telling(self, text: str, *, hinted: bool) -> bool:
        plain = tight(text)
        return self.decode(text) is not None and plain not in self.special and (hinted or not self._is_bare(text))

    def _is_bare(self, text: str) -> bool:
        """Whether a text is a number, with or without a mark or a limit's sign: it may be a mark of any test."""
        bare = text.strip().rstrip("".join(self.order_marks))
        return is_number(bare) or any(pattern.fullmatch(tight(text)) for pattern, _ in self.limits)


def _limit_pattern(limit: LimitWords) -> re.Pattern[str]:
    """What matches a score written as a limit, in small letters without spaces."""
    before, after = ("|".join(re.escape(tight(text)) for text in texts) for texts in (limit.before, limit.after))
    ways = [rf"(?:{before}){_SCORE.pattern}" if before else "", rf"{_SCORE.pattern}(?:{after})" if after else ""]
    return re.compile("|".join(filter(None, ways)))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
