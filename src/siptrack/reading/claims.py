"""Which columns of a table are used, where a heading is not wholly understood or two columns say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siptrack.reading.findings import Findings
from siptrack.reading.grades import is_number
from siptrack.reading.headings import NOT_USED, ColumnKind, HeadingReader, How, Meaning
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import cells_of
from siptrack.reading.terms import TermParts
from siptrack.school.place import Place

_RESULTS = (ColumnKind.RESULT, ColumnKind.TARGET)
_MOST = 0.5


@dataclass
class SettledClaims:
    """The meaning of each column that is used, and why each of the others that claimed one is not."""

    meanings: dict[int, Meaning] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)


class Claims:
    """Settles the columns of one table; `around` are the words of its titles, its sheet and its file."""

    def __init__(
        self,
        section: SheetSection,
        meanings: Mapping[int, Meaning],
        reader: HeadingReader,
        term: TermParts,
        around: str,
    ) -> None:
        self.section, self.reader, self.term, self.around = section, reader, term, around
        self.meanings = dict(meanings)

    def read_loosely(self) -> None:
        """Take in the headings with words that nobody knows or that are misspelt, where the cells bear them out."""
        unknown = [column for column, meaning in self.meanings.items() if meaning.kind is ColumnKind.UNKNOWN]
        for column in unknown:
            if heading := self._text(column):
                meaning = self.reader.loosely(heading)
                # A heading that names no subject may be of one that nobody knows, whatever the sheet is of.
                if meaning.kind not in _RESULTS or (meaning.name and self._fits_a_scale(column, heading)):
                    self.meanings[column] = meaning

    def _fits_a_scale(self, column: int, heading: str) -> bool:
        """Whether most of a column's cells are grades of some scale, or scores where the words speak of them.

        A column whose words are nothing but reasons for no grade, such as A for absent, fits too, with a share or count
        beneath them.
        """
        cells = Counter(cells_of(self.section.rows, column))
        words = f"{heading} {self.around}"
        in_words = [text for text in cells if any(map(str.isalpha, text)) and not is_number(text)]
        mostly_in_words = bool(in_words) and sum(map(cells.__getitem__, in_words)) >= _MOST * cells.total()
        return any(
            reader.evidence(cells, hinted=reader.hinted(words)).cells
            or (mostly_in_words and all(map(reader.decode, in_words)))
            for reader in self.reader.scales.values()
        )

    def settled(self, findings: Findings) -> SettledClaims:
        """One column for each claim: the school's own word, else the settled judgement, else the plainly headed one.

        Where that leaves two, neither is used, and both are named.
        """
        claims: defaultdict[object, list[int]] = defaultdict(list)
        found = SettledClaims()
        for column, meaning in self.meanings.items():
            if meaning.kind in NOT_USED:
                found.meanings[column] = meaning
            else:
                claims[self._claim(meaning)].append(column)
        for columns in claims.values():
            self._settle(columns, found, findings)
        self._say_how(found, findings)
        return found

    def _claim(self, meaning: Meaning) -> object:
        """What a column claims to be, with the term that its surroundings give it."""
        if meaning.kind not in _RESULTS:
            return meaning.claim
        around = self.term._replace(academic_year=None) if meaning.term.year_group is not None else self.term
        return meaning._replace(term=meaning.term.filled(around)).claim

    def _settle(self, columns: Sequence[int], found: SettledClaims, findings: Findings) -> None:
        best = max(map(self._standing, columns))
        first, *rest = [column for column in columns if self._standing(column) == best]
        others = [column for column in columns if self._standing(column) != best]
        if rest:
            self._say_clash(columns, findings)
            found.left_out.update(dict.fromkeys(columns, f"{self._names(columns)} say the same"))
            return
        found.meanings[first] = self.meanings[first]
        found.left_out.update(dict.fromkeys(others, f"'{self._text(first)}' says the same"))
        if self.meanings[first].settled and self.meanings[first].how is not How.SCHOOL:
            for column in others:
                text = f"'{self._text(column)}' beside '{self._text(first)}', which was used"
                findings.add("judgement-settled", self._place(column), text, "one judgement a subject and term")
        elif self.meanings[first].kind in _RESULTS and self.meanings[first].how is not How.SCHOOL:
            for column in others:
                cells = sum(1 for _ in cells_of(self.section.rows, column))
                text = f"'{self._text(column)}' ({cells} cells): '{self._text(first)}' says the same"
                findings.add("results-not-used", self._place(column), text, "one column a subject and term")

    def _standing(self, column: int) -> tuple[bool, bool, bool, bool]:
        meaning = self.meanings[column]
        known = meaning.how is not How.WORDS or meaning.kind is ColumnKind.RESULT
        return meaning.how is How.SCHOOL, known, meaning.sure, meaning.settled

    def _say_clash(self, columns: Sequence[int], findings: Findings) -> None:
        text = f"{len(columns)} columns that mean the same: {self._names(columns)}"
        findings.add("heading-clash", self._place(columns[0]), text, "one column")

    def _say_how(self, found: SettledClaims, findings: Findings) -> None:
        """Tell of the columns that were read although some of their words are not known, or are misspelt."""
        for column, meaning in found.meanings.items():
            if meaning.unknown:
                text = f"'{self._text(column)}', read without {_quoted(meaning.unknown)}"
                findings.add("heading-words", self._place(column), text, "words that siptrack knows")
            for wrong, right in meaning.slips:
                text = f"'{self._text(column)}', in which '{wrong}' was read as '{right}'"
                findings.add("heading-misspelt", self._place(column), text, f"'{right}'")

    def _text(self, column: int) -> str:
        return self.section.headings.texts[column]

    def _names(self, columns: Iterable[int]) -> str:
        return " and ".join(f"'{self._text(column)}'" for column in columns)

    def _place(self, column: int) -> Place:
        sheet = self.section.sheet
        return Place(sheet.file, sheet.name, self.section.headings.row, column + 1)


def _quoted(unknown: Sequence[str]) -> str:
    return " and ".join(f"'{word}'" for word in unknown)
