"""Which scale a column is on, and what each of its texts is worth there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from siptrack.reading.spelling import tight, words
from siptrack.school.scale import Scale

_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,2})?")
_ENOUGH = 0.5  # a scale that fits fewer of a column's cells than this does not fit it


def is_number(text: str) -> bool:
    """Whether a text is a bare number, as a mark or score is."""
    return bool(_NUMBER.fullmatch(tight(text)))


@dataclass(frozen=True)
class Decoded:
    """A text as a scale understands it: a grade with points, or a special code without; `mark` stood beside it."""

    grade: str
    points: float | None
    counts: bool
    mark: str = ""


class ScaleReader:
    """Decodes texts on one scale."""

    def __init__(self, scale: Scale, marks: Iterable[str] = ()) -> None:
        self.scale = scale
        signs = "".join(re.escape(mark) for mark in marks)
        # A plus after a bare figure, as in 2+, may be a grade of its own, so it is no mark.
        self.marked = re.compile(rf"(.*?[^\s{signs}(])\s*((?<!\d)\+|[{signs.replace(re.escape('+'), '')}]+|\([^()]*\))")
        self.known: dict[str, Decoded] = {}
        for code in scale.codes:
            for text in (code.code, *code.spellings):
                self.known[tight(text)] = Decoded(code.code, None, code.counts)
        self.special = frozenset(self.known)
        for grade in scale.grades:
            decoded = Decoded(grade.code, grade.points, counts=True)
            for text in (grade.code, *grade.spellings):
                self.known[tight(text)] = decoded
                self.known.update({tight(prefix + text): decoded for prefix in scale.prefixes})
        self.hints = tuple(words(hint) for hint in scale.hints)

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

    def evidence(self, texts: Mapping[str, int], *, hinted: bool) -> int:
        """How many cells speak for this scale: grades, and bare numbers, which may be marks, only when hinted."""
        if sum(count for text, count in texts.items() if self.decode(text)) < _ENOUGH * sum(texts.values()):
            return 0
        return sum(count for text, count in texts.items() if self._telling(text, hinted=hinted))

    def knows_some(self, texts: Iterable[str]) -> bool:
        """Whether any of the texts is a special code or grade of this scale, and not a bare number."""
        return any(self.decode(text) is not None and not _NUMBER.fullmatch(tight(text)) for text in texts)

    def _telling(self, text: str, *, hinted: bool) -> bool:
        plain = tight(text)
        return self.decode(text) is not None and plain not in self.special and (hinted or not _NUMBER.fullmatch(plain))


@dataclass(frozen=True)
class Recognised:
    """The scale a column is on, how many of its cells speak for it, and the other scales that fit equally well."""

    scale: str = ""
    evidence: int = 0
    rivals: tuple[str, ...] = ()


def recognise(texts: Counter[str], heading: str, readers: Mapping[str, ScaleReader]) -> Recognised:
    """The scale that most of the column's cells speak for; a hint in the heading decides between equals.

    Nothing is recognised from bare numbers unless a heading, title or file name names the scale.
    """
    hinted = {name: reader.hinted(heading) for name, reader in readers.items()}
    evidence = {name: reader.evidence(texts, hinted=hinted[name]) for name, reader in readers.items()}
    best = max((evidence[name], hinted[name]) for name in readers)
    if not best[0]:
        return Recognised()
    equal = [name for name in readers if (evidence[name], hinted[name]) == best]
    return Recognised(equal[0], best[0], tuple(equal[1:]))
