"""Which rows of a table are about no pupil: sums and shares, headings of a class or group, notes and legends.

A row that says what only a pupil has, a number, birthday or forename, is a pupil's. Of the others it is asked what the
pupils of the table have and the row has not, and whether its cells are such as theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from statistics import median_low
from typing import NamedTuple

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.headings import NUMBER_ROLES, PUPIL_ROLES, UPN_ROLE, ColumnKind
from siptrack.reading.labels import Labels
from siptrack.reading.names import surname_and_forename
from siptrack.reading.spelling import tight
from siptrack.reading.table import TableColumns
from siptrack.reading.values import read_date
from siptrack.rules.model import ColumnRules

_LONGEST_NAME = 6  # words
_SHORTEST_UPN = 8  # characters; a count below the UPNs is shorter
_HALF = 2
_PLACED = ("class", "year_group")
_SEVERAL_WORDS = "several words"
Texts = Mapping[str, str]


class Holds(Enum):
    """What a row's results are, beside those of the table's pupils."""

    NOTHING = auto()
    FIGURES = auto()  # as the pupils have them
    GRADES = auto()  # words, as the pupils may have them
    SUMS = auto()  # shares, counts or averages, as no pupil of the table has them


class HeldSums(NamedTuple):
    """What the pupils have in one column: the texts, whether most are words, and whether any is a share or decimal."""

    texts: frozenset[str]
    of_words: bool
    shares: bool
    decimals: bool


class RowsOfNoPupil:
    """Tells the rows of one table that are about no pupil; each row is its cells, and its texts by what they are."""

    def __init__(
        self, table: TableColumns, texts: Callable[[], Sequence[Texts]], labels: Labels, columns: ColumnRules
    ) -> None:
        self.table, self.texts_of_rows, self.labels, self.columns = table, texts, labels, columns
        self.nothing = frozenset(map(tight, (*columns.blank, *columns.broken)))
        result = [table.roles["result"]] if "result" in table.roles else []
        self.results = tuple(dict.fromkeys((*table.results, *result)))
        self.about = (*table.of(ColumnKind.CHARACTERISTIC), *table.of(ColumnKind.GROUP))
        self.pupils: set[int] = set()  # the texts, by identity, that are certainly a pupil's

    @cached_property
    def texts(self) -> Sequence[Texts]:
        """The texts of each row."""
        return self.texts_of_rows()

    @property
    def rows(self) -> Iterator[tuple[Cells, Texts]]:
        """The cells and the texts of each row."""
        return zip((cells for _, cells in self.table.section.rows), self.texts, strict=True)

    def has(self, cells: Cells, texts: Texts) -> bool:
        """Whether this row is about no pupil."""
        if id(texts) in self.pupils:
            return False
        first, called = next(filter(None, cells)), _called(texts)
        if self._is_total(cells, texts, first, called) and not self._is_beyond_doubt(texts):
            return True
        if self._is_certain(texts):
            if any(map(str.isalpha, called)) and not self.labels.is_total(called):
                self.pupils.add(id(texts))  # whatever else stands in a row that says the same
            return False
        if not any(texts.get(role) for role in PUPIL_ROLES):
            return self._is_nameless_sum(cells, texts)
        label = called or first
        known, tells, holds = self.labels.is_label(label), self.labels.tells(label), self._holds(cells)
        marks = self._marks(cells, texts)
        if known and holds is not Holds.GRADES:
            marks -= {_SEVERAL_WORDS}
        lacks = bool(self._usual) and not marks & self._usual
        if sum(map(bool, cells)) == 1 and (lacks or _reads_like_a_note(label)):
            return True
        if tells or (holds is Holds.SUMS and (known or lacks)):
            return True
        if holds is Holds.GRADES and len(label.split()) == 1:
            return False  # a child may be called White or Key
        return known and (lacks or (self.labels.is_total(label) and not self._usual))

    def _is_nameless_sum(self, cells: Cells, texts: Texts) -> bool:
        """Whether a row without a name or number is of sums: by its cells, or by a label in another column."""
        holds = self._holds(cells)
        if holds in (Holds.NOTHING, Holds.SUMS):
            return True
        placed = [texts.get(role, "") for role in _PLACED]
        valued = {cells[at] for at in (*self.results, *self.about) if at < len(cells)}
        label = next((cell for cell in cells if cell and cell not in valued and cell not in placed), "")
        label = label or next((text for text in placed if self.labels.tells(text)), "")
        return self.labels.tells(label) or (self.labels.is_label(label) and holds is Holds.FIGURES)

    def _is_total(self, cells: Cells, texts: Texts, first: str, called: str) -> bool:
        """Whether a row is called a total, average or note, in place of a name or before it, and says nothing else.

        A child may be called Key, who then has a grade, or a word under some characteristic.
        """
        if not any(map(str.isalpha, called)):
            return self.labels.is_total(first)
        if not self.labels.is_total(called) or self._has_forename(texts):
            return False
        named = {texts.get(role, "") for role in PUPIL_ROLES if role not in NUMBER_ROLES}
        return all(map(self.labels.is_figure, (cell for cell in cells if cell and cell not in named)))

    def _is_beyond_doubt(self, texts: Texts) -> bool:
        """Whether a row has a UPN or a birthday, as no sum has."""
        upn = texts.get(UPN_ROLE, "")
        born = read_date(texts.get("date_of_birth", ""), self.columns.date_formats)
        return born is not None or (len(upn) >= _SHORTEST_UPN and any(map(str.isdigit, upn)))

    def _is_certain(self, texts: Texts) -> bool:
        """Whether a row says of itself what only a pupil has: a number, a birthday, a forename."""
        return (
            self._has_forename(texts)
            or any(len(text) >= self._shortest(role) for role, text in _numbers(texts) if any(map(str.isdigit, text)))
            or read_date(texts.get("date_of_birth", ""), self.columns.date_formats) is not None
        )

    def _has_forename(self, texts: Texts) -> bool:
        surname, forename = surname_and_forename(texts)
        if not any(map(str.isalpha, forename)) or self.labels.tells(forename):
            return False
        return not self.labels.is_label(f"{surname} {forename}")

    def _shortest(self, role: str) -> int:
        """How short a number of the table's pupils may be; a count beneath them is shorter."""
        return self._lengths.get(role, 0)

    @cached_property
    def _lengths(self) -> Mapping[str, int]:
        lengths: dict[str, list[int]] = {}
        for _, texts in self.rows:
            for role, text in _numbers(texts):
                lengths.setdefault(role, []).append(len(text))
        return {role: -(-median_low(held) // _HALF) for role, held in lengths.items()}

    @cached_property
    def _pupils(self) -> Sequence[tuple[Cells, Texts]]:
        """The rows that are pupils' at first sight: by what they say, or by a name that is no label."""
        return [(cells, texts) for cells, texts in self.rows if self._is_certain(texts) or self._is_named(texts)]

    def _is_named(self, texts: Texts) -> bool:
        name = _called(texts)
        return bool(name) and not self.labels.is_label(name) and not self.labels.tells(name)

    @cached_property
    def _usual(self) -> frozenset[str]:
        """What most of the table's pupils have beside a name."""
        marks = Counter(mark for cells, texts in self._pupils for mark in self._marks(cells, texts))
        return frozenset(mark for mark, count in marks.items() if count * _HALF > len(self._pupils))

    @cached_property
    def _like_most(self) -> Sequence[Cells]:
        """The cells of the pupils who have what most have."""
        return [cells for cells, texts in self._pupils if not self._usual or self._marks(cells, texts) & self._usual]

    def _marks(self, cells: Cells, texts: Texts) -> frozenset[str]:
        """What a row says of a pupil beside a surname."""
        marks = {role for role, text in _numbers(texts) if len(text) >= self._shortest(role)}
        marks |= {"forename"} if self._has_forename(texts) else set()
        marks |= {"date_of_birth"} if texts.get("date_of_birth") else set()
        marks |= {role for role in _PLACED if role in self.table.roles and self._is_place(texts.get(role, ""))}
        marks |= {str(at) for at in self.about if at < len(cells) and self._says(cells[at])}
        name = _called(texts)
        return frozenset(marks | ({_SEVERAL_WORDS} if len(name.split()) > 1 else set()))

    def _is_place(self, text: str) -> bool:
        """Whether a cell of a class or year group names one, and is no word of a legend or sum."""
        return any(map(str.isdigit, text)) or not (self.labels.is_label(text) or self.labels.tells(text) or not text)

    def _says(self, text: str) -> bool:
        """Whether a cell of a characteristic says something of a pupil, as no count or share does."""
        return bool(text) and tight(text) not in self.nothing and not self.labels.is_figure(text)

    @cached_property
    def _held(self) -> Mapping[int, HeldSums]:
        return {column: self._held_in(column) for column in (*self.results, *self.about)}

    def _held_in(self, column: int) -> HeldSums:
        texts = [cells[column] for cells in self._like_most if column < len(cells) and cells[column]]
        figures = sum(map(self.labels.is_figure, texts))
        return HeldSums(
            frozenset(texts),
            of_words=len(texts) > _HALF * figures,
            shares=any("%" in text for text in texts),
            decimals=any("." in text for text in texts),
        )

    def _holds(self, cells: Cells) -> Holds:
        """What the results of a row are; where it has none, whether there are sums of characteristics."""
        found = set(self._each(cells, self.results))
        if not found and Holds.SUMS in self._each(cells, self.about):
            return Holds.SUMS
        return next((kind for kind in (Holds.GRADES, Holds.SUMS, Holds.FIGURES) if kind in found), Holds.NOTHING)

    def _each(self, cells: Cells, columns: Sequence[int]) -> Iterator[Holds]:
        for column in columns:
            text = cell_at(cells, column)
            if not text or tight(text) in self.nothing:
                continue
            if not self.labels.is_figure(text):
                yield Holds.GRADES
                continue
            theirs = self._held[column]
            as_none = ("%" in text and not theirs.shares) or ("." in text and not theirs.decimals)
            foreign = (theirs.of_words or as_none) and text not in theirs.texts
            yield Holds.SUMS if foreign else Holds.FIGURES


def _called(texts: Texts) -> str:
    """By what a row calls its pupil: both names, or the one; a count beneath the one is no name beside the other."""
    names = [name for name in surname_and_forename(texts) if name]
    worded = [name for name in names if any(map(str.isalpha, name))]
    return texts.get("name", "") or " ".join(worded or names)


def _numbers(texts: Texts) -> Iterator[tuple[str, str]]:
    """The numbers of a row by their roles; a text without a figure is none, and a share is none."""
    held = ((role, texts.get(role, "")) for role in NUMBER_ROLES)
    return ((role, text) for role, text in held if any(map(str.isdigit, text)) and "%" not in text)


def _reads_like_a_note(text: str) -> bool:
    """Whether the only text of a row is a note, a date or a class's label rather than a child's name."""
    return (
        not text[0].isalpha() or any(map(str.isdigit, text)) or text.endswith(".") or len(text.split()) > _LONGEST_NAME
    )
