"""A column of texts as small numbers, so that comparing, looking up and grouping are work on arrays of numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

NONE = -1  # the code of a row that has no text, and the position of a row that is not there
_UNKNOWN = -2  # the code of a text that no row has
_KINDS = tuple((kind, int(np.iinfo(kind).max)) for kind in (np.int8, np.int16, np.int32, np.int64))
"""The numbers in which codes are held, with the most words that each can count."""


@lru_cache(maxsize=16)  # several columns in turn, as of one table, have the same words
def _ranked(words: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each word in the order of the alphabet, and last the place of what is missing."""
    order = {word: at for at, word in enumerate(sorted(words))}
    return np.array([*(order[word] for word in words), len(order)], dtype=np.int64)


@lru_cache(maxsize=8)  # the same two lists of pupils are asked about again and again
def _places(words: tuple[str, ...], among: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each word in another list, NONE where it is not there; and last that of what is missing."""
    place = {word: at for at, word in enumerate(among)}
    return np.array([*map(place.get, words, repeat(NONE)), NONE], dtype=np.int64)


class Texts:
    """For each row the place of its text in `words`, which are all different; NONE where there is no text.

    An empty text is a text: what is missing is in no comparison equal to anything. A column is never changed. It is
    held in numbers no larger than its words need: of millions of rows most columns have few words.
    """

    __slots__ = ("_held", "words")

    def __init__(self, codes: NDArray[Any], words: tuple[str, ...]) -> None:
        small = next(kind for kind, most in _KINDS if len(words) <= most)
        self._held, self.words = codes.astype(small, copy=False), words

    @property
    def codes(self) -> NDArray[np.int64]:
        """The place of each row's text among the words, in numbers that can be reckoned with."""
        return self._held.astype(np.int64)

    @classmethod
    def of(cls, texts: Iterable[object]) -> Texts:
        """The column of these texts; whatever is no text is missing."""
        place: dict[str, int] = {}
        codes = [place.setdefault(text, len(place)) if isinstance(text, str) else NONE for text in texts]
        return cls(np.array(codes, dtype=np.int64), tuple(place))

    @classmethod
    def every(cls, text: str, rows: int) -> Texts:
        """A column that has one text in every row."""
        return cls(np.zeros(rows, dtype=np.int8), (text,))

    @classmethod
    def chosen(cls, conditions: Sequence[Flags], texts: Sequence[str], otherwise: str) -> Texts:
        """In each row the text of the first condition that holds, else the other one; as `numpy.select` does."""
        codes = np.select(conditions, list(range(1, len(texts) + 1)), 0)
        return cls(codes.astype(np.int64), (otherwise, *texts)).with_distinct_words()

    def with_distinct_words(self) -> Texts:
        """The same column, its words all different."""
        return self if len(set(self.words)) == len(self.words) else self.renamed(lambda text: text)

    def compact(self) -> Texts:
        """The same column with those words alone that some row has; none is missing."""
        stands = np.flatnonzero(np.bincount(self._held, minlength=len(self.words)))
        if len(stands) == len(self.words):
            return self
        place = np.zeros(len(self.words), dtype=np.int32)
        place[stands] = np.arange(len(stands))
        return Texts(place[self._held], tuple(map(self.words.__getitem__, stands.tolist())))

    def __len__(self) -> int:
        return len(self._held)

    def __eq__(self, other: object) -> Flags:  # type: ignore[override]  # row by row, as numpy compares
        if not isinstance(other, Texts):
            alike: Flags = self._held == self._code(other)
            return alike
        same: Flags = self.known & (self._held == other.held_in(self.words))
        return same

    def __ne__(self, other: object) -> Flags:  # type: ignore[override]  # row by row, as numpy compares
        different: Flags = ~(self == other)
        return different

    __hash__ = None  # type: ignore[assignment]  # nothing that compares row by row has one

    def _code(self, text: object) -> int:
        return self.words.index(str(text)) if text in self.words else _UNKNOWN

    def __getitem__(self, rows: NDArray[np.bool_] | NDArray[np.int64] | slice) -> Texts:
        return Texts(self._held[rows], self.words)

    def text_at(self, row: int) -> str | None:
        """The text of one row, None where it is missing."""
        code = int(self._held[row])
        return None if code == NONE else self.words[code]

    def take(self, rows: NDArray[np.int64]) -> Texts:
        """The texts of these rows, missing where a row is NONE."""
        if not len(self):
            return Texts(np.full(len(rows), NONE), self.words)
        return Texts(np.where(rows < 0, NONE, self._held[rows]), self.words)

    def ends(self) -> list[int]:
        """Where runs of rows with one text end."""
        return [*(np.flatnonzero(self._held[1:] != self._held[:-1]) + 1).tolist(), *([len(self)] if len(self) else [])]

    def changed_since(self, rows: NDArray[np.int64]) -> Flags:
        """Which rows have another text than these, one for each."""
        different: Flags = self._held[rows] != self._held
        return different

    @property
    def known(self) -> Flags:
        """Which rows have a text."""
        known: Flags = self._held != NONE
        return known

    def isin(self, texts: Collection[str]) -> Flags:
        """Which rows have one of these texts."""
        there = np.array([*map(texts.__contains__, self.words), False], dtype=np.bool_)
        return there[self._held]

    def looked_up(self, values: Mapping[str, float | None], missing: float = np.nan) -> NDArray[np.float64]:
        """The number of each row's text; `missing` where it has none."""
        found = [values.get(word) for word in self.words]
        table = np.array([*(missing if value is None else value for value in found), missing], dtype=np.float64)
        return table[self._held]

    def renamed(self, names: Mapping[str, str] | Callable[[str], str | None]) -> Texts:
        """Another text for each; missing where there is none for it."""
        name = names if callable(names) else names.get
        place: dict[str, int] = {}
        found = [name(word) for word in self.words]
        codes = [NONE if name is None else place.setdefault(name, len(place)) for name in found]
        return Texts(np.array([*codes, NONE], dtype=np.int64)[self._held], tuple(place))

    def in_words(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The place of each row's text in another list of words; NONE where it is not there or missing."""
        return self.held_in(words).astype(np.int64, copy=False)

    def held_in(self, words: Sequence[str]) -> NDArray[Any]:
        """The same in numbers of any size."""
        among = tuple(words)
        return self._held if self.words == among else _places(self.words, among)[self._held]

    def filled(self, text: str) -> Texts:
        """The same with a text where there is none."""
        return self if self.known.all() else self.where(self.known, text)

    def where(self, kept: Flags, other: Texts | str | None) -> Texts:
        """The same in the rows kept; in the rest the other column's, or one text, or nothing."""
        if other is None:
            return Texts(np.where(kept, self._held, NONE), self.words)
        rest = Texts.every(other, len(self)) if isinstance(other, str) else other
        words = tuple(dict.fromkeys((*self.words, *rest.words)))
        return Texts(np.where(kept, self._held, rest.held_in(words)), words)

    def ranks(self) -> NDArray[np.int64]:
        """The place of each row's text in the order of the alphabet; what is missing comes last."""
        return _ranked(self.words)[self._held]

    def distinct(self) -> list[str]:
        """The texts that some row has, in the order in which they first stand."""
        first = np.full(len(self.words) + 1, len(self), dtype=np.int64)
        first[self._held[::-1]] = np.arange(len(self))[::-1]  # from the last row up, so that the first stays
        met = np.argsort(first[:-1], kind="stable")
        return [self.words[code] for code in met.tolist() if first[code] < len(self)]

    def tolist(self) -> list[str | None]:
        """The texts, None for what is missing."""
        words: list[str | None] = [*self.words, None]
        return list(map(words.__getitem__, self._held.tolist()))

    @staticmethod
    def stacked(parts: Sequence[Texts]) -> Texts:
        """These columns one beneath the other."""
        parts = [part for part in parts if len(part)] or parts[:1]
        lists = {id(part.words): part.words for part in parts}
        words = parts[0].words if len(lists) == 1 else tuple(dict.fromkeys(chain.from_iterable(lists.values())))
        return Texts(np.concatenate([part.held_in(words) for part in parts]), words)
